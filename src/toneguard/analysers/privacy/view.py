"""A document prepared for the recognisers: one spelling of digits, the cue words, and what was asked for before."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from functools import cached_property

from toneguard.analysers.privacy.cues import LABELS, LOOKALIKE, Cue, scan
from toneguard.analysers.privacy.entity import PACK, Entity
from toneguard.documents import Document, Part
from toneguard.documents import Kind as TokenKind
from toneguard.documents.folding import fold
from toneguard.documents.tokens import tokenise
from toneguard.findings import Span

# Characters without width, and the two that turn a digit into a key-cap emoji: none of them should hide a card.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\u20e3\ufeff]"
)
FOREIGN_DIGIT = re.compile(r"\d(?<![0-9])")
# "O491 570 oo6": the letter for the digit, only inside a number or before one.
LETTER_O = re.compile(
    r"o(?<=\do)(?=o{0,3}[ -]?o{0,2}\d)|o(?<=\doo)(?=o{0,2}[ -]?\d)|o(?<!\wo)(?=[2-8]\d)"
    r"|o(?<=[\do] o)(?=o{0,2}\d)|o(?<=[\do] oo)(?=o?\d)"
)
# A row of digits that is no handle's (@115887). What must not stand before is looked for behind the first digit: that
# lets the search skip to digits.
DIGITS = re.compile("[0-9](?<![@0-9][0-9])[0-9]*")
MASKED = re.compile(r"<[A-Z]{2,12}-(?:[1-9][0-9]{0,6}|k[0-9a-f]{12})(?::[0-9]{4})?>")
"""A redaction token (``<CARD-1>``, ``<CARD-1:1111>``, ``<CARD-k93be01ac77d2>``): never personal data, so that redacting
twice changes nothing."""

# What may stand between a label and its number: "order no. is #", "TFN (see letter):", "Orders 20871 and".
FILLER = re.compile(
    r"(?:\([a-z][a-z .']{1,24}\)|[\s:;#.,=*'\"()\[\]_/&>?—–-]|\b(?:number|numbers|numer|no|num|nr|nbr"
    r"|id|ids|is|was|are|it's|its|here"
    r"|here's|my|the|our|your|their|of|for"
    r"|a|and|or|that|this|in|full|ending|ended|starts?|with|on|to|as|at|you|me|please|still|also|now|new|old"
    r"|i|have|got|sent|gave|typed|entered|wrote|provided|quote|quoted"
    r"|position|has|been|just|under|called|be|will|should|if|needed|via|by|day|days?|up|number's|details?|say"
    r"|says|saying|one|reads?|reading|shows?|showing|means|hers|mine|value|thing|what|holds?|which|on file|state"
    r"|act|nsw|nt|qld|sa|tas|vic|wa|nz|victorian?|queensland|tasmanian?|issued|version|front|entered|you've|you'd|s)\b"
    r"|[0-9])*+"
)
# "TFN for the casual job: ", "licence for the hire car is VIC ": what a label's number is for.
ASIDE = re.compile(
    r"(?: number| no\.?| card)? (?:for|of|on|to) (?![^:]{0,40}\b(?:software|app|program|plug-?in|game)\b)"
    r"(?:[a-z'’&/-]{1,20} ){0,5}?[a-z'’&/-]{1,20}"
    r"(?:\s?[:=]|\s(?:is|was)\b:?)\s{1,3}(?:(?:act|nsw|nt|qld|sa|tas|vic|wa) )?"
)
# "... is the", "...: that is your", ", that's our": what stands between a number and the word for it.
NAMED_BEHIND = re.compile(
    r"[+(]?\d[\d .()/-]{3,30}[,:;]?(?: ?(?:which|that|it|this))?(?:'s| is| was| being) (?:the|your|our|my|his|her"
    r"|their|an?) "
)
ASIDE_REACH = 24
LABEL_REACH = 48
WIDEST_GAP = 4
URL = TokenKind.URL  # a member of an enumeration is slower to look up than a name of the module
NO_GROUPS: frozenset[str] = frozenset()
NEAR_BEFORE = 90
NEAR_AFTER = 45
ASKED_REACH = 200
SOLE = 140
"""A message longer than this is no mere answer to a question asked before."""


class View:
    """One document as the recognisers see it. Offsets are of ``text``; :meth:`entity` gives them back in the message's.

    ``text`` is the folded text with invisible characters taken out, every digit an ASCII digit, and the letter O read
    as zero inside numbers; ``cased`` is the same with capitals as they were written.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.folded
        self.cased = document.message.text
        self.places: list[int] | None = None
        if not self.text.isascii():
            self._plain()
        self._count_digits()
        if self.digits > 4 and "o" in self.text:
            zeroed = LETTER_O.sub("0", self.text)
            if zeroed != self.text:
                self.text = zeroed
                self._count_digits()
        self.sole = len(self.text) <= SOLE
        self.cues = scan(self.text)
        self.groups: Set[str] = {cue[2] for cue in self.cues} if self.cues else NO_GROUPS
        if self.digits >= 3 and self.sole and document.before:
            self.groups |= self.asked

    def _count_digits(self) -> None:
        """Find the rows of digits, and how many digits these are."""
        self.groups_of_digits = rows = [match.span() for match in DIGITS.finditer(self.text)]
        self.digits = sum([end - start for start, end in rows]) if rows else 0

    @cached_property
    def longest(self) -> int:
        """The most digits in a row that no letter parts: what has fewer than a telephone number is none."""
        longest = run = last = 0
        for start, end in self.groups_of_digits:
            gap = self.text[last:start]
            run = (
                run + end - start
                if len(gap) <= WIDEST_GAP and not any(map(str.isalpha, gap))
                else end - start
            )
            last = end
            longest = max(longest, run)
        return longest

    def _plain(self) -> None:
        """Take out what has no width (keeping an index of places) and write all digits alike."""
        if INVISIBLE.search(self.text):
            kept = [index for index, character in enumerate(self.text) if not INVISIBLE.match(character)]
            self.places = kept
            self.cased = "".join([self.cased[index] for index in kept])
            self.text = "".join([self.text[index] for index in kept])
        if FOREIGN_DIGIT.search(self.text):
            self.text = FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), self.text)

    def span(self, start: int, end: int) -> Span:
        """The place in the message's own text."""
        if self.places is None:
            return Span(start, end)
        return Span(self.places[start], self.places[end - 1] + 1)

    def entity(self, rule: str, start: int, end: int, value: str, confidence: float, *because: str) -> Entity:
        """An entity of the kind ``rule`` (without the pack's name)."""
        return Entity(PACK + rule, self.span(start, end), value, confidence, tuple(filter(None, because)))

    # What was said before.

    @cached_property
    def asked(self) -> frozenset[str]:
        """Groups of the cue words written directly before: the other side's question, or one's own lead-in."""
        groups: set[str] = set()
        before = self.document.before
        for index in range(len(before) - 1, max(-1, len(before) - 4), -1):
            earlier = before[index]
            own = earlier.folded[: earlier.own_end]
            groups |= {cue[2] for cue in scan(own[-ASKED_REACH:])}
            if earlier.message.role is not self.document.message.role:
                break
        return frozenset(groups)

    # Words around a number.

    @cached_property
    def _labels(self) -> tuple[list[Cue], list[int]]:
        labels = [cue for cue in self.cues if cue[2] in LABELS]
        return labels, [cue[1] for cue in labels]

    def label(self, start: int) -> frozenset[str]:
        """The groups of the word that directly announces the number at ``start``; of several, the nearest."""
        labels, ends = self._labels
        position = bisect_right(ends, start) - 1
        while position >= 0 and start - ends[position] <= LABEL_REACH:
            left, right, group = labels[position]
            if self.text[right : right + 1] == ")" and "(" in self.text[max(0, left - ASIDE_REACH) : left]:
                position -= 1  # "SSN (only if no licence): "
                continue
            if FILLER.fullmatch(self.text, right, start):
                if group == LOOKALIKE and (owner := self._owner(position, start)):
                    return owner  # "TFN for the casual job: "
                # Cues that run into each other ("medicare card no") announce together.
                near = labels[max(0, position - 6) : position + 1]
                return frozenset([group for _, last, group in near if last >= left])
            if ASIDE.fullmatch(self.text, right, start):
                return frozenset([group])
            position -= 1
        return frozenset()

    def _owner(self, position: int, start: int) -> frozenset[str]:
        """The group of the label before another one that only says what the number is for, or nothing."""
        labels, _ = self._labels
        for _, right, group in labels[max(0, position - 2) : position]:
            if group != LOOKALIKE and start - right <= LABEL_REACH and ASIDE.fullmatch(self.text, right, start):
                return frozenset([group])
        return frozenset()

    def near(
        self, group: str, start: int, end: int, before: int = NEAR_BEFORE, after: int = NEAR_AFTER
    ) -> bool:
        """Whether a cue word of the group stands near the place."""
        starts_and_ends = self._by_group.get(group)
        if starts_and_ends is None:
            return False
        starts, ends = starts_and_ends
        position = bisect_right(ends, start) - 1
        if position >= 0 and start - ends[position] <= before:
            return True
        position = bisect_left(starts, end)
        return position < len(starts) and starts[position] - end <= after

    @cached_property
    def _by_group(self) -> dict[str, tuple[list[int], list[int]]]:
        spans: dict[str, list[tuple[int, int]]] = {}
        for start, end, group in self.cues:
            spans.setdefault(group, []).append((start, end))
        return {
            group: (sorted(s for s, _ in given), sorted(e for _, e in given))
            for group, given in spans.items()
        }

    def of(self, group: str) -> list[tuple[int, int]]:
        """Start and end of every cue word of the group, in order."""
        return [(start, end) for start, end, named in self.cues if named == group]

    def context(self, group: str, start: int, end: int) -> str:
        """Why a number may belong to the group, strongest reason first, or an empty text."""
        labels = self.label(start)
        if group in labels:
            return f"labelled '{group}'"
        if labels:
            return ""
        if self.near(group, start, end):
            return f"context '{group}' nearby"
        if self.sole and group in self.asked:
            return f"'{group}' was the subject just before"
        return ""

    def is_lookalike(self, start: int) -> bool:
        """Whether a word directly before says that the number is an order, tracking, case number or the like."""
        labels = self.label(start)
        if labels:
            return labels == {LOOKALIKE}
        if self.named_behind(start):
            return True
        return self.sole and LOOKALIKE in self.asked and not self.asked & PERSONAL

    def named_behind(self, start: int) -> bool:
        """Whether what follows a number says that it is an order number or the like: "... is your order number"."""
        behind = NAMED_BEHIND.match(self.text, start) if LOOKALIKE in self.groups else None
        if behind is None:
            return False
        place = behind.end()
        return any(begin == place and group == LOOKALIKE for begin, _, group in self.cues)

    # Places to leave alone.

    def find_urls(self) -> list[tuple[int, int]]:
        """Start and end of every URL."""
        tokens = self.document.tokens
        if self.places is not None:
            tokens = tokenise(self.cased, fold(self.cased))
        columns = zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)
        return [(start, end) for kind, start, end in columns if kind == URL]

    @cached_property
    def urls(self) -> list[tuple[int, int]]:
        """What :meth:`find_urls` gives, kept for those who ask of many places."""
        return self.find_urls()

    def in_url(self, start: int) -> bool:
        """Whether the place lies inside a URL."""
        urls = self.urls
        if not urls:
            return False
        position = bisect_right(urls, (start, len(self.text))) - 1
        return position >= 0 and start < urls[position][1]

    @property
    def parts(self) -> Sequence[Part]:
        """The parts of the document, in offsets of ``text``."""
        parts = self.document.parts
        if self.places is None:
            return parts
        places = self.places
        return [
            Part(kind, Span(bisect_left(places, span.start), bisect_left(places, span.end)))
            for kind, span in parts
        ]


PERSONAL = frozenset(LABELS) - {LOOKALIKE, "code", "ip", "expiry"}
