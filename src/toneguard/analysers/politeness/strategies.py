"""The politeness strategies of Danescu-Niculescu-Mizil et al. (2013), "A computational approach to politeness with
application to social factors", ACL, Table 3, found by words and their place in the sentence.

The paper finds some of them in a dependency parse; a parse changes the outcome by less than two points and costs
eighty times as much, so place in the sentence stands in for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from toneguard.documents import Document, Kind


class Strategy(NamedTuple):
    """One use of a strategy: its name and place."""

    name: str
    start: int
    end: int


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


def strategies(document: Document, valences: Mapping[str, float]) -> list[Strategy]:
    """Every use of a strategy in what was written here, in the order of the text."""
    tokens = document.tokens
    terms, kinds, starts, ends = tokens.terms, tokens.kinds, tokens.starts, tokens.ends
    own_end = document.own_end
    sentence_starts = {span.start for span in document.sentences}
    found: list[Strategy] = []
    at_start = True
    previous = ""
    previous_start = 0
    for index, term in enumerate(terms):
        start = starts[index]
        if start >= own_end:
            break
        if start in sentence_starts:
            at_start, previous = True, ""
        if kinds[index] is not Kind.WORD:
            continue
        end = ends[index]
        for name in SINGLE.get(term, ()):
            found.append(Strategy(name, start, end))
        if term == "please" or term == "pls" or term == "plz":
            found.append(Strategy("please_start" if at_start else "please", start, end))
        elif term == "excuse" or term == "pardon":
            found.append(Strategy("apologising", start, end))
        if previous:
            if term == "you" and previous in COUNTERFACTUAL:
                found.append(Strategy("counterfactual_modal", previous_start, end))
            elif term == "you" and previous in INDICATIVE:
                found.append(Strategy("indicative_modal", previous_start, end))
            elif f"{previous} {term}" in FACTUALITY_PAIRS:
                found.append(Strategy("factuality", previous_start, end))
            elif term == "way" and previous == "the" and index > 1 and terms[index - 2] == "by":
                found.append(Strategy("indirect", starts[index - 2], end))
        elif term == "btw":
            found.append(Strategy("indirect", start, end))
        if at_start:
            if term in GREETING:
                found.append(Strategy("greeting", start, end))
                previous, previous_start = term, start
                continue  # "Hi, you ...": the sentence begins after the greeting
            if term in QUESTION_WORDS:
                found.append(Strategy("direct_question", start, end))
            elif term in DIRECT_STARTS:
                found.append(Strategy("direct_start", start, end))
            elif term in DEFERENCE:
                found.append(Strategy("deference", start, end))
            if term in FIRST:
                found.append(Strategy("first_person_start", start, end))
            elif term in SECOND:
                found.append(Strategy("second_person_start", start, end))
            at_start = False
        valence = valences.get(term)
        if valence is not None and term not in GRATITUDE and term not in APOLOGY:
            if valence >= STRONG:
                found.append(Strategy("positive_words", start, end))
            elif valence <= -STRONG:
                found.append(Strategy("negative_words", start, end))
        previous, previous_start = term, start
    return found
