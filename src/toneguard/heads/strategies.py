"""The politeness strategies of Danescu-Niculescu-Mizil et al. (2013), "A computational approach to politeness with
application to social factors", ACL, Table 3, found by words and their place in the sentence.

The paper finds some of them in a dependency parse; a parse changes the outcome by less than two points and costs
eighty times as much, so place in the sentence stands in for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import compress

from toneguard.documents import Document, Kind
from toneguard.documents.spelling import AMERICAN
from toneguard.findings import Span

DESCRIPTIONS: Mapping[str, str] = {
    "gratitude": "thanks",
    "deference": "opens with appreciation (great, nice work)",
    "greeting": "greets",
    "apologising": "apologises",
    "please": "says please inside a sentence",
    "please_start": "begins a sentence with please",
    "indirect": "comes in sideways (by the way)",
    "direct_question": "asks bluntly (what, why, who, how)",
    "direct_start": "begins with so, then, and, but",
    "counterfactual_modal": "asks with could or would you",
    "indicative_modal": "asks with can or will you",
    "first_person_start": "begins a sentence with I",
    "first_person_plural": "says we",
    "first_person": "says I",
    "second_person": "says you",
    "second_person_start": "begins a sentence with you",
    "hedges": "hedges (perhaps, I think)",
    "factuality": "insists on facts (actually, in fact)",
    "positive_words": "uses positive words",
    "negative_words": "uses negative words",
}

GRATITUDE = frozenset("thank thanks thankyou thx ty appreciate appreciated grateful cheers ta gratitude".split())
APOLOGY = frozenset(
    "sorry apologise apologize apologises apologizes apologising apologizing apology apologies apologised apologized "
    "forgive oops whoops woops".split()
)
GREETING = frozenset("hi hello hey hiya dear g'day gday greetings heya".split())
DEFERENCE = frozenset("great good nice interesting cool excellent awesome lovely fantastic wonderful brilliant".split())
NO_FEELING = GRATITUDE | APOLOGY | {"blind"}
"""Rated words that show another strategy, or who somebody is."""
HEDGES = frozenset(
    "think thought thinking almost apparent apparently appear appears around assume assumed certain doubt essentially "
    "estimate feel felt frequently general generally guess indicate largely likely mainly may maybe might mostly often "
    "perhaps plausible possible possibly postulate presumable presumably probable probably quite rather relatively "
    "rough roughly seem seems seemed should sometimes somewhat sort suggest suggested suppose supposed suspect tend "
    "tends typical typically uncertain unclear unlikely usually wonder wondering hopefully bit".split()
)
FACTUALITY = frozenset("really actually honestly surely literally clearly obviously".split())
FACTUALITY_PAIRS = frozenset(["in fact", "the point", "the reality", "the truth", "of course"])
FIRST = frozenset("i me my mine myself i'm i've i'll i'd im ive".split())
FIRST_PLURAL = frozenset("we us our ours ourselves we're we've we'll we'd".split())
SECOND = frozenset("you your yours yourself yourselves you're you've you'll you'd u ur".split())
QUESTION_WORDS = frozenset("what why who how what's why's who's how's where when which".split())
DIRECT_STARTS = frozenset("so then and but or".split())
COUNTERFACTUAL = frozenset("could would".split())
INDICATIVE = frozenset("can will".split())
SINGLE: dict[str, tuple[str, ...]] = {}
for _name, _words in (
    ("gratitude", GRATITUDE),
    ("apologising", APOLOGY),
    ("hedges", HEDGES),
    ("factuality", FACTUALITY),
    ("first_person", FIRST),
    ("first_person_plural", FIRST_PLURAL),
    ("second_person", SECOND),
):
    for _word in _words:
        SINGLE[_word] = (*SINGLE.get(_word, ()), _name)
STRONG = 1.0
"""Mean valence from which a word of the lexicon (-4..4) counts as positive, or its negative as negative."""
PLEASE = frozenset("please pls plz".split())
PAIRS: dict[str, str] = {
    **{f"{modal} you": "counterfactual_modal" for modal in COUNTERFACTUAL},
    **{f"{modal} you": "indicative_modal" for modal in INDICATIVE},
    **dict.fromkeys(FACTUALITY_PAIRS, "factuality"),
    "by the": "indirect",
}
PAIR_STARTS = frozenset(pair.split()[0] for pair in PAIRS)
NOTHING: tuple[str, ...] = ()
OPENINGS: dict[str, tuple[str, ...]] = {}
for _name, _words in (
    ("direct_question", QUESTION_WORDS),
    ("direct_start", DIRECT_STARTS),
    ("deference", DEFERENCE),
    ("first_person_start", FIRST),
    ("second_person_start", SECOND),
    ("please_start", PLEASE),
):
    for _word in _words:
        OPENINGS[_word] = (*OPENINGS.get(_word, ()), _name)


def vocabulary(valences: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """The strategies that each word shows wherever it stands."""
    words = dict(SINGLE)
    words["excuse"] = words["pardon"] = ("apologising",)
    words["btw"] = ("indirect",)
    for word in PLEASE | PAIR_STARTS:  # what they show depends on their place
        words.setdefault(word, NOTHING)
    for word, valence in valences.items():
        if abs(valence) >= STRONG and word not in NO_FEELING:
            words[word] = (*words.get(word, ()), "positive_words" if valence > 0 else "negative_words")
    for one, other in AMERICAN.items():
        # The lexicon of feeling has many of them in one spelling only.
        if (one in words) != (other in words):
            words[one] = words[other] = words.get(one) or words[other]
    return words


WORD = Kind.WORD
Used = dict[str, list[tuple[int, int]]]
"""The strategies that a message uses, in the order of their first use, each with its first and last tokens."""


def places(used: Used, document: Document) -> dict[str, list[Span]]:
    """Where each strategy is used."""
    starts, ends = document.tokens.starts, document.tokens.ends
    return {name: [Span(starts[first], ends[last]) for first, last in tokens] for name, tokens in used.items()}


def strategies(document: Document, words: Mapping[str, tuple[str, ...]]) -> Used:
    """The strategies used in what was written here; ``words`` is the :func:`vocabulary`."""
    tokens = document.tokens
    size = document.own_tokens
    terms, kinds = tokens.terms, tokens.kinds
    found: Used = {}
    openings = opening_words(document)
    telling = compress(range(size), map(words.__contains__, terms))
    for index in sorted({*openings, *telling}):
        if kinds[index] != WORD:
            continue
        opening = openings.get(index)
        term = terms[index]
        names = words.get(term)
        place = (index, index)
        if opening == "greeting":
            found.setdefault("greeting", []).append(place)
            continue
        if opening:
            for name in OPENINGS.get(term, NOTHING):
                found.setdefault(name, []).append(place)
        elif term in PLEASE:
            found.setdefault("please", []).append(place)
        for name in names or NOTHING:
            found.setdefault(name, []).append(place)
        if term in PAIR_STARTS and index + 1 < len(terms):
            pair = PAIRS.get(f"{term} {terms[index + 1]}")
            if pair == "indirect":  # by the way
                if terms[index + 2 : index + 3] == ("way",):
                    found.setdefault(pair, []).append((index, index + 2))
            elif pair is not None:
                found.setdefault(pair, []).append((index, index + 1))
    return found


def opening_words(document: Document) -> dict[int, str]:
    """By index, the words with which sentences begin: their "greeting" and then their "opening"."""
    tokens = document.tokens
    found: dict[int, str] = {}
    for sentence in document.sentences:
        index = bisect_left(tokens.starts, sentence.start)
        while index < document.own_tokens:
            if tokens.kinds[index] == WORD:
                if tokens.terms[index] not in GREETING:
                    found[index] = "opening"
                    break
                found[index] = "greeting"  # "Hi, you ...": the sentence begins after it
            index += 1
    return found
