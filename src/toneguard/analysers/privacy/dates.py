"""Dates of birth: a calendar date that a word announces. Plain dates are orders and deliveries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from toneguard.analysers.privacy.entity import LIKELY, STRONG, Entity
from toneguard.analysers.privacy.view import View

MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
DATE = re.compile(
    r"(?<![\w/.])(?:"
    r"(?P<a>\d{1,2})\s?(?P<s>[/.-]| )\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y1>(?:19|20)?\d{2})"
    r"|(?P<y2>(?:19|20)\d{2})[/.-](?P<m2>\d{1,2})[/.-](?P<d2>\d{1,2})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ ,.-]{{0,2}}(?P<m3>{MONTH})[ ,.'-]{{0,3}}(?P<y3>(?:19"
    rf"|20)?\d{{2}})"
    rf"|(?P<m4>{MONTH})[ .-]{{0,2}}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?[ -]{{0,2}}(?P<y4>(?:19|20)\d{{2}})"
    r"|(?P<d5>\d{2})(?P<m5>\d{2})(?P<y5>(?:19|20)\d{2})"
    r")(?![\w/]|[.-]\d)"
)
# Somebody's birthday is also a day on which people fly and order; these words are about a date of birth.
NEARBY = re.compile(r"\b(?:dob|d\.o\.b|date of birth|birth ?date|born)\b[^\n]*\Z")
# "a party for her birthday on 14/3/2026", but "my birthday is on 14/3/1971".
FEAST = re.compile(r"birthdays? (?:on|for)(?: \w{1,10}day)?,? \Z")
REACH = 60
OLDEST = 120
FIRST_YEAR = 1900


def find_birth_dates(view: View) -> Iterator[Entity]:
    """Dates beside "born" or "DOB", or given in answer to a question for them."""
    if view.digits < 3:
        return
    for match in DATE.finditer(view.text):
        start, end = match.span()
        reason = view.context("birth", start, end)
        if not reason or (
            reason.startswith("context") and not NEARBY.search(view.text, max(0, start - REACH), start)
        ):
            continue
        if FEAST.search(view.text, max(0, start - REACH), start):
            continue
        day = calendar_day(match)
        if day is None:
            continue
        sent = view.document.message.sent_at
        if not (sent.year - OLDEST <= day.year <= sent.year if sent else day.year >= FIRST_YEAR):
            continue
        confidence = STRONG if reason.startswith("labelled") else LIKELY
        yield view.entity(
            "date-of-birth", start, end, day.isoformat(), confidence, "a day of the calendar", reason
        )


def calendar_day(match: re.Match[str]) -> date | None:
    """The day, read as day and month (Australia) or, if that is none, as month and day."""
    if match["a"]:
        year, first, second = full_year(match["y1"]), int(match["a"]), int(match["b"])
        return make(year, second, first) or make(year, first, second)
    if match["y2"]:
        return make(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    if match["d3"]:
        return make(full_year(match["y3"]), MONTHS[match["m3"][:3]], int(match["d3"]))
    if match["d5"]:
        return make(int(match["y5"]), int(match["m5"]), int(match["d5"]))
    return make(int(match["y4"]), MONTHS[match["m4"][:3]], int(match["d4"]))


def full_year(written: str) -> int:
    """Two digits are read as a year of the last hundred up to 2030."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year <= 30 else 1900)


def make(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
