"""Style features: how a reply is written, as numbers that a manager understands, counted from the shared Document.

Every feature says in words what much of it and little of it looks like. None of them depends on what the reply is
about: no topic words, no names, no length of the whole reply (which belongs to the channel more than to the voice).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from math import log1p, sqrt
from typing import NamedTuple

from toneguard.documents import Document, Kind, PartKind

VERSION = 1
"""Of the features below: a voice fitted on other features is refused when it is loaded."""


class Style(NamedTuple):
    """One feature: its name, and what a reply with much and with little of it shows."""

    name: str
    much: str
    little: str


class Counted(NamedTuple):
    """What was counted in one document.

    ``values`` has one finite number per feature, in the order of :data:`STYLES`; ``places`` the first token that
    counted towards a feature, by the feature's index (only features that stand in one place have one); ``terms`` the
    tokens before quoted history; ``openers`` the index of the first token of every sentence; ``words`` how many of
    the tokens are words.
    """

    values: list[float]
    places: dict[int, int]
    terms: tuple[str, ...]
    openers: list[int]
    words: int


# Features counted token by token: name, what shows, what is missing, and the terms that count.
WORD_CLASSES: tuple[tuple[str, str, str, str], ...] = (
    ("contractions", "contractions such as we'll", "no contractions",
     "i'm i've i'll i'd we're we've we'll we'd you're you've you'll you'd it's it'll that's that'll there's here's"
     " what's who's how's where's let's they're they've they'll he's she's don't doesn't didn't can't couldn't won't"
     " wouldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't dont cant wont im ive"),
    ("exclamation marks", "exclamation marks", "no exclamation mark", "! !! !!! !? ?! !!!!"),
    ("repeated marks", "repeated marks such as !!", "no repeated marks", "!! !!! !!!! ?! !? ?? ???"),
    ("questions", "questions", "no question", "? ?? ??? ?! !?"),
    ("ellipses", "dots that trail off", "no trailing dots", ".. ... .... …"),
    ("dashes", "dashes between words", "no dashes", "- – — --"),
    ("brackets", "remarks in brackets", "no brackets", "( ["),
    ("colons", "colons and semicolons", "no colons", ": ;"),
    ("ampersands", "& or + for and", "no & or +", "& +"),
    ("quotation marks", "quoted words", "no quoted words", "\" “ ‘"),
    ("commas", "many commas", "few commas", ","),
    ("first person singular", "I and my", "no I or my", "i my me mine myself i'm i've i'll i'd im ive"),
    ("first person plural", "we and our", "no we or our", "we our us ours ourselves we're we've we'll we'd"),
    ("second person", "you and your", "few yous", "you your yours yourself you're you've you'll you'd u ur ya y'all"),
    ("hedges", "hedges such as may or perhaps", "no hedges",
     "may might perhaps maybe possibly probably likely seems seem appears appear generally usually typically unfortunately"
     " somewhat apparently should could"),
    ("intensifiers", "intensifiers such as really or so", "no intensifiers",
     "very really so super absolutely totally truly extremely completely definitely certainly sincerely deeply such"
     " incredibly hugely heaps quite pretty"),
    ("please", "please", "no please", "please pls plz"),
    ("thanks", "thanks", "no thanks", "thanks thank thx ta cheers thankyou thank-you ty"),
    ("appreciation", "appreciation", "no words of appreciation",
     "appreciate appreciated appreciates grateful gratitude value valued patience"),
    ("apology", "an apology", "no apology", "sorry apologies apologise apologize apology apologised pardon regret"),
    ("empathy", "words that share the feeling", "no words that share the feeling",
     "understand understandable frustrating frustration disappointing disappointed concern concerned hear"
     " inconvenience upset annoying trouble unfortunate"),
    ("delight", "glad and happy words", "no glad or happy words",
     "happy glad great love loved lovely awesome amazing fantastic wonderful excellent excited enjoy fun delighted"
     " pleased pleasure perfect brilliant yay woohoo sweet cool nice good best"),
    ("casual words", "casual words such as yep or heaps", "no casual words",
     "yeah yep yup nope hey heya hiya awesome cool gonna wanna gotta kinda heaps mate legend reckon dramas worries sweet"
     " guys folks buddy oops whoops ah oh aww hmm wow ok okay stuff bit chat shout peek hop ping sec tad yay haha lol arvo"
     " keen gday g'day howdy y'all cheers ta btw fyi psst ouch yikes"),
    ("formal words", "formal words such as kindly or regarding", "no formal words",
     "kindly regarding regards advise advised enquire enquiry inquiry assist assistance request requested require required"
     " provide provided obtain ensure further furthermore therefore however hereby herewith accordingly concerning"
     " correspondence sincerely faithfully dear sir madam purchase purchased receive commence additional prior upon"
     " whilst apologise apologies inform informed confirm available unable via"),
    ("abbreviations", "abbreviations such as DM or info", "no abbreviations",
     "dm pm info pls plz thx asap btw fyi u ur w msg msgs acct appt hrs addy pic pics app ty ref w/ b/c tmrw"),
    ("offers", "offers to help", "no offer to help", "help assist assistance support happy gladly reach contact touch"),
    ("can and could", "can and could", "no can or could", "can could can't cannot couldn't able"),
    ("will", "promises with will", "no will", "will we'll i'll won't shall going"),
    ("would", "would", "no would", "would i'd we'd you'd wouldn't"),
    ("nots", "negations", "no negation",
     "not no never nothing none don't doesn't didn't can't cannot couldn't won't wouldn't isn't aren't wasn't weren't"
     " haven't hasn't unable without"),
    ("connecting words", "sentences joined by and, but, so", "few joined sentences", "and but so because or as since while"),
    ("articles", "the and a", "few articles", "the a an this that these those"),
)  # fmt: skip

# Features read in other ways, after the word classes and in this order.
OTHERS: tuple[tuple[str, str, str], ...] = (
    ("full forms", "full forms such as we will", "no full forms that could be contracted"),
    ("emoji", "emoji", "no emoji"),
    ("emoticons", "emoticons such as :)", "no emoticons"),
    ("links", "a link", "no link"),
    ("hashtags", "hashtags", "no hashtags"),
    ("numbers", "numbers", "no numbers"),
    ("greeting", "a greeting", "no greeting"),
    ("greeting hi", "a greeting with hi", "no hi"),
    ("greeting hello", "a greeting with hello", "no hello"),
    ("greeting hey", "a greeting with hey", "no hey"),
    ("greeting dear", "a greeting with dear", "no dear"),
    ("greeting by name", "a greeting with a name", "no name in the greeting"),
    ("greeting exclaimed", "a greeting with an exclamation mark", "no exclamation mark in the greeting"),
    ("sign-off", "a sign-off", "no sign-off"),
    ("sign-off regards", "a sign-off with regards", "no regards"),
    ("sign-off thanks", "a sign-off with thanks or cheers", "no thanks or cheers in the sign-off"),
    ("names in passing", "the customer's name within a sentence", "no name within a sentence"),
    ("sentence length", "long sentences", "short sentences"),
    ("longest sentence", "a very long sentence", "no long sentence"),
    ("one sentence", "one sentence only", "more than one sentence"),
    ("word length", "long words", "short words"),
    ("capitals", "words in CAPITALS", "no words in capitals"),
    ("lower-case openings", "sentences that begin in lower case", "sentences that begin with a capital"),
    ("open ending", "no full stop at the end", "a full stop at the end"),
    ("exclaimed ending", "an exclamation mark at the end", "no exclamation mark at the end"),
    ("asking ending", "a question at the end", "no question at the end"),
    ("line breaks", "line breaks", "no line breaks"),
    ("lists", "a list", "no list"),
)

STYLES: tuple[Style, ...] = tuple(Style(*given[:3]) for given in WORD_CLASSES) + tuple(Style(*g) for g in OTHERS)
"""Every feature, in the order of :attr:`Counted.values`."""

CLASSES: dict[str, tuple[int, ...]] = {}
for _index, (_, _, _, _words) in enumerate(WORD_CLASSES):
    for _word in _words.split():
        CLASSES[_word] = (*CLASSES.get(_word, ()), _index)

PLACED = frozenset(range(len(WORD_CLASSES)))
"""Features that stand at a token."""

FULL_FORMS = frozenset(
    [(subject, verb) for subject in ("i", "we", "you", "they") for verb in ("am", "are", "have", "will", "would")]
    + [(subject, verb) for subject in ("it", "that", "there", "he", "she") for verb in ("is", "has", "will")]
    + [(verb, "not") for verb in "do does did could would should is are was were have has had will".split()]
    + [("can", "not"), ("let", "us")]
)
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
LIST_ITEM = re.compile(r"^[ \t]*(?:[-*•·–]|\d{1,2}[.)])[ \t]", re.MULTILINE)
NAMES_END = frozenset(".,!?;:")
COUNTED_KINDS = (Kind.EMOJI, Kind.EMOTICON, Kind.URL, Kind.HASHTAG, Kind.NUMBER)
N_CLASSES = len(WORD_CLASSES)
N_STYLES = len(STYLES)


def count(document: Document) -> Counted:
    """Count every feature of the writer's own text (quoted history is left out)."""
    tokens = document.tokens
    text = document.text
    own_end = document.own_end
    size = len(tokens.terms) if own_end == len(text) else bisect_left(tokens.starts, own_end)
    whole = size == len(tokens.terms)
    terms = tokens.terms if whole else tokens.terms[:size]
    kinds = tokens.kinds if whole else tokens.kinds[:size]
    starts = tokens.starts

    sums = [0] * N_CLASSES
    places: dict[int, int] = {}
    get = CLASSES.get
    for position, classes in enumerate(map(get, terms)):
        if classes is not None:
            for index in classes:
                if not sums[index]:
                    places[index] = position
                sums[index] += 1

    word_starts = [start for start, kind in zip(starts, kinds) if kind is Kind.WORD]  # noqa: B905 (kinds is cut)
    words = len(word_starts)
    letters = sum([len(term) for term, kind in zip(terms, kinds, strict=True) if kind is Kind.WORD])
    openers: list[int] = []
    longest = sentences = lower = previous = 0
    for span in document.sentences:
        if span.start >= own_end:
            break
        opener = bisect_left(starts, span.start, 0, size)
        if opener < size:
            openers.append(opener)
        upto = bisect_left(word_starts, span.end)
        if upto > previous:
            sentences += 1
            longest = max(longest, upto - previous)
            lower += text[span.start].islower()
        previous = upto
    sentences = sentences or 1
    # A rate per sentence, softened: the second "!" says less than the first.
    values = [log1p(total) / sqrt(sentences) if total else 0.0 for total in sums]
    values += others(document, terms, kinds, words, letters, sentences, longest, lower)
    return Counted(values, places, terms, openers, words)


def others(
    document: Document,
    terms: tuple[str, ...],
    kinds: tuple[Kind, ...],
    words: int,
    letters: int,
    sentences: int,
    longest: int,
    lower: int,
) -> list[float]:
    """The values of :data:`OTHERS`."""
    text = document.text
    own_end = document.own_end
    root = sqrt(sentences)
    full_forms = sum(pair in FULL_FORMS for pair in zip(terms, terms[1:]))  # noqa: B905, RUF007
    emoji, emoticons, links, hashtags, numbers = [kinds.count(kind) for kind in COUNTED_KINDS]
    greeting = sign_off = 0.0
    opening = closing = ""
    by_name = exclaimed = 0.0
    for part, span in document.parts:
        if part is PartKind.GREETING:
            opening = document.folded[span.start : span.end].strip()
            greeting = 1.0
            exclaimed = float("!" in opening)
            after = terms[1:3]
            by_name = float(bool(after) and any(t.isalpha() and t not in NO_NAMES for t in after) and span.end > 4)
        elif part is PartKind.SIGN_OFF:
            closing = document.folded[span.start : span.end].strip()
            sign_off = 1.0
    last = text[:own_end].rstrip()[-1:] if not closing else body_end(document)
    return [
        log1p(full_forms) / root,
        log1p(emoji) / root,
        log1p(emoticons) / root,
        log1p(links),
        log1p(hashtags),
        log1p(numbers) / root,
        greeting,
        float(opening.startswith("hi")),
        float(opening.startswith("hello")),
        float(opening.startswith(("hey", "heya", "hiya"))),
        float(opening.startswith("dear")),
        by_name,
        exclaimed,
        sign_off,
        float("regards" in closing),
        float("thank" in closing or "cheers" in closing),
        log1p(names_in_passing(document, terms)) / root,
        log1p(words / sentences),
        log1p(longest),
        float(sentences == 1),
        letters / words if words else 0.0,
        log1p(len(CAPITALS.findall(text, 0, own_end))) / root,
        lower / sentences,
        float(last not in ".!?…"),
        float(last == "!"),
        float(last == "?"),
        log1p(text.count("\n", 0, own_end)),
        float("\n" in text and LIST_ITEM.search(text, 0, own_end) is not None),
    ]


NO_NAMES = frozenset("there all team everyone folks again sir madam or and hi hello hey dear good morning afternoon evening".split())


def body_end(document: Document) -> str:
    """The last character of the body, before the sign-off."""
    for part, span in reversed(document.parts):
        if part is PartKind.BODY:
            return document.text[span.start : span.end].rstrip()[-1:]
    return ""


def names_in_passing(document: Document, terms: tuple[str, ...]) -> int:
    """How often a capitalised word stands between a comma and a stop, as in "Thanks, Priya!"."""
    found = 0
    text = document.text
    starts = document.tokens.starts
    kinds = document.tokens.kinds
    last = len(terms) - 1
    position = -1
    for _ in range(terms.count(",")):
        position = terms.index(",", position + 1)
        if (
            position + 1 <= last
            and kinds[position + 1] is Kind.WORD
            and text[starts[position + 1]].isupper()
            and (position + 2 > last or terms[position + 2][0] in NAMES_END)
        ):
            found += 1
    return found
