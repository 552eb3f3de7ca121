"""Which phrases may carry a voice: function words and service formulas first, never names or numbers.

A phrase is a word, a pair of neighbours, or (``START``, word) for a sentence that begins so. Brands differ in
topic, so the words of a topic tell brands apart without telling their voices apart: words of :data:`GENERAL`
count in full, others less, and a word that is not in the general background must occur in several of the
team's own replies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from toneguard.analysers.brand_voice.style import CLASSES, NO_NAMES, START, columns
from toneguard.documents import Document, Kind, PartKind

Phrase = str | tuple[str, str]

ENOUGH_REPLIES = 3
"""A phrase is kept if this many of the team's replies, or of the background's, hold it."""
OTHER_WORDS = 0.7
"""How much a phrase with a word that is not general counts: it may be a topic rather than a voice."""

FUNCTION_WORDS = (
    "a about above across after again against all almost along already also although always am among an"
    " and another any anybody anyone anything anyway are around as at away back be because been before"
    " behind being below besides between both but by can cannot could did do does doing done down due"
    " during each either else enough etc even ever every everybody everyone everything except few first"
    " for from further had has have having he her here hers him his how however i if in instead into is it"
    " its itself just last later least less let like many may maybe me might mine more most much must my"
    " myself near neither never next no nobody none nor not nothing now of off often on once one only onto"
    " or other others our ours ourselves out over own per perhaps please quite rather really same she"
    " should since so some someone something sometimes soon still such than that the their theirs them"
    " themselves then there these they thing things this those though through till to together too toward"
    " towards under unless until up upon us very was way we well were what whatever when whenever where"
    " whether which while who whoever whole whom whose why will with within without would yes yet you your"
    " yours yourself"
)
SERVICE_FORMULAS = (
    "able absolutely abreast advance advise afternoon ahead anytime answer apologies appreciate arvo ask"
    " asked asking assist assure attention bear best better bit brought bring bringing bummer call care"
    " chance chat check checked checking cheers choosing close colleague colleagues come coming comments"
    " confirm contact couple course day days dear details directly dramas drop easy email enjoy evening"
    " experience eye feedback feel fill find fine fix fixed follow followed forward found free friend"
    " friends frustrating fully gather get getting give given giving glad go going good got great guide"
    " guys hand hang happen happened happening happy hard hear heard hearing hello help helped helpful"
    " helping here hesitate hey hi hiya hold hope hoping idea improve info inform information instant"
    " interest jump keep keeping kind kindly know lead learn leave letting line little long look looking"
    " loop love loving luck luckily make making matter mate mean means mention message messages mind"
    " minute moment morning need needed needs new nice night note notes offer oh okay onto open options"
    " ours pass passed passing patience peek perfect pleased pleasure pop possible prefer privately"
    " problem promise proper provide provided quick quickly quite raise reach reached reaching read ready"
    " really reason reckon record regards regret reply report request resolve resolved rest right run safe"
    " say says second see seeing seem send sending sent service set settle share shared sharing shoot"
    " shortly shout simply sincere sit sorry sort sorted sound sounds speak spot start stay step steps"
    " stick straight support sure take taken taking talk team tell terms thank thanks think thought"
    " thoughts time today told tomorrow tonight took touch tough trouble true trust try trying turn twice"
    " understand unfortunately update updated updates used useful using valued wait waiting want wanted"
    " wants warm watch week weekend weeks welcome wish wishes wonder work worked working works worries"
    " worry wrong yesterday"
)
GENERAL = (
    frozenset(FUNCTION_WORDS.split()) | frozenset(SERVICE_FORMULAS.split()) | NO_NAMES | frozenset(CLASSES)
)
"""Words that belong to no topic."""


def document_counts(replies: Iterable[Iterable[Phrase]]) -> Counter[Phrase]:
    """In how many replies each phrase occurs; every reply gives each of its phrases once."""
    found: Counter[Phrase] = Counter()
    for phrases in replies:
        found.update(phrases)
    return found


def names_in(documents: Sequence[Document]) -> frozenset[str]:
    """Words that may be names; general words never are.

    A name is mostly capitalised within sentences, or was only ever seen as an opening, or stands in a
    greeting or a sign-off.
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    aside: set[str] = set()
    for document in documents:
        openings = {start for start, _ in document.sentences}
        for term, kind, start in zip(*columns(document)[:3], strict=True):
            if kind != Kind.WORD or term in GENERAL:
                continue
            if document.part_at(start) is not PartKind.BODY:
                aside.add(term)
            elif document.text[start].isupper():
                capital[term] += start not in openings
            else:
                small[term] += 1
            capital[term] += 0
    return frozenset(term for term in capital if small[term] <= capital[term]) | aside


def may_be_learnt(phrase: Phrase, names: frozenset[str]) -> bool:
    """Whether a phrase could ever be kept: it is made of words, and none of them may be a name."""
    return speaks(phrase) and not has_name(phrase, names)


def speaks(phrase: Phrase) -> bool:
    """Whether a phrase is made of words, without numbers, links and other stand-ins, and without a full stop.

    Other marks may stay ("thanks !"); a word after a full stop is an opening already.
    """
    parts = (phrase,) if isinstance(phrase, str) else phrase
    if len(parts) == 2 and (parts[0][0] in ".!?…" or parts[1] == "."):
        return False
    letters = False
    for part in parts:
        if part[0].isalpha():
            letters = True
        elif part != START and (part[0].isdigit() or (part[0] in "<#@" and len(part) > 1)):
            return False
    return letters


def has_name(phrase: Phrase, names: frozenset[str]) -> bool:
    """Whether one of its words may be a name."""
    return phrase in names if isinstance(phrase, str) else phrase[0] in names or phrase[1] in names


def weight_of(phrase: Phrase) -> float:
    """1 for a phrase of general words, less for others."""
    parts = (phrase,) if isinstance(phrase, str) else phrase
    general = all(part in GENERAL or not part[0].isalpha() for part in parts)
    return 1.0 if general else OTHER_WORDS


def shown(phrase: Phrase) -> str:
    """Give the phrase as one text, words parted by a space; :func:`read` gives it back."""
    return phrase if isinstance(phrase, str) else f"{phrase[0]} {phrase[1]}"


def read(text: str) -> Phrase:
    """Give the phrase of a text that :func:`shown` made."""
    first, space, second = text.partition(" ")
    return (first, second) if space else first
