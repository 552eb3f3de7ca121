"""What must not matter does not: names, order numbers, case, spelling, quotes and entities move no learned score.

Shifts are in shares of a measure's range: probabilities as they are, sentiment halved, tone steps divided by 4.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import pytest

from toneguard.documents import parse
from toneguard.documents.answers import Answers
from toneguard.heads.load import TIERS, Reader, load_reader
from toneguard.messages import Message

VALUES: Mapping[str, Callable[[Answers], float]] = {
    "sentiment": lambda answers: answers.feeling[2],
    "politeness": lambda answers: answers.probability("politeness"),
    "dissatisfaction": lambda answers: answers.dissatisfaction,
    "formality": lambda answers: answers.value("formality"),
    "warmth": lambda answers: answers.value("warmth"),
    "enthusiasm": lambda answers: answers.value("enthusiasm"),
    "assertiveness": lambda answers: answers.value("assertiveness"),
}
"""What the heads say themselves, before any rule."""

RANGES: Mapping[str, float] = {"sentiment": 2.0, **dict.fromkeys(("formality", "warmth", "enthusiasm", "assertiveness"), 4.0)}
"""How far apart the ends of a measure are; 1 for those that are not named."""

MOST: Mapping[str, tuple[float, float]] = {
    "names": (0.01, 0.01),  # in a greeting or sign-off: the linear heads learn none, the encoder does not see them
    "bare signatures": (0.01, 0.01),  # without a word of farewell before the name
    "names within": (0.01, 0.01),  # the encoder reads them as one and the same
    "names in chat": (0.01, 0.35),  # written small: those that are words too, or in no list, are read without a cue
    "orders": (0.02, 0.02),  # all of one shape are read as the same stand-in
    "orders of digits": (0.02, 0.02),
    "shapes of orders": (0.1, 0.12),  # "#" and digits are levelled; letters apart from them ("AU 7331902") are words
    "greeting case": (0.02, 0.02),  # words are folded before they are looked up
    "spelling": (0.1, 0.02),  # levelled, but for what the lexicon of feeling has in one spelling only
    "quotes": (0.02, 0.02),  # folded before words are looked up
    "entities": (0.02, 0.02),  # web forms send them for the characters that customers typed
}
"""How far each kind of change may move any measure, by tier."""
BY_ORIGIN: Mapping[str, float] = {"fast": 0.005, "accurate": 0.005}
"""How far names of one origin together, within sentences, may move a measure from the median of all names."""

BY_GROUP: Mapping[str, float] = {"fast": 0.01, "accurate": 0.2}
"""How far a word for a group of people may move a measure: the linear heads learn none, the encoder has read them all."""
GROUPS = (
    "Aboriginal Australian Chinese Filipino Greek Indian Irish Lebanese Maori Nigerian Turkish Vietnamese Catholic Hindu Jewish"
    " Muslim gay lesbian transgender blind deaf disabled elderly Black Asian"
)
GROUPED = (
    "I spoke to the {} lady at the counter today and she helped me with my order.",
    "My neighbour is {} and would like to know when the parcel comes.",
    "Could the {} bloke who fitted the oven please ring me about the door?",
)

MESSAGES = (
    "Hi {name},\n\nMy order {order} still hasn't arrived and I've rung twice. I'd like to know what's going on.\n\nRegards,\n{other}",
    "Hello {name}, thanks for sorting out {order} so quickly, you've made my week!\n\nCheers,\n{other}",
    "Dear {name},\n\nCould you please tell me whether \"express\" delivery to Broome is available for order {order}?\n\nKind regards,\n{other}",
    "Hi {name},\n\nthis is beyond a joke. Third time I'm writing about {order} & nobody's got back to me. I want my money back.\n\nYours faithfully,\n{other}",
    "hey {name}, the lid on my esky from {order} doesn't close. What can I do?\n\nThanks,\n{other}",
    "Good morning {name},\n\nI was charged twice for {order}. It's probably a glitch, but I'd appreciate a refund of the second payment.\n\nBest regards,\n{other}",
    "Hi {name}, just a suggestion: the \"track my parcel\" page would be handier if it showed the depot. Order {order} sat in Dubbo & I couldn't tell.\n\nCheers,\n{other}",
    "Hi {name},\n\nYour staff at the Cairns counter were rude to my mum when she returned {order}. She's 81 and that's not on.\n\nRegards,\n{other}",
    "Hi {name},\n\nThank you for your patience. Your replacement for {order} left Perth this morning & it'll be with you by Thursday.\n\nKind regards,\n{other}",
    "Dear {name},\n\nWe're sorry that {order} arrived damaged. We have refunded the full amount, and you don't need to send anything back.\n\nWarm regards,\n{other}",
    "Hi {name}!\n\nWoohoo, {order} is on its way to you! We can't wait to hear what you think of it.\n\nCheers,\n{other}",
    "Hello {name},\n\nWe can't change the address on {order} once it's packed. Please refuse the parcel and we'll send it out again.\n\nRegards,\n{other}",
)  # fmt: skip
"""Eight customers' messages and four replies."""

SPELLING = (
    ("I apologise for the confusion, I'd organised the pick-up for the wrong day.", "I apologize for the confusion, I'd organized the pick-up for the wrong day."),
    ("The colour isn't the grey I ordered and the catalogue shows another one.", "The color isn't the gray I ordered and the catalog shows another one."),
    ("I sent a cheque to your centre in Launceston in May and it has not been honoured.", "I sent a check to your center in Launceston in May and it has not been honored."),
    ("We apologise for the inconvenience and have organised a replacement at no charge.", "We apologize for the inconvenience and have organized a replacement at no charge."),
    ("Thanks, the jewellery is my favourite thing in the shop!", "Thanks, the jewelry is my favorite thing in the shop!"),
    ("Your driver's behaviour was appalling and I won't be labelled a liar.", "Your driver's behavior was appalling and I won't be labeled a liar."),
    ("Could you please authorise the refund I was promised, and finalise it this week?", "Could you please authorize the refund I was promised, and finalize it this week?"),
    ("We recognise that this was not good enough and will prioritise your claim.", "We recognize that this was not good enough and will prioritize your claim."),
    ("I cancelled my travelling kit last week, so why was I charged for it?", "I canceled my traveling kit last week, so why was I charged for it?"),
    ("The tyre on the pram has a hole, what should I do about the mould in it?", "The tire on the pram has a hole, what should I do about the mold in it?"),
    ("Our programme of monthly offers is customised to the flavour you like best.", "Our program of monthly offers is customized to the flavor you like best."),
    ("I've analysed the bill and the fuel levy per litre and kilometre is wrong.", "I've analyzed the bill and the fuel levy per liter and kilometer is wrong."),
)  # fmt: skip
"""The same in the spelling of Australia and of the United States."""

NAMES: Mapping[str, str] = {
    "Anglo": "Emily Jack Heather Craig",
    "Chinese": "Wei Xiulan Mei Jian",
    "Indian": "Priya Arjun Lakshmi Sanjay",
    "Arabic": "Fatima Omar Aisha Khalid",
    "Nigerian": "Adaeze Chidi Ngozi Emeka",
    "Vietnamese": "Nguyen Thuy Linh Minh",
    "Greek": "Eleni Stavros Kostas Despina",
    "Aboriginal": "Jedda Jarrah Kirra Bindi",
    "Pasifika": "Sione Mele Tevita Losa",
}
NAMED = (
    "I spoke to {} yesterday and was told the refund had gone through, but nothing has arrived.",
    "My name is {} and I would like to change the address on my order.",
    "{} in your Fremantle shop was wonderful, please pass on my thanks.",
    "Could you ask {} to call me back about the invoice?",
    "This is {} again, third time asking about the same broken heater.",
    "I've asked {} to look into this and they will email you by Friday.",
    "Sorry about the mix-up, {}, the replacement left this morning.",
    "The parcel was signed for by {}, who doesn't live here.",
)
CHAT = (
    "spoke to {} yday n she said itd be fixed, still nothing",
    "my name is {} and i need to change my address pls",
    "can u get {} to call me back re the invoice",
    "its {} again, 3rd time asking abt the heater",
    "{} in ur fremantle shop was so lovely, pls thank her",
    "thanks {} all sorted now",
    "{} told me the refund was done, it wasnt",
)
ORDERS = ("TF-204417", "TF-981230", "QX99120113", "AU-7-33-1902", "7F3K2290B")
DIGITS = ("40128855317", "20771340096", "5521904")
SHAPES = (ORDERS[0], DIGITS[0], "#5521904", "AU 7331902")
ANYONE = ("Sam", "Nguyen", "Priya", "Fatima", "Chidi", "Stavros", "Jedda", "Sione", "Xiulan", "Siobhan", "María", "Bronwyn")
CURLY = re.compile(r'"([^"]*)"')


def with_names(text: str) -> Iterator[str]:
    for place, name in enumerate(ANYONE):
        yield text.format(name=name, other=ANYONE[place - 5], order=ORDERS[0])


def with_any_name(text: str) -> Iterator[str]:
    yield from (text.format(name) for names in NAMES.values() for name in names.split())


def with_small_names(text: str) -> Iterator[str]:
    yield from (given.lower() for given in with_any_name(text))


def with_orders(text: str) -> Iterator[str]:
    for order in ORDERS:
        yield text.format(name="Sam", other="Priya", order=order)


def with_digits(text: str) -> Iterator[str]:
    for order in DIGITS:
        yield text.format(name="Sam", other="Priya", order=order)


def with_shapes(text: str) -> Iterator[str]:
    for order in SHAPES:
        yield text.format(name="Sam", other="Priya", order=order)


def with_bare_signatures(text: str) -> Iterator[str]:
    before, _, _ = text.rpartition("\n\n") if "\n\n" in text else (text, "", "")
    for name in ANYONE:
        yield f"{before.format(name='Sam', order=ORDERS[0])}\n\n{name}"


def with_greeting_case(text: str) -> Iterator[str]:
    given = text.format(name="Sam", other="Priya", order=ORDERS[0])
    first, _, rest = given.partition("Sam")
    yield given
    yield f"{first.lower()}Sam{rest}"
    yield f"{first.lower()}sam{rest}"


def with_quotes(text: str) -> Iterator[str]:
    given = text.format(name="Sam", other="Priya", order=ORDERS[0])
    yield given
    yield CURLY.sub("“\\1”", given).replace("'", "’")


def with_entities(text: str) -> Iterator[str]:
    given = text.format(name="Sam", other="Priya", order=ORDERS[0])
    yield given
    yield given.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
    yield html.escape(given)


def spelled(text: str) -> Iterator[str]:
    yield from (text, dict(SPELLING)[text])


CHANGES: Mapping[str, tuple[tuple[str, ...], Callable[[str], Iterator[str]]]] = {
    "names": (MESSAGES, with_names),
    "bare signatures": (MESSAGES, with_bare_signatures),
    "names within": (NAMED, with_any_name),
    "names in chat": (CHAT, with_small_names),
    "orders": (MESSAGES, with_orders),
    "orders of digits": (MESSAGES, with_digits),
    "shapes of orders": (MESSAGES, with_shapes),
    "greeting case": (MESSAGES, with_greeting_case),
    "spelling": (tuple(dict(SPELLING)), spelled),
    "quotes": (MESSAGES, with_quotes),
    "entities": (MESSAGES, with_entities),
}


@lru_cache(maxsize=4096)
def measured(reader: Reader, text: str) -> dict[str, float]:
    """Every learned measure of a text, in shares of its range."""
    [answer] = reader.answers([parse(Message(text=text, language="en"))])
    assert answer is not None
    return {name: value(answer) / RANGES.get(name, 1.0) for name, value in VALUES.items()}


def tier_of(reader: Reader) -> str:
    return next(tier for tier in TIERS if load_reader(tier) is reader)


@pytest.mark.parametrize("measure", VALUES)
@pytest.mark.parametrize("kind", CHANGES)
def test_what_must_not_matter_does_not(reader: Reader, kind: str, measure: str) -> None:
    texts, change = CHANGES[kind]
    most = MOST[kind][TIERS.index(tier_of(reader))]
    moved: list[tuple[float, str]] = []
    for text in texts:
        first, *others = list(dict.fromkeys(change(text)))
        given = measured(reader, first)[measure]
        moved += [(abs(measured(reader, other)[measure] - given), other) for other in others]
    assert len(moved) >= 6
    far = sorted((shift for shift in moved if shift[0] > most), reverse=True)
    assert not far, f"{len(far)} of {len(moved)} move {measure} by more than {most}, most by {far[0][0]:.3f}: {far[0][1]!r}"


@pytest.mark.parametrize("measure", VALUES)
def test_no_origin_of_names_is_judged_otherwise(reader: Reader, measure: str) -> None:
    shifts: dict[str, list[float]] = {origin: [] for origin in NAMES}
    for sentence in NAMED:
        values = {name: measured(reader, sentence.format(name))[measure] for names in NAMES.values() for name in names.split()}
        middle = sorted(values.values())[len(values) // 2]
        for origin, names in NAMES.items():
            shifts[origin] += [values[name] - middle for name in names.split()]
    means = {origin: sum(moved) / len(moved) for origin, moved in shifts.items()}
    worst = max(means, key=lambda origin: abs(means[origin]))
    assert abs(means[worst]) <= BY_ORIGIN[tier_of(reader)], f"{worst} names move {measure} by {means[worst]:+.3f} on average"


@pytest.mark.parametrize("measure", VALUES)
def test_no_group_of_people_is_judged_otherwise(reader: Reader, measure: str) -> None:
    """Words of one group in place of another's, where they say who somebody is and nothing else."""
    most = BY_GROUP[tier_of(reader)]
    for sentence in GROUPED:
        values = {word: measured(reader, sentence.format(word))[measure] for word in GROUPS.split()}
        middle = sorted(values.values())[len(values) // 2]
        worst = max(values, key=lambda word: abs(values[word] - middle))
        assert abs(values[worst] - middle) <= most, f"{worst!r} moves {measure} by {values[worst] - middle:+.3f}: {sentence!r}"


def test_the_measures_can_move(reader: Reader) -> None:
    """A reader that always said the same would pass all of the above."""
    values = [measured(reader, text.format(name="Sam", other="Priya", order=ORDERS[0])) for text in MESSAGES]
    for measure in VALUES:
        spread = max(value[measure] for value in values) - min(value[measure] for value in values)
        assert spread > 0.2, f"{measure} spreads by {spread:.2f} only"
