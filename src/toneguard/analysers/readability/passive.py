"""Passive verbs: a form of *be* or *get*, at most three adverbs, and a past participle.

"Is pleased", "is closed on Sundays" and "is used to it" are no passives: such adjectives are listed. Those
that can be either ("was closed by our team") count where an agent, *being* or *been* shows that something
was done.
"""

from __future__ import annotations

from collections.abc import Sequence


def words(listed: str) -> frozenset[str]:
    """Words of a list."""
    return frozenset(listed.split())


BE = words(
    "am is are was were be been being isn't aren't wasn't weren't ain't i'm you're we're they're he's"
    " she's it's that's who's there's get gets got getting gotten isnt arent wasnt werent im youre theyre"
)
DONE = frozenset({"been", "being", "get", "gets", "got", "getting", "gotten"})
"""After these even an ambiguous participle says that something was done."""
CONTRACTED_HAS = words("he's she's it's that's who's there's")
"""Also "has": "it's arrived" is no passive, so after these "by" must follow ("it's recorded by the shop")."""
SUBJECTS = words("i we he she they you it this that")
DETERMINERS = words("the your my our their his her its this that these those any a an")
ADVERBS = words(
    "not never also always already just now still soon then often only once yet ever even all both too"
    " very so well almost first later twice again sometimes instead rather quite being"
)
MOST_ADVERBS = 3
AGENT_WITHIN = 5
"""How many tokens after a participle "by" may stand to name who did it."""

IRREGULAR = words(
    "sent made done paid given taken told shown found lost kept left held sold bought brought built caught"
    " chosen broken written spoken stolen seen known thrown drawn driven eaten forgotten frozen hidden hit"
    " hurt cut put set shut read met led fed felt heard laid lent spent swept stuck struck taught torn"
    " understood undone withdrawn won worn woven beaten bitten bound burnt cast dealt drunk flown forgiven"
    " grown hung mistaken overdrawn overseen proven rung sewn shaken split spread sunk sworn undertaken"
    " rebuilt redone resent reset resold rewritten misread misunderstood misled input learnt spelt spoilt"
    " meant thought said overpaid underpaid unpaid repaid prepaid outsold overridden overtaken overthrown"
    " shot slain sown stung strung swollen thrust trodden upheld withheld wound"
)
NOT_PARTICIPLES = words(
    "need indeed speed feed seed weed bleed breed exceed proceed succeed hundred red bed shed sled wed"
    " embed kindred wicked naked sacred rugged unpaid ahmed mohammed med ted fred jared alfred overspeed"
)
# Said of how someone feels or what something is like.
ADJECTIVES = words(
    "interested pleased excited delighted thrilled worried concerned satisfied dissatisfied disappointed"
    " frustrated annoyed confused surprised amazed shocked tired bored scared embarrassed impressed"
    " relieved experienced qualified dedicated committed determined convinced supposed entitled inclined"
    " prepared related limited located based situated advanced complicated detailed outdated overjoyed"
    " saddened devastated disgusted appalled horrified puzzled fed stressed overwhelmed honoured honored"
    " humbled privileged blessed gifted talented skilled crowded aged married engaged retired relaxed"
    " motivated touched accustomed acquainted opposed exhausted started mixed associated dated sized"
    " aligned dressed ashamed invested thought meant heartbroken depressed distressed infuriated outraged"
    " upset stuck fascinated intrigued astonished alarmed irritated agitated perplexed baffled stunned"
    " reassured assured pissed armed bearded biased ascended deceased elderly unmatched fatigued freaked"
    " psyched set left-handed chuffed gutted miffed peeved stumped"
)
# Done to something, or only its state: "is broken", "was broken by the courier".
STATES = words(
    "closed broken damaged finished done lost hidden hurt shut torn worn cracked connected disconnected"
    " enabled disabled gone known logged signed crossed faulted detached attached frozen spoilt swollen"
    " locked unlocked missed dented scratched chipped shattered split organised organized prepaid unpaid"
    " included listed concerned covered completed expired developed established involved left"
)
TO_DO = words("done completed finished connected")
"""With "be" these say what someone does: "has to be done"."""
# "un-" before a verb that can be undone; other words with it are adjectives ("is unopened").
UNDOABLE = words(
    "unlocked unsubscribed unblocked uninstalled undone unpacked unloaded unfrozen understood undertaken"
    " united unlinked unfollowed uploaded"
)


def may_have_one(terms: Sequence[str], folded: str) -> bool:
    """Whether a text can have a passive at all: it has a form of *be*, and what may be a participle."""
    return not BE.isdisjoint(terms) and ("ed" in folded or not IRREGULAR.isdisjoint(terms))


def find(terms: Sequence[str], first: int, last: int) -> tuple[int, int] | None:
    """First and last token of the first passive verb among the terms ``first`` up to ``last``, or None."""
    for index in range(first, last):
        if terms[index] in BE:
            at = participle_after(terms, index, first, last)
            if at is not None:
                return index, at
    return None


def participle_after(terms: Sequence[str], verb: int, first: int, last: int) -> int | None:
    """Where the participle stands that makes the *be* at ``verb`` a passive, or None."""
    at = skip_adverbs(terms, verb + 1, last)
    if at < last and is_passive(terms, verb, at, last):
        return at
    # Questions turn subject and verb: "Was your parcel delivered?", "Why were you charged?"
    if at < last and terms[verb] in ASKING and (verb == first or begins_clause(terms[verb - 1])):
        subject = 2 if terms[at] in DETERMINERS and at + 2 < last and not is_participle(terms[at + 1]) else 1
        if subject == 2 or terms[at] in SUBJECTS:
            at = skip_adverbs(terms, at + subject, last)
            if at < last and is_passive(terms, verb, at, last):
                return at
    return None


ASKING = words("am is are was were isn't aren't wasn't weren't")
QUESTION_WORDS = words("why when how where what who which and or but so")


def begins_clause(term: str) -> bool:
    """Whether a verb after this word can ask: after a question word, a joining word, a comma or a handle."""
    return term in QUESTION_WORDS or not term[0].isalnum()


def skip_adverbs(terms: Sequence[str], at: int, last: int) -> int:
    """First place from ``at`` that holds no adverb; at most a few are passed over."""
    for _ in range(MOST_ADVERBS):
        if at >= last:
            break
        term = terms[at]
        if term not in ADVERBS and not (term.endswith("ly") and len(term) > 4):
            break
        at += 1
    return at


def is_participle(term: str) -> bool:
    """Whether a word can be a past participle by its form."""
    return term in IRREGULAR or (
        term.endswith("ed") and len(term) > 3 and term[0].isalpha() and term not in NOT_PARTICIPLES
    )


def is_passive(terms: Sequence[str], verb: int, at: int, last: int) -> bool:
    """Whether the word at ``at`` after the *be* at ``verb`` says that something was done to someone."""
    term = terms[at]
    if not is_participle(term) or term in ADJECTIVES:
        return False
    following = terms[at + 1] if at + 1 < last else ""
    by_someone = "by" in terms[at + 1 : min(last, at + 1 + AGENT_WITHIN)]
    if terms[verb] in CONTRACTED_HAS:
        return by_someone
    if term == "used" and following == "to" and terms[verb] != "been":
        return False  # "is used to waiting"
    if term.startswith("un") and term not in UNDOABLE and not term.startswith("under"):
        return False
    if term in STATES:
        done = terms[verb] in DONE or "being" in terms[verb:at] or (terms[verb] == "be" and term in TO_DO)
        return done or by_someone
    return True
