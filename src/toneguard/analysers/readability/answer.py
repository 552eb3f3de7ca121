"""Where the answer stands: after how many words the first sentence comes that tells the reader something.

Greetings, thanks, apologies, empathy, introductions and "I've looked into this" come before it. A sentence
that begins so and then turns to the matter ("Sorry about that, your refund went out today") is an answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from toneguard.analysers.readability.counts import NUMBER, WORD, Borders, Sentence
from toneguard.documents import Document, Kind

LOOKED_AT = 500
"""Characters of a sentence that are looked at: a preface that goes on longer turns somewhere."""

VERY = (
    r"(?:(?:so|very|really|truly|terribly|deeply|sincerely|genuinely|most|extremely|just|do|can|completely"
    r"|totally|fully"
    r"|certainly|absolutely|definitely|also|quite|only|too|greatly|much|both|all|again|once|first|firstly"
    r"|always) )*"
)
WE = r"(?:i|we|our team|the team|my team|everyone here)"
AM = r"(?:'m|'re| am| are)"
# Short words that may stand before anything: "Hi Sam," "Okay," "Oh no!"
LEAD = re.compile(
    r"(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|g'day)(?: [^\W\d_]+){0,3}\s*[,!.:-]"
    r"|(?:thanks|thank you|thx|cheers|sorry|apologies)(?: [^\W\d_]+)?\s*[,!]"
    r"|(?:oh no|oh|ok|okay|right|well|so|ah|aw|again|wow|yikes|oops|hmm+|awesome|wonderful|no (?:problem"
    r"|worries|probs)"
    r"|(?:great|good) question|of course|certainly|absolutely|first of all|firstly|first|to start"
    r"|don't worry|not to worry"
    r"|and|but|why)\b\s*[,!.:-]*)\s*"
)
THANKS = (
    r"(?:many |a big |huge |and )?(?:thanks?|thankyou|thx|cheers)\b(?!,)|"
    rf"{WE}(?:'d| would|'ll)? {VERY}(?:like|want|wish) to {VERY}(?:thank|apologi[sz]e|say (?:sorry|thank))|"
    rf"{WE} {VERY}(?:appreciate|thank|value)\b|"
    r"(?:it's|it is) (?:great|good|lovely|nice) to (?:hear|meet)|"
    rf"{VERY}(?:glad|happy|pleased|great|good) to (?:hear|help|see)\b"
)
APOLOGY = (
    rf"(?:{WE}{AM} )?{VERY}sorry\b(?!,| but| we | i | there | no | your )|"
    rf"{WE} {VERY}(?:apologi[sz]e|regret)\b|"
    rf"{VERY}apologi[sz]ing\b|"
    rf"(?:my|our|sincere|please accept (?:my|our|this)) {VERY}(?:sincere(?:st)? |deepest |humble )?apolog|"
    r"apologies\b(?!,)"
)
HARD = (
    r"(?:frustrating|disappointing|annoying|upsetting|stressful|inconvenient|unacceptable|awful|horrible"
    r"|terrible|worrying"
    r"|confusing|distressing|infuriating|good\b|great\b|cool\b|fun\b|ideal\b|(?<=not |n't )(?:the|what"
    r"|how)\b|okay\b|ok\b|acceptable"
    r"|kind\b|type\b|sort\b|experience\b|standard\b|service\b|level\b)"
)
EMPATHY = (
    rf"{WE}(?:{AM}|'d|'ll| would)? {VERY}(?:understand(?! correctly)|hear (?:you|how|that)|imagine|realise"
    r"|realize|recognise"
    r"|recognize|get (?:that|it|how|why)|know (?:how|that|this|it|what)|feel (?:you|for|your)|see (?:how"
    r"|why)|sympathi[sz]e"
    r"|empathi[sz]e|acknowledge|share your|agree)\b|"
    r"(?:this|that|it|what you|waiting[^,.]{0,40}|having[^,.]{0,60})(?:'s| is| was| must| has| would"
    r"| sounds?| seems?| can"
    r"| cannot| can't| isn't| wasn't| doesn't| certainly)+ (?:be |been |being |have |feel |felt |sound "
    r"|an? |not |no |at all )*"
    rf"{VERY}{HARD}|"
    rf"{WE}{AM}? {VERY}(?:understand|sad|saddened|disappointed|concerned|upset|glad|happy|pleased|delighted"
    r"|here)"
    r" (?:to (?:hear|read|see|learn|help|assist)|that (?:you|your)|for you|about)|"
    r"(?:no one|nobody) (?:likes|wants|enjoys|should)\b|you(?:'re| are) (?:right|absolutely right) to (?:be"
    r"|feel)|"
    r"your (?:frustration|disappointment|feelings|concerns?|anger) (?:is|are|makes)|"
    rf"{WE} {VERY}(?:don't|never|wouldn't) want (?:you|anyone|our|any)\b"
)
PLEASANTRIES = (
    rf"(?:{WE} )?{VERY}(?:hope|trust) (?:this|that|you|your|all|the|everything)\b|how are you\b|my name is\b|"
    r"(?:this is|it's|you're speaking with|i'm|i am) [^\W\d_]+ (?:from|here|with|at|in)\b|welcome (?:to"
    r"|back)\b|"
    rf"{WE}(?:'d| would|'ll| will|{AM})? (?:be )?{VERY}(?:more than )?(?:happy|glad|pleased|love|like"
    r"|delighted|here|want)"
    r" to (?:help|assist|look|check|see)|"
    rf"(?:let me|allow me to|{WE} can|{WE} will|i'll|we'll) (?:help|assist)(?: you)?(?: with (?:this"
    r"|that))?(?: today)?[.!]?$|"
    r"(?:your|customer) (?:feedback|satisfaction|business|experience|patience|loyalty"
    r"|custom)(?: and [a-z ]{3,30})?"
    r" (?:is|are|means|matters?)\b|"
    r"(?:at|here at) [a-z' ]{2,30}, (?:we|your|our)\b|"
    r"we (?:always )?(?:take|strive|aim|pride|endeavour|try|work hard|want (?:all|every|our|you))\b"
)
INTRODUCTIONS = (
    rf"{WE}{AM} (?:writing|getting (?:back|in touch)|reaching out|contacting|replying|responding|emailing)\b|"
    r"(?:in (?:response|reply|relation)|further|with (?:regards?|reference|respect)|regarding"
    r"|following (?:up|on)|i refer"
    r"|we refer)\b|"
    rf"{WE}(?:'ve| have)? (?:now |just |also )*(?:received|got|seen|noted|read)\b (?:your|the|that|this"
    r"|from|all|through)|"
    r"(?:let me|let's|allow me to|please allow me to|i'll|i will|we'll|we will|i'm going to) (?:just |now "
    r"|quickly |also )*"
    r"(?:look|check|take a look|have a (?:quick )?look|see what|explain|clarify|run through|address|figure"
    r"|investigate|get to)\b"
)
SOFT = re.compile("|".join((THANKS, APOLOGY, EMPATHY, PLEASANTRIES, INTRODUCTIONS)))
LOOKED = re.compile(
    rf"(?:{WE}(?:'ve| have)?|having|after) (?:now |just |also |since |had (?:a|the) chance to |carefully "
    r"|personally |been )*"
    r"(?:look(?:ed|ing)?|had a (?:good |quick |close )?look|check(?:ed|ing)?|review(?:ed|ing)?"
    r"|investigat(?:ed|ing)"
    r"|gone (?:through|over|back)|spoken|spoke|talked|discussed|raised|taken a (?:good |close )?look"
    r"|followed up|pulled up"
    r"|opened|read (?:through|over)|located)\b"
)
# Where something new may begin after soft words: a clause with a subject of its own, a "but", a colon.
TURN = re.compile(
    r",\s+(?:(?:and|so|as|yet)\s+)?(?=(?:i|we|you|your|it|its|the|this|there|here|please|unfortunately|they"
    r"|our|my|no|yes"
    r"|could|can|would|is|are|do|did|if|once|to)\b)"
    r"|[;:]\s+|\s[-–—]{1,2}\s+|\s+and\s+(?=(?:i|we|please|can|will|would)\b)|[,\s]\s*(?:but|however)\b,?\s*"
    r"|[,\s]\s*(?:so|therefore)\s+(?=(?:i|we|please|your|the|you)\b)"
)
LOOKED_TURN = re.compile(r"[,;:]\s+|\s-{1,2}\s+|\s+(?:and|but|so|however)\s+|\s+that\s+|\bi\s+(?=can|found|see)")
VERB = re.compile(
    r"\b(?:is|are|was|were|will|can|can't|cannot|could|couldn't|has|have|had|hasn't|haven't|does|do|did"
    r"|don't|doesn't|didn't"
    r"|won't|would|should|must|may|might|need|needs|please|confirm|found|find|see|shows?|sent|shipped|left"
    r"|went|refunded"
    r"|isn't|aren't|wasn't|weren't|arrived|arrives|offer|suggest|recommend)\b|'(?:ve|ll|s|re|m|d)\b"
)

# The first words of all that LEAD, LOOKED and SOFT match, to three letters: most sentences begin with none of them.
OPENINGS = frozenset(
    word[:3]
    for word in (
        "hi hello hey dear good g thanks thank thankyou thx cheers sorry apologies oh ok okay right well so"
        " ah aw again wow yikes oops hmm awesome wonderful no great of certainly absolutely first firstly to"
        " don't not and but why very really truly terribly deeply sincerely genuinely most extremely just do"
        " can completely totally fully definitely also quite only too greatly much both all once always i we"
        " our the my everyone many a huge it glad happy pleased apologising sincere please this that what"
        " waiting having nobody you your hope trust how welcome let allow customer at here in further with"
        " regarding following after"
    ).split()
)

PASSED_OVER = frozenset({Kind.HANDLE, Kind.EMOJI, Kind.EMOTICON, Kind.PUNCTUATION})
"""What may stand before the first word of a sentence."""


def is_preface(sentence: str) -> bool:
    """Whether a folded sentence only leads up to something."""
    sentence = sentence[:LOOKED_AT].strip(" \t\"'*-")
    for _ in range(4):
        lead = LEAD.match(sentence)
        if not lead or not lead.end():
            break
        sentence = sentence[lead.end() :]
    if not sentence[:1].isalnum() and not any(map(str.isalnum, sentence)):
        return True
    looked = LOOKED.match(sentence)
    opening = looked or SOFT.match(sentence)
    if not opening:
        return False
    for turn in (LOOKED_TURN if looked else TURN).finditer(sentence, opening.end()):
        clause = sentence[turn.end() :]
        if looked and turn.group().strip() in (":", "-", "--"):
            return False  # "I've looked into this: the courier lost it"
        if VERB.search(clause, 0, 80) and not LOOKED.match(clause) and not SOFT.match(clause):
            return False
    return True


def may_open(word: str) -> bool:
    """Whether a sentence that begins with this word can be a preface."""
    stem = word.partition("'")[0]  # of "we're", "g'day"
    return stem[:3] in OPENINGS or not stem.isalpha()


def answer_at(document: Document, sentences: Sequence[Sentence], edges: Borders) -> tuple[int, Sentence] | None:
    """Words before the sentence that answers, and that sentence; None where nothing but preface stands."""
    _, greeting_end, sign_off = edges
    starts, kinds, terms = document.tokens.starts, document.tokens.kinds, document.tokens.terms
    before = 0
    for sentence in sentences:
        (start, end), first, last, words, _ = sentence
        if start >= sign_off:
            break
        if end > greeting_end:
            body, at = start, first
            if greeting_end > start:
                body = greeting_end
                at = bisect_left(starts, body, first)
            while at < last and kinds[at] in PASSED_OVER:
                at += 1
            preface = True
            if at < last:
                body = starts[at]
                preface = may_open(terms[at])
            if not preface or not is_preface(document.folded[body : min(end, body + LOOKED_AT)]):
                if at > first:  # "Hi Sam, your refund ...": the greeting's words come before.
                    section = kinds[first:at]
                    before += section.count(WORD) + section.count(NUMBER)
                return before, sentence
        before += words
    return None
