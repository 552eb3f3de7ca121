"""Street addresses of other countries: by their postcode, by a flat or apartment, or after a word for an address.

Formats: Universal Postal Union, postal addressing systems (United Kingdom, Ireland, Canada, India, Germany, France,
Italy, Spain). The postcode is what tells them; what stands before it is read back to a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.addresses import LATER_UNIT, STREET_WORD, address
from toneguard.analysers.privacy.entity import LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.no_street import NO_STREET, NO_SUBURB
from toneguard.analysers.privacy.view import View

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

PLACE = r"[^\W\d_][^\d\n,;:?!@]{1,30}"
# United Kingdom, Ireland, Canada: letters and digits that nothing else has in this order.
POSTCODE = re.compile(
    r"(?<![\w-])(?:[a-z]{1,2}\d[a-z\d]? \d(?![gkmt]b)[a-z]{2}"
    r"|[ac-fhknprtv-y]\d[\dw] ?(?=[a-z]*\d)(?=\d*[a-z])[0-9ac-fhknprtv-y]{4}"
    r"|[a-z]\d[a-z] \d[a-z]\d)(?![\w-])"
)
BESIDE_DIGIT = re.compile(r"[0-9](?<=[a-z].)")  # every such postcode begins with a letter before a digit
BEFORE_POSTCODE = re.compile(
    rf"(?<![\w$£€/.#-])(?:(?:flat|apt|apartment|unit) \w{{1,5}},? )?\d{{1,4}}[a-z]?,? {PLACE}"
    rf"(?:[,\n] ?{PLACE}){{0,4}}[ ,\n]{{1,3}}\Z"
)
POSTCODE_REACH = 130
INDIA = re.compile(
    rf"(?<!\w)(?:door|plot|house|flat|h\.? ?no|no)\.? (?:no\.? )?\d[\w/-]{{0,8}},"
    rf"(?: ?[^\n,;?!]{{2,30}},){{1,4}} ?{PLACE}? ?-? ?\d{{3}} ?\d{{3}}(?!\w)"
)
GERMANY = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w-]{2,25}(?:straße|strasse|str\.|weg|allee|platz|gasse|ring|damm|ufer)"
    r"|[^\W\d_][\w-]{2,25} (?:straße|strasse|str\.|weg|allee|platz|gasse)) \d{1,4} ?[a-z]?"
    r"[ ,\n]{1,3}(?:d-)?\d{5} [^\W\d_][\w-]{2,25}"
    r"(?: (?:im|am|an der|ob der) [^\W\d_][\w-]{2,25})?"
)
ROMANCE = re.compile(
    rf"(?<!\w)(?:\d{{1,4}}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|place|quai|chemin|impasse|allée) {PLACE}"
    rf"|(?:via|viale|piazza|corso|calle|avenida|plaza|rua|carrer) {PLACE}[ ,]{{1,2}}\d{{1,4}}[a-z]?)"
    r"[ ,\n]{1,3}\d{4,5} [^\W\d_][\w-]{2,25}"
)
BY_SHAPE = (INDIA, GERMANY, ROMANCE)
CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]")


def find_abroad(view: View) -> Iterator[Entity]:
    """Addresses of other countries."""
    text = view.text
    if view.digits >= 6:
        for expression in BY_SHAPE:
            for match in expression.finditer(text):
                if names_places(view, *match.span()):
                    yield address(view, *match.span(), STRONG, "street and postcode of another country")
    if view.digits >= 3 and BESIDE_DIGIT.search(text):
        for post in POSTCODE.finditer(text):
            head = BEFORE_POSTCODE.search(text, max(0, post.start() - POSTCODE_REACH), post.start())
            first = head.group().split(",")[0].split() if head else []
            if head and NO_STREET.isdisjoint(first[1:]) and names_places(view, head.start(), post.end()):
                yield address(view, head.start(), post.end(), STRONG, "number, places and postcode of another country")
    yield from without_postcode(view)


def names_places(view: View, start: int, end: int) -> bool:
    """Whether the words are names of places: written with capitals, street and town, or after a word for an address."""
    return len(CAPITALISED.findall(view.cased, start, end)) > 1 or view.near("address", start, end)


def without_postcode(view: View) -> Iterator[Entity]:
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
