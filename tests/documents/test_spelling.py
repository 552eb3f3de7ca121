"""One spelling for models: words that mean the same are levelled, words that only look alike are not."""

from __future__ import annotations

import pytest

from toneguard.documents import parse
from toneguard.documents.encoder_text import encoder_text
from toneguard.documents.spelling import AMERICAN, levelled
from toneguard.heads.features import look_at
from toneguard.messages import Message


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("apologise", "apologize"), ("organised", "organized"), ("prioritising", "prioritizing"), ("colour", "color"),
        ("behaviour", "behavior"), ("favourite", "favorite"), ("cancelled", "canceled"), ("travelling", "traveling"),
        ("centre", "center"), ("kilometres", "kilometers"), ("catalogue", "catalog"), ("jewellery", "jewelry"),
        ("analysed", "analyzed"), ("enquiry", "inquiry"), ("licence", "license"), ("grey", "gray"),
    ],
)  # fmt: skip
def test_both_spellings_are_levelled_to_one(ours: str, theirs: str) -> None:
    assert levelled((ours,)) == levelled((theirs,)) == (theirs,)


@pytest.mark.parametrize(
    "word",
    "rise wise advise promise exercise otherwise raise praise surprise noise four hour pour our your tour sour flour "
    "called controlled spelled filled story metered".split(),
)
def test_other_words_stay_as_they_are(word: str) -> None:
    assert levelled((word,)) == (word,)


def test_levelling_twice_changes_nothing() -> None:
    assert not set(AMERICAN) & set(AMERICAN.values())


def test_both_tiers_read_one_spelling() -> None:
    ours, theirs = (
        parse(Message(text))
        for text in ("We apologise, the colour was cancelled.", "We apologize, the color was canceled.")
    )
    assert encoder_text(ours) == encoder_text(theirs)
    assert look_at(ours).terms == look_at(theirs).terms
    assert ours.tokens.terms[1] == "apologise"  # rules and readability see what was written
