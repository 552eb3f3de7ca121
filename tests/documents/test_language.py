"""Which language a message is in: common words settle English, CLD2 the doubtful rest, and too little text nothing."""

from __future__ import annotations

import pytest

from toneguard.documents import parse
from toneguard.documents.language import MOST_WORDS, is_english
from toneguard.messages import Message
from toneguard.testing import HARD_TEXTS


def language(text: str) -> str | None:
    return parse(Message(text)).language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hola, mi pedido llegó roto y quiero una devolución", "es"),
        ("No. Como puedo contactarlos para cambiar mi vuelo", "es"),
        ("Bonjour, où est mon colis s'il vous plaît ?", "fr"),
        ("Okay, danke schön für die schnelle Antwort", "de"),
        ("Đơn hàng của tôi ở đâu vậy shop?", "vi"),
        ("我的包裹在哪里", "zh"),
        ("أين طلبي من فضلك", "ar"),
        ("Πού είναι η παραγγελία μου;", "el"),
        ("Magkano po ang dagdag na bayad?", "tl"),
        ("@ShopHelp amazonプライムビデオ、再生エラーが多いです", "ja"),
    ],
)
def test_other_languages_are_told(text: str, code: str) -> None:
    assert language(text) == code
    assert not is_english(language(text))


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order?",
        "hw do i retrn ths thx",
        "Wasn't keen on Señor Ramirez's attitude, tbh",
        "T-minus 32 days till Barcelona",
        "Galaxy S8, Android 7.0, app version 8.4.28",
        "Passengers: Nathaniel Okonkwo & Karamy Ford",
        "Some songs stopping midway",
        "Kudos to Cassandra at Mascot",
    ],
)
def test_english_with_foreign_names_and_few_words_is_english(text: str) -> None:
    assert is_english(language(text))


@pytest.mark.parametrize("text", ["", "ok", "Danke", "TF-204417", "😀😀", "!!!"])
def test_too_little_text_says_nothing(text: str) -> None:
    assert language(text) in (None, "en")
    assert is_english(language(text))


def test_quoted_history_does_not_count() -> None:
    text = "Thanks, that works for me now.\n\nOn Mon, 2 Mar 2026 at 9:14, Shop wrote:\n> Hola, su pedido llegó roto y quiero una devolución"
    assert language(text) == "en"


def test_what_the_writer_says_of_it_counts_more() -> None:
    assert parse(Message("Where is my order?", language="de")).language == "de"


def test_any_text_gets_an_answer() -> None:
    for text in (*HARD_TEXTS, "\ufffe\U0010ffff what is this", "\x00 wo ist es", "ordem " * (2 * MOST_WORDS)):
        assert language(text) is None or len(language(text) or "") in (2, 3)
