"""What the ticket page asks: the same reviews, for staff only, in JSON whatever happens."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client, override_settings
from helpdesk_site.tickets import follow_up, open_ticket, person

from toneguard.integrations.django import conf, views
from toneguard.messages import Message
from toneguard.offsets import review_in_utf16
from toneguard.pipeline import Pipeline

COMPLAINT = "The kettle arrived cracked 😡 and I have been waiting for an answer since Monday."
BAD = "🙂 Hi Moana, you should have told us sooner. We don't do refunds."


def ask(client: Any, ticket: Any, body: Any = None, **more: Any) -> Any:
    number = getattr(ticket, "pk", ticket)
    return client.post(f"/toneguard/tickets/{number}/review", {"draft": BAD} if body is None else body, content_type="application/json", **more)


def browser_of(name: str, *, staff: bool = True, **options: Any) -> Any:
    client = Client(**options)
    client.force_login(person(name, staff=staff))
    return client


def refusal(answer: Any) -> tuple[int, str, str | None]:
    assert answer["Content-Type"] == "application/json"
    error = answer.json()["error"]
    assert error["message"]
    return answer.status_code, error["code"], error["field"]


def test_the_review_is_that_of_the_conversation(agent: Any) -> None:
    ticket = open_ticket(COMPLAINT, ("agent", "Sorry about that, Moana. Which kettle is it?"), ("customer", "The blue one."))
    first, second = (str(one.pk) for one in ticket.followup_set.order_by("date"))
    before = [
        Message(COMPLAINT, "customer", "description", channel="email"),
        Message("Sorry about that, Moana. Which kettle is it?", "agent", first, channel="email"),
        Message("The blue one.", "customer", second, channel="email"),
    ]
    draft = Message(BAD, "agent", channel="email")
    expected = review_in_utf16(Pipeline().review(draft, before=before), [*before, draft])
    assert ask(agent, ticket).json() == expected
    assert expected["verdict"] == "hold"


def test_offsets_count_as_browsers_do(agent: Any) -> None:
    found = ask(agent, open_ticket(COMPLAINT)).json()
    assert found["offsets"] == "utf-16"
    blame = next(one for one in found["findings"] if one["rule"] == "respect/blame-customer")
    assert blame["span"]["start"] == BAD.index("you should") + 1  # the emoji takes two


def test_what_was_written_before_counts(agent: Any) -> None:
    calm, upset = open_ticket("Do you have the kettle in blue?"), open_ticket(COMPLAINT)
    draft = {"draft": "Hi Moana, the blue one is on its way and will be with you on Thursday."}
    rules = [{one["rule"] for one in ask(agent, ticket, draft).json()["findings"]} for ticket in (calm, upset)]
    assert "empathy/no-apology-after-complaint" in rules[1] - rules[0]


def test_private_notes_are_not_read(agent: Any) -> None:
    noted = open_ticket("Do you have the kettle in blue?", ("note", COMPLAINT))
    follow_up(noted, "customer", COMPLAINT, public=False)  # whoever wrote it
    plain = open_ticket("Do you have the kettle in blue?")
    draft = {"draft": "Hi Moana, the blue one is on its way and will be with you on Thursday."}
    assert ask(agent, noted, draft).json() == ask(agent, plain, draft).json()


def test_the_opening_is_read_once_whoever_typed_it_in(agent: Any) -> None:
    from toneguard.integrations.django.conversations import messages_of, public_followups

    ticket = open_ticket(COMPLAINT)
    follow_up(ticket, "agent", COMPLAINT, title="Ticket Opened")  # by telephone: staff filled in the form
    follow_up(ticket, "customer", "Hello?")
    follow_up(ticket, "customer", "Hello?")  # twice on purpose
    mailed = open_ticket(COMPLAINT, ("mail", f"{COMPLAINT}\n\nOn Monday you wrote:\n> Hello"), ("mail", COMPLAINT))

    def read(one: Any) -> list[tuple[str, str]]:
        return [(message.role.value, message.text) for message in messages_of(one, public_followups().filter(ticket=one))]

    assert read(ticket) == [("customer", COMPLAINT), ("customer", "Hello?"), ("customer", "Hello?")]
    assert read(mailed) == [("customer", COMPLAINT), ("customer", COMPLAINT)]


def test_what_the_help_desk_itself_writes_is_nobodys(agent: Any) -> None:
    from toneguard.integrations.django.conversations import messages_of

    ticket = open_ticket("Where is it?")
    follow_up(ticket, "system", "Ticket escalated after 3 days", title="Ticket Escalated")
    follow_up(ticket, "anonymous", "Any news?")
    roles = [message.role.value for message in messages_of(ticket, ticket.followup_set.order_by("date"))]
    assert roles == ["customer", "system", "customer"]


def test_whom_the_site_lets_in_by_a_function_of_its_own_is_an_agent(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpdesk import settings as helpdesk_settings

    from toneguard.integrations.django.conversations import messages_of

    ticket = open_ticket("Where is it?")
    follow_up(ticket, "other", "On its way.", user=person("volunteer", staff=False))
    follow_up(ticket, "customer", "Thanks.")

    def roles() -> list[str]:
        return [message.role.value for message in messages_of(ticket, ticket.followup_set.order_by("date"))]

    assert roles() == ["customer", "customer", "customer"]
    monkeypatch.setattr(helpdesk_settings, "HELPDESK_ALLOW_NON_STAFF_TICKET_UPDATE", lambda user: user.username == "volunteer")
    assert roles() == ["customer", "agent", "customer"]
    monkeypatch.setattr(helpdesk_settings, "HELPDESK_ALLOW_NON_STAFF_TICKET_UPDATE", True)
    assert roles() == ["customer", "customer", "customer"]


def test_fields_that_the_help_desk_fills_in_are_read_as_they_will_be(agent: Any) -> None:
    ticket = open_ticket("Where is it?", title="Where is my kettle & lid")
    draft = "🙂 Hi Sam, about {{ ticket.title }} in {{queue.title}}: you should have told us. Bye, {{ name }}"
    found = ask(agent, ticket, {"draft": draft, "explain": True}).json()
    places = {one["rule"]: one["span"] for one in found["findings"] if one["span"]}
    units = draft.encode("utf-16-le")
    cut = {rule: units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") for rule, span in places.items()}
    assert cut["respect/blame-customer"] == "you should have told"
    assert cut["clarity/unfilled-placeholder"] == "{{ name }}"  # nobody fills that one in
    ends = [one["span"]["end"] for score in found["scores"].values() for one in score["contributions"] if one["span"]]
    assert max(ends) <= len(units) // 2


def test_what_is_found_in_a_filled_field_stands_at_the_field(agent: Any) -> None:
    ticket = open_ticket("Where is it?", title="Please revert back")
    found = ask(agent, ticket, {"draft": "Hi Sam, about your note: {{ ticket.title }}."}).json()
    one = next(one for one in found["findings"] if one["rule"] == "plain/revert")
    assert one["span"] == {"start": 25, "end": 43}
    assert one["replacements"] == []


def test_html_is_text(agent: Any) -> None:
    """Comments are shown as text, so that is what is read; what came by e-mail may hold anything."""
    html = "<p>The kettle is <b>cracked</b>.</p><script>alert(1)</script><!-- hidden -->"
    ticket = open_ticket(html, ("mail", html + "!"))
    found = ask(agent, ticket, {"draft": "<b>You should have told us.</b>"}).json()
    (blame,) = (one for one in found["findings"] if one["rule"] == "respect/blame-customer")
    assert blame["span"]["start"] == 3
    assert b"<script>alert" not in agent.get(f"/tickets/{ticket.pk}/").content


def test_an_empty_ticket_is_a_beginning(agent: Any) -> None:
    ticket = open_ticket("")
    follow_up(ticket, "agent", "")
    assert ask(agent, ticket).json()["verdict"] == "hold"
    assert ask(agent, ticket, {"draft": ""}).json()["verdict"] == "pass"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("{", (400, "not-json", None)),
        ("\xff", (400, "not-json", None)),
        ("[" * 100_000, (400, "not-json", None)),
        ([], (400, "invalid", None)),
        ({}, (400, "invalid", "draft")),
        ({"draft": 3}, (400, "invalid", "draft")),
        ({"draft": "Hi", "explain": "yes"}, (400, "invalid", "explain")),
        ({"draft": "Hi", "before": []}, (400, "invalid", "before")),
        ({"draft": "x" * 100_001}, (413, "too-large", "draft")),
        ({"draft": "x" * 20_001, "explain": True}, (413, "too-large", "draft")),
        ({"draft": "x" * 2_700_000}, (413, "too-large", None)),
    ],
)
def test_wrong_bodies_are_told_where(agent: Any, body: Any, wanted: tuple[int, str, str | None]) -> None:
    assert refusal(ask(agent, open_ticket("Hi"), body)) == wanted


def test_only_staff_may_ask() -> None:
    ticket = open_ticket(COMPLAINT)
    assert refusal(ask(Client(), ticket)) == (403, "signed-out", None)  # and no page to sign in at
    assert refusal(ask(browser_of("moana", staff=False), ticket)) == (403, "not-staff", None)
    assert refusal(Client().get("/toneguard/rules/respect/blame-customer")) == (403, "signed-out", None)


def test_a_page_to_sign_in_at_is_no_answer_either() -> None:
    """A site may ask everybody to sign in, by a redirect that a script would follow."""
    from django.conf import settings

    everybody = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
    with override_settings(MIDDLEWARE=everybody):
        assert refusal(ask(Client(), open_ticket("Hi"))) == (403, "signed-out", None)


def test_only_tickets_that_one_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    from helpdesk import settings

    monkeypatch.setattr(settings, "HELPDESK_ENABLE_PER_QUEUE_STAFF_PERMISSION", True)
    ticket = open_ticket(COMPLAINT, queue="returns")
    tomasz = person("tomasz")
    client = browser_of("tomasz")
    assert refusal(ask(client, ticket)) == (403, "not-yours", None)
    tomasz.user_permissions.add(Permission.objects.get(codename=ticket.queue.permission_name.split(".")[1]))
    assert ask(client, ticket).status_code == 200


def test_forged_requests_are_refused_in_json() -> None:
    ticket = open_ticket(COMPLAINT)
    client = browser_of("bronte", enforce_csrf_checks=True)
    assert refusal(ask(client, ticket)) == (403, "csrf", None)
    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert ask(client, ticket, headers={"X-CSRFToken": token}).status_code == 200
    assert refusal(ask(client, ticket, headers={"X-CSRFToken": token[::-1]})) == (403, "csrf", None)


def test_what_is_not_there(agent: Any) -> None:
    assert refusal(ask(agent, 404)) == (404, "unknown-ticket", None)
    assert refusal(ask(agent, 10**30)) == (404, "unknown-ticket", None)
    assert refusal(agent.get("/toneguard/rules/no/such")) == (404, "unknown-rule", None)


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "options"])
def test_other_methods(agent: Any, method: str) -> None:
    answer = getattr(agent, method)(f"/toneguard/tickets/{open_ticket('Hi').pk}/review")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    if method != "head":
        assert refusal(answer) == (405, "method", None)


def test_a_rule_explains_itself(agent: Any) -> None:
    found = agent.get("/toneguard/rules/law/au/consumer-guarantees/no-refunds").json()
    assert found["rule"] == "law/au/consumer-guarantees/no-refunds"
    assert found["why"]
    assert found["law"]["rewrite"]


def test_a_long_ticket_is_read_from_its_end(agent: Any) -> None:
    ticket = open_ticket(COMPLAINT, *[("customer", "Still waiting. " * 6000)] * 4)
    assert ask(agent, ticket, {"draft": "Hi Moana, it left today."}).status_code == 200
    from toneguard.integrations.django.conversations import latest

    messages = [Message(letter * 4, "customer") for letter in "abc"]
    assert [one.text[0] for one in latest(messages, 11)] == ["b", "c"]
    assert latest(messages, -1) == []


def test_the_standard_of_the_settings_judges(agent: Any, tmp_path: Any) -> None:
    file = tmp_path / "standard.toml"
    file.write_text('name = "shop"\nversion = "3"\n[rules]\n"respect/blame-customer" = "error"\n', encoding="utf-8")
    with override_settings(TONEGUARD={"standard": file}):
        found = ask(agent, open_ticket("Hi"), {"draft": "You should have told us."}).json()
    assert (found["verdict"], found["provenance"]["standard"]) == ("hold", "shop@3")


def test_a_failure_tells_nobodys_text(agent: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def review(self, message: Message, **_: Any) -> None:
            raise ValueError(message.text)

    monkeypatch.setattr(views, "pipeline", Broken)
    with caplog.at_level(logging.DEBUG):
        assert refusal(ask(agent, open_ticket(COMPLAINT))) == (500, "failed", None)
    assert "ValueError at " in caplog.text
    assert "told us" not in caplog.text


def test_wrong_settings_are_logged_and_the_page_goes_on(agent: Any, caplog: pytest.LogCaptureFixture) -> None:
    ticket = open_ticket(COMPLAINT)
    with override_settings(TONEGUARD=3):
        assert refusal(ask(agent, ticket)) == (500, "failed", None)
        assert agent.get(f"/tickets/{ticket.pk}/").status_code == 200
    with override_settings(TONEGUARD={"tier": "slow"}):
        assert refusal(ask(agent, ticket)) == (500, "failed", None)
    assert "tier: 'slow' is not one of fast, accurate" in caplog.text


def test_one_pipeline_serves_all(agent: Any) -> None:
    ask(agent, open_ticket("Hi"))
    assert conf.pipeline() is conf.pipeline()


def test_fields_may_not_swell_a_draft_beyond_all_bounds(agent: Any) -> None:
    ticket = open_ticket("The kettle is cracked. " * 4_000)
    assert ask(agent, ticket, {"draft": "{{ ticket.description }}"}).status_code == 200
    thousandfold = {"draft": "{{ ticket.description }} " * 1_000}
    assert refusal(ask(agent, ticket, thousandfold)) == (413, "too-large", "draft")
    assert refusal(ask(agent, ticket, {"draft": "{{ ticket.description }}", "explain": True}))[0] == 413


def test_only_as_much_of_a_long_ticket_is_fetched_as_is_read(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from toneguard.integrations.django import conversations

    ticket = open_ticket("Hello", *[("customer", f"Number {count:03}") for count in range(9)])
    fetched: list[int] = []
    whole = conversations.messages_of

    def counting(one: Any, followups: Any) -> list[Message]:
        listed = list(followups)
        fetched.append(len(listed))
        return whole(one, listed)

    def texts(most: int) -> list[str]:
        return [message.text for message in conversations.recent(ticket, most)]

    monkeypatch.setattr(conversations, "messages_of", counting)
    assert texts(1_000) == ["Hello", *[f"Number {count:03}" for count in range(9)]]
    assert texts(25) == ["Number 007", "Number 008"]
    monkeypatch.setattr(conversations, "MOST_MESSAGES", 4)
    assert texts(1_000) == [f"Number {count:03}" for count in range(5, 9)]
    assert fetched == [9, 3, 5]
