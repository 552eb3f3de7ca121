"""Word-pieces: what they are numbered, and what is kept of a long text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toneguard.errors import MissingExtra, ModelError
from toneguard.heads.word_pieces import WordPieces

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "##b", "caf", "##e"]


@pytest.fixture
def vocabulary(tmp_path: Path) -> Path:
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return path


def test_words_are_cut_into_known_pieces(vocabulary: Path) -> None:
    pytest.importorskip("tokenizers")
    pieces = WordPieces(vocabulary, limit=10, first=6)
    assert [PIECES[number] for number in pieces.numbers("A ab Café zzz")] == [
        "[CLS]", "a", "a", "##b", "caf", "##e", "[UNK]", "[SEP]",
    ]  # fmt: skip
    assert pieces.numbers("") == [2, 3]


def test_a_long_text_keeps_both_ends(vocabulary: Path) -> None:
    pytest.importorskip("tokenizers")
    found = WordPieces(vocabulary, limit=10, first=6).numbers("a " * 50 + "c " * 50)
    assert [PIECES[number] for number in found] == ["[CLS]", *"aaaaa", *"ccc", "[SEP]"]


def test_a_vocabulary_without_marks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(ModelError, match="lack their marks"):
        WordPieces(tmp_path / "vocab.txt", limit=10, first=6)
    with pytest.raises(ModelError, match="cannot be read"):
        WordPieces(tmp_path / "none.txt", limit=10, first=6)


def test_a_missing_extra_names_the_command(vocabulary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(MissingExtra, match=r"pip install 'toneguard\[accurate\]'"):
        WordPieces(vocabulary, limit=10, first=6)
