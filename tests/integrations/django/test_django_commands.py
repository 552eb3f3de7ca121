"""Tickets scored as an archive, and canned replies checked."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from helpdesk.models import FollowUp, PreSetReply, Ticket
from helpdesk_site.tickets import follow_up, open_ticket

from toneguard.integrations.django import archive
from toneguard.integrations.django.conversations import messages_of, public_followups
from toneguard.messages import Conversation
from toneguard.pipeline import Pipeline


def run(command: str, *arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def desk() -> list[Any]:
    """Three tickets, one of them empty, in two queues."""
    first = open_ticket(
        "The kettle arrived cracked 😡 and nobody answers. My number is 0491 570 006.",
        ("agent", "Hi Moana, you should have told us sooner. We don't do refunds."),
        ("note", "She is right. Offer a refund; her card is 4111 1111 1111 1111."),
        ("mail", "That's the third time I've asked!"),
        ("agent", "I'm so sorry, Moana. Would you like a refund or a new kettle?"),
    )
    empty = open_ticket("", ("agent", "   "), ("note", "Nothing in it?"))
    third = open_ticket("<p>Can I send the lamp back?</p>", ("agent", "Yes, within 30 days."), queue="returns", title="Lamp")
    return [first, empty, third]


def test_every_message_is_scored_as_the_pipeline_does(desk: list[Any], tmp_path: Path) -> None:
    out = tmp_path / "scores.jsonl"
    said, told = run("toneguard_score", "--out", str(out))
    found = lines(out)
    wanted = []
    for ticket in desk:
        messages = messages_of(ticket, public_followups().filter(ticket=ticket))
        result = Pipeline().review_conversation(Conversation(str(ticket.pk), tuple(messages)))
        wanted += [(str(ticket.pk), message.id, review.to_dict()) for message, review in zip(messages, result.reviews, strict=True)]
    assert [(row["conversation_id"], row["message_id"], row["review"]) for row in found] == wanted
    assert [row["author_role"] for row in found] == ["customer", "agent", "customer", "agent", "customer", "agent"]
    assert [row["queue"] for row in found] == ["support"] * 4 + ["returns"] * 2
    assert "6 messages of 2 tickets" in told
    assert "respect/blame-customer" in said
    assert [path.name for path in tmp_path.iterdir()] == ["scores.jsonl"]  # what was put aside is gone


def test_the_preview_gave_the_same_numbers(desk: list[Any], agent: Any, tmp_path: Path) -> None:
    out = tmp_path / "scores.jsonl"
    run("toneguard_score", "--out", str(out))
    last = FollowUp.objects.filter(ticket=desk[0], public=True).latest("date")
    text = last.comment
    last.delete()
    answer = agent.post(f"/toneguard/tickets/{desk[0].pk}/review", {"draft": text, "explain": True}, content_type="application/json")
    scored = lines(out)[3]["review"]
    assert answer.json()["scores"] == scored["scores"]  # no emoji in it, so the offsets are the same
    assert [one["rule"] for one in answer.json()["findings"]] == [one["rule"] for one in scored["findings"]]


def test_no_text_leaves_unless_it_is_asked_for(desk: list[Any], tmp_path: Path) -> None:
    bare, full = tmp_path / "bare.csv", tmp_path / "full.csv"
    run("toneguard_score", "--out", str(bare))
    run("toneguard_score", "--out", str(full), "--with-text")
    assert "kettle" not in bare.read_text(encoding="utf-8")
    assert "Would you like a refund" in full.read_text(encoding="utf-8")
    for path in (bare, full):
        assert "4111" not in path.read_text(encoding="utf-8")  # a private note's


def test_it_is_the_table_that_toneguard_score_writes(desk: list[Any], tmp_path: Path) -> None:
    from toneguard.archives import score_archive

    source = tmp_path / "messages.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in archive.rows(archive.tickets())), encoding="utf-8")
    score_archive(source, tmp_path / "theirs.parquet", Pipeline())
    run("toneguard_score", "--out", str(tmp_path / "ours.parquet"))
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "ours.parquet"), pd.read_parquet(tmp_path / "theirs.parquet"))


def test_the_summary_as_data(desk: list[Any], tmp_path: Path) -> None:
    said, _ = run("toneguard_score", "--out", str(tmp_path / "scores.jsonl"), "--format", "json")
    report = json.loads(said)
    assert (report["scored"], report["conversations"], report["rejected"], report["source"]) == (6, 2, 0, "helpdesk")


def test_queues_and_days(desk: list[Any], tmp_path: Path) -> None:
    def scored(*arguments: str) -> set[str]:
        out = tmp_path / "scores.jsonl"
        run("toneguard_score", "--out", str(out), "--overwrite", *arguments)
        return {row["conversation_id"] for row in lines(out)}

    first, _, third = (str(ticket.pk) for ticket in desk)
    assert scored("--queue", "returns") == {third}
    assert scored("--queue", "returns", "--queue", "support") == {first, third}
    old = timezone.now() - timedelta(days=60)
    Ticket.objects.update(created=old)
    FollowUp.objects.filter(ticket=desk[2]).update(date=old)
    FollowUp.objects.filter(ticket=desk[0], public=True).exclude(comment__contains="third time").update(date=old)
    recent = (timezone.now() - timedelta(days=30)).date().isoformat()
    assert scored("--since", recent) == {first}
    assert len(lines(tmp_path / "scores.jsonl")) == 4  # from its beginning
    assert scored("--since", (old - timedelta(days=2)).date().isoformat()) == {first, third}


def test_a_day_begins_where_the_site_is() -> None:
    from toneguard.integrations.django.management.commands.toneguard_score import day

    assert day("2026-07-01") == datetime.fromisoformat("2026-07-01T00:00:00+10:00")


def test_a_merged_ticket_is_part_of_the_other(desk: list[Any], tmp_path: Path) -> None:
    desk[0].merged_to = desk[2]
    desk[0].save()
    desk[0].followup_set.update(ticket=desk[2])
    run("toneguard_score", "--out", str(tmp_path / "scores.jsonl"))
    assert {row["conversation_id"] for row in lines(tmp_path / "scores.jsonl")} == {str(desk[2].pk)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "{}/scores.xlsx"], "cannot write this"),
        (["--out", "{}/nowhere/scores.csv"], "does not exist"),
        (["--out", "{}/old.csv"], "exists already"),
        (["--out", "{}/new.csv", "--since", "last week"], "write a date as 2026-07-01"),
        (["--out", "{}/new.csv", "--queue", "sales"], "there is no such queue; there are returns, support"),
        (["--out", "{}/new.csv", "--since", "2199-01-01"], "no ticket holds a message"),
    ],
)
def test_wrong_calls_are_told(desk: list[Any], tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "old.csv").touch()
    with pytest.raises(CommandError, match=said):
        run("toneguard_score", *(argument.format(tmp_path) for argument in arguments))
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


def test_the_number_of_queries_grows_with_chunks_only(tmp_path: Path) -> None:
    for number in range(archive.CHUNK + 20):
        open_ticket(f"Where is order {number}?", ("agent", "On its way."))
    with CaptureQueriesContext(connection) as seen:
        assert len(list(archive.rows(archive.tickets()))) == 2 * (archive.CHUNK + 20)
    assert len(seen) <= 4


def test_canned_replies_are_checked() -> None:
    PreSetReply.objects.create(name="Refund", body="Hi {{ ticket.submitter_email }},\n\nPlease revert back to us.")
    PreSetReply.objects.create(name="Blame", body="🙂 You should have told us.\n<!-- toneguard: allow plain/revert -->\nPlease revert.")
    PreSetReply.objects.create(name="Thanks", body="Thank you for writing, {{ ticket.title }} is on its way.")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("toneguard_check", stdout=out, stderr=err)
    assert stopped.value.returncode == 1
    said = out.getvalue().splitlines()
    assert len(said) == 2
    assert said[0].startswith("Blame (#")
    assert "):1:3: warning respect/blame-customer: " in said[0]
    assert "):3:1: suggestion plain/revert: " in said[1]
    assert "Instead: Please reply" in said[1]
    assert err.getvalue() == "3 pre-set replies, 2 findings\n"
    out = StringIO()
    call_command("toneguard_check", "--format", "json", "--fail-on", "error", stdout=out, stderr=err)
    assert [one["rule"] for one in json.loads(out.getvalue())] == ["respect/blame-customer", "plain/revert"]


def test_no_canned_replies_are_no_trouble() -> None:
    assert run("toneguard_check") == ("", "0 pre-set replies, 0 findings\n")


@pytest.mark.parametrize("command", ["toneguard_check", "toneguard_score"])
def test_commands_need_right_settings(command: str, desk: list[Any], tmp_path: Path) -> None:
    PreSetReply.objects.create(name="Thanks", body="Thank you.")
    with override_settings(TONEGUARD={"standard": tmp_path / "none.toml"}), pytest.raises(CommandError, match="no such file"):
        run(command, *(["--out", str(tmp_path / "scores.csv")] if command == "toneguard_score" else []))


def test_times_and_order_do_not_depend_on_the_ticket(desk: list[Any]) -> None:
    """A ticket that was imported may be younger than what is in it."""
    Ticket.objects.filter(pk=desk[0].pk).update(created=timezone.now() + timedelta(days=3))
    rows = [row for row in archive.rows(archive.tickets()) if row["conversation_id"] == str(desk[0].pk)]
    assert [row["seq"] for row in rows] == [0, 1, 2, 3]
    assert rows[0]["message_id"] == "description"
    assert rows[1]["author_id"]
    assert rows[0]["author_id"] is None
    assert follow_up(desk[0], "customer", "Hello?").public
