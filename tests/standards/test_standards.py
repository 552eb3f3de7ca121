"""Standards: what they change, how mistakes are answered, and how the judge decides."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from toneguard.errors import InvalidInput, SettingsError
from toneguard.messages import Message
from toneguard.pipeline import Pipeline
from toneguard.reviews import Level, Verdict
from toneguard.rules import builtin_rules
from toneguard.standards import load_standard, preset_names

BLAME = "You should have told us about the fault."
DENIAL = "We don't do refunds."
LAW = "law/au/consumer-guarantees"


def write(tmp_path: Path, text: str, name: str = "standard.toml") -> Path:
    path = tmp_path / name
    path.write_text(f'name = "shop"\nversion = "3"\n{text}', encoding="utf-8")
    return path


def levels(path: Path, text: str, **kwargs: object) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in Pipeline(path).review(text, **kwargs).findings}  # type: ignore[arg-type]


def denial_rule() -> str:
    return next(
        f.rule for f in Pipeline().review(DENIAL).findings if f.rule.startswith("law/") and f.level is Level.ERROR
    )


@pytest.mark.parametrize("name", preset_names())
def test_presets_load_and_review(name: str) -> None:
    assert Pipeline(name).review(DENIAL).verdict is Verdict.HOLD


def test_levels_by_rule_and_by_pack(tmp_path: Path) -> None:
    assert (
        levels(write(tmp_path, '[rules]\n"respect/blame-customer" = "error"'), BLAME)["respect/blame-customer"]
        is Level.ERROR
    )
    assert levels(write(tmp_path, '[rules]\n"respect/*" = "note"'), BLAME)["respect/blame-customer"] is Level.NOTE
    assert "respect/blame-customer" not in levels(write(tmp_path, '[rules]\n"respect/blame-customer" = "off"'), BLAME)


def test_allowed_terms_are_not_found(tmp_path: Path) -> None:
    path = write(tmp_path, '[rules."respect/blame-customer"]\nallow = ["You should have told"]')
    assert "respect/blame-customer" not in levels(path, BLAME)
    assert "respect/blame-customer" in levels(path, "You should have checked the size.")


def test_packs_choose_rules(tmp_path: Path) -> None:
    standard = load_standard(write(tmp_path, 'packs = ["respect", "law/au"]'))
    assert {name.split("/")[0] for name in standard.rules} == {"respect", "law"}


def test_own_contacts_are_no_personal_data(tmp_path: Path) -> None:
    text = "Write to help@tidewater.example.com or call (03) 5550 1234."
    assert [rule for rule in levels(write(tmp_path, ""), text) if rule.startswith("privacy/")]
    path = write(tmp_path, '[contacts]\nown = ["@tidewater.example.com", "03 5550 1234"]')
    assert not [rule for rule in levels(path, text) if rule.startswith("privacy/")]
    customer = Pipeline(path).review(text, role="customer")
    assert [finding for finding in customer.findings if finding.rule.startswith("privacy/")]


def test_bounds(tmp_path: Path) -> None:
    path = write(tmp_path, '[bounds.longest_sentence]\nmax = 5\nlevel = "suggestion"')
    assert levels(path, "This sentence has more than five words in it.")["bounds/too-high"] is Level.SUGGESTION
    assert "bounds/too-high" not in levels(path, "This one is short.")
    assert "bounds/too-high" not in levels(path, "This sentence has more than five words in it.", role="customer")
    with pytest.raises(InvalidInput, match=r"bounds\.politness: there is no such measure"):
        Pipeline(write(tmp_path, "[bounds.politness]\nmin = 0.5"))


def test_a_standard_may_bring_rules_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "house" / "words").mkdir(parents=True)
    (tmp_path / "house" / "words" / "mate.toml").write_text(
        'kind = "phrases"\nlevel = "suggestion"\nmessage = "We do not say mate."\nwhy = "House style."\nsources = ["our style guide"]\n'
        'since = "1"\nlook_for = ["mate"]\nfails = ["Cheers mate."]\npasses = ["Cheers."]\n',
        encoding="utf-8",
    )
    assert levels(write(tmp_path, 'rules_folder = "house"'), "No worries mate.")["words/mate"] is Level.SUGGESTION


def test_a_law_rule_is_silenced_by_a_dated_waiver_only(tmp_path: Path) -> None:
    rule = denial_rule()
    with pytest.raises(SettingsError, match=r"standard\.toml:4:1: .*can only be silenced by a dated \[\[waivers\]\]"):
        load_standard(write(tmp_path, f'[rules]\n"{rule}" = "note"'))
    waiver = '[[waivers]]\nrule = "{}"\nreason = "wholesale only"\nowner = "J. Citizen"\nexpires = {}\n'
    tomorrow, yesterday = date.today() + timedelta(days=1), date.today() - timedelta(days=1)
    path = write(tmp_path, waiver.format(rule, tomorrow.isoformat()))
    review = Pipeline(path).review(DENIAL)
    assert rule not in {finding.rule for finding in review.findings}
    assert review.provenance.waivers == (f"{rule} until {tomorrow.isoformat()}",)
    expired = Pipeline(write(tmp_path, waiver.format(rule, yesterday.isoformat())))
    assert rule in {finding.rule for finding in expired.review(DENIAL).findings}
    then = Message(text=DENIAL, sent_at=f"{yesterday.isoformat()}T09:00:00")  # type: ignore[arg-type]
    assert rule not in {finding.rule for finding in expired.review(then).findings}
    with pytest.raises(SettingsError, match="needs a reason and an owner"):
        load_standard(write(tmp_path, waiver.replace("wholesale only", " ").format(rule, tomorrow.isoformat())))


def test_locked_rules_cannot_be_weakened_by_a_standard_that_extends(tmp_path: Path) -> None:
    write(tmp_path, 'locks = ["respect"]', "group.toml")
    with pytest.raises(SettingsError, match="respect/blame-customer is locked"):
        load_standard(write(tmp_path, 'extends = "group.toml"\n[rules]\n"respect/blame-customer" = "note"'))
    assert load_standard(write(tmp_path, 'extends = "group.toml"\n[rules]\n"respect/blame-customer" = "error"'))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour = 1", r"standard\.toml:3:1: unknown key 'colour'"),
        ('tier = "slow"', r"standard\.toml:3:1: tier: 'slow' is not allowed; allowed: fast, accurate"),
        ('packs = ["respekt"]', r"standard\.toml:3:1: packs: 'respekt' is not allowed; did you mean 'respect'\?"),
        (
            '[rules]\n"respect/blame" = "note"',
            r"standard\.toml:4:1: \[rules\] there is no rule 'respect/blame'; did you mean",
        ),
        ('[rules]\n"respect/blame-customer" = "loud"', r"standard\.toml:4:1: .*'loud' is not allowed"),
        ("[bounds.politeness]\nmin = 2\nmax = 1", r"standard\.toml:3:1: \[bounds\] min 2\.0 is above max 1\.0"),
        ("[bounds.politeness]\nmim = 0.2", r"standard\.toml:4:1: \[bounds\.politeness\] unknown key 'mim'"),
        ("[options.mood]\nx = 1", r"standard\.toml:3:1: \[options\] there is no analyser 'mood'"),
        ('extends = "nowhere.toml"', r"standard\.toml:3:1: extends: there is no preset and no file 'nowhere\.toml'"),
        ('extends = "standard.toml"', r"extend each other in a circle"),
        ("[rules", r"standard\.toml:3:"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        load_standard(write(tmp_path, text))


def test_unknown_options_are_refused_by_their_analyser(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="politeness has no option 'x'"):
        Pipeline(write(tmp_path, "[options.politeness]\nx = 1"))


def test_an_unknown_preset_lists_the_presets() -> None:
    with pytest.raises(SettingsError, match=r"presets: default, gentle, strict"):
        load_standard("kind")


def test_digests_tell_standards_apart(tmp_path: Path) -> None:
    plain, other = load_standard(write(tmp_path, "")), load_standard(write(tmp_path, '[rules]\n"respect/*" = "note"'))
    assert plain.digest == load_standard(write(tmp_path, "")).digest != other.digest
    assert plain.rules_digest == other.rules_digest
    assert plain.label == "shop@3"


def test_every_rule_has_a_level_in_the_default_standard() -> None:
    standard = load_standard()
    assert set(standard.levels) == set(standard.rules) == set(builtin_rules())
