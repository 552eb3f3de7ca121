"""The analyser: findings, whose data they are about, evidence, options, and its rule files."""

from __future__ import annotations

import pickle

import pytest

from toneguard.analysers.privacy import RULES, Privacy, make
from toneguard.analysers.privacy.conduct import CONDUCT
from toneguard.documents import Document, parse_conversation
from toneguard.errors import SettingsError
from toneguard.findings import Finding, Span
from toneguard.messages import Message
from toneguard.rules.load import PACKS, read_rule

ENTITIES = {
    "email-address", "phone-number", "payment-card", "card-security-code", "card-expiry", "iban", "bank-account", "tax-file-number",
    "australian-business-number", "australian-company-number", "medicare-number", "driver-licence", "passport-number",
    "centrelink-reference", "us-social-security-number", "uk-national-insurance-number", "nhs-number", "nz-ird-number", "ip-address",
    "secret-in-url", "password", "one-time-code", "date-of-birth", "street-address", "person-name",
}  # fmt: skip


CONDUCT_RULES = {
    "repeats-personal-data", "oversharing-unanswered", "public-personal-data", "anothers-data", "discloses-before-verifying",
}  # fmt: skip


def documents(*turns: tuple[str, str]) -> list[Document]:
    return parse_conversation([Message(text=text, role=role, id=f"m{n}") for n, (role, text) in enumerate(turns, 1)])


def findings(*turns: tuple[str, str]) -> list[Finding]:
    return list(Privacy().analyse(documents(*turns))[-1].findings)


def data(*turns: tuple[str, str]) -> list[Finding]:
    return [finding for finding in findings(*turns) if finding.rule not in CONDUCT]


def rules(*turns: tuple[str, str]) -> list[str]:
    """Kinds of data that are found; what an agent does with it is tested by its rules' examples."""
    found = [finding.rule for finding in findings(*turns)]
    return [rule.removeprefix("privacy/") for rule in found if rule not in CONDUCT]


def test_the_names_of_the_rules() -> None:
    assert {f"privacy/{name}" for name in ENTITIES} == RULES
    files = {path.stem for path in (PACKS / "privacy").glob("*.toml")}
    assert {name for name in files if not name.startswith("asks-for-")} == ENTITIES | CONDUCT_RULES  # others: by wording
    assert {f"privacy/{name}" for name in CONDUCT_RULES} == CONDUCT


@pytest.mark.parametrize("name", sorted(ENTITIES))
def test_the_examples_of_the_rule_files(name: str) -> None:
    rule = read_rule(PACKS / "privacy" / f"{name}.toml", f"privacy/{name}")
    assert rule.kind == "code"
    assert len(rule.fails) >= 3
    assert len(rule.passes) >= 3
    for fires, examples in ((True, rule.fails), (False, rule.passes)):
        for example in examples:
            assert (name in rules(*example.before, (example.role, example.text))) is fires, example.text


def test_a_finding_names_the_place_and_a_token_and_never_the_value() -> None:
    finding = findings(("customer", "Your card is 4111 1111 1111 1111."))[0]
    assert finding.rule == "privacy/payment-card"
    assert finding.span == Span(13, 32)
    assert finding.replacements == ("<CARD-1>",)
    assert finding.message == "A full card number stands here."
    assert "4111" not in repr(finding)


def test_a_mask_is_no_word_to_write_in_a_reply() -> None:
    assert findings(("agent", "Your card is 4111 1111 1111 1111."))[0].replacements == ()


def test_the_same_value_has_the_same_token() -> None:
    tokens = [f.replacements[0] for f in findings(("customer", "0491 570 156, 0491 570 110, 0491570156"))]
    assert tokens == ["<PHONE-1>", "<PHONE-2>", "<PHONE-1>"]


def test_what_the_customer_wrote_before_is_evidence() -> None:
    echo = data(
        ("customer", "Ring me: 0491 570 156"),
        ("agent", "Thanks. Anything else?"),
        ("customer", "and my email is mele@example.com"),
        ("agent", "I have +61 491 570 156, mele@example.com and 0491 570 110."),
    )
    evidence = [[(e.message_id, e.span) for e in finding.evidence] for finding in echo]
    assert evidence == [[("m1", Span(9, 21))], [("m3", Span(16, 32))], []]


def test_evidence_never_looks_ahead_or_at_agents() -> None:
    whole = Privacy().analyse(
        documents(("agent", "I have 0491 570 156."), ("customer", "0491 570 156"), ("agent", "0491 570 156?"))
    )
    assert whole[0].findings[0].evidence == ()
    assert whole[1].findings[0].evidence == ()
    assert [e.message_id for e in whole[2].findings[0].evidence] == ["m2"]


def test_greetings_and_signatures_of_agents_are_no_findings() -> None:
    reply = "Hi Eleni,\n\nIt left today, Eleni.\n\nKind regards,\nPriya Raman\n(02) 5550 0184 | priya@example.com"
    assert rules(("agent", reply)) == []
    assert "person-name" in rules(("customer", reply))
    assert rules(("agent", "I'm Priya, the team lead. Wei Zhang signed for it.")) == ["person-name"]


@pytest.mark.parametrize(
    "text",
    [
        "Call us on (02) 5550 0184.",
        "Write to support@example.com.",
        "You can ring me on 0491 570 156 until 5 pm.",
        "Our Geelong store is at 1 Example Street, Geelong VIC 3220.",
        "Post it back to us at 1 Example Street, Geelong VIC 3220.",
        "Bring it in any time.\n\nCallum\n(02) 5550 0184",
        "Email our privacy officer at privacy@example.com.",
    ],
)
def test_the_organisations_own_contacts(text: str) -> None:
    assert rules(("agent", text)) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We have your mobile as 0491 570 156.", "phone-number"),
        ("Our records show 0491 570 156.", "phone-number"),
        ("Our system has your address as 1 Example Street, Geelong VIC 3220.", "street-address"),
        ("We wrote to mele@example.com.", "email-address"),
        ("Contact us if 0491 570 156 is not your number.", "phone-number"),
    ],
)
def test_the_customers_contacts(text: str, rule: str) -> None:
    assert rules(("agent", text)) == [rule]


def test_quoted_history_is_not_written_now() -> None:
    text = (
        "Hi,\n\nDone.\n\nOn Thu, 16 Apr 2026 at 14:02, Shop <a@example.com> wrote:\n> My card is 4111 1111 1111 1111"
    )
    assert rules(("agent", text)) == []


def test_every_role_and_every_language_is_read() -> None:
    for role in ("customer", "agent", "bot", "system"):
        assert rules((role, "4111 1111 1111 1111")) == ["payment-card"]
    assert rules(("customer", "Meine Kartennummer lautet 4111 1111 1111 1111, bitte prüfen")) == ["payment-card"]
    assert rules(("customer", "我的卡号是 4111 1111 1111 1111")) == ["payment-card"]


def test_batch_single_and_shuffled_agree() -> None:
    read = documents(
        ("customer", "0491 570 156"), ("agent", "0491 570 156?"), ("customer", "mele@example.com"), ("agent", "ok")
    )
    privacy = Privacy()
    batch = privacy.analyse(read)
    assert batch == [privacy.analyse([document])[0] for document in read]
    assert privacy.analyse(read[::-1])[::-1] == batch
    assert pickle.loads(pickle.dumps(privacy)).analyse(read) == batch


def test_options() -> None:
    text = documents(("agent", "Your order 0491 570 156 left, ring 0491 570 110."))
    assert [f.span for f in make({"order_numbers": [r"0491 570 110"]}).analyse(text)[0].findings] == []
    assert make({}).order_numbers == ()
    for wrong in ({"order_number": []}, {"order_numbers": "x"}, {"order_numbers": ["("]}, {"order_numbers": [1]}):
        with pytest.raises(SettingsError):
            make(wrong)
