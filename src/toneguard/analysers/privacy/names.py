"""Names of people, by where they stand: greeting, sign-off, "my name is", labelled fields, titles.

No list of surnames, and no list decides behind a strong cue, so that names of every origin are found alike. A list of
given names (:mod:`toneguard.resources.names`) supports the weak cues; one of ordinary words and brands rules words out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toneguard.analysers.privacy.entity import LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.name_candidates import Candidate, candidates, features, find_uncommon, named_for
from toneguard.analysers.privacy.name_mentions import (
    NO_PERSON,
    SHORT_ANSWER,
    answered,
    beside,
    by_given_name,
    self_named,
    speaking,
    spoken_to,
)
from toneguard.analysers.privacy.name_model import load_name_model
from toneguard.analysers.privacy.name_reader import (
    AS_LAST_SENTENCE,
    IN_GREETING,
    IN_SIGN_OFF,
    MOST_WORDS,
    ON_LAST_LINE,
    Name,
    Place,
    Reader,
)
from toneguard.analysers.privacy.view import View
from toneguard.documents import Part, PartKind
from toneguard.messages import Role
from toneguard.resources.names import GIVEN, PARTICLES, TITLES

# Members of an enumeration are slower to look up than names of a module.
GREETING, SIGN_OFF, QUOTED = PartKind.GREETING, PartKind.SIGN_OFF, PartKind.QUOTED


def find_names(view: View, others: Sequence[Entity] = ()) -> list[Entity]:
    """Names of people; ``others`` are entities that a name may stand beside.

    A strong cue is enough; else the model of names weighs all that is seen of the candidate.
    """
    reader = Reader(view)
    model = load_name_model()
    found: list[Entity] = []
    for candidate in find_candidates(reader, others, model.lower):
        (start, end, _), cues = candidate
        confidence = cues[0][0] if cues else 0.0
        if confidence < SURE:
            share = model.probability(features(reader, candidate, model.lower))
            if share < model.threshold:
                continue
            confidence = max(confidence, round(min(max(share, POSSIBLE), UNCUED), 2))
        reasons = [reason for _, reason in cues] or [BY_MODEL]
        value = " ".join(view.text[start:end].replace(".", " ").split())
        found.append(view.entity("person-name", start, end, value, confidence, *reasons))
    return found


SURE = STRONG
"""A cue of this confidence is enough; the model is not asked."""
UNCUED = 0.65
"""How sure the model can be of a name: a little less than a word nearby."""
BY_MODEL = "reads like a name where it stands"


def find_candidates(reader: Reader, others: Sequence[Entity], lower: frozenset[str]) -> list[Candidate]:
    """What may be a name, in the order of the text; ``lower`` are words that people write small."""
    uncommon = find_uncommon(reader.view, lower)
    return free(candidates(reader, places(reader, others, uncommon), lower, uncommon), others)


def free(found: Sequence[Candidate], others: Sequence[Entity]) -> list[Candidate]:
    """The candidates without those that no cue points at and that lie in another entity (a street, a mailbox)."""
    if not found or not others:
        return list(found)
    taken = {place for entity in others for place in range(*entity.span)}
    return [candidate for candidate in found if candidate.cues or taken.isdisjoint(range(*candidate.name[:2]))]


def places(reader: Reader, others: Sequence[Entity], uncommon: Sequence[int]) -> list[Place]:
    """Place, confidence and reason of each name, the strongest cues first; ``uncommon`` are tokens that may be one."""
    view = reader.view
    groups = view.groups
    found: list[Place] = []
    if "name is" in groups:
        found += introduced(reader)
    if "name field" in groups:
        found += in_fields(reader)
    if "salutation" in groups:
        found += titled(reader)
    parts = view.parts
    for kind, (start, end) in parts:
        if kind is GREETING:
            found += greeted(reader, start, end)
        elif kind is SIGN_OFF and (place := signed(reader, start, end)):
            found.append(place)
    if parts and (place := last_lines(reader, parts)):
        found.append(place)
    if "i am" in groups:
        found += self_named(reader)
    if "here" in groups:
        found += speaking(reader)
    if "spoke" in groups:
        found += spoken_to(reader)
    if len(reader.text) <= SHORT_ANSWER and view.document.before:
        found += answered(reader)
    if others:
        found += beside(reader, others)
    if uncommon:
        found += by_given_name(reader, uncommon)
    return found


# "My name is ..."

INTRODUCED = re.compile(
    r"\b(?:(?:my|his|her|their|the|full|first|last|customer'?s?|legal|real|account|whose|maiden|preferred"
    r"|your) ){1,2}"
    r"(?:names? (?:is|was|would be|should be)|name's|names|name:|name,)\s{0,2}[:,-]?\s{0,2}[\"']?"
    r"|\b(?:name is|name's|i'm called|i am called|they call me|call me|goes by|known as|name\?)\s{1,2}[\"']?"
)
AFTER_NAME_IS = frozenset(
    "spelled spelt misspelled misspelt written printed listed showing shown correct incorrect different"
    " missing"
    " unknown blank mud attached below above registered linked already both private his hers theirs yours"
    " wrongly"
    " badly mixed engraved required needed optional hyphenated pronounced too three four mentioned given".split()
)


def introduced(reader: Reader) -> Iterator[Place]:
    """Behind "my name is", also in small letters."""
    for match in INTRODUCED.finditer(reader.text):
        found = reader.name(match.end(), lower=True, most=3)
        if not found or found.words[0] in AFTER_NAME_IS:
            continue
        if NO_PERSON.search(reader.text, max(0, match.start() - 12), match.end()):
            continue
        small = reader.cased[found.start].islower()
        if (
            small
            and not reader.known(found.words)
            and match.group().startswith(("call me", "known as", "goes by"))
        ):
            continue
        yield trimmed(reader, found), STRONG, "after 'name is'"


def trimmed(reader: Reader, found: Name) -> Name:
    """The name without the words of the sentence that follow it in small letters."""
    words = reader.cased[found.start : found.end].split(" ")
    keep = len(words)
    if words[0][:1].islower():
        if keep > 2 and PARTICLES.isdisjoint(found.words):
            keep = 2
    else:
        keep = next((i for i, word in enumerate(words) if word[:1].islower() and word not in PARTICLES), keep)
    return Name(found.start, found.start + len(" ".join(words[:keep])), found.words[:keep])


# "Name: ..."

FIELD = re.compile(
    r"(?<!\w)(?P<label>(?:[a-z'’]{1,12} ){0,2}"
    r"(?:names?|surname|customer|contact|attn|attention|recipient|passengers?|cardholder|card holder"
    r"|account holder"
    r"|guest|holder|client|sender|from|to|tenant|caller|patient|addressee|directed by|author|address))"
    r"(?: on (?:the )?(?:account|booking|order|card|reservation|ticket))?(?: \([a-z ]{0,20}\))?"
    r"\s?\Z"
)
FIELD_REACH = 60
VALUE = re.compile(r"[:=][ \t]{0,4}(?:(?:mr|mrs|ms|miss|mx|dr|prof)\.? )?(?![/\d])")
UNDER = re.compile(
    r"\b(?:it's|its|is|booked|book|booking|made|order|ordered|account|reservation|be|placed|registered|listed"
    r"|down) under"
    r" (?:the )?(?:names?(?: of)? )?"
)


def in_fields(reader: Reader) -> Iterator[Place]:
    """Behind "Name:", as forms and order mails write it, and behind "booked under"."""
    text = reader.text
    if ":" in text or "=" in text:
        for value in VALUE.finditer(text):
            match = FIELD.search(text, max(0, value.start() - FIELD_REACH), value.start())
            if not match:
                continue
            label = match["label"]
            named = "name" in label
            found = None if NO_PERSON.search(label) else reader.name(value.end(), lower=named)
            if found:
                found = trimmed(reader, found)
                alone = len(found.words) > 1 and text[found.end : found.end + 1] in (
                    "",
                    "\n",
                    ",",
                    ";",
                    "|",
                    ".",
                )
                if named or reader.known(found.words) or alone:
                    yield found, STRONG, "in a labelled field"
    if "under" in text:
        for match in UNDER.finditer(text):
            found = reader.name(match.end(), most=3)
            if found and (len(found.words) > 1 or reader.known(found.words)):
                yield found, LIKELY, "after 'under'"


# "Mr Tan"

ROAD = re.compile(r"\d[\w/-]* (?:[\w'’-]+ ){1,3}\Z")
AFTER_TITLE = re.compile(r"\.?[ ]{1,2}")
SMALL_TITLES = frozenset({"mr", "mrs", "ms"})
WEAK_TITLES = frozenset({"miss", "sir", "madam", "captain", "capt", "doctor"})


def titled(reader: Reader) -> Iterator[Place]:
    """Behind a title ("Mr Tan", "Dr. A. Raghunathan"); the title stays out."""
    for start, end in reader.view.of("salutation"):
        gap = AFTER_TITLE.match(reader.text, end)
        title = reader.cased[start:end].strip(".")
        small = title in SMALL_TITLES
        found = reader.name(gap.end(), lower=small, most=1 if small else MOST_WORDS) if gap else None
        if not found or named_for([title.lower(), *found.words]):
            continue
        weak = title[0].islower() or title.lower() in WEAK_TITLES or title == "MS"
        if small and found.words[0] not in load_name_model().lower:
            yield found, LIKELY, "after a title"  # "tell mrs nakagawa": no word that people write small
            continue
        if weak and not reader.known(found.words):
            continue
        if title.lower() == "dr" and ROAD.search(reader.text, max(0, start - 50), start):
            continue  # "12 Wattle Dr Kyneton"
        yield found, STRONG, "after a title"


# "Hi Sam,"

GREETING_WORD = re.compile(
    r"(?:hi ya|hiya|hi|hello|hey|heya|dear|good (?:morning|afternoon|evening|day)|g'day|gday|greetings"
    r"|morning|afternoon"
    r"|evening|kia ora)\b[ ,]{0,3}(?:there |again |to )?"
)
TITLE_WORDS = re.compile(rf"(?:(?:{'|'.join(sorted(TITLES))}|and|or)\b[ .]{{0,3}}|[&/][ ]?){{1,6}}")
NEXT_NAME = re.compile(r",? (?:and|&) |, ")


def greeted(reader: Reader, start: int, end: int) -> Iterator[Place]:
    """Every name of the greeting."""
    match = GREETING_WORD.search(reader.text, start, end)
    position = match.end() if match else end
    for _ in range(3):
        titles = TITLE_WORDS.match(reader.text, position, end)
        found = reader.name(titles.end() if titles else position, lower=True)
        if not found or found.start >= end:
            return
        confidence = greeting_confidence(reader, found)
        if confidence:
            yield found, confidence, IN_GREETING
        following = NEXT_NAME.match(reader.text, found.end, end)
        if not following:
            return
        position = following.end()


def greeting_confidence(reader: Reader, found: Name) -> float:
    """How sure a word of the greeting is a name: agents greet people, customers greet people and brands."""
    if reader.known(found.words):
        return STRONG
    written = reader.cased[found.start : found.end]
    if written[0].islower() or reader.branded(found) or (written.isupper() and len(written) <= 3):
        return 0.0
    if reader.view.document.message.role is Role.AGENT or len(found.words) > 1:
        return LIKELY
    return POSSIBLE


# The name under a message.

CLOSING = re.compile(
    r"[\s*~_>-]{0,6}(?:(?:with|many|my|our|and|the|very|kind(?:est)?|best|warm(?:est)?|thanks|regards|wishes"
    r"|cheers|sincerely"
    r"|yours|faithfully|truly|respectfully|thank you|thx|ta|take care|all the|talk soon|speak soon|love"
    r"|warmly"
    r"|have an? (?:great|good|lovely|nice) (?:day|one|weekend|evening|night|week|arvo)|hope (?:this"
    r"|that) helps"
    r"|in advance|in appreciation|so much|very much|a lot|again|kindly|heaps|for (?:that|now)"
    r"|xx?)\b[ ,!.:)-]{0,4}){1,8}+\s{0,4}"
)
MARK = re.compile(r"[\s*~_^/–—-]{0,5}")
INITIALS = re.compile(MARK.pattern + r"([A-Z]{1,3})\s*\Z")
LINE_END = re.compile(r"[ \t]*(?:[,|•·(/–—.!\n\r-]|\Z)")
LINE = re.compile(r"[^\n]+")
LAST_SENTENCE = re.compile(r"[.!?)…\"][ ]{1,2}(?:-{1,2} ?|– ?|~)?(?=[^\W\d_][^.!?\n]{1,40}+[.!]?\s*\Z)")
LAST_REACH = 160
LAST_WORDS = 60


def signed(reader: Reader, start: int, end: int) -> Place | None:
    """The name behind the closing words."""
    initials = INITIALS.match(reader.cased, start)
    if initials and initials[1].lower() not in GIVEN:
        return None  # by far the most sign-offs: an agent's "^PK"
    if reader.text.startswith(("sent from", "get outlook"), start):
        return None
    closing = CLOSING.match(reader.text, start, end)
    mark = MARK.match(reader.text, closing.end() if closing else start, end)
    found = reader.name(mark.end() if mark else start, lower=closing is not None)
    if not found or found.end > end:
        return None
    written = reader.cased[found.start : found.end]
    known = reader.known(found.words)
    if not known:
        if not LINE_END.match(reader.text, found.end) or (written.isupper() and len(written) <= 3):
            return None  # the sentence goes on, or these are an agent's initials
        own_line = "\n" in reader.text[start : found.start]
        if (written[0].islower() and not own_line) or (written.isupper() and not reader.shouting):
            return None  # "thank you anyway", or a code
    return found, STRONG if closing else LIKELY, IN_SIGN_OFF


def last_lines(reader: Reader, parts: Sequence[Part]) -> Place | None:
    """A name alone on one of the last lines, or as the last sentence ("... Order 55318. Rosalind")."""
    text = reader.text
    kind, (start, _) = parts[-1]
    end = len(text)
    if kind is QUOTED:
        end = start
        kind = parts[-2].kind if len(parts) > 1 else kind
    closed = kind is SIGN_OFF
    newline = text.find("\n", max(0, end - LAST_REACH), end)
    if newline >= 0:
        lines = [match for match in LINE.finditer(text, newline, end) if not match.group().isspace()]
        for line in reversed(lines[-4:]):
            written = line.group()
            begin = line.start() + len(written) - len(written.lstrip(" \t-–—*~"))
            found = reader.name(begin)
            if found and LINE_END.match(text, found.end):
                known = reader.known(found.words)
                filled = not text[found.end : line.end()].strip(" .,!|")
                if known or (filled and len(found.words) in (2, 3) and not closed and not reader.shouting):
                    return found, LIKELY if known else POSSIBLE, ON_LAST_LINE
                return None
            if "@" not in written and not any(c.isdigit() for c in written):
                break
    if not closed and not reader.cased[max(0, end - LAST_WORDS) : end].islower():
        stop = LAST_SENTENCE.search(text, max(0, end - LAST_WORDS), end)
        found = reader.name(stop.end(), most=3) if stop else None
        if found and not text[found.end : end].strip(" .!\n") and reader.known(found.words):
            return found, LIKELY, AS_LAST_SENTENCE
    return None
