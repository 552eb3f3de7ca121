"""Readings of real-looking messages: what is a word, a sentence, a greeting, quoted history, a language."""

from __future__ import annotations

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from toneguard.documents import Kind, parse, parse_conversation
from toneguard.documents.folding import FOLDS, fold
from toneguard.messages import Message


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in parse(Message(text=text)).sentences]


def parts(text: str) -> dict[str, str]:
    return {kind.value: text[span.start : span.end].strip() for kind, span in parse(Message(text=text)).parts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OK. Sorry. Fixed.", ["OK.", "Sorry.", "Fixed."]),
        ("What?! Really?? No way!!!", ["What?!", "Really??", "No way!!!"]),
        ("See www.example.com.au for more. It works.", ["See www.example.com.au for more.", "It works."]),
        (
            "Mr. Nguyen called at 5 p.m. on Monday. Dr. Rossi did not.",
            ["Mr. Nguyen called at 5 p.m. on Monday.", "Dr. Rossi did not."],
        ),
        ("We open at 9 a.m. Come then.", ["We open at 9 a.m.", "Come then."]),
        ("It cost $4.50 e.g. yesterday.", ["It cost $4.50 e.g. yesterday."]),
        ("Your parcel left today\nIt arrives Friday", ["Your parcel left today", "It arrives Friday"]),
        ("- one thing\n- another thing", ["- one thing", "- another thing"]),
        ("1. Open the app. 2. Tap Help.", ["1. Open the app.", "2. Tap Help."]),
        ("wait... what? ok", ["wait... what?", "ok"]),
        ("I waited. nobody came.", ["I waited.", "nobody came."]),
        ("Great :) Thanks!", ["Great :) Thanks!"]),
        ("Thanks! 😀", ["Thanks! 😀"]),
        (
            "We apologise for the late arrival of the parcel that you had\nordered for your sister, and we will call you.",
            [
                "We apologise for the late arrival of the parcel that you had\nordered for your sister, and we will call you."
            ],
        ),
        ('She said "no." Then she left.', ['She said "no."', "Then she left."]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hi Sam,\n\nIt left today.\n\nKind regards,\nPriya",
            {"greeting": "Hi Sam,", "body": "It left today.", "sign-off": "Kind regards,\nPriya"},
        ),
        (
            "Hi Sam, it left today. Cheers, Bronte",
            {"greeting": "Hi Sam,", "body": "it left today.", "sign-off": "Cheers, Bronte"},
        ),
        (
            "@115887 Hey! Which device is it? /CB",
            {"greeting": "@115887 Hey!", "body": "Which device is it?", "sign-off": "/CB"},
        ),
        ("Thanks for that.", {"body": "Thanks for that."}),
        ("Hello", {"body": "Hello"}),
        ("Hi there is a problem", {"body": "Hi there is a problem"}),
        ("Hi there, where is it?", {"greeting": "Hi there,", "body": "where is it?"}),
        ("Dear Ms Nguyen - your kettle is here.", {"greeting": "Dear Ms Nguyen -", "body": "your kettle is here."}),
        ("Thanks, I'll wait for the parcel then.", {"body": "Thanks, I'll wait for the parcel then."}),
        (
            "OK\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> Hello",
            {"body": "OK", "quoted": "On Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> Hello"},
        ),
        ("On Tue, 3 Mar 2026 at 9:14, Priya wrote:", {"quoted": "On Tue, 3 Mar 2026 at 9:14, Priya wrote:"}),
        ("On Tuesday we wrote to you.", {"body": "On Tuesday we wrote to you."}),
        ("> is it in stock?\nYes, it is.", {"body": "> is it in stock?\nYes, it is."}),
        ("Please ring me.\n\nSent from my iPhone", {"body": "Please ring me.", "sign-off": "Sent from my iPhone"}),
        ("", {}),
    ],
)
def test_parts(text: str, expected: dict[str, str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("don't", [Kind.WORD]),
        ("don’t", [Kind.WORD]),
        ("check-in", [Kind.WORD]),
        ("TF-204417", [Kind.IDENTIFIER]),
        ("iPhone12", [Kind.IDENTIFIER]),
        ("24", [Kind.NUMBER]),
        ("$1,299.00", [Kind.NUMBER]),
        ("5:30pm", [Kind.NUMBER]),
        ("204417331", [Kind.IDENTIFIER]),
        ("jo.b+x@example.com.au", [Kind.EMAIL]),
        ("https://example.com/a?b=c.", [Kind.URL, Kind.PUNCTUATION]),
        ("example.com.au", [Kind.URL]),
        ("destination.Re", [Kind.WORD, Kind.PUNCTUATION, Kind.WORD]),
        ("@TidewaterFern", [Kind.HANDLE]),
        ("#help", [Kind.HASHTAG]),
        (":)", [Kind.EMOTICON]),
        ("👩‍👩‍👧‍👦", [Kind.EMOJI]),
        ("!!!", [Kind.PUNCTUATION]),
    ],
)
def test_tokens(text: str, kinds: list[Kind]) -> None:
    assert list(parse(Message(text=text)).tokens.kinds) == kinds


def test_models_never_see_private_strings() -> None:
    document = parse(Message(text="Mail jo@example.com or call 0491570006 about TF-204417, see https://example.com/x"))
    assert document.tokens.terms == ("mail", "<email>", "or", "call", "<id>", "about", "<id>", ",", "see", "<url>")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order? It was due on Monday.", "en"),
        ("gday mate parcel nowhere to be seen", "en"),
        ("Chào bạn, tôi muốn hỏi về đơn hàng của tôi", "vi"),
        ("Buongiorno, vorrei sapere dove è il mio pacco perché non è arrivato", "it"),
        ("你好，我的订单还没有到", "zh"),
        ("ok", "en"),
        ("TF-204417", None),
        ("Danke", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert parse(Message(text=text)).language == language


def test_a_stated_language_is_believed() -> None:
    assert parse(Message(text="Where is my order?", language="de")).language == "de"


def test_documents_see_what_came_before_and_nothing_else() -> None:
    documents = parse_conversation([Message(text=str(n), role="agent" if n % 2 else "customer") for n in range(5)])
    assert [len(document.before) for document in documents] == [0, 1, 2, 3, 4]
    assert documents[3].before[-1] is documents[2]
    assert documents[3].before[0:2] == documents[0:2]
    with pytest.raises(IndexError):
        documents[3].before[3]


@given(st.text(max_size=300))
def test_a_reading_never_loses_its_place(text: str) -> None:
    document = parse(Message(text=text))
    assert len(document.folded) == len(text)
    end = 0
    for token in document.tokens:
        assert end <= token.start < token.end <= len(text)
        end = token.end
    end = 0
    for start, stop in document.sentences:
        assert end <= start < stop <= len(text)
        end = stop
    covered = 0
    for _, span in document.parts:
        assert span.start == covered
        covered = span.end
    assert covered == len(text)
    assert document.own_end <= len(text)
    assert 0 <= document.own_tokens <= len(document.tokens)


@given(st.text(alphabet=st.sampled_from([*FOLDS, "İ", "ß", "A", "é", "\ud800"]), max_size=50))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


PIECES = ("a.", "a-", "1.", "www.", "a@", "@a", "> \n", "> a\nb\n", "hi ", "\n\n", "!?", "-- \n", "- a\n", "a_1", "thanks,\n")


@pytest.mark.parametrize("piece", PIECES)
def test_a_reading_takes_time_that_grows_with_the_text(piece: str) -> None:
    def prepare(size: int) -> object:
        message = Message(text=(piece * size)[:size], language="en")
        return lambda: parse(message)

    assert_linear(prepare, 20_000, piece)  # type: ignore[arg-type]
