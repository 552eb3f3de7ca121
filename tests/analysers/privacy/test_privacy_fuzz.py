"""Hostile text out of the recognisers' own alphabets: no crash, places inside the text, and masks that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toneguard.analysers.privacy import Privacy, entities, redact
from toneguard.analysers.privacy.entity import Entity
from toneguard.analysers.privacy.names import find_names
from toneguard.analysers.privacy.recognise import RECOGNISERS
from toneguard.analysers.privacy.view import View
from toneguard.documents import parse, parse_conversation
from toneguard.messages import Conversation, Message

Find = Callable[[View], Iterable[Entity]]
FINDERS: dict[str, Find] = {
    **{recogniser.find.__name__: recogniser.find for recogniser in RECOGNISERS},
    "find_names": find_names,
}

# What people, and those who test people, put into and between numbers and words.
SEPARATORS = st.sampled_from(
    [" ", "  ", "-", "–", ".", "/", ",", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u00ad", "\ufe0f\u20e3", "(", ")", "", "", ":", "_"]
)
DIGITS = st.sampled_from([*"0123456789", "１", "４", "٤", "०", "𝟙", "o", "O", "l"])
NUMBERS = st.one_of(
    st.from_regex(r"[0-9]{1,24}", fullmatch=True),
    st.lists(st.one_of(DIGITS, SEPARATORS), min_size=2, max_size=30).map("".join),
    st.sampled_from(
        ["4111111111111111", "4111 1111 1111 1111", "378282246310005", "0491 570 006", "+61 491 570 006", "(02) 5550 1234", "123 456 782",
         "51 824 753 556", "2123 45670 1", "123-45-6789", "GB82 WEST 1234 5698 7654 32", "10.0.0.1", "2001:db8::1", "1/1/1990", "062-000 12345678"]
    ),
)  # fmt: skip
CUES = st.sampled_from(
    ["card", "cvv", "exp", "tfn", "abn", "acn", "medicare", "licence", "passport", "crn", "ssn", "nino", "nhs", "ird", "bsb", "account number",
     "sort code", "routing", "iban", "bank", "phone", "call", "ext", "dob", "born", "password is", "pin", "PIN:", "verification code is", "otp",
     "api key:", "address is", "unit 1/", "po box", "apt 4", "St", "Street", "VIC 3000", "order", "invoice no.", "ref", "version", "https://a.b/?token=",
     "https://u:", "@", " at ", " dot ", "(at)", "[at]", "my name is", "name:", "I'm", "this is", "Hi", "Dear", "Mr", "Dr.", "Kind regards,", "thanks",
     "spoke to", "here", "under", "from:", "<CARD-1>", "<PERSON-2>", "<", "sk_live_", "eyJ"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["Mina", "Haddad", "O'Brien", "van", "der", "Lee", "ЮЛИЯ", "李娜", "É", "E\u0301lise", "McTavish", "A.", "x", "SAM", "sam", "d'", "Nguyễn"]
)
WORDS = st.one_of(NAMES, CUES, st.sampled_from(["a", "is", "the", "12", "nsw", "com", "example", "com.au", "İ", "ß", "ﬁ", "\ud800", "\udfff", "\x00"]))
ODD = st.one_of(st.text(max_size=6), SEPARATORS, st.characters(categories=["Cs", "Cf", "Nd", "Mn", "Lu"]))
RUNS = st.tuples(st.one_of(DIGITS, SEPARATORS, NAMES, st.sampled_from("@.-:A1a/")), st.integers(1, 60)).map(lambda run: run[0] * run[1])
TEXTS = st.lists(st.one_of(NUMBERS, CUES, WORDS, SEPARATORS, ODD, RUNS), max_size=16).map("".join)
SPACED = st.lists(st.one_of(NUMBERS, CUES, WORDS, RUNS), max_size=14).map(" ".join)
HOSTILE = st.one_of(TEXTS, SPACED)
ROLES = st.sampled_from(["customer", "agent"])


@pytest.mark.parametrize("name", FINDERS)
@settings(max_examples=120, deadline=None)
@given(text=HOSTILE, role=ROLES)
def test_each_recogniser_survives(name: str, text: str, role: str) -> None:
    """Also where the look ahead would not have run it."""
    document = parse(Message(text=text, role=role))
    found = list(FINDERS[name](View(document)))
    for entity in found:
        assert 0 <= entity.span.start < entity.span.end <= len(text)
        assert text[entity.span.start : entity.span.end].strip()
        assert entity.value
        assert 0 < entity.confidence <= 1
        assert all(entity.because)
        assert entity.because
    assert list(FINDERS[name](View(document))) == found


@settings(max_examples=400, deadline=None)
@given(HOSTILE, st.sampled_from([None, bytes(32)]), st.booleans())
def test_what_was_found_is_masked_and_a_second_pass_finds_nothing(text: str, key: bytes | None, last_four: bool) -> None:
    masked = redact(text, key=key, last_four=last_four)
    assert not entities(parse(Message(text=masked, role="customer")))
    assert redact(masked, key=key, last_four=last_four) == masked


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ROLES, HOSTILE), min_size=2, max_size=4))
def test_conversations_are_masked_for_good(turns: list[tuple[str, str]]) -> None:
    conversation = Conversation(id="c", messages=tuple(Message(text=text, role=role) for role, text in turns))
    masked = redact(conversation)
    assert not any(entities(document) for document in parse_conversation(masked))
    assert redact(masked) == masked


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(ROLES, HOSTILE), min_size=1, max_size=4))
def test_findings_lie_inside_and_repeat(turns: list[tuple[str, str]]) -> None:
    documents = parse_conversation([Message(text=text, role=role) for role, text in turns])
    analyses = Privacy().analyse(documents)
    assert Privacy().analyse(documents) == analyses
    for document, analysis in zip(documents, analyses, strict=True):
        for finding in analysis.findings:
            assert finding.span is None or 0 <= finding.span.start < finding.span.end <= document.own_end
