from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from toneguard.archives import Archive, score_archive
from toneguard.errors import ArchiveError, ToneGuardError
from toneguard.insights import Summary
from toneguard.messages import Conversation
from toneguard.pipeline import Pipeline
from toneguard.reviews import ConversationReview

Write = Callable[..., Path]


def test_report(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    summary = Summary()
    calls: list[tuple[int, int]] = []
    report = score_archive(
        jsonl(rows), tmp_path / "out.jsonl", pipeline, summary=summary, progress=lambda done, total: calls.append((done, total))
    )
    assert (report.rows_read, report.scored, report.rejected, report.conversations) == (4, 4, 0, 2)
    assert report.rejected_file is None
    assert report.summary is summary
    assert calls == [(0, 4), (2, 4), (4, 4)]
    data = report.to_dict()
    json.dumps(data)
    assert data["summary"]["verdicts"] == {"pass": 1, "revise": 1, "hold": 0, "unknown": 0}
    assert [conversation.id for conversation in pipeline.seen] == ["a", "b"]


def test_rejected_rows_are_listed_beside_the_results(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    path = jsonl([rows[0], "{broken", rows[1], {**rows[2], "author_role": "chef"}, {"author_role": "agent"}, rows[3]])
    report = score_archive(path, tmp_path / "out.csv", pipeline)
    assert (report.rows_read, report.scored, report.rejected) == (6, 3, 3)
    assert report.rejected_file == tmp_path / "out.csv.rejected.jsonl"
    listed = [json.loads(line) for line in report.rejected_file.read_text().splitlines()]
    assert [(row["line"], row["field"]) for row in listed] == [(2, None), (4, "author_role"), (5, "text")]
    assert all(set(row) == {"line", "field", "reason"} for row in listed)
    assert "Where is it" not in report.rejected_file.read_text()


def test_an_earlier_list_of_rejected_rows_does_not_stay(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    first = score_archive(jsonl(["{broken", *rows]), out, pipeline)
    assert first.rejected_file is not None
    out.unlink()
    with pytest.raises(ArchiveError, match=r"rejected\.jsonl: exists already"):
        score_archive(jsonl(rows), out, pipeline)
    score_archive(jsonl(rows), out, pipeline, overwrite=True)
    assert not first.rejected_file.exists()


@pytest.mark.parametrize("out", ["out.jsonl", "out.csv", "out.parquet"])
@pytest.mark.parametrize("scattered", [False, True])
def test_every_row_is_scored_or_rejected(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path, out: str, scattered: bool
) -> None:
    many: list[Any] = []
    for number in range(300):
        group: list[Any] = [{**row, "conversation_id": f"{row['conversation_id']}{number}"} for row in rows]
        if number % 3 == 0:
            group.insert(number % 4, ["{", {"author_role": "agent"}, "[]", {**rows[0], "text": 1}][number % 4])
        many += group
    if scattered:
        many = many[::2] + many[1::2]
    report = score_archive(jsonl(many), tmp_path / out, pipeline)
    assert report.rows_read == len(many) == 1300
    assert (report.scored, report.rejected, report.conversations) == (1200, 100, 600)
    assert report.rows_read == report.scored + report.rejected


def test_scattered_and_sorted_archives_give_the_same_results(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    score_archive(jsonl(rows), tmp_path / "one.jsonl", pipeline)
    score_archive(jsonl([rows[1], rows[2], rows[0], rows[3]]), tmp_path / "two.jsonl", pipeline)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_the_same_rows_in_every_format_give_the_same_reviews(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    import pandas

    frame = pandas.DataFrame(rows)
    frame.to_csv(tmp_path / "in.csv", index=False)
    frame.to_csv(tmp_path / "in.csv.gz", index=False)
    frame.to_csv(tmp_path / "in.tsv", index=False, sep="\t")
    frame.to_parquet(tmp_path / "in.parquet")
    found = []
    for source in [jsonl(rows), *(tmp_path / f"in.{ending}" for ending in ("csv", "csv.gz", "tsv", "parquet"))]:
        score_archive(source, tmp_path / "out.jsonl", pipeline, overwrite=True)
        found.append([json.loads(line)["review"] for line in (tmp_path / "out.jsonl").read_text().splitlines()])
    assert all(reviews == found[0] for reviews in found)


def test_a_pipeline_that_loses_a_review_is_found_out(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    class Losing:
        def review_many(self, conversations: Any) -> Any:
            for result in pipeline.review_many(conversations):
                yield ConversationReview(result.conversation_id, result.reviews[:-1])

    class Short:
        def review_many(self, conversations: Any) -> Any:
            yield next(pipeline.review_many(conversations))

    for broken in (Losing(), Short()):
        with pytest.raises(ToneGuardError):
            score_archive(jsonl(rows), tmp_path / "out.jsonl", broken)
    assert not (tmp_path / "out.jsonl").exists()


def test_mapping_and_limit(jsonl: Write, pipeline: Any, tmp_path: Path) -> None:
    rows = [{"ticket": number // 2, "who": "staff", "body": f"text {number}", "who_else": 1} for number in range(10)]
    report = score_archive(
        jsonl(rows), tmp_path / "out.jsonl", pipeline,
        mapping={"ticket": "conversation_id", "who": "author_role", "body": "text"}, limit=5,
    )  # fmt: skip
    assert (report.rows_read, report.scored, report.conversations) == (5, 5, 3)
    assert "text 1" not in (tmp_path / "out.jsonl").read_text()


def long_archive(jsonl: Write, count: int, *, scattered: bool = False) -> Path:
    order = list(range(count))
    if scattered:
        order = order[::2] + order[1::2]
    text = "Thank you for your patience while we looked into it. " * 4
    rows = (
        {"conversation_id": f"c{number // 4}", "id": f"m{number}", "role": "agent", "seq": number, "text": text}
        if number % 50
        else {"id": f"m{number}"}
        for number in order
    )
    return jsonl(rows, f"{count}.jsonl")


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_archive(jsonl: Write, pipeline: Any, tmp_path: Path) -> None:
    pipeline.keep = False

    def score(path: Path) -> None:
        score_archive(path, path.with_suffix(".csv"), pipeline, summary=Summary(), overwrite=True)

    small, large = (long_archive(jsonl, count) for count in (2_000, 20_000))
    score(small)  # pandas is imported now
    few, many = (peak(partial(score, path)) for path in (small, large))
    # What grows are 16 bytes a row; the rows themselves would be 20 MB.
    assert many < few * 1.1 + 600_000, (few, many)


def test_memory_does_not_grow_with_a_scattered_archive(jsonl: Write, tmp_path: Path) -> None:
    def read(path: Path) -> None:
        archive = Archive(path)
        assert not archive.index().together
        assert sum(1 for _ in archive.conversations(tmp_path))

    small, large = (long_archive(jsonl, count, scattered=True) for count in (2_000, 20_000))
    read(small)
    few, many = (peak(partial(read, path)) for path in (small, large))
    assert many < few * 1.1 + 600_000, (few, many)


def test_with_the_real_pipeline(jsonl: Write, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    pipeline = Pipeline()
    report = score_archive(jsonl(rows), tmp_path / "out.csv", pipeline, summary=Summary())
    assert report.scored == 4
    direct = next(iter(pipeline.review_many([Conversation("a", ())])))
    assert direct.reviews == ()
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 5
