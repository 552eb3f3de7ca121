"""The app for Zendesk as it would be uploaded: what Zendesk's manifest reference and file requirements ask for."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest

import toneguard

APP = Path(__file__).resolve().parents[1] / "zendesk"
MANIFEST = json.loads((APP / "manifest.json").read_text(encoding="utf-8"))
WORDS = json.loads((APP / "translations" / "en.json").read_text(encoding="utf-8"))["app"]
TYPES = {"text", "password", "checkbox", "url", "number", "multiline", "hidden", "oauth", "dropdown", "multiselect"}


def test_what_is_required_is_there() -> None:
    assert {"author", "frameworkVersion", "location", "defaultLocale"} <= MANIFEST.keys()
    assert MANIFEST["author"]["name"] and "@" in MANIFEST["author"]["email"]
    assert MANIFEST["frameworkVersion"] == "2.0"
    assert MANIFEST["version"] == toneguard.__version__
    assert (APP / "translations" / f"{MANIFEST['defaultLocale']}.json").is_file()


def test_it_sits_beside_tickets_and_its_page_is_there() -> None:
    places = MANIFEST["location"]["support"]
    assert set(places) == {"ticket_sidebar", "new_ticket_sidebar"}
    for place in places.values():
        assert (APP / place["url"]).is_file()


def test_every_parameter_is_of_a_known_type_and_explained() -> None:
    names = [parameter["name"] for parameter in MANIFEST["parameters"]]
    assert set(names) == set(WORDS["parameters"]) and len(set(names)) == len(names)
    for parameter in MANIFEST["parameters"]:
        assert parameter["type"] in TYPES
        # A secure setting goes through Zendesk's proxy only; the browser, which asks the server, would not get it.
        assert not parameter.get("secure")
        assert WORDS["parameters"][parameter["name"]]["label"] and WORDS["parameters"][parameter["name"]]["helpText"]
    panel = (APP / "assets" / "panel.js").read_text(encoding="utf-8")
    assert set(names) == set(re.findall(r"settings\.(\w+)", panel))


def test_it_introduces_itself() -> None:
    assert WORDS["name"] == MANIFEST["name"] and len(WORDS["name"]) <= 40 and "zendesk" not in WORDS["name"].lower()
    assert all(WORDS[key] for key in ("short_description", "long_description", "installation_instructions"))
    assert len(WORDS["short_description"]) <= 80


@pytest.mark.parametrize(("name", "size"), [("logo.png", 320), ("logo-small.png", 128)])
def test_the_logos_have_their_sizes(name: str, size: int) -> None:
    data = (APP / "assets" / name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (size, size)


def test_text_gets_into_the_panel_only_as_text() -> None:
    for script in (APP / "assets").glob("*.js"):
        code = script.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML\s*=[^=]|outerHTML\s*=[^=]|insertAdjacentHTML|document\.write|eval\(", code), script.name
