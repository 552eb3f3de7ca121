"""Where we agree with the vaderSentiment package, and where, by name, we do not."""

import re
from pathlib import Path

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from toneguard.analysers.sentiment import Sentiment
from toneguard.documents import parse
from toneguard.heads import feeling
from toneguard.messages import Message

SENTENCES = (Path(__file__).with_name("sentences.txt")).read_text(encoding="utf-8").splitlines()
PACKAGE = SentimentIntensityAnalyzer()
PLAIN = Sentiment("plain")

# Deviation, text, lowest and highest value that is right. The package is outside in every row: a test holds it.
DEVIATIONS = [
    ("so-and-this", "not really so helpful", -1, -0.3),
    ("so-and-this", "The staff were not really so helpful.", -1, -0.3),
    ("so-and-this", "I have not found this helpful.", -1, -0.3),
    ("so-and-this", "I have never had such rude service.", -1, -0.4),
    ("boosters-in-between", "They are not at all very helpful.", -1, -0.3),
    ("boosters-in-between", "It was not a really very good stay.", -1, -0.3),
    ("curly-quotes", "I don’t love it.", -1, -0.4),
    ("curly-quotes", "It isn’t good and it wasn’t kind.", -1, -0.4),
    ("own-sentence", "I think not. Great lamp!", 0.5, 1),
    ("own-sentence", "Is it in stock or not? Lovely colour.", 0.4, 1),
    ("but", "I love the lamp. The box was big but dry. The shade is lovely.", 0.8395, 0.841),
    ("but", "Nothing but trouble.", -0.41, -0.39),
    ("but", "She is not only helpful but kind.", 0.7, 0.8),
    ("but", "Last but not least, thanks.", 0.4, 0.5),
    ("no-denial", "The desk is not only helpful, it is open all night.", 0.4, 1),
    ("no-denial", "He was not just rude.", -1, -0.4),
    ("no-denial", "Nothing but praise from my mother.", 0.4, 1),
    ("no-no", "No no no.", -1, -0.5),
    ("no-no", "No trust, no deal.", -1, -0.5),
    ("idioms", "Cake to die for.", 0.6, 1),
    ("idioms", "That lamp is not really the bomb.", -1, -0.3),
    ("idioms", "It was the bomb and good.", 0.78, 0.8),
    ("idioms", "She has a beating heart.", 0.66, 0.68),
    ("idioms", "Sort of good.", 0.3, 0.4),
    ("idioms", "The lamp was kind of bad.", -0.5, -0.45),
    ("lexicon-phrases", "I am fed up.", -1, -0.4),
    ("lexicon-phrases", "I can't stand it.", -1, -0.4),
    ("short-words", "It is ok.", 0.25, 0.35),
    ("short-words", "Got it, ty!", 0.4, 0.5),
    ("joined-words", "It came...thanks", 0.4, 0.5),
    ("joined-words", "A good/bad day.", -0.2, -0.1),
    ("joined-words", "It came:)", 0.4, 0.5),
    ("faces", "I am not happy :(", -1, -0.6),
    ("faces", "I don't know :)", 0.4, 0.5),
    ("faces", "It came :D", 0.5, 0.52),
    ("emoji", "😁great", 0.75, 0.85),
    ("emoji", "Love it ❤️", 0.8, 0.9),
    ("emoji", "It is lovely 😥 and good.", 0.84, 0.845),
    ("no-words", "My order is 187 and the lamp is 86.", 0, 0),
    ("no-words", "Option D: two of them.", 0, 0),
    ("no-words", "@happy it came.", 0, 0),
    ("capitals", "VERY GOOD 100", 0.49, 0.5),
    ("capitals", "There is NO problem.", 0.3, 0.32),
    ("questions", "Is it good? Is it new? Is it big?", 0.43, 0.45),
    ("parts", "The lamp is green.\n\nBest wishes,\nGrace", 0, 0),
    ("parts", "The lamp is green.\n\nOn Monday, Sam wrote:\n> I hate it", 0, 0),
]


def ours(text: str) -> float:
    value = PLAIN.analyse([parse(Message(text, role="customer", language="en"))])[0].scores[0].value
    assert value is not None
    return value


def test_there_are_a_few_hundred_different_sentences_with_feeling():
    assert len(set(SENTENCES)) == len(SENTENCES) >= 300
    assert sum(1 for text in SENTENCES if PACKAGE.polarity_scores(text)["compound"]) >= 300


@pytest.mark.parametrize("text", SENTENCES)
def test_plain_sentences_get_what_the_package_gives(text):
    assert ours(text) == pytest.approx(PACKAGE.polarity_scores(text)["compound"], abs=1e-3)


@pytest.mark.parametrize(("name", "text", "low", "high"), DEVIATIONS)
def test_deviations_are_right_where_the_package_is_not(name, text, low, high):
    assert low <= ours(text) <= high
    assert not low <= PACKAGE.polarity_scores(text)["compound"] <= high


def test_every_named_deviation_has_an_example_and_the_other_way_round():
    assert feeling.__doc__ is not None
    named = set(re.findall(r"^\* ``([a-z-]+)``", feeling.__doc__, re.MULTILINE))
    assert named == {name for name, *_ in DEVIATIONS}


# What must stay as the package has it.
@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It was never so good.", 0.5, 1),
        ("I have never been so happy.", 0.5, 1),
        ("Never this good.", 0.4, 1),
        ("I've never been this angry.", -1, -0.5),
        ("We haven't been this angry in years.", -1, -0.5),
        ("Without doubt a great shop.", 0.5, 1),
        ("At least it is good.", 0.3, 1),
        ("The least helpful desk.", -1, -0.2),
        ("not bad at all", 0.3, 1),
        ("No, thanks to the rain it came.", 0.4, 0.5),
        ("Today only kinda sux! But I'll get by, lol", 0.4, 1),
    ],
)
def test_known_readings(text, low, high):
    assert low <= ours(text) <= high
