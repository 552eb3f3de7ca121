"""What `manage.py check` says of wrong settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import modify_settings, override_settings
from django.urls import include, path

from toneguard.integrations.django.apps import FINDER
from toneguard.integrations.django.conf import mistakes


def ours() -> list[Any]:
    return [one for one in checks.run_checks() if one.id.startswith("toneguard.")]


def test_the_site_of_the_readme_is_right() -> None:
    assert ours() == []
    assert settings.STATICFILES_FINDERS.count(FINDER) == 1


def test_the_lines_of_the_readme_are_right(tmp_path: Path) -> None:
    readme = (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```py\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "standard.toml").write_text('name = "shop"\nversion = "1"\n', encoding="utf-8")
    shown: dict[str, Any] = {"BASE_DIR": tmp_path, "path": path, "include": include}
    exec(block, shown)
    assert list(mistakes(shown["TONEGUARD"])) == []
    assert shown["INSTALLED_APPS"][1:] == [name for name in settings.INSTALLED_APPS if name in shown["INSTALLED_APPS"]]
    assert [one.name for one in shown["urlpatterns"][1].url_patterns] == ["review", "rule"]


@pytest.mark.parametrize(
    ("setting", "number", "said", "fix"),
    [
        (3, "E001", "TONEGUARD is a int", "standard, tier, hold"),
        ({"standart": None}, "E002", "TONEGUARD['standart']", "did you mean 'standard'?"),
        ({"standard": 3}, "E003", "TONEGUARD['standard'] is a int", "standard.toml"),
        ({"standard": "lenient"}, "E003", "presets: default, gentle, strict", "standard.toml"),
        ({"standard": Path("/nowhere/standard.toml")}, "E003", "there is no such file", "BASE_DIR"),
        ({"tier": "slow"}, "E004", "TONEGUARD['tier'] is 'slow'", "fast, accurate"),
        ({"hold": "block"}, "E005", "TONEGUARD['hold'] is 'block'", "There is no 'block'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_fix(setting: Any, number: str, said: str, fix: str) -> None:
    with override_settings(TONEGUARD=setting):
        (found,) = ours()
    assert found.id == f"toneguard.{number}"
    assert said in found.msg
    assert fix in found.hint


@pytest.mark.parametrize(
    "setting", [{}, {"standard": None, "tier": None, "hold": None}, {"standard": "strict", "tier": "accurate", "hold": "warn"}]
)
def test_right_settings_are_no_trouble(setting: Any) -> None:
    with override_settings(TONEGUARD=setting):
        assert ours() == []


def test_a_mistake_in_the_standard_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "standard.toml"
    file.write_text('name = "shop"\nversion = "1"\ncolour = "red"\n', encoding="utf-8")
    with override_settings(TONEGUARD={"standard": file}):
        (found,) = ours()
    assert f"{file}:3:1" in found.msg


def test_a_tier_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from toneguard.integrations.django import conf

    monkeypatch.setattr(conf, "find_spec", lambda name: None)
    with override_settings(TONEGUARD={"tier": "accurate"}):
        (found,) = ours()
    assert "toneguard[accurate]" in found.hint


def test_the_order_of_applications() -> None:
    ours_, desk = "toneguard.integrations.django", "helpdesk"
    with modify_settings(INSTALLED_APPS={"remove": ours_}), modify_settings(INSTALLED_APPS={"append": ours_}):
        (found,) = ours()
        assert found.id == "toneguard.E007"
        assert f"before '{desk}'" in found.hint


def test_forgotten_addresses() -> None:
    with override_settings(ROOT_URLCONF="helpdesk_site.bare_urls"):
        (found,) = ours()
    assert found.id == "toneguard.E008"
    assert 'include("toneguard.integrations.django.urls")' in found.hint


def test_manage_py_stops_at_them() -> None:
    with override_settings(TONEGUARD={"hold": "block"}), pytest.raises(SystemCheckError, match="E005"):
        call_command("check")
