"""Standards read from TOML and checked against the rules, measures and analysers that there are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from toneguard.errors import SettingsError
from toneguard.heads.load import TIERS
from toneguard.resources.plugins import plugins
from toneguard.resources.settings import Table, read_toml, suggest
from toneguard.reviews import Level
from toneguard.rules import Rule, builtin_rules, digest, read_rules
from toneguard.rules.load import redirects
from toneguard.standards.standard import Bound, Standard, Waiver

PRESETS = Path(__file__).parent / "presets"
DEFAULT = "default"
ANALYSERS = ("sentiment", "politeness", "tone", "readability", "dissatisfaction", "brand_voice", "privacy", "wording")
PATH_OPTIONS = {"brand_voice": ("voice",), "presidio": ("config",)}
"""Options that name files: relative paths are taken from the folder of the standard that states them."""
LEVELS = [level.value for level in Level]


@dataclass
class Draft:
    """A standard while the files it extends are laid over each other."""

    name: str = ""
    version: str = ""
    tier: str = "fast"
    spacy: str | None = None
    packs: tuple[str, ...] | None = None
    analysers: tuple[str, ...] = ANALYSERS
    required: frozenset[str] = frozenset()
    extra_rules: dict[str, Rule] = field(default_factory=dict)
    levels: dict[str, tuple[Level, str]] = field(default_factory=dict)
    allow: dict[str, frozenset[str]] = field(default_factory=dict)
    bounds: dict[str, Bound] = field(default_factory=dict)
    contacts: frozenset[str] = frozenset()
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    waivers: dict[str, Waiver] = field(default_factory=dict)
    locks: frozenset[str] = frozenset()
    sources: list[str] = field(default_factory=list)
    sha: Any = field(default_factory=hashlib.sha256)


def preset_names() -> list[str]:
    """The presets that ship."""
    return sorted(path.stem for path in PRESETS.glob("*.toml"))


def load_standard(source: str | Path | None = None) -> Standard:
    """The standard of a file, or the preset of that name; None gives the preset ``default``.

    Raises :class:`SettingsError` with file, line and column of the first mistake.
    """
    if source is None or (isinstance(source, str) and source in preset_names()):
        return load_preset(source or DEFAULT)
    path = Path(source)
    if not path.exists() and isinstance(source, str) and not source.endswith(".toml") and "/" not in source:
        raise SettingsError(f"there is no preset and no file {source!r}; presets: {', '.join(preset_names())}")
    return finish(lay(path, Draft(), ()))


@lru_cache(maxsize=8)
def load_preset(name: str) -> Standard:
    """A preset, read once."""
    return finish(lay(PRESETS / f"{name}.toml", Draft(), ()))


def lay(path: Path, draft: Draft, seen: tuple[Path, ...]) -> Draft:
    """Lay the file over what it extends."""
    table = read_toml(path)
    path = path.resolve()
    base = table.take("extends", str, DEFAULT if path.parent != PRESETS.resolve() else "")
    if path in seen:
        table.fail("the standards extend each other in a circle", "extends")
    if base:
        if base in preset_names():
            parent = PRESETS / f"{base}.toml"
        else:
            parent = path.parent / base
            if not parent.exists():
                table.fail(
                    f"extends: there is no preset and no file {base!r}; presets: {', '.join(preset_names())}", "extends"
                )
        draft = lay(parent, draft, (*seen, path))
    draft.sources.append(str(path))
    draft.sha.update(json.dumps(table.data, sort_keys=True, default=str).encode())
    draft.name = table.take("name", str)
    draft.version = table.take("version", str)
    draft.tier = table.choice("tier", TIERS, draft.tier)
    draft.spacy = table.take("spacy", str, draft.spacy)
    draft.analysers = table.texts("analysers", draft.analysers, choices=(*ANALYSERS, *plugins()))
    draft.required = frozenset(table.texts("required", sorted(draft.required), choices=draft.analysers))
    folder = table.take("rules_folder", str, "")
    if folder:
        if not (path.parent / folder).is_dir():
            table.fail(f"rules_folder: there is no folder {folder!r} beside the standard", "rules_folder")
        draft.extra_rules |= read_rules(path.parent / folder)
    rules = {**builtin_rules(), **draft.extra_rules}
    packs = {prefix for name in rules for prefix in prefixes(name)}
    if "packs" in table.data:
        draft.packs = table.texts("packs", choices=sorted(packs))
    else:
        table.known.append("packs")
    lay_rules(table, draft, rules, packs)
    lay_bounds(table, draft)
    contacts = table.table("contacts")
    draft.contacts |= frozenset(contacts.texts("own"))
    contacts.done()
    lay_options(table, draft, path)
    lay_waivers(table, draft, rules)
    # Last: a standard may waive what it locks itself; only those that extend it may not.
    draft.locks |= frozenset(table.texts("locks", choices=sorted(packs | set(rules))))
    table.done()
    return draft


def prefixes(name: str) -> list[str]:
    """``law``, ``law/au`` and ``law/au/consumer-guarantees`` of a rule's name."""
    steps = name.split("/")[:-1]
    return ["/".join(steps[: count + 1]) for count in range(len(steps))]


def matching(pattern: str, rules: Mapping[str, Rule]) -> list[str]:
    """The rules that a key of ``[rules]`` means: one rule, or ``pack/*``."""
    if pattern.endswith("/*"):
        return [name for name in rules if name.startswith(pattern[:-1])]
    pattern = redirects().get(pattern, pattern)
    return [pattern] if pattern in rules else []


def lay_rules(table: Table, draft: Draft, rules: Mapping[str, Rule], packs: set[str]) -> None:
    """``[rules]``: a level, or ``{ level = ..., allow = [...] }``, for a rule or for all of a pack (``pack/*``)."""
    inner = table.table("rules")
    for key in inner.data:
        names = matching(key, rules)
        if not names:
            inner.fail(
                f"there is no rule {key!r}; {suggest(key, [*rules, *(f'{pack}/*' for pack in sorted(packs))])}", key
            )
        value = inner.take(key, (str, dict))
        settings = (
            inner.table(key)
            if isinstance(value, dict)
            else Table({"level": value}, table.source, table.text, inner.path)
        )
        if isinstance(value, str) and value not in LEVELS:
            inner.fail(f"{key}: {value!r} is not allowed; {suggest(value, LEVELS)}", key)
        level = settings.choice("level", LEVELS, None)
        allow = settings.texts("allow")
        if isinstance(value, dict):
            settings.done()
        for name in names:
            if level is not None:
                refuse_weaker(inner, key, name, Level(level), draft, rules)
                draft.levels[name] = (Level(level), table.source)
            if allow:
                draft.allow[name] = draft.allow.get(name, frozenset()) | {term.casefold() for term in allow}


def refuse_weaker(table: Table, key: str, name: str, level: Level, draft: Draft, rules: Mapping[str, Rule]) -> None:
    """A law rule is silenced by a waiver, a locked rule not at all."""
    current = draft.levels[name][0] if name in draft.levels else rules[name].level
    if level.rank >= current.rank:
        return
    if name.startswith("law/"):
        table.fail(f"{name} rests on a law and can only be silenced by a dated [[waivers]] entry", key)
    if any(name == lock or name.startswith(f"{lock}/") for lock in draft.locks):
        table.fail(f"{name} is locked by the standard that this one extends", key)


def lay_bounds(table: Table, draft: Draft) -> None:
    """``[bounds.MEASURE]``: min, max, level."""
    inner = table.table("bounds")
    for measure in inner.data:
        settings = inner.table(measure)
        low, high = settings.take("min", float, None), settings.take("max", float, None)
        level = Level(settings.choice("level", LEVELS, "warning"))
        settings.done()
        if low is None and high is None and level is not Level.OFF:
            inner.fail("a bound needs 'min' or 'max'", measure)
        if low is not None and high is not None and low > high:
            inner.fail(f"min {low} is above max {high}", measure)
        draft.bounds[measure] = Bound(measure, low, high, level)


def lay_options(table: Table, draft: Draft, path: Path) -> None:
    """``[options.ANALYSER]``: what the analyser itself understands; it refuses what it does not know."""
    inner = table.table("options")
    for analyser in inner.data:
        options = dict(inner.take(analyser, dict))
        known = (*ANALYSERS, *plugins())
        if analyser not in known:
            inner.fail(f"there is no analyser {analyser!r}; {suggest(analyser, known)}", analyser)
        for key in PATH_OPTIONS.get(analyser, ()):
            if isinstance(options.get(key), str):
                options[key] = str((path.parent / options[key]).resolve())
        draft.options.setdefault(analyser, {}).update(options)


def lay_waivers(table: Table, draft: Draft, rules: Mapping[str, Rule]) -> None:
    """``[[waivers]]``: rule, reason, owner, expires."""
    for item in table.take("waivers", list, []):
        inner = Table(item if isinstance(item, dict) else {}, table.source, table.text, ("waivers",))
        waiver = Waiver(
            rule=inner.choice("rule", [name for name in rules if name.startswith("law/")]),
            reason=inner.take("reason", str),
            owner=inner.take("owner", str),
            expires=inner.take("expires", date),
        )
        inner.done()
        if not waiver.reason.strip() or not waiver.owner.strip():
            inner.fail("a waiver needs a reason and an owner")
        if any(waiver.rule == lock or waiver.rule.startswith(f"{lock}/") for lock in draft.locks):
            inner.fail(f"{waiver.rule} is locked by the standard that this one extends", "rule")
        draft.waivers[waiver.rule] = waiver


def finish(draft: Draft) -> Standard:
    """The standard that the laid files make."""
    available = {**builtin_rules(), **draft.extra_rules}
    chosen = {
        name: rule
        for name, rule in available.items()
        if draft.packs is None or any(name.startswith(f"{pack}/") for pack in draft.packs) or name in draft.extra_rules
    }
    levels = {name: draft.levels[name][0] if name in draft.levels else rule.level for name, rule in chosen.items()}
    rules_digest = digest(chosen.values())
    draft.sha.update(rules_digest.encode())
    return Standard(
        name=draft.name,
        version=draft.version,
        tier=draft.tier,
        spacy=draft.spacy,
        analysers=tuple(name for name in (*ANALYSERS, *plugins()) if name in draft.analysers),
        required=draft.required & frozenset(draft.analysers),
        rules=chosen,
        levels=levels,
        allow=draft.allow,
        bounds=tuple(draft.bounds[measure] for measure in sorted(draft.bounds)),
        contacts=draft.contacts,
        options=draft.options,
        waivers=tuple(draft.waivers[rule] for rule in sorted(draft.waivers)),
        locks=draft.locks,
        digest=draft.sha.hexdigest()[:16],
        rules_digest=rules_digest,
        sources=tuple(draft.sources),
    )
