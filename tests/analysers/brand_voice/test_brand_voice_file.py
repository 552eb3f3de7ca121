"""The file of a voice: the same back, and every damage answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toneguard.analysers.brand_voice import Voice, make
from toneguard.analysers.brand_voice.voice import digest_of
from toneguard.errors import ModelError


def test_a_saved_voice_is_the_same(two_sided: Voice, alone: Voice, tmp_path: Path) -> None:
    for voice in (two_sided, alone, Voice("früh \ud800", "background", 3, 0, (), "3 of 10 example replies")):
        voice.save(tmp_path / "voice.json")
        again = Voice.load(tmp_path / "voice.json")
        assert again == voice
        assert again.digest == voice.digest
    assert [path.name for path in tmp_path.iterdir()] == ["voice.json"]


def test_the_file_is_plain_json_with_versions_and_counts(two_sided: Voice, tmp_path: Path) -> None:
    two_sided.save(tmp_path / "voice.json")
    data = json.loads((tmp_path / "voice.json").read_text(encoding="ascii"))
    assert (data["format"], data["schema"], data["name"]) == ("toneguard brand voice", 2, "bronte")
    assert (data["on"], data["off"], data["contrast"]) == (two_sided.on, two_sided.off, "off-brand")
    assert data["digest"] == two_sided.digest
    assert set(data["metrics"]) == {"auc", "auc_low", "auc_high", "own_kept", "other_kept", "folds"}


def test_no_example_is_stored(two_sided: Voice, agents: dict[str, list[str]], tmp_path: Path) -> None:
    two_sided.save(tmp_path / "voice.json")
    text = (tmp_path / "voice.json").read_text(encoding="ascii").lower()
    for reply in agents["bronte"][:30]:
        words = reply.lower().split()
        assert not [three for three in zip(words, words[1:], words[2:], strict=False) if " ".join(three) in text]


def change(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    def edit(data: dict[str, Any]) -> object:
        data[key] = value
        body = {name: kept for name, kept in data.items() if name != "digest"}
        return {**body, "digest": digest_of(body)}

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda data: {**data, "intercept": 9.0}, "digest"),
        (lambda data: {**data, "extra": 1}, "digest"),
        (change("schema", 1), "another version"),
        (change("features", 99), "another version"),
        (change("format", "other"), "no brand voice"),
        (change("slope", "1"), "damaged"),
        (change("slope", 10**400), "damaged"),
        (change("on", -1), "damaged"),
        (change("on", True), "damaged"),
        (change("contrast", "rivals"), "contrast"),
        (change("phrases", [["hi", 1.0]]), "damaged"),
        (change("phrases", [["hi", 0.0, 1.0, 1, 1]]), "importance"),
        (change("styles", [["x", 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]]), "scale"),
        (change("styles", 7), "damaged"),
        (change("encoder", "0123456789abcdef"), "encoder"),
        (change("vector", [[0.0, 1.0]]), "encoder"),
        (lambda data: [data], "no brand voice"),
        (lambda data: {key: value for key, value in data.items() if key != "own"}, "digest"),
    ],
)
def test_a_changed_file_is_refused(
    edit: Callable[[dict[str, Any]], object], said: str, two_sided: Voice, tmp_path: Path
) -> None:
    path = tmp_path / "voice.json"
    two_sided.save(path)
    path.write_text(json.dumps(edit(json.loads(path.read_text()))))
    with pytest.raises(ModelError, match=said) as problem:
        Voice.load(path)
    assert str(path) in str(problem.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"\x80\x04\x95", b"NaN", b"[" * 100000, b"null", b"9" * 5000])
def test_what_is_no_voice_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    path.write_bytes(content)
    with pytest.raises(ModelError):
        Voice.load(path)


def test_half_a_file_nan_and_no_file_are_refused(two_sided: Voice, tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    two_sided.save(path)
    whole = path.read_text()
    path.write_text(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="damaged"):
        Voice.load(path)
    path.write_text(whole.replace('"intercept": ', '"intercept": NaN, "was": ', 1))
    with pytest.raises(ModelError, match="damaged"):
        Voice.load(path)
    with pytest.raises(ModelError, match="no such brand voice"):
        make({"voice": str(tmp_path / "none.json")})
    with pytest.raises(ModelError, match="cannot be read"):
        Voice.load(tmp_path)
