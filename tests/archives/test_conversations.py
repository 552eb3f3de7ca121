from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toneguard.archives import Archive, Rejection, read_archive
from toneguard.archives.conversations import EVERY
from toneguard.errors import ArchiveError

Write = Callable[..., Path]


def message(conversation: str, name: str, **more: Any) -> dict[str, Any]:
    return {"conversation_id": conversation, "id": name, "role": "agent", "text": f"text {name}", **more}


def ids(path: Path, **settings: Any) -> list[tuple[str, list[str | None]]]:
    return [(found.id, [m.id for m in found.messages]) for found in read_archive(path, **settings)]


def test_conversations_that_stand_together_need_no_spool(jsonl: Write, tmp_path: Path) -> None:
    path = jsonl([message("a", "1"), message("a", "2"), message("b", "3")])
    archive = Archive(path)
    index = archive.index()
    assert (index.rows, index.usable, index.rejected, index.together) == (3, 3, 0, True)
    assert index.columns == ("conversation_id", "id", "role", "text")
    groups = archive.conversations(tmp_path / "absent")  # a spool would fail there
    assert [[row.message.id for row in rows] for rows in groups] == [["1", "2"], ["3"]]


def test_scattered_conversations_come_in_the_order_of_their_first_rows(jsonl: Write, tmp_path: Path) -> None:
    path = jsonl([message("b", "1"), message("a", "2"), "broken", message("b", "3"), message("c", "4"), message("a", "5")])
    assert ids(path) == [("b", ["1", "3"]), ("a", ["2", "5"]), ("c", ["4"])]
    assert os.listdir(tmp_path) == ["in.jsonl"]


@pytest.mark.parametrize("scattered", [False, True])
def test_order_within_a_conversation(jsonl: Write, scattered: bool) -> None:
    noon, one = "2026-01-01T12:00:00Z", 1767272400
    rows = [
        message("seq", "s3", seq=3, created_at=noon), message("seq", "s1", seq="1", created_at=one), message("seq", "s2", seq=2.0),
        message("time", "t2", created_at=one), message("time", "t1", created_at=noon), message("time", "t3", created_at=one),
        message("file", "f1", created_at=one), message("file", "f2", created_at="soon"), message("file", "f3", created_at=noon),
    ]  # fmt: skip
    if scattered:
        rows = rows[0::3] + rows[1::3] + rows[2::3]
    assert ids(jsonl(rows)) == [("seq", ["s1", "s2", "s3"]), ("time", ["t1", "t2", "t3"]), ("file", ["f1", "f2", "f3"])]


def test_the_spool_is_the_owner_s_and_is_deleted_also_after_an_error(jsonl: Write, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    archive = Archive(jsonl([message("a", "1"), message("b", "2"), message("a", "3")]))
    archive.index()
    groups = archive.conversations(folder)
    next(groups)
    (spool,) = folder.iterdir()
    assert stat.S_IMODE(spool.stat().st_mode) == 0o600
    with pytest.raises(KeyError):
        groups.throw(KeyError("somebody's mistake"))  # type: ignore[attr-defined]
    assert not list(folder.iterdir())


def test_the_spool_keeps_what_sqlite_would_refuse(jsonl: Write) -> None:
    odd = "a\ud800\x00\U0001f600"
    path = jsonl([message(odd, "1", text=odd), message("b", "2"), message(odd, "3", extra={"deep": [odd]})])
    found = list(read_archive(path))
    assert [conversation.id for conversation in found] == [odd, "b"]
    assert found[0].messages[0].text == odd


def test_odd_rows_are_kept_and_noted(jsonl: Write) -> None:
    rows = [
        message("a", "1"), message("a", "1"), message("b", "1"), {"role": "agent", "text": "x"},
        message("b", "2", created_at="soon", seq="first"),
    ]  # fmt: skip
    archive = Archive(jsonl(rows))
    index = archive.index()
    assert index.usable == 5
    assert [note.split(" rows")[0] for note in index.notes] == ["1", "1", "1", "1", "1"]
    text = " ".join(index.notes)
    assert all(word in text for word in ("time", "seq", "conversation_id", "no message_id", "repeat a message_id"))


def test_rejections_come_in_order_and_leave_the_rest(jsonl: Write) -> None:
    rejected: list[Rejection] = []
    path = jsonl([message("a", "1"), "oops", message("a", "2", role="chef"), {"role": "agent"}, message("a", "3")])
    found = list(read_archive(path, rejected=rejected.append))
    assert [m.id for m in found[0].messages] == ["1", "3"]
    assert [(bad.line, bad.field) for bad in rejected] == [(2, None), (3, "author_role"), (4, "text")]


def test_limit_is_of_rows(jsonl: Write) -> None:
    path = jsonl([message("a", "1"), "oops", message("b", "2"), message("a", "3")])
    archive = Archive(path, limit=3)
    assert archive.index().rows == 3
    assert ids(path, limit=3) == [("a", ["1"]), ("b", ["2"])]
    with pytest.raises(ArchiveError, match="limit"):
        Archive(path, limit=0)


def test_progress_of_the_first_pass(jsonl: Write) -> None:
    calls: list[tuple[int, int]] = []
    path = jsonl([message("a", str(number)) for number in range(EVERY + 5)])
    Archive(path).index(progress=lambda done, total: calls.append((done, total)))
    assert calls == [(0, EVERY), (0, EVERY + 5)]


def test_a_file_that_changes_meanwhile(jsonl: Write, tmp_path: Path) -> None:
    path = jsonl([message("a", "1")])
    archive = Archive(path)
    archive.index()
    jsonl([message("a", "1"), message("a", "2")])
    with pytest.raises(ArchiveError, match="changed"):
        list(archive.conversations(tmp_path))


def test_the_passes_have_an_order(jsonl: Write, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="index"):
        list(Archive(jsonl([message("a", "1")])).conversations(tmp_path))


def test_archives_without_text_or_roles_are_refused_as_a_whole(jsonl: Write) -> None:
    with pytest.raises(ArchiveError, match="no column holds 'text'"):
        Archive(jsonl([{"role": "agent", "body": "x"}] * 3)).index()
    with pytest.raises(ArchiveError, match="no column 'body' to map"):
        Archive(jsonl([message("a", "1")]), mapping={"body": "text"}).index()
    with pytest.raises(ArchiveError, match="the fields are"):
        Archive(jsonl([message("a", "1")]), mapping={"text": "message"})


def test_a_header_alone(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("role,text\n", encoding="utf-8")
    with pytest.raises(ArchiveError, match="holds no rows"):
        Archive(tmp_path / "in.csv").index()


def test_nothing_but_broken_lines_is_all_rejected(jsonl: Write) -> None:
    index = Archive(jsonl(["one", "two"])).index()
    assert (index.rows, index.usable, index.rejected) == (2, 0, 2)
