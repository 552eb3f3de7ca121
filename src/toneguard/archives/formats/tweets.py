"""Customer support on Twitter (TWCS): tweets in any order, joined to conversations by what they answer."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from toneguard.archives.formats import Source
from toneguard.archives.formats.delimited import Header, read, read_header
from toneguard.archives.rows import Record, Rejection

ROLE = {"true": "customer", "false": "agent"}
NOTHING = -1


class Tweet(NamedTuple):
    """A readable row, with the numbers of its tweet and of the one that it answers (-1 without any)."""

    record: Record
    number: int
    answers: int


def open_archive(path: Path) -> Source:
    """The rows of a TWCS file, with four columns more.

    ``conversation_id`` is the number of the first tweet of its chain of answers that is in the file;
    ``author_role`` comes from ``inbound``; ``message_id`` and ``reply_to`` repeat the tweet's numbers.
    Reading the chains takes a pass of its own, and 32 bytes of memory a tweet.
    """
    header = read_header(path)
    return partial(records, path, header, roots_of(path, header))


def records(path: Path, header: Header, roots: Any) -> Iterator[Record | Rejection]:
    """A record or rejection per row; ``roots`` holds the chain's first tweet of each readable row in turn."""
    position = 0
    for tweet in tweets(path, header):
        if isinstance(tweet, Rejection):
            yield tweet
            continue
        columns = tweet.record.columns
        columns["conversation_id"] = str(roots[position])
        columns["message_id"] = str(tweet.number)
        columns["reply_to"] = str(tweet.answers) if tweet.answers != NOTHING else ""
        columns["author_role"] = ROLE[columns["inbound"].strip().lower()]
        position += 1
        yield tweet.record


def tweets(path: Path, header: Header) -> Iterator[Tweet | Rejection]:
    """Every row with its numbers read, or why they cannot be."""
    for record in read(path, header):
        if isinstance(record, Rejection):
            yield record
            continue
        columns = record.columns
        number = whole(columns["tweet_id"])
        answers = whole(columns["in_response_to_tweet_id"])
        if number is None or number == NOTHING:
            yield Rejection(record.line, "tweet_id", "expected a whole number")
        elif answers is None:
            yield Rejection(record.line, "in_response_to_tweet_id", "expected a whole number or nothing")
        elif columns["inbound"].strip().lower() not in ROLE:
            yield Rejection(record.line, "inbound", "expected True or False")
        else:
            yield Tweet(record, number, answers)


def whole(cell: str) -> int | None:
    """The number of a tweet; -1 for an empty cell; None for anything else. 8.0, as pandas writes it, is 8."""
    digits = cell.strip().removesuffix(".0")
    if not digits:
        return NOTHING
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def roots_of(path: Path, header: Header) -> Any:
    """The number of the first tweet of each readable row's chain: an array of int64, in the rows' order."""
    numbers, answered = array("q"), array("q")
    for tweet in tweets(path, header):
        if not isinstance(tweet, Rejection):
            numbers.append(tweet.number)
            answered.append(tweet.answers)
    return find_roots(numbers, answered)


def find_roots(numbers: array[int], answered: array[int]) -> Any:
    """Follow all chains at once, in steps that double; ``numbers[i]`` answers ``answered[i]`` (-1: nothing).

    An answer to a tweet that is not there begins a conversation. Tweets that answer each other in a circle,
    which only damaged data hold, stand alone.
    """
    import numpy

    tweet = numpy.frombuffer(numbers, dtype=numpy.int64) if numbers else numpy.empty(0, numpy.int64)
    wanted = numpy.frombuffer(answered, dtype=numpy.int64) if answered else tweet
    size = len(tweet)
    own = numpy.arange(size)
    order = numpy.argsort(tweet, kind="stable")
    place = numpy.minimum(numpy.searchsorted(tweet, wanted, sorter=order), max(size - 1, 0))
    parent = order[place] if size else own
    parent = numpy.where(tweet[parent] == wanted, parent, own)
    for _ in range(max(size, 1).bit_length() + 1):
        parent = parent[parent]
    alone = parent[parent] != parent
    return tweet[numpy.where(alone, own, parent)]
