"""What is put on the ticket page, and where its scripts come from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Engine
from django.test import Client, override_settings
from helpdesk_site.tickets import open_ticket

STATIC = Path(__file__).resolve().parents[3] / "src/toneguard/server/static"
DATA = re.compile(r'<script id="toneguard-ticket" type="application/json">(.*?)</script>')


def page_of(client: Any, ticket: Any) -> str:
    answer = client.get(f"/tickets/{ticket.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_gets_our_script_and_keeps_all_of_its_own(agent: Any) -> None:
    ticket = open_ticket("Where is it?")
    page = page_of(agent, ticket)
    assert page.count("helpdesk/vendor/jquery/jquery.min.js") == 1
    assert page.count("helpdesk/js/sb-admin.js") == 1
    assert page.count('<script type="module" src="/static/toneguard/helpdesk.js"></script>') == 1
    found = DATA.search(page)
    assert found
    assert json.loads(found[1]) == {
        "review": f"/toneguard/tickets/{ticket.pk}/review",
        "rules": "/toneguard/rules/",
        "csrfHeader": "X-CSRFTOKEN",
        "confirmAtHold": True,
    }


def test_the_question_can_be_turned_off(agent: Any) -> None:
    with override_settings(TONEGUARD={"hold": None}):
        assert '"confirmAtHold": false' in page_of(agent, open_ticket("Where is it?"))


def test_other_pages_and_other_people_get_nothing(agent: Any) -> None:
    ticket = open_ticket("Where is it?")
    assert "toneguard" not in agent.get("/tickets/").content.decode()
    assert "toneguard" not in agent.get("/dashboard/").content.decode()
    public = f"/view/?ticket={ticket.queue.slug}-{ticket.pk}&email=moana@example.com&key={ticket.secret_key}"
    page = Client().get(public)
    assert "commentBox" in page.content.decode()  # the customer's own box
    assert "toneguard" not in page.content.decode()


def test_without_our_addresses_the_page_goes_on(agent: Any) -> None:
    with override_settings(ROOT_URLCONF="helpdesk_site.bare_urls"):
        assert "toneguard" not in page_of(agent, open_ticket("Where is it?"))


def test_a_template_that_is_overridden_by_nobody_else_is_found() -> None:
    engine = Engine.get_default()
    text = engine.get_template("helpdesk/base_js.html").render(Context({"helpdesk_settings": {}}))
    assert "sb-admin.js" in text
    assert "helpdesk.js" not in text


def test_the_preview_is_served_from_its_one_home() -> None:
    assert finders.find("toneguard/preview.js") == str(STATIC / "preview.js")
    assert finders.find("toneguard/preview/card.js") == str(STATIC / "preview/card.js")
    assert finders.find("toneguard/preview.js", find_all=True) == [str(STATIC / "preview.js")]
    for other in ("toneguard/index.html", "toneguard/page.js", "toneguard/../server/app.py", "preview.js"):
        assert finders.find(other) is None


def test_collectstatic_collects_every_module_that_is_imported(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    folder = tmp_path / "toneguard"
    modules = {path.relative_to(folder).as_posix() for path in folder.rglob("*.js")}
    assert {"helpdesk.js", "preview.js", "preview/talk.js"} <= modules
    for name in modules:
        text = (folder / name).read_text(encoding="utf-8")
        for imported in re.findall(r'from "(\./[^"]+)"', text):
            assert ((folder / name).parent / imported).is_file(), f"{name} imports {imported}"


@pytest.mark.parametrize("storage", ["StaticFilesStorage", "ManifestStaticFilesStorage"])
def test_both_storages_name_the_script(agent: Any, tmp_path: Path, storage: str) -> None:
    backends = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": f"django.contrib.staticfiles.storage.{storage}"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=backends, DEBUG=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        page = page_of(agent, open_ticket("Where is it?"))
    script = re.search(r'<script type="module" src="/static/(toneguard/[^"]+)">', page)
    assert script
    assert (tmp_path / script[1]).is_file()


def test_a_merged_ticket_has_no_box_and_no_trouble(agent: Any) -> None:
    ticket, other = open_ticket("Where is it?"), open_ticket("Where is my kettle?")
    ticket.merged_to = other
    ticket.save()
    assert 'id="commentBox"' not in page_of(agent, ticket)
    assert 'id="commentBox"' in page_of(agent, other)
