"""Where the answer stands."""

from __future__ import annotations

import pytest

from toneguard.analysers.readability import make
from toneguard.analysers.readability.answer import is_preface
from toneguard.documents import parse
from toneguard.messages import Message

PREFACES = [
    "Thank you for contacting us.",
    "Thanks so much for your patience while I looked into this.",
    "Many thanks for the photos, and for your patience.",
    "I really appreciate you letting us know.",
    "I'm so sorry to hear about the kettle.",
    "We sincerely apologise for the delay and the trouble it has caused.",
    "Please accept our sincere apologies for this.",
    "Sorry about the wait!",
    "I completely understand how frustrating this must be.",
    "I can only imagine how you felt when it arrived broken.",
    "That must have been really disappointing.",
    "This is not the experience we want for our customers.",
    "That doesn't sound good!",
    "I hope you are well.",
    "Hope this finds you well.",
    "My name is Bronte and I'm happy to help.",
    "This is Anwar from the returns team.",
    "I've looked into this for you.",
    "I have checked your account and the order history.",
    "We have received your email.",
    "I'm writing in response to your complaint.",
    "Let me take a look at this for you.",
    "Oh no!",
    "Hi Sam, thanks for reaching out.",
    "Your feedback is very important to us.",
    "We'd be happy to help with that.",
]

ANSWERS = [
    "Your refund of $42 went out this morning.",
    "Sorry, we can't change the address once it has left.",
    "I'm sorry, but the blue one is sold out.",
    "Thanks for your message, your parcel left today.",
    "Thanks for waiting, I've sent you a new one.",
    "I understand how annoying this is, and I've refunded the postage.",
    "I've checked with the warehouse and your parcel left on Monday.",
    "I've looked into this: the courier lost the box.",
    "We have reviewed your order and can confirm that it shipped.",
    "Could you send us a photo of the label?",
    "Please hold the power button for ten seconds.",
    "Unfortunately the offer ended in May.",
    "No, the charger is sold separately.",
    "This sounds like the autoplay feature.",
    "You can return it within 30 days.",
    "It is out of stock.",
]


@pytest.mark.parametrize("sentence", PREFACES)
def test_preface(sentence: str) -> None:
    assert is_preface(sentence.lower())


@pytest.mark.parametrize("sentence", ANSWERS)
def test_answer(sentence: str) -> None:
    assert not is_preface(sentence.lower())


def stands(text: str) -> tuple[float | None, str]:
    document = parse(Message(text=text, language="en"))
    score = next(s for s in make({}).analyse([document])[0].scores if s.measure == "words_before_answer")
    span = score.contributions[0].span if score.contributions else None
    return score.value, text[span.start : span.end] if span else score.because


def test_at_once() -> None:
    assert stands("Your refund left today. Thanks for waiting!") == (0.0, "Your refund left today.")


def test_after_greeting_thanks_and_apology() -> None:
    text = "Hi Sam,\n\nThanks for writing. Sorry about the big mix-up. Your refund left today.\n\nCheers,\nBo"
    assert stands(text) == (10.0, "Your refund left today.")  # 2 + 3 + 5


def test_the_greetings_words_count_within_a_sentence() -> None:
    assert stands("Hi Sam, your refund left today.") == (2.0, "Hi Sam, your refund left today.")
    assert stands("@sam_9 😀 Your refund left today.") == (0.0, "@sam_9 😀 Your refund left today.")


def test_no_answer() -> None:
    assert stands("Hi Sam,\n\nThanks for writing. So sorry to hear this.\n\nCheers,\nBronte") == (
        None,
        "cannot say: only greeting, thanks, apology or preface",
    )
