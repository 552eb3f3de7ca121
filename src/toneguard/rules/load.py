"""Rule files read and checked. A rule that has no failing and passing examples, or an unknown key, does not load."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from toneguard.errors import SettingsError
from toneguard.messages import Channel, Role
from toneguard.resources.settings import Table, read_toml, suggest
from toneguard.reviews import Level
from toneguard.rules.phrases import Pattern, compile_phrase, compile_regex
from toneguard.rules.rule import KINDS, SEVERITIES, Conditions, Context, Example, Law, Rule

HERE = Path(__file__).parent
PACKS = HERE / "packs"
CONTEXTS = HERE / "contexts"
PARTS = ("greeting", "body", "sign-off")
BANNED_WORDS = re.compile(r"\b(?:compliant|certified)\b", re.IGNORECASE)
"""ToneGuard points at risks; it never says that something is in order by law."""


@lru_cache(maxsize=1)
def builtin_rules() -> Mapping[str, Rule]:
    """Every rule that ships, by name, in alphabetical order."""
    return read_rules(PACKS)


@lru_cache(maxsize=1)
def builtin_contexts() -> Mapping[str, Context]:
    """Every context that ships, by name."""
    found = {}
    for path in sorted(CONTEXTS.glob("*.toml")):
        found[path.stem] = read_context(path)
    return found


@lru_cache(maxsize=1)
def redirects() -> Mapping[str, str]:
    """New name by old name of rules that were renamed."""
    table = read_toml(HERE / "redirects.toml")
    return {old: table.take(old, str) for old in list(table.data)}


def read_rules(folder: Path) -> dict[str, Rule]:
    """Every rule file below ``folder``; a rule's name is its path there without the ending."""
    rules = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        rules[name] = read_rule(path, name)
    return dict(sorted(rules.items()))


def resolve(name: str, rules: Iterable[str]) -> str:
    """The current name of a rule; raises :class:`SettingsError` for an unknown one, with the nearest."""
    names = list(rules)
    if name in names:
        return name
    renamed = redirects().get(name)
    if renamed in names:
        return str(renamed)
    raise SettingsError(f"there is no rule {name!r}; {suggest(name, names)}")


def read_rule(path: Path, name: str) -> Rule:
    """One rule file; raises :class:`SettingsError` with the place of the first mistake."""
    table = read_toml(path)
    kind = table.choice("kind", KINDS)
    level = Level(table.choice("level", [level.value for level in Level]))
    conditions = read_conditions(table)
    # Plain examples are written by whom the rule is about.
    writer = "agent" if "agent" in conditions.roles else min(conditions.roles)
    rule = Rule(
        name=name,
        kind=kind,
        message=table.take("message", str),
        why=" ".join(table.take("why", str).split()),
        level=level,
        sources=table.texts("sources"),
        requirements=table.texts("requirements"),
        since=table.take("since", str),
        conditions=conditions,
        patterns=(*phrases(table, "look_for"), *expressions(table, "regex")),
        case_sensitive=expressions(table, "regex_case_sensitive"),
        swaps=read_swaps(table),
        instead=table.texts("instead"),
        advice=table.take("advice", str, ""),
        max=table.take("max", int, 0),
        law=read_law(table),
        fails=read_examples(table, "fails", writer),
        passes=read_examples(table, "passes", writer),
        file=str(path),
    )
    table.done()
    for text in (rule.message, rule.why, rule.advice, *rule.instead):
        if BANNED_WORDS.search(text):
            table.fail("never say 'compliant' or 'certified': ToneGuard names risks, it does not clear anybody")
    if not rule.fails or not rule.passes:
        table.fail(
            "a rule needs examples: 'fails' and 'passes' must each hold at least one", "fails" if rule.passes else None
        )
    if not rule.sources:
        table.fail("name at least one source for the rule", "sources")
    looks = bool(rule.patterns or rule.case_sensitive or rule.swaps)
    if (kind == "code") == looks:
        table.fail("a rule of kind 'code' has nothing to look for; every other kind has", "kind")
    if (kind == "swap") != bool(rule.swaps):
        table.fail("'swap' belongs to rules of kind 'swap', and they need it", "kind")
    if name.startswith("law/") and rule.law is None:
        table.fail("a rule of a law pack needs the table [law]")
    return rule


def read_conditions(table: Table) -> Conditions:
    """The conditions of a rule."""
    contexts = [path.stem for path in sorted(CONTEXTS.glob("*.toml"))]
    return Conditions(
        roles=frozenset(table.texts("roles", ("agent",), choices=[role.value for role in Role])),
        parts=frozenset(table.texts("parts", choices=PARTS)),
        channels=frozenset(table.texts("channels", choices=[channel.value for channel in Channel])),
        when_before=frozenset(table.texts("when_before", choices=contexts)),
        when_latest=frozenset(table.texts("when_latest", choices=contexts)),
        unless_before=frozenset(table.texts("unless_before", choices=contexts)),
        unless_sentence=phrases(table, "unless_sentence"),
        unless_message=phrases(table, "unless_message"),
        even_quoted=table.take("even_quoted", bool, False),
        even_denied=table.take("even_denied", bool, False),
    )


def phrases(table: Table, key: str) -> tuple[Pattern, ...]:
    """The compiled phrases of a list of texts."""
    compiled = []
    for phrase in table.texts(key):
        try:
            compiled.append(compile_phrase(phrase))
        except SettingsError as problem:
            table.fail(str(problem), key)
    return tuple(compiled)


def expressions(table: Table, key: str) -> tuple[Pattern, ...]:
    """Raw expressions: tables of ``pattern``, ``anchors`` and, where it holds, ``capitals = true``."""
    compiled = []
    for item in table.take(key, list, []):
        if not isinstance(item, dict):
            table.fail(f"{key}: expected tables with 'pattern' and 'anchors'", key)
        inner = Table(item, table.source, table.text, (*table.path, key))
        try:
            compiled.append(expression(inner, exact=key.endswith("case_sensitive")))
        except SettingsError as problem:
            table.fail(str(problem), key)
        inner.done()
    return tuple(compiled)


def expression(table: Table, *, exact: bool) -> Pattern:
    """One raw expression."""
    capitals = table.take("capitals", bool, False)
    return compile_regex(table.take("pattern", str), table.texts("anchors"), capitals=capitals, exact=exact)


def read_swaps(table: Table) -> tuple[tuple[Pattern, tuple[str, ...]], ...]:
    """``[swap]``: phrase = what to write instead (a text or a list of texts, best first)."""
    inner = table.table("swap")
    swaps = []
    for phrase in inner.data:
        given = inner.take(phrase, (str, list))
        replacements = (given,) if isinstance(given, str) else tuple(given)
        if not replacements or not all(isinstance(text, str) for text in replacements):
            inner.fail("expected what to write instead, as a text or a list of texts", phrase)
        try:
            swaps.append((compile_phrase(phrase), replacements))
        except SettingsError as problem:
            inner.fail(str(problem), phrase)
    return tuple(swaps)


def read_law(table: Table) -> Law | None:
    """``[law]`` of a law rule."""
    inner = table.table("law")
    if not inner.data:
        return None
    law = Law(
        jurisdiction=inner.take("jurisdiction", str),
        section=inner.take("section", str),
        severity=inner.choice("severity", SEVERITIES),
        source=inner.take("source", str),
        source_date=inner.take("source_date", date),
        effective_from=inner.take("effective_from", date),
        effective_to=inner.take("effective_to", date, None),
        rewrite=inner.take("rewrite", str),
    )
    inner.done()
    return law


def read_examples(table: Table, key: str, writer: str) -> tuple[Example, ...]:
    """Examples: texts by ``writer``, or tables of ``text`` and, where it matters, ``role``, ``before``, ``public``."""
    examples = []
    for item in table.take(key, list, []):
        if isinstance(item, str):
            examples.append(Example(item, writer))
            continue
        if not isinstance(item, dict):
            table.fail(f"{key}: expected texts or tables", key)
        inner = Table(item, table.source, table.text, (*table.path, key))
        before = inner.take("before", list, [])
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in before):
            table.fail(f"{key}: 'before' is a list of [role, text]", key)
        examples.append(
            Example(
                text=inner.take("text", str),
                role=inner.choice("role", [role.value for role in Role], writer),
                before=tuple((pair[0], pair[1]) for pair in before),
                public=inner.take("public", bool, None),
            )
        )
        inner.done()
    return tuple(examples)


def read_context(path: Path) -> Context:
    """One context file."""
    table = read_toml(path)
    context = Context(
        name=path.stem,
        description=table.take("description", str),
        patterns=(*phrases(table, "look_for"), *expressions(table, "regex")),
        unless_sentence=phrases(table, "unless_sentence"),
        roles=frozenset(table.texts("roles", ("customer",), choices=[role.value for role in Role])),
        fails=table.texts("shows"),
        passes=table.texts("does_not_show"),
    )
    table.done()
    if not context.patterns or not context.fails or not context.passes:
        table.fail("a context needs 'look_for' or 'regex', and examples in 'shows' and 'does_not_show'")
    return context


def digest(rules: Iterable[Rule]) -> str:
    """SHA-256 (first 16 hexadecimal digits) over the files of these rules and all contexts."""
    sha = hashlib.sha256()
    for rule in rules:
        sha.update(rule.name.encode() + b"\0" + Path(rule.file).read_bytes().replace(b"\r\n", b"\n"))
    for path in sorted(CONTEXTS.glob("*.toml")):
        sha.update(path.stem.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return sha.hexdigest()[:16]


def to_dict(rule: Rule) -> dict[str, Any]:
    """What ``toneguard explain --output-format json`` says of a rule."""
    return {
        "rule": rule.name,
        "kind": rule.kind,
        "level": rule.level.value,
        "message": rule.message,
        "why": rule.why,
        "advice": rule.advice,
        "instead": list(rule.instead),
        "roles": sorted(rule.conditions.roles),
        "sources": list(rule.sources),
        "requirements": list(rule.requirements),
        "since": rule.since,
        "law": {
            "jurisdiction": rule.law.jurisdiction,
            "section": rule.law.section,
            "severity": rule.law.severity,
            "source": rule.law.source,
            "source_date": rule.law.source_date.isoformat(),
            "effective_from": rule.law.effective_from.isoformat(),
            "effective_to": rule.law.effective_to.isoformat() if rule.law.effective_to else None,
            "rewrite": rule.law.rewrite,
        }
        if rule.law
        else None,
        "fails": [example.text for example in rule.fails],
        "passes": [example.text for example in rule.passes],
    }
