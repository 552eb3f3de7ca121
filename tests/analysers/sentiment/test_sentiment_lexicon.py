"""The reader of VADER's lexicon, and the table made of it."""

import subprocess
import sys

import pytest

from toneguard.errors import ModelError
from toneguard.heads.feeling.lexicon import Entry, load
from toneguard.resources import lexicon


def test_every_rated_word_is_read():
    found = lexicon.valences()
    assert len(found) > 7_500
    assert (found["great"], found["horrible"], found[":)"]) == (3.1, -2.5, 2.0)
    assert all(-4 <= valence <= 4 for valence in found.values())
    assert len(lexicon.emoji_descriptions()) > 3_500
    assert lexicon.emoji_descriptions()["😡"] == "pouting face"


def test_what_is_cached_cannot_be_changed():
    with pytest.raises(TypeError):
        lexicon.valences()["great"] = 0.0  # type: ignore[index]
    assert lexicon.valences() is lexicon.valences()
    assert len(lexicon.digest()) == 64


def test_reading_imports_nothing():
    code = "import sys; from toneguard.resources import lexicon; lexicon.valences(); sys.exit('vaderSentiment' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_missing_package_is_named_with_its_cure(monkeypatch):
    monkeypatch.setattr(lexicon, "PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="pip install no_such_package"):
        lexicon._path("vader_lexicon.txt")


def test_a_damaged_package_is_named_with_its_cure(monkeypatch):
    with pytest.raises(ModelError, match="reinstall it: pip install vaderSentiment"):
        lexicon._read("no_such_file.txt")


def test_the_plain_table_keeps_every_rating_of_a_word():
    table = load("plain")
    for word, valence in lexicon.valences().items():
        if word.isalpha() and word.islower() and word not in ("gt", "l", "badass"):
            entry = table.entries[word]
            assert (entry.valence if isinstance(entry, Entry) else entry) == valence, word
