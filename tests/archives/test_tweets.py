from __future__ import annotations

import random
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toneguard.archives import Archive
from toneguard.archives.formats.tweets import find_roots

HEAD = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id"


def clock(minute: int) -> str:
    return f"Tue Oct 31 22:{minute:02}:47 +0000 2017"


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "twcs.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def test_threads_are_joined_by_their_first_tweet_and_ordered_by_time(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f'1,Shop,False,{clock(10)},"@115712 Sorry, which one?",2,3',
        f"2,115712,True,{clock(11)},The blue one,,1",
        f"9,115713,True,{clock(5)},Another matter,,",
        f"3,115712,True,{clock(9)},@Shop it is broken,1,",
        f"4,Shop,False,{clock(12)},On it,,2.0",
    )
    archive = Archive(path)
    index = archive.index()
    assert (index.rows, index.together) == (5, False)
    found = list(archive.conversations(tmp_path))
    assert [[row.message.id for row in rows] for rows in found] == [["3", "1", "2", "4"], ["9"]]
    assert [row.conversation_id for row in found[0]] == ["3"] * 4
    assert [row.message.role.value for row in found[0]] == ["customer", "agent", "customer", "agent"]
    assert found[0][0].columns["conversation_id"] == "3"
    assert found[0][1].columns["reply_to"] == "3"


def test_bad_rows_cost_themselves(tmp_path: Path, read: Callable[..., Any]) -> None:
    path = write(
        tmp_path,
        f"1,a,True,{clock(1)},x,,",
        f"two,a,True,{clock(1)},x,,",
        f"3,a,maybe,{clock(1)},x,,",
        f"4,a,True,{clock(1)},x,,one",
        f"5,a,True,{clock(1)},x",
        f"6,a,False,{clock(2)},x,,1",
    )
    good, bad = read(path)
    assert [(row.message.id, row.conversation_id) for row in good] == [("1", "1"), ("6", "1")]
    assert [(row.line, row.field) for row in bad] == [
        (3, "tweet_id"), (4, "inbound"), (5, "in_response_to_tweet_id"), (6, None),
    ]  # fmt: skip


def test_another_csv_is_no_twitter_archive(tmp_path: Path, read: Callable[..., Any]) -> None:
    path = tmp_path / "in.csv"
    path.write_text("tweet_id,role,text\n1,agent,x\n", encoding="utf-8")
    assert read(path)[0][0].message.id == "line-2"


def roots(numbers: list[int], answered: list[int]) -> list[int]:
    return [int(root) for root in find_roots(array("q", numbers), array("q", answered))]


def test_roots() -> None:
    assert roots([], []) == []
    assert roots([5], [-1]) == [5]
    assert roots([5, 6], [7, 5]) == [5, 5], "what was answered is not in the file"
    assert roots([5], [5]) == [5], "an answer to itself"
    assert roots([5, 5, 6], [-1, -1, 5]) == [5, 5, 5], "a number twice"
    assert roots([1, 2, 3, 4], [2, 1, 2, -1]) in ([1, 2, 3, 4], [1, 2, 2, 4], [1, 2, 1, 4]), "a circle ends"


def test_long_chains_and_a_plain_walk_agree() -> None:
    chance = random.Random(7)
    numbers = list(range(1, 3001))
    answered = [-1 if number % 100 == 1 else number - 1 for number in numbers]
    pairs = list(zip(numbers, answered, strict=True))
    chance.shuffle(pairs)
    parent = dict(pairs)

    def walk(number: int) -> int:
        while parent[number] != -1:
            number = parent[number]
        return number

    assert roots([a for a, _ in pairs], [b for _, b in pairs]) == [walk(a) for a, _ in pairs]
    chain = list(range(100_000))
    assert set(roots(chain, [-1, *chain[:-1]])) == {0}
