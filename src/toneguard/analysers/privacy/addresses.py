"""Street addresses, Australian first (AS/NZS 4819 parts: unit, number, name, type; suburb, state, postcode), and PO boxes.

Found from the word for the kind of street, looking back for a number and a name and ahead for suburb, state and
postcode, so the cost grows with the number of such words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.lexicon import NOT_NAMES
from toneguard.analysers.privacy.view import View

UNIT = r"(?:unit|apt|apartment|flat|suite|ste|shop|level|lvl|lot|villa|townhouse|room|floor|u|l)\.?\s?\d{1,5}[a-z]?"
NUMBER = r"(?:\d{1,5}[a-z]?\s?/\s?)?\d{1,5}[a-z]?(?:\s?[-&]\s?\d{1,5}[a-z]?)?"
HEAD = re.compile(
    rf"(?<![\w$£€/.#-])(?P<unit>(?:{UNIT}\s{{0,2}}[,/-]?\s{{0,2}}){{1,2}})?(?P<number>{NUMBER}),?\s{{1,2}}(?P<name>(?:(?:[^\W\d_][\w'’.-]{{0,24}}|\d{{1,3}}(?:st|nd|rd|th))\s{{1,2}}){{1,4}})\Z"
)
THE = re.compile(rf"(?<![\w$£€/.#-])(?P<unit>(?:{UNIT}\s{{0,2}}[,/-]?\s{{0,2}}){{1,2}})?(?P<number>{NUMBER}),?\s{{1,2}}(?P<name>the\s)\Z")
STATES = (
    r"nsw|vic|qld|sa|wa|tas|act|nt|n\.s\.w|new south wales|victoria|queensland|south australia|western australia|tasmania"
    r"|australian capital territory|northern territory"
)
SUBURB = r"[^\W\d_][\w'’.-]{0,20}(?:[ ]{1,2}[^\W\d_][\w'’.-]{0,20}){0,3}?"
TAIL = re.compile(
    rf"[ ,.\n\t-]{{1,6}}(?:(?P<suburb>{SUBURB})[ ,.\n]{{1,6}})?"
    rf"(?:(?P<state>{STATES})\b\.?(?:[ ,\n]{{1,6}}(?P<post>\d{{4}})(?!\w|[.-]\d))?|(?P<bare>\d{{4}})(?!\w|[./:-]\d))(?:[ ,\n]{{1,3}}australia\b)?"
)
UNITED_STATES = re.compile(r"[ ,.\n]{1,6}(?:(?:apt|suite|ste|unit)\.? ?\w{1,6}[ ,\n]{1,4})?" rf"(?P<suburb>{SUBURB})[ ,\n]{{1,4}}[a-z]{{2}}[ ,.\n]{{1,3}}\d{{5}}(?:-\d{{4}})?(?!\w)")
UNITED_KINGDOM = re.compile(rf"[ ,.\n]{{1,6}}(?:(?P<suburb>{SUBURB})[ ,\n]{{1,4}})?[a-z]{{1,2}}\d[a-z\d]? ?\d[a-z]{{2}}(?!\w)")
PLACE_ONLY = re.compile(r"(?:,[ ]{0,2}|\n[ ]{0,4})(?P<suburb>[^\W\d_][\w'’-]{1,20}(?:[ ][^\W\d_][\w'’-]{1,20}){0,2})(?=[,.;!?\n]|\s*\Z)")
LATER_UNIT = re.compile(r"[ ,\n]{1,4}(?:apt|apartment|suite|ste|unit|flat)\.? ?#?\d{1,5}[a-z]?\b")
BOX = re.compile(r"[ #:.]{0,3}(?:no\.? ?)?\d{1,6}[a-z]?(?!\w)")

# Kinds of street that are everyday words too: "2 day close", "5 star drive".
EVERYDAY = frozenset(
    "drive dr drv close way place pl court ct crt lane ln row square sq rise quay circle gardens parade esp grove gr cr crescent st tc bend loop"
    " cl promenade arcade alley circuit cct terrace".split()
)
RARE = frozenset("link view walk track trail hill heights outlook path pass chase cove dale glade ridge vista row loop bend".split())
ORDINARY = frozenset(
    """
    a an and about across after all am any are around as at away back bed bedroom block blocks bottle bottles box boxes business by calls can car cars case
    circuit credit customers day days different dollar dollars down each emails end feet few first flights for free from ft full gb get go good had
    half hard has have heart high hour hours hr hrs i if in inch inches into is it item items just k kg km kms left like lines litre litres m main
    mb metre metres mile miles min mins minute minutes month months more most my near new next night nights no not of off old on one or order orders our out over
    package packages parcel parcels passengers people per person phone piece pieces pm point points quick right road same seconds second sets seat short side since
    small so some star stars steps stop stops straight street such tb than that the their then there these they thing things this those tickets time times
    to too tonne two up usb very via was way week weeks went were while will with working year years you your yo x
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december
    """.split()
)
NO_SUBURB = ORDINARY | NOT_NAMES - {
    "adelaide", "auckland", "ballarat", "bendigo", "boston", "brisbane", "cairns", "canberra", "chicago", "dallas", "darwin", "denver", "dubai", "geelong",
    "hobart", "houston", "kyneton", "london", "manchester", "melbourne", "miami", "newcastle", "north", "south", "east", "west", "orange", "perth", "phoenix",
    "seattle", "singapore", "sydney", "toronto", "wellington", "york", "city", "sea", "bay", "port", "spring", "orlando", "station", "house", "cardiff", "paris",
    "atlanta", "queensland", "victoria", "tasmania", "australia", "wales", "scotland", "delhi", "mumbai", "vegas",
}  # fmt: skip


def find_addresses(view: View) -> Iterator[Entity]:
    """Addresses with a street, and post office boxes."""
    if not view.digits:
        return
    seen = 0
    if "street" in view.groups:
        for start, end in view.of("street"):
            if start < seen:
                continue
            entity, seen_to = street(view, start, end)
            if entity:
                seen = seen_to
                yield entity
    if "po box" in view.groups:
        seen = 0
        for start, end in view.of("po box"):
            box = BOX.match(view.text, end)
            if box and start >= seen:
                seen = tail_end(view, box.end())[0]
                yield address(view, start, seen, STRONG, "post office box")


def street(view: View, start: int, end: int) -> tuple[Entity | None, int]:
    """The address whose kind of street stands at this place, and where it ends."""
    text, cased = view.text, view.cased
    if end < len(text) and text[end].isalnum():
        end += 1  # the "s" of a plural is no address
        return None, end
    if not start or not text[start - 1].isspace():
        return None, end
    head = HEAD.search(text, max(0, start - 100), start) or THE.search(text, max(0, start - 60), start)
    if not head:
        return None, end
    kind = text[start:end]
    names = [word.strip(".") for word in head["name"].split()]
    the = names == ["the"]
    if any(name in ORDINARY for name in names) and not (the and cased[start].isupper()):
        return None, end
    if text[end : end + 1] == ".":
        end_of_kind = end + 1
    else:
        end_of_kind = end
    later = LATER_UNIT.match(text, end_of_kind)
    stop, evidence = tail_end(view, later.end() if later else end_of_kind)
    begin = head.start()
    capitals = cased[start].isupper() and cased[head.start("name")].isupper()
    context = view.near("address", begin, stop, 60, 0)
    if kind in RARE and evidence != "postcode":
        return None, end
    if kind in EVERYDAY and not (evidence == "postcode" or (capitals and kind not in RARE) or context):
        return None, end
    if not capitals and not evidence and not context and len(names) > 2:
        return None, end
    if view.near("own place", begin, stop, 60, 0):
        confidence, reason = POSSIBLE, "may be the organisation's own place"
    elif evidence == "postcode":
        confidence, reason = CERTAIN, "with postcode"
    else:
        confidence, reason = (STRONG if context or evidence else LIKELY), "with suburb" if evidence else "context 'address' nearby" if context else ""
    if not evidence:
        stop = later.end() if later else end
    return address(view, begin, stop, confidence, "number, name and kind of street", reason), stop


def tail_end(view: View, end: int) -> tuple[int, str]:
    """Where suburb, state and postcode end, and what of them there is."""
    text = view.text
    for expression in (TAIL, UNITED_STATES, UNITED_KINGDOM):
        match = expression.match(text, end)
        if match and is_suburb(view, match):
            if expression is TAIL and match["bare"] and not match["suburb"]:
                continue
            complete = expression is not TAIL or match["post"] or match["bare"]
            return match.end(), "postcode" if complete else "suburb"
    match = PLACE_ONLY.match(text, end)
    if match and is_suburb(view, match) and all(word[0].isupper() for word in view.cased[slice(*match.span("suburb"))].split()):
        return match.end(), "suburb"
    return end, ""


def is_suburb(view: View, match: re.Match[str]) -> bool:
    """Whether the words may name a place rather than go on with the sentence."""
    return not match["suburb"] or not any(word.strip(".,") in NO_SUBURB for word in match["suburb"].split())


def address(view: View, start: int, end: int, confidence: float, *because: str) -> Entity:
    """An address entity; its value is the words without signs."""
    value = " ".join(re.findall(r"\w+", view.text[start:end]))
    return view.entity("street-address", start, end, value, confidence, *because)


__all__ = ["find_addresses"]
