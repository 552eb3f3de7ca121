"""VADER's constants and word lists, as published.

C. J. Hutto and E. E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text", ICWSM 2014, and vaderSentiment 3.3.2 (MIT), to whose lexicon they belong. Nothing here is ours
to tune.
"""

from __future__ import annotations

BOOST = 0.293
"""What an intensifier adds, or a dampener takes, in the direction of the word that follows it."""
FADE = (1.0, 0.95, 0.9)
"""How much of that is left when it stands one, two or three words before."""
NEGATED = -0.74
"""What a negation multiplies by."""
NEVER_SO = 1.25
"""What "never so ..." multiplies by instead."""
CAPITALS = 0.733
"""What writing a word in capitals among other words adds."""
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
"""What "but" multiplies by."""
EXCLAMATION, MOST_EXCLAMATIONS = 0.292, 4
QUESTION, MOST_QUESTIONS, MANY_QUESTIONS = 0.18, 3, 0.96
ALPHA = 15.0
"""In ``score = total / sqrt(total ** 2 + ALPHA)``."""
WINDOW = 3
"""Words before a word of feeling in which it can be negated or strengthened."""

INTENSIFIERS = """
absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous
enormously entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin
frackin fracking fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella highly
hugely incredible incredibly intensely major majorly more most particularly purely quite really remarkably
so substantially thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly
very
"""
DAMPENERS = """
almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally partly
scarce scarcely slight slightly somewhat sorta sortof sort-of
"""
DAMPENING_PAIRS = ("kind of", "sort of", "just enough")
NEGATIONS = """
aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neither
neednt never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh uh-uh wasnt werent without wont
wouldnt rarely seldom despite least ain't amn't aren't can't couldn't daren't didn't doesn't don't hadn't
hasn't haven't isn't mayn't mightn't mustn't needn't oughtn't shan't shouldn't wasn't weren't won't wouldn't
couldn't've mightn't've mustn't've shouldn't've wouldn't've
"""
"""Of these, "least" is one only right before a word, and not in "at least"."""
IDIOMS = {
    "the shit": 3.0,
    "the bomb": 3.0,
    "bad ass": 1.5,
    "badass": 1.5,
    "bus stop": 0.0,
    "yeah right": -2.0,
    "kiss of death": -1.5,
    "to die for": 3.0,
    "beating heart": 3.5,
}
