"""Brand terms: every rule's own examples, then the awkward places."""

from __future__ import annotations

import pytest

from toneguard.analysers.brand_voice import BrandVoice, make
from toneguard.analysers.brand_voice.terms import RULES, Terms
from toneguard.documents import parse
from toneguard.errors import SettingsError
from toneguard.messages import Message
from toneguard.reviews import Level
from toneguard.rules.load import PACKS, read_rule

# What the examples in rules/packs/brand/*.toml are written for.
OPTIONS = {
    "terms": {
        "must": ["Tidewater & Fern"],
        "never": ["cheap", "no worries"],
        "prefer": {"e-mail": "email"},
        "spell": ["iPhone", "Tidewater & Fern"],
    }
}
FILES = {name: read_rule(PACKS / f"{name}.toml", name) for name in RULES}


def found(text: str, role: str = "agent", **terms: object) -> list[tuple[str, str | None, tuple[str, ...]]]:
    analyser = make({"terms": terms} if terms else OPTIONS)
    findings = analyser.analyse([parse(Message(text, role=role))])[0].findings
    return [(f.rule, text[f.span.start : f.span.end] if f.span else None, f.replacements) for f in findings]


@pytest.mark.parametrize(
    ("rule", "text", "role", "fires"),
    [
        (name, example.text, example.role, fires)
        for name, rule in FILES.items()
        for fires, examples in ((True, rule.fails), (False, rule.passes))
        for example in examples
    ],
)
def test_example(rule: str, text: str, role: str, fires: bool) -> None:
    assert (rule in {name for name, _, _ in found(text, role)}) is fires


def test_the_files_say_what_the_findings_say() -> None:
    assert {name: rule.level for name, rule in FILES.items()} == {
        "brand/missing-term": Level.NOTE,
        "brand/banned-term": Level.WARNING,
        "brand/preferred-term": Level.SUGGESTION,
        "brand/wrong-spelling": Level.SUGGESTION,
    }
    assert all(rule.requirements == ("SIRXCEG006:1-K4d",) and rule.kind == "code" for rule in FILES.values())
    finding = make(OPTIONS).analyse([parse(Message("All good, thanks."))])[0].findings[0]
    assert finding.message == f'{FILES["brand/missing-term"].message} ("Tidewater & Fern")'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It’s CHEAP, cheap.", ["CHEAP", "cheap"]),
        ("cheaper, cheap-looking, uncheap, cheap_1", []),
        ("See cheap.example or www.fern.example/cheap, or ask jo.cheap@fern.example or @cheap", []),
        ("#cheap (cheap) “cheap” cheap's", ["cheap", "cheap", "cheap", "cheap"]),
        ("No  worries at all, and no\nworries later", ["No  worries", "no\nworries"]),
    ],
)
def test_banned_terms_are_whole_words_outside_links(text: str, wanted: list[str]) -> None:
    assert [place for rule, place, _ in found(text, never=["cheap", "no worries"])] == wanted


def test_a_banned_link_is_found_as_a_link() -> None:
    text = "See https://old-fern.example/returns now."
    assert [place for _, place, _ in found(text, never=["old-fern.example/returns"])] == ["old-fern.example/returns"]


@pytest.mark.parametrize(
    ("text", "place", "replacement"),
    [
        ("Send an e-mail.", "e-mail", "email"),
        ("E-mail us.", "E-mail", "Email"),
        ("Sign   in first", "Sign   in", "Log in"),
        ("Don’t call it the app", "app", "Fern app"),
    ],
)
def test_the_preferred_term_replaces_the_other(text: str, place: str, replacement: str) -> None:
    given = found(text, prefer={"e-mail": "email", "sign in": "log in", "app": "Fern app"})
    assert given == [("brand/preferred-term", place, (replacement,))]


@pytest.mark.parametrize("text", ["Open the Fern app.", "Open the fern  app.", "Send an email.", "An apple a day"])
def test_the_preferred_term_itself_is_fine(text: str) -> None:
    assert not found(text, prefer={"e-mail": "email", "app": "Fern app"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Your iPhone, Iphone, IPHONE, i-Phone or i phone", ["Iphone", "IPHONE", "i-Phone", "i phone"]),
        ("IPhone cases ship today. Iphone cases do not.", ["Iphone"]),
        ("iPhones and my-iphone and iphone.example and #iphone", []),
        ("Tidewater&Fern, tidewater & fern, Tidewater and Fern's", ["Tidewater&Fern", "tidewater & fern", "Tidewater and Fern"]),
        ("It arrives on time. On Time is not OnTime.", ["On Time"]),
        ("We love l'oréal, L’Oréal", ["l'oréal"]),
    ],
)
def test_names_are_written_as_agreed(text: str, wanted: list[str]) -> None:
    names = ["iPhone", "Tidewater & Fern", "OnTime", "L'Oréal"]
    given = [(rule, place) for rule, place, _ in found(text, spell=names) if place != "iphone"]
    assert given == [("brand/wrong-spelling", place) for place in wanted]


def test_a_missing_term_has_no_place_and_links_do_not_count() -> None:
    assert found("All good.", must=["14 days", "Fern"]) == [("brand/missing-term", None, ())] * 2
    assert found("See fern.example", must=["Fern"]) == [("brand/missing-term", None, ())]
    assert not found("See fern.example", must=["fern.example"])
    assert not found("You have 14\ndays, says FERN.", must=["14 days", "Fern"])
    assert not found("  \n", must=["Fern"])
    assert found("Hi\n\nOn Tue, 3 Mar 2026 at 9:14, Jo wrote:\n> Fern", must=["Fern"])


def test_only_agents_are_held_to_the_terms() -> None:
    assert not found("cheap e-mail iphone", role="customer")
    assert not found("cheap e-mail iphone", role="bot")


def test_terms_are_checked_in_any_language_and_without_a_voice() -> None:
    text = "Ihre Bestellung ist leider noch nicht da, das war wohl zu cheap, danke sehr."
    assert [place for _, place, _ in found(text, never=["cheap"])] == ["cheap"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"neverr": []}, "did you mean 'never'"),
        ({"never": "cheap"}, "terms.never: expected a list of texts, got str"),
        ({"never": ["ok", 3]}, "terms.never: expected texts"),
        ({"must": ["..."]}, "terms.must: expected texts with a letter"),
        ({"prefer": ["a"]}, "terms.prefer: expected a table"),
        ({"prefer": {"a": 1}}, "terms.prefer: expected texts"),
        ({"must": ["Fern"], "never": ["fern"]}, "terms.must: 'Fern' is also in terms.never"),
        ({"prefer": {"a": "Cheap"}, "never": ["cheap"]}, "terms.prefer: 'Cheap' is also in terms.never"),
    ],
)
def test_wrong_terms_are_named(terms: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        make({"terms": terms})


def test_terms_can_be_given_as_they_are() -> None:
    analyser = BrandVoice(terms=Terms(never=("cheap",)))
    assert analyser.analyse([parse(Message("It is cheap."))])[0].findings[0].rule == "brand/banned-term"
    assert not Terms()
