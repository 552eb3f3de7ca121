"""Street addresses, Australian first (unit, number, name, type; suburb, state, postcode), and PO boxes.

The parts are those of AS/NZS 4819 (rural and urban addressing) and of Australia Post's addressing guidelines.

Found from the word for the kind of street, looking back for a number and a name and ahead for suburb, state and
postcode, so the cost grows with the number of such words only. Other countries' are in :mod:`addresses_abroad`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.no_street import NO_STREET, NO_SUBURB
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

KIND = (
    r"(?:street|st|road|rd|avenue|ave|drive|dr|court|ct|place|pl|lane|ln|crescent|cres|parade|pde|terrace|tce|highway|hwy"
    r"|boulevard|blvd|bvd|close|cl|way|grove|circuit|cct|track)"
)
NAMED_STREET = rf"(?:[^\W\d_][\w'’-]{{0,20}} ){{1,3}}{KIND}\b\.?"
CORNER = re.compile(rf"\b(?:cnr|corner)\.? (?:of )?{NAMED_STREET} (?:&|and) {NAMED_STREET}")
BOX_ROAD = re.compile(rf",?[ \n]{NAMED_STREET}")
# Streets whose whole name is their kind: "119 Esplanade".
NAMELESS = re.compile(rf"(?<![\w$£€/.#-]){UNITS}{NUMBER},?\s{{1,2}}(?:the )?\Z")
ALONE = frozenset(
    "esplanade parade terrace crescent boulevard promenade quay parkway mews square strand broadway".split()
)
NAMING = frozenset("old new north south east west main far long first second third good point stars box short".split())
"""Words that speak against a street when they are written small, and begin its name with a capital."""

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
                seen, _ = tail_end(view, box.end())
                confidence = STRONG
                road = BOX_ROAD.match(view.text, box.end())  # "RMB 4410, Old Coach Road"
                beyond, evidence = tail_end(view, road.end()) if road else (0, "")
                if evidence:  # else the sentence goes on: "PO Box 12, the best way to ..."
                    # Its road is no address of its own, so this one must be the surer.
                    seen, confidence = beyond, CERTAIN
                yield address(view, start, seen, confidence, "post office box")
    if "cnr" in view.text or "corner" in view.text:
        yield from find_corners(view)


def street(view: View, start: int, end: int) -> tuple[int, Entity] | None:
    """The address whose kind of street stands at this place, and where it ends."""
    text, cased = view.text, view.cased
    if not start or not text[start - 1].isspace() or text[end : end + 1].isalnum():
        return None
    head = HEAD.search(text, max(0, start - 100), start)
    kind = text[start:end].rstrip(".")
    if not head:
        return nameless(view, start, end) if kind in ALONE else None
    names = [word.strip(".") for word in head["name"].split()]
    capitals = cased[start].isupper() and (cased[head.start("name")].isupper() or names == ["the"])
    end += text[end : end + 1] == "."
    later = LATER_UNIT.match(text, end)
    stop, evidence = tail_end(view, later.end() if later else end)
    naming = names[0] in NAMING and (capitals or evidence == "postcode")
    if not NO_STREET.isdisjoint(names[naming:]) and not (names == ["the"] and capitals):
        return None
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


def nameless(view: View, start: int, end: int) -> tuple[int, Entity] | None:
    """The address in a street that is called by its kind alone; only with a postcode."""
    head = NAMELESS.search(view.text, max(0, start - 40), start)
    stop, evidence = tail_end(view, end) if head else (0, "")
    if not head or evidence != "postcode":
        return None
    return stop, address(view, head.start(), stop, STRONG, "number and street", "with postcode")


def find_corners(view: View) -> Iterator[Entity]:
    """The corner of two streets, with suburb or postcode."""
    for match in CORNER.finditer(view.text):
        stop, evidence = tail_end(view, match.end())
        if evidence:
            yield address(view, match.start(), stop, LIKELY, "corner of two streets", f"with {evidence}")


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


def address(view: View, start: int, end: int, confidence: float, *because: str) -> Entity:
    """An address entity; its value is the words without signs."""
    value = " ".join(re.findall(r"\w+", view.text[start:end]))
    return view.entity("street-address", start, end, value, confidence, *because)
