"""What the encoder reads: what must move no score is levelled."""

from __future__ import annotations

import pytest

from toneguard.documents import parse
from toneguard.documents.encoder_text import FIRST, LAST, encoder_text
from toneguard.messages import Message
from toneguard.testing import HARD_TEXTS


def read(text: str) -> str:
    return encoder_text(parse(Message(text=text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hi Sam, my order is late.", "HI ADAEZE, MY ORDER IS LATE."),
        ("Hi Sam,\n\nIt is late.\n\nKind regards,\nPhilippa Dunmore", "Hi Wei,\n\nIt is late.\n\nKind regards,\nOmar Haddad"),
        ("It’s “late” again", "It's \"late\" again"),
        ("It&#39;s &quot;late&quot; &amp; broken", "It's \"late\" & broken"),
        ("Where is order TF-204417?", "Where is order QX-99120113?"),
        ("Where is order 204417?", "Where is order 99120113?"),
        ("Order #4521 is late", "Order #998 is late"),
        ("I paid $2,184.50 for it", "I paid $319 for it"),
        ("See https://example.com/a?b=1", "See www.example.org/other"),
        ("Write to jo@example.com", "Write to sam.lee@example.org"),
        ("@acme why is it late", "@globex why is it late"),
        ("It is late.\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> sorry", "It is late."),
        ("Sooooo late", "Soooo late"),
        ("Late!!!!!!!!", "Late!!!!"),
        ("Late 👍🏽", "Late 👍"),
    ],
)
def test_what_must_move_nothing_reads_the_same(one: str, other: str) -> None:
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I waited 2 weeks", "I waited 20 weeks"),
        ("1/10", "9/10"),
        ("Late 👍", "Late 😡"),
        ("This is gr8", "This is TF-204417"),
        ("Late!", "Late!!!"),
        ("Late?", "Late!"),
    ],
)
def test_what_means_something_is_kept(one: str, other: str) -> None:
    assert read(one) != read(other)


def test_emoji_are_named() -> None:
    assert read("Late 😡") == "late pouting face"
    assert read("<3") == "red heart"


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_hard_texts_are_survived(text: str) -> None:
    found = read(text)
    found.encode("utf-8")
    assert len(found.split()) <= 8 * (FIRST + LAST)


def test_both_ends_of_a_long_text_are_kept() -> None:
    found = read("start " + "middle " * 5000 + "end").split()
    assert (found[0], found[-1], len(found)) == ("start", "end", FIRST + LAST)


def test_nothing_private_is_left() -> None:
    found = read("Call 0491 570 006 or jo@example.com, card 4111 1111 1111 1111, order TF-204417, see www.example.com/u/7731")
    assert not any(private in found for private in ("570", "jo", "4111", "204417", "7731", "example"))
