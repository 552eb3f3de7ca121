"""Several standards at once, read anew when their files change."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from toneguard.errors import SettingsError
from toneguard.server.shelf import Shelf

BLAME = "You should have told us."


def verdict(client: TestClient, standard: str | None = None) -> tuple[str, str]:
    review = client.post("/v1/reviews", json={"draft": BLAME, "standard": standard}).json()
    return review["verdict"], review["provenance"]["standard"]


def write(path: Path, level: str, version: str = "1", more: str = "") -> None:
    """A new file in place of the old one, as editors and deployments do."""
    text = f'name = "tidewater"\nversion = "{version}"\n{more}[rules]\n"respect/blame-customer" = "{level}"\n'
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def test_each_brand_has_its_own(make_client: Callable[..., TestClient], tmp_path: Path) -> None:
    path = tmp_path / "tidewater.toml"
    write(path, "error")
    client = make_client(standards={"default": None, "outlet": str(path), "picky": "strict"})
    assert verdict(client) == ("revise", "default@1")
    assert verdict(client, "outlet") == ("hold", "tidewater@1")
    assert verdict(client, "picky")[1] == "strict@1"
    unknown = client.post("/v1/reviews", json={"draft": BLAME, "standard": "fern"})
    assert unknown.status_code == 404
    assert "default, outlet, picky" in unknown.json()["error"]["message"]


def test_a_rule_of_a_teams_own_is_explained(make_client: Callable[..., TestClient], tmp_path: Path) -> None:
    (tmp_path / "own/house").mkdir(parents=True)
    (tmp_path / "own/house/no-dramas.toml").write_text(
        'kind = "phrases"\nlevel = "warning"\nmessage = "Too casual."\nwhy = "We are a bank."\nadvice = "Say no problem."\n'
        'sources = ["Tidewater style guide"]\nsince = "1"\nlook_for = ["no dramas"]\nfails = ["No dramas!"]\npasses = ["Fine."]\n',
        encoding="utf-8",
    )
    path = tmp_path / "tidewater.toml"
    write(path, "error", more='rules_folder = "own"\n')
    client = make_client(standards={"default": None, "outlet": str(path)})
    for query in ({}, {"standard": "outlet"}):
        assert client.get("/v1/rules/house/no-dramas", params=query).json()["why"] == "We are a bank."
    assert client.get("/v1/rules/house/no-dramas", params={"standard": "default"}).status_code == 404


def test_a_changed_file_judges_from_now_on(make_client: Callable[..., TestClient], tmp_path: Path) -> None:
    path = tmp_path / "tidewater.toml"
    write(path, "note")
    client = make_client(standards={"default": str(path)}, reload_every=0.05)
    assert verdict(client) == ("pass", "tidewater@1")
    write(path, "error", "2")
    end = time.monotonic() + 20
    while verdict(client) != ("hold", "tidewater@2"):
        assert time.monotonic() < end, "it was not read anew"
        time.sleep(0.05)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tidewater.toml"
    write(path, "note")
    return path


def label(shelf: Shelf) -> str:
    return shelf.pipeline(None).standard.label


def test_a_broken_file_leaves_the_old_one_in_force(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    shelf = Shelf({"default": str(path)})
    assert shelf.refresh() == []
    write(path, "severe", "2")
    assert shelf.refresh() == [] and shelf.refresh() == []
    assert (label(shelf), shelf.broken) == ("tidewater@1", {"default"})
    (line,) = [record.getMessage() for record in caplog.records]  # said once
    assert line.startswith("standard 'default' is broken and tidewater@1 stays in force: ")
    assert f"{path}:4:" in line and "'severe' is not allowed" in line
    path.unlink()
    assert shelf.refresh() == [] and label(shelf) == "tidewater@1"
    write(path, "error", "3")
    assert shelf.refresh() == ["default"]
    assert (label(shelf), shelf.broken) == ("tidewater@3", frozenset())


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"name = ", b"x = 1\n" * 1000])
def test_whatever_is_written_there_it_goes_on(path: Path, content: bytes) -> None:
    shelf = Shelf({"default": str(path)})
    path.write_bytes(content)
    assert shelf.refresh() == [] and label(shelf) == "tidewater@1"


def test_the_watcher_outlives_every_error(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf({"default": str(path)})

    def fails(source: str | None) -> None:
        raise RuntimeError("My card is 4111 1111 1111 1111.")

    with monkeypatch.context() as broken:
        broken.setattr(shelf, "_make", fails)
        write(path, "warning", version="2")
        assert shelf.refresh() == []
    assert shelf.broken == {"default"}
    assert "RuntimeError" in caplog.text and "4111" not in caplog.text
    write(path, "warning", version="3")
    assert shelf.refresh() == ["default"]


def test_what_a_standard_extends_counts_too(tmp_path: Path) -> None:
    base, path = tmp_path / "base.toml", tmp_path / "tidewater.toml"
    write(base, "note")
    path.write_text('name = "outlet"\nversion = "1"\nextends = "base.toml"\n', encoding="utf-8")
    shelf = Shelf({"default": str(path)})
    assert shelf.pipeline(None).review(BLAME).verdict.value == "pass"
    write(base, "error", "2")
    assert shelf.refresh() == ["default"]
    assert shelf.pipeline(None).review(BLAME).verdict.value == "hold"


def test_a_mistake_in_a_new_base_is_mended_there(tmp_path: Path) -> None:
    """The broken file is one that we did not know before, so it is tried again now and then."""
    path, base = tmp_path / "tidewater.toml", tmp_path / "base.toml"
    write(path, "note")
    shelf = Shelf({"default": str(path)})
    write(base, "severe")
    write(path, "note", "2", 'extends = "base.toml"\n')
    assert shelf.refresh() == [] and label(shelf) == "tidewater@1"
    write(base, "error")
    assert any(shelf.refresh() for _ in range(20))
    assert label(shelf) == "tidewater@2"


def test_a_server_does_not_start_with_a_broken_standard(tmp_path: Path, make_client: Any) -> None:
    path = tmp_path / "broken.toml"
    write(path, "severe")
    with pytest.raises(SettingsError, match=r"broken.toml:4"):
        make_client(standards={"default": None, "outlet": str(path)})
