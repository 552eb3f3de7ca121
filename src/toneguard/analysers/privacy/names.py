"""Names of people, by where they stand: greeting, sign-off, "my name is", labelled fields, titles.

No list of surnames, and no list decides behind a strong cue, so that names of every origin are found alike. A list of
given names (:mod:`lexicon`) only supports weak cues; a list of ordinary words and brands rules words out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

from toneguard.analysers.privacy.entity import LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.lexicon import GIVEN, NOT_NAMES, PARTICLES, TITLES
from toneguard.analysers.privacy.view import View
from toneguard.documents import PartKind
from toneguard.messages import Role

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’ʼ-](?=[^\W\d_]))*")
CAPITALS = re.compile(r"[^A-ZÀ-ÖØ-Þ]+")
LETTERS = re.compile(r"[\W\d_]+")
GAP = re.compile(r"[ \u00a0]{1,2}(?![ \u00a0])")
MOST_WORDS = 4
LONGEST_WORD = 30

Place = tuple[int, int, float, str]


class Reader:
    """Reads names at a place of one text."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.cased = view.cased
        self.text = view.text

    @cached_property
    def shouting(self) -> bool:
        """Whether most of the text is in capitals, so that capitals say nothing."""
        capitals = len(CAPITALS.sub("", self.cased[:400]))
        letters = len(LETTERS.sub("", self.cased[:400]))
        return letters > 25 and capitals > 0.6 * letters

    def name(self, start: int, *, lower: bool = False, most: int = MOST_WORDS) -> tuple[int, int, list[str]] | None:
        """The name that begins at ``start``: its place and its words in lower case; None if there is none.

        Words begin with a capital (or belong to a script without any); ``lower`` lets them be written small.
        """
        begin, end, words, solid = start, start, [], 0
        position = start
        while len(words) < most:
            match = WORD.match(self.cased, position)
            if not match or match.end() - match.start() > LONGEST_WORD:
                break
            written = match.group()
            folded = written.lower().replace("’", "'")
            stop = match.end()
            if folded.endswith("'s"):
                folded, stop = folded[:-2], stop - 2
            initial = len(written) == 1 and written.isupper() and (words or self.cased[match.end() : match.end() + 1] == ".")
            if folded in PARTICLES and (words or folded not in ("e", "y", "do", "la", "el", "st")):
                pass
            elif folded in NOT_NAMES or not (initial or len(written) > 1):
                break
            elif written[0].islower() and not lower:
                break
            elif initial:
                solid += bool(words)
                stop += self.cased[stop : stop + 1] == "."
            else:
                solid += 1
            words.append(folded)
            if folded not in PARTICLES or not written[0].islower():
                end = stop
            gap = GAP.match(self.cased, stop)
            if not gap or folded != written.lower().replace("’", "'"):  # nothing follows a possessive
                break
            position = gap.end()
        if not solid or end <= begin or all(word in PARTICLES for word in words):
            return None
        return begin, end, words

    def known(self, words: Sequence[str]) -> bool:
        """Whether the first word is a given name that the list holds."""
        first = words[0].split("-")[0]
        return first in GIVEN or (not first.isascii() and unaccented(first) in GIVEN)

    def starts_sentence(self, start: int) -> bool:
        """Whether nothing but a stop or a line break stands before."""
        before = self.text[max(0, start - 3) : start].rstrip(" \"'(*")
        return start == 0 or not before or before[-1] in ".!?\n:-"


def unaccented(word: str) -> str:
    """The word without accents: the list has each name in one spelling."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def find_names(view: View, others: Sequence[Entity] = ()) -> Iterator[Entity]:
    """Names in all the places where people write them; ``others`` are entities that a name may stand beside."""
    reader = Reader(view)
    seen: set[int] = set()
    for start, end, confidence, reason in places(reader, others):
        if end - start >= 2 and seen.isdisjoint(range(start, end)):
            seen.update(range(start, end))
            value = " ".join(view.text[start:end].replace(".", " ").split())
            yield view.entity("person-name", start, end, value, confidence, reason)


def places(reader: Reader, others: Sequence[Entity]) -> Iterator[Place]:
    """Place, confidence and reason of each name, the strongest cues first."""
    groups = reader.view.groups
    if "name is" in groups:
        yield from introduced(reader)
    if "name field" in groups:
        yield from in_fields(reader)
        yield from booked_under(reader)
    if "salutation" in groups:
        yield from titled(reader)
    yield from greeted(reader)
    yield from signed(reader)
    if "i am" in groups:
        yield from self_named(reader)
    if "here" in groups:
        yield from speaking(reader)
    if "spoke" in groups:
        yield from spoken_to(reader)
    if reader.view.document.before and len(reader.text) <= 80:
        yield from answered(reader)
    if others:
        yield from beside(reader, others)
    if not GIVEN.isdisjoint(reader.view.document.tokens.terms) and reader.view.places is None:
        yield from by_given_name(reader)


INTRODUCED = re.compile(
    r"\b(?:(?:my|his|her|their|the|full|first|last|customer'?s?|legal|real|account|whose|maiden|preferred) ){1,2}names?(?:'s| is| was|s| would be| should be|:)?"
    r"(?: (?:and|number|address|phone|email) [\w ]{0,20}(?:is|are))?\s{0,2}[:,-]?\s{0,2}[\"']?|\b(?:name is|name's|i'm called|i am called|they call me|call me|goes by|known as)\s{1,2}[\"']?"
)
NOT_AFTER_NAME_IS = frozenset(
    "spelled spelt misspelled misspelt written printed listed showing shown correct incorrect different missing unknown blank mud attached below above"
    " registered linked already in under both two there private his hers theirs yours wrongly badly mixed engraved required needed optional"
    " hyphenated pronounced too three four mentioned given".split()
)


def introduced(reader: Reader) -> Iterator[Place]:
    """"My name is ...", also in small letters."""
    for match in INTRODUCED.finditer(reader.text):
        if not re.search(r"(?:is|'s|s|be|was|:|,|-|called|me|by|as)[\s:,\"'-]*\Z", match.group()):
            continue
        found = reader.name(match.end(), lower=True, most=3)
        if found and found[2][0] not in NOT_AFTER_NAME_IS:
            start, end, words = found
            if reader.cased[start].islower() and not reader.known(words) and match.group().startswith(("call me", "known as", "goes by")):
                continue
            yield start, trim_lower(reader, start, end), STRONG, "after 'name is'"


def trim_lower(reader: Reader, start: int, end: int) -> int:
    """A name written small ends after two words: what follows is the sentence."""
    words = reader.cased[start:end].split(" ")
    if words[0][:1].islower() and len(words) > 2 and not any(word in PARTICLES for word in words):
        return start + len(" ".join(words[:2]))
    if words[0][:1].isupper():
        for index, word in enumerate(words):
            if word[:1].islower() and word not in PARTICLES:
                return start + len(" ".join(words[:index]))
    return end


FIELD = re.compile(
    r"(?:(?<=\n)|\A|(?<=[,;|.(]\s)|(?<=[ \t]))[ \t>*-]{0,3}(?P<label>(?:[a-z'’]{1,12} ){0,2}?(?:full |first |last |given |contact |account |billing |customer |cardholder |sender's |recipient )?"
    r"(?:name|names|surname|customer|contact|attn|attention|recipient|passengers?|cardholder|card holder|account holder|guest|holder|client|sender|from|to|tenant|caller|patient|addressee|directed by|author))"
    r"(?: on (?:the )?(?:account|booking|order|card|reservation|ticket))?(?: \(?[a-z ]{0,20}\)?)?\s?[:=][ \t]{0,4}(?:(?:mr|mrs|ms|miss|mx|dr|prof)\.? )?"
)
NO_PERSON = re.compile(r"\b(?:product|user|file|company|business|store|brand|domain|event|item|model|screen|display|host|server|hotel|street|suburb|city|trading|bank|network|wi-?fi|app|device|team|plan|game|track|song|artist|shop)s?'?s? ?name")


def in_fields(reader: Reader) -> Iterator[Place]:
    """"Name: ...", as forms and order mails write it."""
    for match in FIELD.finditer(reader.text):
        label = match["label"]
        if NO_PERSON.search(label):
            continue
        own_name = "name" in label
        found = reader.name(match.end(), lower=own_name)
        if not found:
            continue
        start, end, words = found
        end = trim_lower(reader, start, end)
        rest = reader.text[end : end + 2]
        if not own_name and not (reader.known(words) or (len(words) > 1 and rest[:1] in ("", "\n", ",", ";", "|", "."))):
            continue
        yield start, end, STRONG, "in a labelled field"


TITLED = re.compile(r"(?<![\w'])(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|rev|mme|herr|frau|señor|señora|capt|captain|sgt|sir|madam)\b\.?[ ]{1,2}")
ROAD = re.compile(r"\d[\w/-]* (?:[\w'’-]+ ){1,3}\Z")


def titled(reader: Reader) -> Iterator[Place]:
    """"Mr Tan", "Dr. A. Raghunathan"; the name without the title."""
    for match in TITLED.finditer(reader.text):
        title = reader.cased[match.start() : match.end()].strip(" .")
        found = reader.name(match.end())
        if not found:
            continue
        start, end, words = found
        weak = title[0].islower() or title.lower() in ("miss", "sir", "madam", "captain", "doctor") or title == "MS"
        if weak and not reader.known(words) and (title.lower() != "captain" or len(words) < 2):
            continue
        if title.lower() == "dr" and ROAD.search(reader.text, max(0, match.start() - 50), match.start()):
            continue  # "12 Wattle Dr Kyneton"
        yield start, end, STRONG, "after a title"


GREETING_WORD = re.compile(
    r"(?:hi ya|hiya|hi|hello|hey|heya|dear|good (?:morning|afternoon|evening|day)|g'day|gday|greetings|morning|afternoon|evening|kia ora)\b[ ,]{0,3}(?:there |again |to )?"
)
NEXT_NAME = re.compile(r",? (?:and|&) |, ")


def greeted(reader: Reader) -> Iterator[Place]:
    """"Hi Sam,": every name of the greeting."""
    for _, start, end in reader.view.parts(PartKind.GREETING):
        match = GREETING_WORD.search(reader.text, start, end)
        position = match.end() if match else end
        for _ in range(3):
            while (titles := WORD.match(reader.cased, position)) and titles.group().lower() in TITLES | {"and", "or"}:
                position = titles.end()
                position += len(reader.text[position:end]) - len(reader.text[position:end].lstrip(" ./&"))
            found = reader.name(position, lower=True)
            if not found or found[0] >= end:
                break
            begin, stop, words = found
            stop = min(stop, end)
            verdict = greeting_name(reader, begin, stop, words)
            if verdict:
                yield begin, stop, verdict, "in the greeting"
            following = NEXT_NAME.match(reader.text, stop, end)
            if not following:
                break
            position = following.end()


def greeting_name(reader: Reader, start: int, end: int, words: list[str]) -> float:
    """How sure a word of the greeting is a name: agents greet people, customers greet people and brands."""
    written = reader.cased[start:end]
    if reader.known(words):
        return STRONG
    if written[0].islower() or any(c.isupper() for c in words_inner(written)):
        return 0.0
    if reader.view.document.message.role is Role.AGENT:
        return LIKELY
    return LIKELY if len(words) > 1 else POSSIBLE


def words_inner(written: str) -> str:
    """What stands behind the first letter of each word: capitals there are brands (after Mc, Mac, O', - they are not)."""
    inner = "".join(re.sub(r"\b(?:mc|mac|o['’]|d['’])?\w", "", word, count=1, flags=re.IGNORECASE) for word in re.split(r"[ -]", written))
    return "" if written.isupper() else inner


CLOSING = re.compile(
    r"[\s*~_>-]{0,6}(?:(?:(?:with |many |my |our |and |the |very )*(?:kind(?:est)?|best|warm(?:est)?|many|thanks|regards|wishes|cheers|sincerely|yours|faithfully|truly|respectfully|thank you"
    r"|thx|ta|take care|all the|have a (?:great|good|lovely|nice) (?:day|one|weekend|evening|night|week|arvo)|talk soon|speak soon|love|warmly|hope (?:this|that) helps|in advance|in appreciation"
    r"|so much|very much|a lot|again|kindly|heaps|for (?:that|now)|xx?)\b[ ,!.:)-]{0,4}){1,6})?\s{0,4}"
)
SEPARATOR = re.compile(r"[ \t]*(?:[,|•·(/–—.!-]|$)")
LINE = re.compile(r"[^\n]+")
MARK = re.compile(r"[\s*~_^/–—-]{0,5}")


def signed(reader: Reader) -> Iterator[Place]:
    """The name under a message: after the closing words, or alone on the last lines or as the last sentence."""
    text = reader.text
    sign_off = False
    for _, start, end in reader.view.parts(PartKind.SIGN_OFF):
        sign_off = True
        if text.startswith(("sent from", "get outlook"), start):
            continue
        closing = CLOSING.match(text, start, end)
        position = MARK.match(text, closing.end() if closing else start, end)
        begin = position.end() if position else start
        marked = closing is not None and closing.end() > start and bool(text[start : closing.end()].strip())
        found = reader.name(begin, lower=marked)
        if found and found[1] <= end and acceptable(reader, found, end, marked):
            yield found[0], found[1], STRONG if marked else LIKELY, "in the sign-off"
    own_end = next((start for _, start, _ in reader.view.parts(PartKind.QUOTED)), len(text))
    yield from last_lines(reader, own_end, sign_off)


def acceptable(reader: Reader, found: tuple[int, int, list[str]], end: int, marked: bool) -> bool:
    """Whether the words fill their line, and are no initials or team."""
    start, stop, words = found
    written = reader.cased[start:stop]
    if not SEPARATOR.match(reader.text, stop) and reader.text[stop : stop + 1] not in ("\n", "\r", "") and not reader.known(words):
        return False
    if written[0].islower() and not (reader.known(words) or (marked and len(words) <= 2)):
        return False
    return not (written.isupper() and len(written) <= 3 and not reader.known(words))


def last_lines(reader: Reader, end: int, sign_off: bool) -> Iterator[Place]:
    """A name alone on one of the last lines, or as the last sentence ("... Order 55318. Rosalind")."""
    text = reader.text
    tail = max(0, end - 160)
    newline = text.find("\n", tail, end)
    lines = [match for match in LINE.finditer(text, newline, end) if match.group().strip()] if newline >= 0 else []
    for line in reversed(lines[-4:]):
        begin = line.start() + len(line.group()) - len(line.group().lstrip(" \t-–—*~"))
        found = reader.name(begin)
        whole = found is not None and SEPARATOR.match(text, found[1], line.end()) is not None
        if found and whole:
            short = text[found[1] : line.end()].strip(" .,!|") == ""
            if reader.known(found[2]) or (short and len(found[2]) in (2, 3) and not reader.shouting and not sign_off):
                yield found[0], found[1], LIKELY if reader.known(found[2]) else POSSIBLE, "alone on a last line"
                return
        if re.search(r"[a-z]{2}", line.group()) and "@" not in line.group() and not found:
            break
    if not sign_off:
        stop = re.compile(r"[.!?)…\"][ ]{1,2}(?:-{1,2} ?|– ?|~)?(?=[^\W\d_][^.!?\n]{1,40}[.!]?\s*\Z)").search(text, max(0, end - 60), end)
        if stop:
            found = reader.name(stop.end())
            if found and text[found[1] : end].strip(" .!\n") == "" and reader.known(found[2]) and len(found[2]) <= 3:
                yield found[0], found[1], LIKELY, "alone as the last sentence"


SELF = re.compile(
    r"(?<![\w'])(?P<cue>i'm|i am|im|this is|it's|(?:my|our|his|her) (?:husband|wife|partner|son|daughter|colleague|manager|boss|mum|mom|dad|brother|sister|friend|mother|father|supervisor)(?: is)?,?"
    r"|colleague|agent|rep|representative|supervisor|advisor|adviser|manager)\s"
)
AFTER_SELF = re.compile(r"\s?(?:[,.!(–-]|(?:from|with|at|here|calling|again|speaking|writing|and i(?:'m|'ve|'ll| am| have)?|your|the|in|on|contacting|emailing|chatting|messaging|looking)\b|\Z)")
THIS_IS = re.compile(r"\s?(?:[,(-]|(?:from|here|calling|again|speaking|writing|with|at)\b)")


def self_named(reader: Reader) -> Iterator[Place]:
    """"I'm Tomasz, the team leader", "this is Priya from ...", "my husband Arjun"."""
    if reader.shouting:
        return
    for match in SELF.finditer(reader.text):
        found = reader.name(match.end(), most=3)
        if not found:
            continue
        start, end, words = found
        cue = match["cue"]
        following = (THIS_IS if cue in ("this is", "it's") else AFTER_SELF).match(reader.text, end)
        if reader.known(words):
            if cue in ("this is", "it's") and not following and len(words) < 2:
                continue
            yield start, end, STRONG if following else LIKELY, "after 'I am' or 'this is'"
        elif following and cue in ("i'm", "i am", "this is", "im") and not any(c.isupper() for c in words_inner(reader.cased[start:end])):
            if following.group().strip() in (".", "!", "", "at", "on", "in", "with") and len(words) < 2:
                continue
            yield start, end, POSSIBLE if len(words) < 2 else LIKELY, "after 'I am' or 'this is'"


HERE = re.compile(r"(?<=[a-z]) (?:here|speaking)\b(?P<after>[,.!:]| from| at| again| with|\s*\Z)?")


def speaking(reader: Reader) -> Iterator[Place]:
    """"Priya here": the words right before, at the start of a sentence."""
    for match in HERE.finditer(reader.text):
        if match["after"] is None:
            continue
        begin = max(reader.text.rfind(mark, max(0, match.start() - 40), match.start()) for mark in ",.!?\n-:(") + 1
        begin += len(reader.text[begin : match.start()]) - len(reader.text[begin : match.start()].lstrip(" "))
        if reader.text.startswith(("hi ", "hey ", "hello ", "it's "), begin):
            begin = reader.text.index(" ", begin) + 1
        found = reader.name(begin, most=3)
        if found and found[1] == match.start() and (reader.known(found[2]) or match["after"].strip() == "from"):
            yield found[0], found[1], LIKELY, "before 'here'"


SPOKE = re.compile(
    r"(?<![\w'])(?P<cue>(?:spoke|speak|speaking|spoken|chatted|chatting|chat|talked|talking|talk|dealt|dealing|connected) (?:to|with)|helped by|served by|attended by|ask(?:ed)? for|hats off to"
    r"|kudos to|shout ?out to|(?:passed|transferred|connected) to|thanks to|thank you|thanks|thx|cheers)(?P<comma>,)?(?: (?:again|so much|very much|a lot|heaps))?,?\s"
)


def spoken_to(reader: Reader) -> Iterator[Place]:
    """"I spoke to Karen", "thanks Priya": given names only, for brands stand here as often."""
    for match in SPOKE.finditer(reader.text):
        found = reader.name(match.end(), most=3)
        if found and reader.known(found[2]) and not reader.shouting:
            yield found[0], found[1], LIKELY, "after 'spoke to' or thanks"


ASKED = re.compile(
    r"\b(?:(?:your|the|full|first|last|customer'?s?|account holder'?s?|passenger'?s?) (?:full |first |last |legal |complete |correct |own |good )?names?\b|who (?:am|are|is) (?:i|we|this|it)\b"
    r"|with whom|who do i|whom am i|may i (?:have|know|get) (?:your|the) name|name (?:on|for|under|of) )"
)
LEAD_IN = re.compile(
    r"\s*(?:(?:yes|yeah|yep|sure|ok|okay|of course|certainly|thanks|thank you|hi|hello|it's|it is|its|it would be|that's|that is|that would be|this is|i'm|i am|name|full name|under|sorry|the name is|names?|please|no problem)[ ,.!:-]{1,3}){0,3}"
)


def answered(reader: Reader) -> Iterator[Place]:
    """A short answer to a question for a name."""
    if not asked_for_name(reader.view):
        return
    lead = LEAD_IN.match(reader.text)
    begin = lead.end() if lead else 0
    found = reader.name(begin, lower=True)
    if not found:
        return
    start, end, words = found
    rest = reader.text[end:].strip(" .,!\n")
    if not rest or reader.text[end : end + 1] in ",.\n-(" or rest[:1].isdigit() or reader.known(words):
        yield start, end, LIKELY, "the name was asked for just before"


def asked_for_name(view: View) -> bool:
    """Whether the other side's last words ask for a name."""
    before = view.document.before
    for index in range(len(before) - 1, max(-1, len(before) - 3), -1):
        earlier = before[index]
        if earlier.message.role is not view.document.message.role:
            folded = earlier.folded[max(0, earlier.own_end - 250) : earlier.own_end]
            return ASKED.search(folded) is not None and ("?" in folded or "please" in folded or "need" in folded or "provide" in folded)
    return False


CONTACTS = frozenset({"privacy/phone-number", "privacy/street-address", "privacy/email-address", "privacy/date-of-birth"})
BESIDE = re.compile(r"(?:^|[\n.!?;,(:|>]|\b(?:is|to|for|at|and|from|name|ring|call|belongs to|under|her|him|with)\b)[ \t]*(?P<name>[^\n.!?;,(:|>\d@]{3,45})(?P<join>[,|:;(–— \t\n-]{1,4})(?:(?:of|at|on|phone|ph|mob|mobile|tel|email)[.: ]{1,2})?\Z")


def beside(reader: Reader, others: Sequence[Entity]) -> Iterator[Place]:
    """Two or three capitalised words right before a telephone number, an address or the like: a contact line."""
    if reader.view.places is not None:
        return  # the places of the other entities are those of the message; such texts are rare
    for entity in others:
        if entity.rule not in CONTACTS:
            continue
        start = entity.span.start
        match = BESIDE.search(reader.text, max(0, start - 60), start)
        if not match:
            continue
        begin, stop = match.span("name")
        stop = begin + len(reader.text[begin:stop].rstrip(" -–—"))
        for word in WORD.finditer(reader.cased, begin, stop):
            found = reader.name(word.start())
            if found and found[1] == stop and (reader.known(found[2]) or len(found[2]) in (2, 3)) and not reader.shouting:
                yield found[0], found[1], LIKELY, "beside contact data"
                break


def by_given_name(reader: Reader) -> Iterator[Place]:
    """A listed given name with a capital, in the middle of the text: with a surname, or where one is called by name."""
    if reader.shouting:
        return
    tokens = reader.view.document.tokens
    for index, term in enumerate(tokens.terms):
        if term not in GIVEN:
            continue
        found = reader.name(tokens.starts[index], most=3)
        if not found:
            continue
        start, end, words = found
        if NO_PERSON_BEFORE.search(reader.text, max(0, start - 12), start) or NO_PERSON_AFTER.match(reader.text, end):
            continue
        if len(words) > 1:
            yield start, end, LIKELY, "given name and surname"
        elif reader.cased[start:end].isupper():
            continue  # airport codes
        elif CALLED.match(reader.text, end) and (reader.text[max(0, start - 2) : start] == ", " or start == 0):
            yield start, end, LIKELY, "called by name"
        elif not reader.starts_sentence(start):
            yield start, end, POSSIBLE, "given name"


CALLED = re.compile(r"[.!?]|,|\s*\Z")
NO_PERSON_BEFORE = re.compile(r"\b(?:san|são|sao|santa|santo|saint|st\.?|ste|port|mount|mt\.?|lake|fort|rua|rue|via|calle|avenida|avenue|ul\.|cape|new) \Z")
NO_PERSON_AFTER = re.compile(
    r"(?: (?:airport|international|intl|centre|center|street|st|road|rd|avenue|ave|drive|island|islands|beach|university|hospital|park|valley|terminal|building"
    r"|stadium|college|school|county|concert|album|song|collection|range|model|edition|dress|sofa|chair|table|lamp|shoe|shoes|bag|bags|jacket|cup|day|river|springs|hotel)\b| \d|['’]s,? (?:hotel|restaurant))"
)
UNDER = re.compile(r"\b(?:it's|its|is|booked|book|booking|made|order|ordered|account|reservation|be|placed|registered|listed|down) under (?:the )?(?:names?(?: of)? )?")


def booked_under(reader: Reader) -> Iterator[Place]:
    """"It's booked under Moana Ropata"."""
    for match in UNDER.finditer(reader.text):
        found = reader.name(match.end(), most=3)
        if found and (len(found[2]) > 1 or reader.known(found[2])):
            yield found[0], found[1], LIKELY, "after 'under'"
