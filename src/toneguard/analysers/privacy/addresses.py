"""Street addresses, Australian first (unit, number, name, type; suburb, state, postcode), and PO boxes.

The parts are those of AS/NZS 4819 (rural and urban addressing) and of Australia Post's addressing guidelines.

Found from the word for the kind of street, looking back for a number and a name and ahead for suburb, state and
postcode, so the cost grows with the number of such words only. Streets of other countries, which have no such word,
are found from "Apt. 4" behind them or from the words "address is" before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.lexicon import NO_STREET, NO_SUBURB
from toneguard.analysers.privacy.view import View

UNIT = r"(?:unit|apt|apartment|flat|suite|ste|shop|level|lvl|lot|villa|townhouse|room|floor|u|l)\.?\s?\d{1,5}[a-z]?"
UNITS = rf"(?P<unit>(?:{UNIT}\s{{0,2}}[,/-]?\s{{0,2}}){{1,2}})?"
NUMBER = r"(?P<number>(?:\d{1,5}[a-z]?\s?/\s?)?\d{1,5}[a-z]?(?:\s?[-&]\s?\d{1,5}[a-z]?)?)"
STREET_WORD = r"(?:[^\W\d_][\w'’.-]{0,24}|\d{1,3}(?:st|nd|rd|th))"
HEAD = re.compile(rf"(?<![\w$£€/.#-]){UNITS}{NUMBER},?\s{{1,2}}(?P<name>(?:{STREET_WORD}\s{{1,2}}){{1,4}})\Z")
STATES = (
    r"nsw|vic|qld|sa|wa|tas|act|nt|n\.s\.w|new south wales|victoria|queensland|south australia"
    r"|western australia|tasmania"
    r"|australian capital territory|northern territory"
)
SUBURB = r"(?P<suburb>[^\W\d_][\w'’.-]{0,20}(?:[ ]{1,2}[^\W\d_][\w'’.-]{0,20}){0,3}?)"
TAIL = re.compile(
    rf"[ ,.\n\t-]{{1,6}}(?:{SUBURB}[ ,.\n]{{1,6}})?"
    rf"(?:(?P<state>{STATES})\b\.?(?:[ ,\n]{{1,6}}(?P<post>\d{{4}})(?!\w|[.-]\d))?|(?P<bare>\d{{4}})(?!\w"
    rf"|[./:-]\d))"
    r"(?:[ ,\n]{1,3}australia\b)?"
)
UNITED_STATES = re.compile(
    rf"[ ,.\n]{{1,6}}{SUBURB}[ ,\n]{{1,4}}[a-z]{{2}}[ ,.\n]{{1,3}}\d{{5}}(?:-\d{{4}})?(?!\w)"
)
UNITED_KINGDOM = re.compile(
    rf"[ ,.\n]{{1,6}}(?:{SUBURB}[ ,\n]{{1,4}})?[a-z]{{1,2}}\d[a-z\d]? ?\d[a-z]{{2}}(?!\w)"
)
PLACE_ONLY = re.compile(
    r"(?:,[ ]{0,2}|\n[ ]{0,4})(?P<suburb>[^\W\d_][\w'’-]{1,20}(?:[ ][^\W\d_][\w'’-]{1,20}){0,2})(?=[,.;!?\n]"
    r"|\s*\Z)"
)
LATER_UNIT = re.compile(r"[ ,\n]{1,4}(?:apt|apartment|suite|ste|unit|flat)\.? ?#?\d{1,5}[a-z]?\b")
BOX = re.compile(r"[ #:.]{0,3}(?:no\.? ?)?\d{1,6}[a-z]?(?!\w)")

# Elsewhere: "6750 Koskikatu 25 Apt. 864" with up to four more lines or places and a postcode.
ABROAD = re.compile(
    rf"(?<![\w$£€/.#-])\d{{1,5}}(?: \d{{1,5}})?,? (?:{STREET_WORD} ){{1,4}}?(?:\d{{1,5}}"
    rf"[a-z]?\.?)?\s{{0,3}},?\s{{0,3}}\Z"
)
STREET_ABROAD = re.compile(
    rf"\s?(?:is|are|:|at"
    rf"|to)?:?\s{{1,6}}(?P<street>\d{{1,5}}(?: \d{{1,5}})?,? {STREET_WORD}(?: {STREET_WORD}){{0,3}}"
    rf"(?: \d{{1,5}}[a-z]?)?)"
)
PLACES_ABROAD = re.compile(
    r"(?:[ ]{0,2}[,\n][ ,\n]{0,8}(?:[^\W\d_][\w'’()-]{1,20}[ ]?){1,4}){0,4}(?:[ ,\n]{1,8}\d{4,6}(?:-\d{3,4})?"
    r"(?!\w))?"
)
APARTMENT = re.compile(r"(?:apt|suite|ste|unit|flat)\.? ?#?\d{1,5}[a-z]?\b")

# Kinds of street that are everyday words too: "2 day close", "5 star drive".
EVERYDAY = frozenset(
    "drive dr drv close way place pl court ct crt lane ln row square sq rise quay circle gardens parade esp"
    " grove gr cr"
    " crescent st tc bend loop cl promenade arcade alley circuit cct terrace".split()
)
RARE = frozenset(
    "link view walk track trail hill heights outlook path pass chase cove dale glade ridge vista row loop".split()
)


def find_addresses(view: View) -> Iterator[Entity]:
    """Addresses with a street, and post office boxes."""
    seen = 0
    if "street" in view.groups:
        for start, end in view.of("street"):
            found = street(view, start, end) if start >= seen else None
            if found:
                seen, entity = found
                yield entity
    if "po box" in view.groups:
        seen = 0
        for start, end in view.of("po box"):
            box = BOX.match(view.text, end)
            if box and start >= seen:
                seen = tail_end(view, box.end())[0]
                yield address(view, start, seen, STRONG, "post office box")
    yield from find_abroad(view)


def street(view: View, start: int, end: int) -> tuple[int, Entity] | None:
    """The address whose kind of street stands at this place, and where it ends."""
    text, cased = view.text, view.cased
    if not start or not text[start - 1].isspace() or text[end : end + 1].isalnum():
        return None
    head = HEAD.search(text, max(0, start - 100), start)
    if not head:
        return None
    kind = text[start:end].rstrip(".")
    names = [word.strip(".") for word in head["name"].split()]
    capitals = cased[start].isupper() and (cased[head.start("name")].isupper() or names == ["the"])
    if not NO_STREET.isdisjoint(names) and not (names == ["the"] and capitals):
        return None
    end += text[end : end + 1] == "."
    later = LATER_UNIT.match(text, end)
    stop, evidence = tail_end(view, later.end() if later else end)
    begin = head.start()
    context = view.near("address", begin, stop, 60, 0)
    if evidence != "postcode":
        if kind in RARE or (kind in EVERYDAY and not capitals and not context):
            return None
        if not capitals and not evidence and not context and len(names) > 2:
            return None
    if not evidence:
        stop = later.end() if later else end - (text[end - 1] == ".")
    if view.near("own place", begin, stop, 60, 0):
        confidence, reason = POSSIBLE, OWN_PLACE
    elif evidence == "postcode":
        confidence, reason = CERTAIN, "with postcode"
    elif evidence or context:
        confidence, reason = STRONG, "with suburb" if evidence else "context 'address' nearby"
    else:
        confidence, reason = LIKELY, ""
    return stop, address(view, begin, stop, confidence, "number, name and kind of street", reason)


OWN_PLACE = "may be the organisation's own place"


def tail_end(view: View, end: int) -> tuple[int, str]:
    """Where suburb, state and postcode end, and what of them there is."""
    for expression in (TAIL, UNITED_STATES, UNITED_KINGDOM):
        match = expression.match(view.text, end)
        if match and is_suburb(match) and (expression is not TAIL or match["suburb"] or not match["bare"]):
            complete = expression is not TAIL or match["post"] or match["bare"]
            return match.end(), "postcode" if complete else "suburb"
    match = PLACE_ONLY.match(view.text, end)
    if match and is_suburb(match):
        written = view.cased[match.start("suburb") : match.end("suburb")]
        if all(word[0].isupper() for word in written.split()):
            return match.end(), "suburb"
    return end, ""


def is_suburb(match: re.Match[str]) -> bool:
    """Whether the words may name a place rather than go on with the sentence."""
    return not match["suburb"] or NO_SUBURB.isdisjoint(word.strip(".,") for word in match["suburb"].split())


def find_abroad(view: View) -> Iterator[Entity]:
    """Streets without an English word for their kind: before an apartment, or after the word "address"."""
    text = view.text
    if "apartment" in view.groups:
        for start, _ in view.of("apartment"):
            unit = APARTMENT.match(text, start)
            head = ABROAD.search(text, max(0, start - 80), start) if unit else None
            if unit and head and NO_STREET.isdisjoint(re.findall(r"[^\W\d_]+", head.group())):
                yield address(
                    view, head.start(), abroad_end(view, unit.end()), LIKELY, "number, street and apartment"
                )
    if "address" in view.groups:
        for _, end in view.of("address"):
            match = STREET_ABROAD.match(text, end)
            if not match or not NO_STREET.isdisjoint(re.findall(r"[^\W\d_]+", match["street"])):
                continue
            unit = LATER_UNIT.match(text, match.end())
            stop = abroad_end(view, unit.end() if unit else match.end())
            if stop > match.end():
                yield address(view, match.start("street"), stop, POSSIBLE, "after a word for an address")


def abroad_end(view: View, end: int) -> int:
    """Where the places and the postcode behind a street abroad end: capitalised words only."""
    match = PLACES_ABROAD.match(view.text, end)
    stop = match.end() if match else end
    for word in re.finditer(r"[^\W\d_][\w'’()-]*", view.cased[end:stop]):
        if word.group()[0].islower() or word.group().lower() in NO_SUBURB:
            return end + len(view.cased[end : end + word.start()].rstrip(" ,\n"))
    return end + len(view.cased[end:stop].rstrip(" ,\n"))


def address(view: View, start: int, end: int, confidence: float, *because: str) -> Entity:
    """An address entity; its value is the words without signs."""
    value = " ".join(re.findall(r"\w+", view.text[start:end]))
    return view.entity("street-address", start, end, value, confidence, *because)
