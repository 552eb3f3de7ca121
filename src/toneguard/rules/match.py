"""Rules held against documents: patterns, then conditions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toneguard.documents import Document, Kind
from toneguard.documents.document import History
from toneguard.documents.folding import spaced
from toneguard.documents.look import capitals
from toneguard.findings import Evidence, Finding, Span, new_span
from toneguard.messages import Role
from toneguard.rules.phrases import Pattern, rare
from toneguard.rules.rule import Context, Rule
from toneguard.rules.scan import Scanner, compiled, in_order, longest_first

QUOTATION = re.compile(r'"[^"\n]{2,400}"')
# Where a word in capitals begins: REFUND, I, 3PL; no part of a code, an address or initials at the end (/KL, #AB).
# It begins with a class of characters, to which the engine jumps, and then looks at what stands before.
CAPITALS = re.compile(r"[\dA-Z](?<![\w/#&.-].)(?:(?<=\d)[A-Z]{2}|(?<=[A-Z])[A-Z]|(?<=I)(?!\w))", re.DOTALL)
DENIAL_REACH = 80
"""How many characters before a match are looked at for its denial."""
# "I'm not saying we don't do refunds": what follows is not what the writer says.
DENIED = re.compile(
    r"(?:not (?:saying|suggesting|implying|true|the case)|never (?:said|say|suggested)|n't (?:say|saying|said|mean|true|think|believe)"
    r"|no one (?:said|says)|nobody (?:said|says)|wrong to say|(?:did|does|would|should) not (?:say|mean))\b[^.!?\n]{0,40}\Z"
)


class ContextReader:
    """Says which contexts a document shows, and where."""

    def __init__(self, contexts: Mapping[str, Context]) -> None:
        self.contexts = dict(contexts)
        self.scanner = Scanner({name: context.patterns for name, context in contexts.items()})
        self.exempt = {name: AnyOf(context.unless_sentence) for name, context in contexts.items()}

    def read(self, document: Document) -> dict[str, Span]:
        """The first place of each context that the document shows."""
        found: dict[str, Span] = {}
        for name, start, end in self.scanner.find(document.folded, 0, document.own_end, words=document.spaced):
            if name in found or document.message.role.value not in self.contexts[name].roles:
                continue
            exempt = self.exempt[name]
            if exempt.patterns:
                sentence = document.sentence_at(start)
                if exempt.found(document, sentence.start, max(sentence.end, end)):
                    continue
            found[name] = Span(start, end)
        return found


class Shown:
    """The contexts of documents, each read at most once, when a rule first asks for it."""

    def __init__(self, reader: ContextReader) -> None:
        self._reader = reader
        self._found: dict[int, Mapping[str, Span]] = {}

    def of(self, document: Document) -> Mapping[str, Span]:
        """The contexts that the document shows, with their first places."""
        key = id(document)  # the caller holds the documents for as long as it holds this
        if key not in self._found:
            self._found[key] = self._reader.read(document)
        return self._found[key]


class Capitals:
    """Expressions that begin with a word in capitals, each with the name of its rule."""

    def __init__(self, wanted: Sequence[tuple[str, str]]) -> None:
        self.wanted = tuple(wanted)

    def find(self, text: str, end: int) -> Iterator[tuple[str, int, int]]:
        """Name, start and end of each match in ``text[:end]``, in the order of the expressions."""
        # Most words in capitals (DM, USB) begin none of them: all are asked at once, and only then one by one.
        any_of = compiled("|".join([f"(?:{source})" for _, source in self.wanted])).match
        starts = [start for match in CAPITALS.finditer(text, 0, end) if any_of(text, start := match.start(), end)]
        if starts:
            for name, source in self.wanted:
                match = compiled(source).match
                for start in starts:
                    found = match(text, start, end)
                    if found and found.end() > start:
                        yield name, start, found.end()


class RuleSet:
    """Rules of every kind but ``code``, ready to be held against documents."""

    def __init__(self, rules: Iterable[Rule], contexts: Mapping[str, Context]) -> None:
        self.rules = {rule.name: rule for rule in rules if rule.kind != "code"}
        self.contexts = ContextReader(contexts)
        # A scanner for each role, so that a customer's message is not searched for what agents do wrong.
        self.scanners = {
            role: Scanner(
                {
                    name: (
                        *rule.patterns,
                        *(pattern for pattern, _ in rule.swaps),
                        *(pattern for pattern in rule.case_sensitive if not pattern.capitals),
                    )
                    for name, rule in self.of(role).items()
                    if rule.kind != "absent"
                }
            )
            for role in Role
        }
        self.capitals = {
            role: Capitals(
                [
                    (name, pattern.source)
                    for name, rule in self.of(role).items()
                    for pattern in rule.case_sensitive
                    if pattern.capitals
                ]
            )
            for role in Role
        }
        self.absent = {
            role: {name: AnyOf(rule.patterns) for name, rule in self.of(role).items() if rule.kind == "absent"}
            for role in Role
        }
        self.unless_sentence = {name: AnyOf(rule.conditions.unless_sentence) for name, rule in self.rules.items()}
        self.unless_message = {name: AnyOf(rule.conditions.unless_message) for name, rule in self.rules.items()}

    def of(self, role: Role) -> dict[str, Rule]:
        """The rules for messages of a role."""
        return {name: rule for name, rule in self.rules.items() if role.value in rule.conditions.roles}

    def find(self, document: Document, shown: Shown) -> list[Finding]:
        """Findings of all rules in ``document``; ``shown`` tells the contexts of earlier documents."""
        end = document.own_end
        spans: dict[str, list[Span]] = {}
        role, text = document.message.role, document.message.text
        for name, start, stop in self.scanners[role].find(document.folded, 0, end, words=document.spaced, written=text):
            spans.setdefault(name, []).append(new_span((start, stop)))
        shouted = self.capitals[role]
        if shouted.wanted and b"AA" in capitals(text):
            for name, start, stop in shouted.find(text, end):
                spans.setdefault(name, []).append(new_span((start, stop)))
        findings: list[Finding] = []
        for name, places in spans.items():
            rule = self.rules[name]
            evidence = self.applies(rule, document, shown)
            if evidence is None:
                continue
            kept = self.counting(rule, document, longest_first(places))
            if rule.kind == "count":
                kept = kept[rule.max : rule.max + 1]
            for span in kept:
                findings.append(
                    Finding(name, span, rule.message, self.replacements(rule, document, span), 1.0, evidence)
                )
        latest: set[str] | None = None
        for name, satisfying in self.absent[role].items():
            rule = self.rules[name]
            if rule.conditions.when_latest:
                if latest is None:
                    latest = {context for earlier in since_agent(document.before) for context in shown.of(earlier)}
                if rule.conditions.when_latest.isdisjoint(latest):
                    continue
            evidence = self.applies(rule, document, shown)
            if evidence is None or not document.folded[:end].strip() or satisfying.found(document, 0, end):
                continue
            if not self.unless_message[name].found(document, 0, end):
                findings.append(Finding(name, None, rule.message, (), 1.0, evidence))
        return findings

    def applies(self, rule: Rule, document: Document, shown: Shown) -> tuple[Evidence, ...] | None:
        """None if the rule is not for this message or conversation; else the places that make it apply."""
        conditions = rule.conditions
        message = document.message
        if message.role.value not in conditions.roles:
            return None
        if conditions.channels and (message.channel is None or message.channel.value not in conditions.channels):
            return None
        if rule.law and message.sent_at:
            day = message.sent_at.date()
            if day < rule.law.effective_from or (rule.law.effective_to and day > rule.law.effective_to):
                return None
        evidence: list[Evidence] = []
        if conditions.when_latest:
            latest = since_agent(document.before)
            places = context_places(latest, conditions.when_latest, shown)
            if not places:
                return None
            evidence += places
        if conditions.when_before:
            places = context_places(document.before, conditions.when_before, shown)
            if not places:
                return None
            evidence += places
        if conditions.unless_before and context_places(document.before, conditions.unless_before, shown):
            return None
        return tuple(evidence)

    def counting(self, rule: Rule, document: Document, places: Sequence[Span]) -> list[Span]:
        """The matches that count: in the right part, not quoted, not denied, no exempting phrase, no piece of an address."""
        conditions = rule.conditions
        folded = document.folded
        if self.unless_message[rule.name].found(document, 0, document.own_end):
            return []
        exempt = self.unless_sentence[rule.name]
        quotations = (
            [] if conditions.even_quoted or '"' not in folded else [q.span() for q in QUOTATION.finditer(folded)]
        )
        sentence, exempted = Span(-1, -1), False
        kept: list[Span] = []
        for span in places:
            if conditions.parts and document.part_at(span.start).value not in conditions.parts:
                continue
            if exempt.patterns:
                if not sentence.start <= span.start < sentence.end:  # once per sentence, however many matches it has
                    sentence = document.sentence_at(span.start)
                    exempted = exempt.found(document, sentence.start, max(sentence.end, span.end))
                if exempted:
                    continue
            if quotations:
                nearest = bisect_right(quotations, (span.start,)) - 1
                if nearest >= 0 and span.end < quotations[nearest][1]:
                    continue
            if not conditions.even_denied and DENIED.search(folded, max(0, span.start - DENIAL_REACH), span.start):
                continue
            if in_address(document, span.start):
                continue
            kept.append(span)
        return kept

    def replacements(self, rule: Rule, document: Document, span: Span) -> tuple[str, ...]:
        """What to write in place of the match, in the match's own capitals."""
        found = document.text[span.start : span.end]
        texts: Sequence[str] = rule.instead
        words = spaced(document.folded[span.start : span.end]) if rule.swaps else ""
        for pattern, given in rule.swaps:
            if in_order(pattern.required, words) and compiled(pattern.source).fullmatch(
                document.folded, span.start, span.end
            ):
                texts = given
                break
        if found[:1].isupper():
            return tuple(text[:1].upper() + text[1:] for text in texts)
        return tuple(texts)


def in_address(document: Document, offset: int) -> bool:
    """Whether ``offset`` lies inside a web or e-mail address or a handle, whose words nobody chose for this message."""
    index = bisect_right(document.tokens.starts, offset) - 1
    return index >= 0 and document.tokens.kinds[index] in ADDRESSES and offset < document.tokens.ends[index]


ADDRESSES = frozenset({Kind.URL, Kind.EMAIL, Kind.HANDLE, Kind.HASHTAG})


FEW = 16
"""So many literals are looked for one by one in less time than a scan takes."""


class AnyOf:
    """Patterns of which one is enough. Their expressions are compiled at first need: most are never asked for.

    Few literals are looked for one by one; many by a scanner, which is made when it is first needed.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple((pattern, tuple(rare(pattern.required))) for pattern in patterns)
        self.many = sum(len(literals) for _, literals in self.patterns) > FEW
        self.scanner: Scanner | None = None

    def found(self, document: Document, start: int, end: int) -> bool:
        """Whether any of the patterns stands at ``start:end`` of a document's text; no patterns are nowhere."""
        if not self.patterns:
            return False
        text, words = document.folded, document.spaced
        if end - start < len(text) // 2:  # of a sentence only: asked of each in turn, the whole would be read many times
            text = text[start:end]
            words = spaced(text)
        if self.many:
            if self.scanner is None:
                self.scanner = Scanner({"": [pattern for pattern, _ in self.patterns]})
            return any(self.scanner.find(document.folded, start, end, words=words))
        for pattern, literals in self.patterns:
            within = text if pattern.bare is None else words
            for literal in literals:
                if literal in within:
                    if (len(pattern.required) == 1 or in_order(pattern.required, words)) and compiled(
                        pattern.source
                    ).search(document.folded, start, end):
                        return True
                    break
        return False


def since_agent(before: Sequence[Document]) -> Sequence[Document]:
    """The messages after the agent's last one."""
    if isinstance(before, History):
        return before.since_role("agent")
    latest: list[Document] = []
    for document in reversed(before):
        if document.message.role == "agent":
            break
        latest.append(document)
    return latest[::-1]


def context_places(documents: Sequence[Document], wanted: frozenset[str], shown: Shown) -> list[Evidence]:
    """The latest place where one of the wanted contexts shows, as evidence; empty if none does."""
    for index in range(len(documents) - 1, -1, -1):
        document = documents[index]
        found = shown.of(document)
        for name in sorted(wanted):
            if name in found:
                return [Evidence(document.name, found[name])]
    return []
