from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pyarrow.parquet
import pytest

from toneguard.archives import score_archive, write
from toneguard.archives.write import harmless
from toneguard.errors import ArchiveError
from toneguard.reviews import Review

Write = Callable[..., Path]


def table(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return list(csv.DictReader(io.StringIO(text)))


def objects(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_json_lines_keep_columns_and_add_the_review(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path, name: str
) -> None:
    score_archive(jsonl(rows), tmp_path / name, pipeline)
    found = objects(tmp_path / name)
    assert [list(row) for row in found] == [["conversation_id", "message_id", "author_role", "seq", "team", "review"]] * 4
    review = Review.from_dict(found[1]["review"])
    assert review.message_id == "a2"
    assert review.findings[0].rule == "plain/policy"
    assert "It is our policy" not in json.dumps(found)


def test_text_leaves_only_on_purpose(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    rows = [{**row, "subject": "The kettle", "raw": "<p>kettle</p>"} for row in rows]
    for ending in ("jsonl", "csv", "parquet"):
        for with_text in (False, True):
            out = tmp_path / f"{with_text}.{ending}"
            score_archive(jsonl(rows), out, pipeline, with_text=with_text)
            if ending == "parquet":
                shown = str(pyarrow.parquet.read_table(out).to_pylist())
            else:
                shown = out.read_text(encoding="utf-8")
            assert [word in shown for word in ("On its way today", "The kettle", "<p>")] == [with_text] * 3


def test_csv_has_flat_columns_and_renames_what_collides(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    rows = [{**row, "role": "mine", "language": "en-AU", "source_role": 1, "tags": ["a", {"b": True}]} for row in rows]
    score_archive(jsonl(rows), tmp_path / "out.csv", pipeline)
    found = table(tmp_path / "out.csv")
    assert list(found[0]) == [
        "conversation_id", "author_role", "seq", "team", "source_role", "source_language", "source_source_role", "tags",
        "message_id", "role", "language", "verdict", "errors", "warnings", "suggestions", "notes", "findings",
        "sentiment", "words", "flesch_reading_ease", "brand_voice", "skipped", "standard",
        "sentiment_label",
    ]  # fmt: skip
    second = found[1]
    assert (second["source_role"], second["role"], second["source_source_role"]) == ("mine", "agent", "1")
    assert (second["language"], second["source_language"]) == ("en", "en-AU")
    assert (second["verdict"], second["warnings"], second["findings"]) == ("revise", "1", "warning:plain/policy")
    assert (second["sentiment"], second["sentiment_label"], second["flesch_reading_ease"]) == ("0.25", "positive", "")
    assert second["tags"] == '["a", {"b": true}]'
    assert found[0]["verdict"] == ""


def test_a_review_column_of_the_input_is_kept(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    score_archive(jsonl([{**row, "review": "by hand"} for row in rows]), tmp_path / "out.jsonl", pipeline)
    found = objects(tmp_path / "out.jsonl")[0]
    assert found["source_review"] == "by hand"
    assert found["review"]["schema_version"] == 1


def test_a_message_id_column_that_is_not_the_message_s_id_is_kept(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    score_archive(jsonl([{**row, "ref": 7} for row in rows]), tmp_path / "out.csv", pipeline, mapping={"ref": "message_id"})
    found = table(tmp_path / "out.csv")[0]
    assert (found["message_id"], found["source_message_id"]) == ("7", "a1")


def test_rows_with_ever_new_columns_are_no_table(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    path = jsonl([{**rows[0], f"k{number}": 1} for number in range(2100)])
    with pytest.raises(ArchiveError, match=r"too many for a table; write \.jsonl"):
        score_archive(path, tmp_path / "out.csv", pipeline)
    assert score_archive(path, tmp_path / "out.jsonl", pipeline).scored == 2100


def test_a_full_disk_is_told(jsonl: Write, rows: list[dict[str, Any]], tmp_path: Path, pipeline: Any) -> None:
    class Full:
        def review_many(self, conversations: Any) -> Any:
            yield next(pipeline.review_many(conversations))
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ArchiveError, match="cannot be written: No space left"):
        score_archive(jsonl(rows), tmp_path / "out.jsonl", Full())
    assert os.listdir(tmp_path) == ["in.jsonl"]


def test_results_can_be_scored_again(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    score_archive(jsonl(rows), tmp_path / "one.csv", pipeline, with_text=True)
    report = score_archive(tmp_path / "one.csv", tmp_path / "two.csv", pipeline)
    assert report.scored == 4
    assert table(tmp_path / "two.csv")[1]["source_verdict"] == "revise"


def test_parquet_has_one_schema_in_every_chunk(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "CHUNK", 3)
    score_archive(jsonl(rows), tmp_path / "out.parquet", pipeline)
    file = pyarrow.parquet.ParquetFile(tmp_path / "out.parquet")
    kinds = {field.name: str(field.type) for field in file.schema_arrow}
    assert file.num_row_groups == 2
    assert {kinds[name] for name in ("sentiment", "words", "flesch_reading_ease", "brand_voice")} == {"double"}
    assert {kinds[name] for name in ("errors", "warnings", "suggestions", "notes")} == {"int64"}
    assert {kinds[name] for name in ("seq", "team", "verdict", "sentiment_label")} == {"string"}
    found = pandas.read_parquet(tmp_path / "out.parquet")
    assert list(found["sentiment"]) == [-0.5, 0.25, 0.25, 0.25]
    assert found["flesch_reading_ease"].isna().all()


def test_an_archive_without_a_usable_row_still_gives_a_table_with_all_columns(
    jsonl: Write, pipeline: Any, tmp_path: Path
) -> None:
    path = jsonl([{"role": "chef", "text": "x"}])
    assert score_archive(path, tmp_path / "out.csv", pipeline).rejected == 1
    assert "sentiment" in (tmp_path / "out.csv").read_text()
    score_archive(path, tmp_path / "out.parquet", pipeline)
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").num_rows == 0


def test_formulas_do_not_run(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x")'
    rows = [{**row, "team": formula, formula: "+61 400 000 000", "delta": "-5.2", "text": "@shop hello"} for row in rows]
    score_archive(jsonl(rows), tmp_path / "out.csv", pipeline, with_text=True)
    found = table(tmp_path / "out.csv")[0]
    assert found["team"] == f"'{formula}"
    assert found[f"'{formula}"] == "'+61 400 000 000"
    assert found["text"] == "'@shop hello"
    assert found["delta"] == "-5.2"
    broken = [{**row, "text": "broken"} for row in rows]
    score_archive(jsonl(broken), tmp_path / "out.csv", pipeline, overwrite=True)
    assert table(tmp_path / "out.csv")[0]["sentiment"] == "-0.5", "a measure is a number, not text"


@pytest.mark.parametrize("text", ["=1", "+a", "-a", "@a", "\t=1", "\r=1", "-1+cmd"])
def test_what_counts_as_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", None, "a=1", "-1", "+1.5e3", "1-2", "'=1"])
def test_what_does_not(text: str | None) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_values_that_no_encoding_holds(jsonl: Write, pipeline: Any, tmp_path: Path, name: str) -> None:
    rows = [
        r'{"conversation_id": "\ud800", "id": "\udfff", "role": "agent", "text": "\ud800", "csat": 1e999, "k\ud800": "\ud800"}',
        r'{"conversation_id": "b", "id": "2", "role": "agent", "text": "x", "csat": {"a": [NaN, 1e999]}}',
    ]
    report = score_archive(jsonl(rows), tmp_path / name, pipeline, with_text=True)
    assert report.scored == 2
    if name == "out.jsonl":
        found = objects(tmp_path / name)
        assert found[0]["conversation_id"] == "\ud800"
        assert found[0]["csat"] is None
        assert found[1]["csat"] == {"a": [None, None]}


def test_types_of_parquet_in_json_lines(pipeline: Any, tmp_path: Path) -> None:
    from datetime import UTC, datetime
    from decimal import Decimal

    source = tmp_path / "in.parquet"
    columns = {
        "role": ["agent"], "text": ["x"], "created_at": [datetime(2026, 1, 1, tzinfo=UTC)], "price": [Decimal("1.50")],
        "blob": [b"\x00\xff"], "tags": [[("k", "v")]],
    }  # fmt: skip
    pyarrow.parquet.write_table(pyarrow.table(columns | {"tags": [[{"k": 1.0}]]}), source)
    score_archive(source, tmp_path / "out.jsonl", pipeline)
    found = objects(tmp_path / "out.jsonl")[0]
    assert found["created_at"] == "2026-01-01T00:00:00+00:00"
    assert (found["price"], found["blob"], found["tags"]) == ("1.50", "AP8=", [{"k": 1.0}])
    score_archive(source, tmp_path / "out.csv", pipeline)
    assert table(tmp_path / "out.csv")[0]["price"] == "1.50"


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.csv", "out.csv.gz", "out.parquet"])
def test_the_same_input_gives_the_same_bytes(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path, name: str
) -> None:
    path = jsonl([*rows, "broken", *rows])
    score_archive(path, tmp_path / name, pipeline)
    first = (tmp_path / name).read_bytes()
    os.utime(path, (1, 1))
    score_archive(path, tmp_path / name, pipeline, overwrite=True)
    assert (tmp_path / name).read_bytes() == first


def test_places_that_cannot_be_written(jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path) -> None:
    path = jsonl(rows)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "there.csv").write_text("mine")
    for out, says in [
        ("out.txt", r"can be \.jsonl"),
        ("out.parquet.gz", r"can be \.jsonl"),
        ("absent/out.csv", "does not exist"),
        ("folder.csv", "is a folder"),
        ("there.csv", "exists already"),
        ("in.jsonl", "results cannot replace the archive"),
    ]:
        with pytest.raises(ArchiveError, match=says):
            score_archive(path, tmp_path / out, pipeline)
    assert (tmp_path / "there.csv").read_text() == "mine"
    with pytest.raises(ArchiveError, match="results cannot replace"):
        score_archive(path, path, pipeline, overwrite=True)
    assert not pipeline.seen


def test_an_existing_file_stands_until_the_new_one_is_complete(
    jsonl: Write, rows: list[dict[str, Any]], pipeline: Any, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")

    class Failing:
        def review_many(self, conversations: Any) -> Any:
            results = pipeline.review_many(conversations)
            yield next(results)
            raise KeyboardInterrupt

    for name in ("out.csv", "out.jsonl", "out.parquet", "out.jsonl.gz"):
        with pytest.raises(KeyboardInterrupt):
            score_archive(jsonl([*rows, "bad", *rows]), tmp_path / name, Failing(), overwrite=True)
    assert out.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["in.jsonl", "out.csv"]
    score_archive(jsonl(rows), out, pipeline, overwrite=True)
    assert "plain/policy" in out.read_text()
