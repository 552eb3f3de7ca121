"""What a client of the LanguageTool protocol asks for, read from its form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from toneguard.messages import MAX_TEXT
from toneguard.reviews import Level, Remark
from toneguard.server.languagetool.annotated import Annotated, bare, read_data, wrong
from toneguard.server.refusals import Refused
from toneguard.server.requests import whole

LANGUAGES = {
    "en": "English",
    "en-AU": "English (Australian)",
    "en-CA": "English (Canadian)",
    "en-GB": "English (GB)",
    "en-NZ": "English (New Zealand)",
    "en-US": "English (US)",
    "en-ZA": "English (South African)",
}
FIELDS = 50
"""Fields of a form: the protocol has a dozen."""
ENGLISH = re.compile(r"en([-_][A-Za-z0-9-]{1,20})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. Rules and categories are names of ToneGuard's rules and packs."""

    text: Annotated
    language: str
    code: str
    enabled_rules: frozenset[str]
    disabled_rules: frozenset[str]
    enabled_categories: frozenset[str]
    disabled_categories: frozenset[str]
    enabled_only: bool
    picky: bool

    def wants(self, remark: Remark) -> bool:
        """Whether to report it: what bothers a writer; notes too for ``picky`` and for rules that are asked for."""
        rule = remark.rule
        named = rule in self.enabled_rules or in_any(rule, self.enabled_categories)
        if self.enabled_only:
            return named
        if rule in self.disabled_rules or in_any(rule, self.disabled_categories):
            return False
        return remark.level.barks or named or (self.picky and remark.level is Level.NOTE)


def in_any(rule: str, categories: frozenset[str]) -> bool:
    """Whether one of the packs (``respect``, ``law/au``) holds the rule."""
    return any(rule.startswith(f"{category}/") for category in categories)


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form; of those that are given twice, the last.

    LibreOffice sends its text as it is, in UTF-8, where the form's own encoding has percent signs: both are read.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise wrong(f"The form has more than {FIELDS} fields", None) from None
    return dict(pairs)


def token_of(form: Mapping[str, str]) -> str | None:
    """The token that a form brings: ``apiKey`` by the protocol, ``api_key`` by one of its clients."""
    return form.get("apiKey") or form.get("api_key")


def read_form(form: Mapping[str, str]) -> Asked:
    """The request of a form; raises :class:`Refused` in the words that clients of the protocol know."""
    text, data = form.get("text"), form.get("data")
    if text is not None and data is not None:
        raise wrong("Set only 'text' or 'data' parameter, not both", "data")
    if text is None and data is None:
        raise wrong("Missing 'text' or 'data' parameter", "text")
    language = form.get("language", "").strip()
    if not language:
        raise wrong("Missing 'language' parameter, e.g. 'language=en-AU' for Australian English", "language")
    if language.lower() != "auto" and not ENGLISH.fullmatch(language):
        raise wrong("'language' must be 'auto' or English: en, " + ", ".join(list(LANGUAGES)[1:]), "language")
    preferred = names(form, "preferredVariants")
    if preferred and language.lower() != "auto":
        raise wrong("You specified 'preferredVariants' but you didn't specify 'language=auto'", "preferredVariants")
    asked = Asked(
        text=bare(str(whole(text))) if data is None else read_data(data),
        language=language,
        code=code_of(language, preferred),
        enabled_rules=names(form, "enabledRules"),
        disabled_rules=names(form, "disabledRules"),
        enabled_categories=names(form, "enabledCategories"),
        disabled_categories=names(form, "disabledCategories"),
        enabled_only=choice(form, "enabledOnly", ("false", "true", "no", "yes")) in ("true", "yes"),
        picky=choice(form, "level", ("default", "picky")) == "picky",
    )
    if asked.enabled_only and (asked.disabled_rules or asked.disabled_categories):
        raise wrong("You cannot specify disabled rules or categories using enabledOnly=true", "enabledOnly")
    if asked.enabled_only and not (asked.enabled_rules or asked.enabled_categories):
        raise wrong("You must specify enabled rules or categories when using enabledOnly=true", "enabledOnly")
    size = max(len(asked.text.plain), len(asked.text.sent))
    if size > MAX_TEXT:
        limit = f"Your text exceeds the limit of {MAX_TEXT} characters (it's {size} characters)."
        raise Refused(413, "too-large", f"{limit} Please submit a shorter text.", "text")
    return asked


def names(form: Mapping[str, str], key: str) -> frozenset[str]:
    """A list that is parted by commas; clients that know LanguageTool's names write them in capitals."""
    return frozenset(name.strip().lower() for name in form.get(key, "").split(",") if name.strip())


def choice(form: Mapping[str, str], key: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; the first where none is given."""
    given = form.get(key, "").lower() or allowed[0]
    if given not in allowed:
        raise wrong(f"'{key}' must be one of {', '.join(allowed)}", key)
    return given


def code_of(language: str, preferred: frozenset[str]) -> str:
    """The code that the answer names: as in ``LANGUAGES`` where it is there."""
    if language.lower() == "auto":
        language = min((one for one in preferred if ENGLISH.fullmatch(one)), default="en-AU")
    known = {code.lower(): code for code in LANGUAGES}
    return known.get(language.replace("_", "-").lower(), "en")
