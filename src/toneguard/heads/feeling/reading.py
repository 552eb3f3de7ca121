"""The loop: one pass over the terms of a document, looking back a few words from each word of feeling.

Its time is linear in the length of the text: every term is looked up once, and looked back at only by the
few words of feeling that follow it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from math import sqrt
from operator import itemgetter
from typing import NamedTuple

from toneguard.documents import Document, Kind, Part, PartKind, parse
from toneguard.findings import Contribution, Deferred, Span
from toneguard.heads.feeling import lexicon as lx
from toneguard.heads.feeling import published as pub
from toneguard.heads.feeling.lexicon import Act, Entry, Lexicon
from toneguard.heads.feeling.small_words import contrasts, is_answer, negation, no_negates
from toneguard.messages import Message
from toneguard.resources.lexicon import emoji_descriptions

# Looking up a member of an enumeration costs more than looking up a word.
WORD, PUNCTUATION, IDENTIFIER, HASHTAG, EMOJI = (
    Kind.WORD, Kind.PUNCTUATION, Kind.IDENTIFIER, Kind.HASHTAG, Kind.EMOJI
)  # fmt: skip
FEELING, MUTED, PROBLEM, NAME, NO, CONTRAST, CHUNK, KIND, FACE = (
    Act.FEELING, Act.MUTED, Act.PROBLEM, Act.NAME, Act.NO, Act.CONTRAST, Act.CHUNK, Act.KIND, Act.FACE
)  # fmt: skip
BODY = PartKind.BODY
FACES = (Kind.EMOJI, Kind.EMOTICON)
THANKS = frozenset({"thanks", "thank", "thx", "cheers"})
MIN_TAG = 3
"""A hashtag of two letters is no word ("#np": now playing)."""
REACH = 8
"""Tokens that one look back passes at most, boosters and commas included."""
LONGEST_CHUNK = 14
"""No emoticon of the lexicon is longer."""
NOTHING = 1e-9
"""A sum below this is what rounding left of nothing."""
MOST_BEFORE_IRONY = 3
"""Words that a sentence may have before its ironic end ("Well, that's just great.")."""


class Reading(NamedTuple):
    """What a text adds up to and what moved it: how many words or phrases each way, and all contributions.

    ``spoken``: it has words, or faces, of the writer's own. ``ironic``: it has thanks or praise that mean the opposite.
    ``denied``: it says that there was no trouble.
    """

    total: float
    positive: int
    negative: int
    contributions: Sequence[Contribution]
    spoken: bool
    ironic: bool = False
    denied: bool = False


class Unit:
    """A word, phrase or face of feeling: its first and last token, what it adds, and why."""

    __slots__ = ("act", "amount", "first", "last", "reason", "sentence")

    def __init__(self, first: int, last: int, amount: float, reason: str, act: Act = FEELING) -> None:
        self.first = first
        self.last = last
        self.amount = amount
        self.reason = reason
        self.act = act
        self.sentence = 0


def normalise(total: float) -> float:
    """Bring a sum of adjusted valences between -1 and 1."""
    return total / sqrt(total * total + pub.ALPHA)


def read(document: Document, lexicon: Lexicon) -> Reading:
    """Add up the feeling in the writer's own words."""
    found = look_up(document, lexicon)
    units = Reader(document, lexicon).read(found) if found else None
    if units is not None:
        return units
    return NEUTRAL if WORD in document.tokens.kinds[: document.own_tokens] else UNSPOKEN


NEUTRAL, UNSPOKEN = Reading(0.0, 0, 0, (), True), Reading(0.0, 0, 0, (), False)
DENIED = NEUTRAL._replace(denied=True)


def parts(units: Sequence[Unit], marks: float, starts: Sequence[int], ends: Sequence[int]) -> tuple[Contribution, ...]:
    """Give what each unit adds to the sum, and what exclamation and question marks do."""
    found = [Contribution(Span(starts[unit.first], ends[unit.last]), unit.amount, unit.reason) for unit in units]
    if marks:
        found.append(Contribution(None, marks, "exclamation or question marks"))
    return tuple(found)


def look_up(document: Document, lexicon: Lexicon) -> list[tuple[int, float | Entry]]:
    """Look every token up: the positions and entries of those that may do something here."""
    terms = document.tokens.terms
    telling = lexicon.telling
    found: list[tuple[int, float | Entry]] = []
    for index in compress(range(len(terms)), map(telling.__contains__, terms)):
        entry = telling[terms[index]]
        if isinstance(entry, float) or entry.acts or not entry.beside.isdisjoint(terms[max(index - 1, 0) : index + 2]):
            found.append((index, entry))
    folded = document.folded
    if "#" not in folded and folded.isascii():
        return found
    kinds = document.tokens.kinds
    if HASHTAG not in kinds and EMOJI not in kinds:
        return found
    for index, kind in enumerate(kinds):
        if kind == HASHTAG and len(terms[index]) > MIN_TAG:
            tagged = lexicon.entries.get(terms[index][1:])
            valence = tagged.valence if isinstance(tagged, Entry) else tagged
            if valence:
                found.append((index, valence))
        elif kind == EMOJI and not terms[index].isascii():
            found.append((index, emoji_entry(terms[index][0], lexicon.sense)))
    return sorted(found, key=itemgetter(0))


def body_of(parts: Sequence[Part]) -> Span:
    """Give the span of the body; an empty one where there is none."""
    for kind, span in parts:
        if kind is BODY:
            return span
    return Span(0, 0)


class Reader:
    """One reading of one document; made for it and thrown away."""

    __slots__ = ("body_end", "body_start", "complained", "denied", "document", "ends", "irony", "kinds", "lexicon",
                 "mixed_case", "starts", "stop", "terms", "text")  # fmt: skip

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.text = text = document.message.text
        tokens = document.tokens
        self.terms = tokens.terms
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.stop = document.own_tokens
        self.body_start, self.body_end = 0, len(text)
        self.mixed_case: bool | None = None
        self.complained = False
        self.irony = False
        self.denied = False
        parts = document.parts
        if len(parts) > 1 or (parts and parts[0].kind is not BODY):
            self.body_start, self.body_end = body_of(parts)

    def read(self, found: Sequence[tuple[int, float | Entry]]) -> Reading | None:
        """Give the sum, and what it is made of; None where nothing counts."""
        units, turns = self.gather(found)
        if not units:
            return DENIED if self.denied else None
        if turns:
            self.contrast(units, turns)
        starts, ends = self.starts, self.ends
        total = marks = 0.0
        positive = 0
        for unit in units:
            total += unit.amount
            if unit.amount > 0:
                positive += 1
        if ("!" in self.text or "?" in self.text) and abs(total) > NOTHING:
            marks = self.emphasis() if total > 0 else -self.emphasis()
        contributions = Deferred(parts, units, marks, starts, ends)
        return Reading(total + marks, positive, len(units) - positive, contributions, True, self.irony, self.denied)

    def gather(self, found: Sequence[tuple[int, float | Entry]]) -> tuple[list[Unit], dict[int, int]]:
        """Give the units in order, and the first contrast ("but") of each sentence that has one."""
        units: list[Unit] = []
        contrasting: list[tuple[int, int]] = []
        text, terms, starts, ends, stop = self.text, self.terms, self.starts, self.ends, self.stop
        sentences = self.document.sentences
        unmarked = self.lexicon.marks.isdisjoint
        rated = lx.rated
        last_sentence = len(sentences) - 1
        sentence = sentence_first = read_to = 0
        for index, entry in found:
            if index < read_to:
                continue
            if index >= stop:
                break
            start = starts[index]
            if sentence < last_sentence and start >= sentences[sentence].end:
                while sentence < last_sentence and start >= sentences[sentence].end:
                    sentence += 1
                sentence_first = bisect_left(starts, sentences[sentence].start)
            if isinstance(entry, float):
                unit = Unit(index, index, entry, rated(entry))
            else:
                known = self.resolve(index, entry, sentence, sentence_first, read_to)
                if known is None:
                    if entry.act is CONTRAST:
                        contrasting.append((sentence, index))
                    continue
                unit = known
            first, last = unit.first, unit.last
            act = unit.act
            if act is not FACE and unit.amount:
                floor = max(sentence_first, read_to, first - REACH)
                # It is worth looking back only at a modifier, or for capitals.
                if not unmarked(terms[floor:first]) or text[starts[first] : ends[last]].isupper():
                    self.modify(unit, floor)
                elif act is MUTED:
                    continue
            if last > first:
                read_to = last + 1
                while units and units[-1].first >= first:
                    units.pop()  # a word of the phrase, read before the phrase was seen
            if unit.amount and (self.body_start <= starts[first] < self.body_end or self.closing_counts(unit)):
                unit.sentence = sentence
                units.append(unit)
                if unit.amount < 0:
                    self.complained = True
        turns: dict[int, int] = {}
        if units:
            for sentence, index in contrasting:
                if sentence not in turns and contrasts(terms, index):
                    turns[sentence] = index
        return units, turns

    def resolve(self, index: int, entry: Entry, sentence: int, sentence_first: int, free: int) -> Unit | None:
        """Read a word that needs more than its valence, or the phrase it is in; None: no feeling."""
        for phrase in entry.phrases:
            first = index - phrase.lead
            last = first + len(phrase.terms) - 1
            if (
                first >= free
                and last < self.stop
                and self.terms[first : last + 1] == phrase.terms
                and (not phrase.ironic or self.ironic(first, last, sentence, sentence_first))
            ):
                self.irony = self.irony or phrase.ironic or phrase.mocking
                self.denied = self.denied or phrase.denial
                return Unit(first, last, phrase.valence, phrase.reason)
        act = entry.act
        valence = entry.valence
        if act is not FEELING:
            if act is CHUNK:
                return self.chunk(index)
            if act is PROBLEM:
                self.complained = True
            elif (
                (act is NO and not self.no_counts(index))
                or (act is NAME and index > sentence_first and self.in_title_case(index))
                or (act is KIND and self.terms[index + 1 : index + 2] == ("of",))
            ):
                return None
        if not valence:
            return None
        return Unit(index, index, valence, entry.reason, FACE if self.kinds[index] in FACES else act)

    def chunk(self, index: int) -> Unit | None:
        """Read the emoticon, or word with digits, that begins at this token; it must stand between spaces."""
        start = self.starts[index]
        kind = self.kinds[index]
        apart = not start or self.text[start - 1].isspace() or kind == IDENTIFIER
        if not apart and kind not in FACES:
            return None
        chunk = self.document.folded[start : start + LONGEST_CHUNK].split(None, 1)[0]
        chunks = self.lexicon.chunks
        for candidate in (chunk, chunk.rstrip(".,!?"), self.terms[index]):
            valence = chunks.get(candidate)
            if valence is not None and (apart or not candidate[-1].isdigit()):  # no face: "9:30=3"
                end = start + len(candidate)
                last = index
                while last + 1 < len(self.ends) and self.ends[last + 1] <= end:
                    last += 1
                act = FEELING if candidate in lx.DIGIT_WORDS else FACE
                return Unit(index, last, valence, lx.rated(valence), act)
        return None

    def modify(self, unit: Unit, floor: int) -> None:
        """Strengthen, soften or negate a unit by its capitals and the words before it, from ``floor`` on."""
        terms, kinds = self.terms, self.kinds
        get = self.lexicon.modifiers.get
        first = unit.first
        amount = unit.amount
        notes = ""
        negated = False
        if unit.act is not NO and "no" in terms[floor:first] and no_negates(terms, kinds, first, floor):
            amount *= pub.NEGATED
            negated = True
        if self.stressed(first, unit.last):
            amount += pub.CAPITALS if amount > 0 else -pub.CAPITALS
            notes = ", in capitals"
        room = pub.WINDOW
        distance = 0
        index = first - 1
        while index >= floor and room:
            effect = get(terms[index])
            if effect is None:
                kind = kinds[index]
                if kind in FACES:
                    break  # a face ends what was said before it
                if kind != PUNCTUATION:
                    room -= 1
                    distance += 1
                index -= 1
                continue
            at = index
            if effect == lx.PAIR:
                before = terms[index - 1] if index > floor else ""
                effect = self.lexicon.pairs[terms[index]].get(before, lx.NO)
                if effect != lx.NO:
                    index -= 1
                    distance += 1
            if effect == pub.NEGATED:
                factor = negation(terms, at, distance, first)
                amount *= factor
                negated ^= factor < 0
                room -= 1
            elif effect == lx.NO:
                room -= 1
            elif distance < len(pub.FADE):  # and leaves a negation its room: "not really very good"
                boost = effect + pub.CAPITALS if self.stressed(at, at) else effect
                amount += pub.FADE[distance] * (boost if amount > 0 else -boost)
                notes += ", strengthened" if boost > 0 else ", softened"
            distance += 1
            index -= 1
        if unit.act is MUTED and not negated:
            amount = 0.0
        unit.amount = amount
        if notes or negated:
            unit.reason += notes + ", negated" if negated else notes

    def no_counts(self, index: int) -> bool:
        """Say whether the "no" here has feeling of its own: none in answers and before what it negates."""
        after = index + 1
        if after >= len(self.terms) or self.terms[after] == "no":
            return True
        if is_answer(self.kinds, index) or "no" in self.lexicon.pairs.get(self.terms[after], ()):
            return False
        entry = self.lexicon.entries.get(self.terms[after])
        return entry is None or (isinstance(entry, Entry) and entry.valence is None)

    def stressed(self, first: int, last: int) -> bool:
        """Say whether these tokens are in capitals, and some other words are not."""
        if not self.text[self.starts[first] : self.ends[last]].isupper():
            return False
        if self.mixed_case is None:
            text, starts, ends, kinds = self.text, self.starts, self.ends, self.kinds
            self.mixed_case = any(
                kinds[index] == WORD and not text[starts[index] : ends[index]].isupper() for index in range(self.stop)
            )
        return self.mixed_case

    def ironic(self, first: int, last: int, sentence: int, sentence_first: int) -> bool:
        """Say whether praise here closes a short sentence after a complaint."""
        if not self.complained or first - sentence_first > MOST_BEFORE_IRONY:
            return False
        end = self.document.sentences[sentence].end
        following = last + 1
        while following < len(self.terms) and self.starts[following] < end:
            if self.kinds[following] == WORD:
                return False
            following += 1
        return True

    def closing_counts(self, unit: Unit) -> bool:
        """Say whether a unit outside the body counts: a face, or in the closing no formula and no name."""
        if unit.act is FACE:
            return True
        start = self.starts[unit.first]
        if start < self.body_end:
            return False
        if unit.amount > 0:
            after = self.terms[unit.last + 1 : unit.last + 5]
            return self.terms[unit.first] in THANKS and ("for" in after or "to" in after)
        return not self.in_title_case(unit.first)

    def in_title_case(self, index: int) -> bool:
        """Say whether a word is written as names are."""
        return self.text[self.starts[index] : self.ends[index]].istitle()

    def contrast(self, units: list[Unit], turns: dict[int, int]) -> None:
        """Weigh what stands around the first "but" of each sentence; an opening one weighs on the last too."""
        for unit in units:
            at = turns.get(unit.sentence)
            if at is not None:
                before = unit.first < at
                unit.amount *= pub.BEFORE_BUT if before else pub.AFTER_BUT
                unit.reason += ', before "but"' if before else ', after "but"'
            following = unit.sentence + 1
            opening = turns.get(following)
            if opening is not None and self.starts[opening] == self.document.sentences[following].start:
                unit.amount *= pub.BEFORE_BUT
                unit.reason += ', before "but"'

    def emphasis(self) -> float:
        """Give what exclamation marks, and question marks that stand together, add to a sum either way."""
        start, end = self.body_start, self.body_end
        amount = pub.EXCLAMATION * min(self.text.count("!", start, end), pub.MOST_EXCLAMATIONS)
        if self.text.count("?", start, end) > 1:
            questions = max(term.count("?") for term in self.terms[: self.stop])
            if questions > pub.MOST_QUESTIONS:
                amount += pub.MANY_QUESTIONS
            elif questions > 1:
                amount += pub.QUESTION * questions
        return amount


@lru_cache(maxsize=4096)
def emoji_entry(emoji: str, sense: str) -> Entry:
    """Rate an emoji, wherever it stands: the feeling in its name, unless the lexicon knows better."""
    lexicon = lx.load(sense)
    valence = lexicon.emoji.get(emoji)
    if valence is None:
        name = emoji_descriptions().get(emoji, "")
        named = read(parse(Message(name, language="en")), lexicon)
        valence = sum(part.amount for part in named.contributions)
    return Entry(valence, reason=f"emoji {lx.rated(valence)}")
