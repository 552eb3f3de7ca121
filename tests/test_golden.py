"""Golden reviews: what a person would expect of whole messages. A change that moves one of these is a change to discuss."""

from __future__ import annotations

import pytest

from toneguard import Pipeline

PIPELINE = Pipeline()
CRACKED = [("customer", "The kettle arrived cracked. What now?")]

REPLIES = [
    ("pass", set(), [], "Hi Mina, your parcel left Ballarat this morning. It should reach you on Friday."),
    ("pass", set(), CRACKED, "I'm sorry the kettle arrived cracked, Mina. You can choose a refund or a new one; tell me which and I'll do it today."),
    ("pass", set(), [("customer", "I changed my mind about the lamp.")], "We can't take it back because you've changed your mind, but if it turns out to be faulty, that's different."),
    ("hold", {"law/au/consumer-guarantees/no-refunds"}, CRACKED, "We don't do refunds."),
    ("hold", {"law/au/consumer-guarantees/manufacturer-only"}, CRACKED, "You need to contact the manufacturer about that."),
    ("revise", {"respect/blame-customer"}, [], "You should have told us about the fault."),
    ("revise", {"respect/calm-down"}, [("customer", "I am furious.")], "Calm down, it will be fixed."),
    ("hold", {"privacy/payment-card"}, [("customer", "Did you get my card?")], "Yes, your card is 4111 1111 1111 1111."),
    ("hold", {"clarity/unfilled-placeholder"}, [], "Hi {{first_name}}, your order is on its way."),
]


@pytest.mark.parametrize(("verdict", "rules", "before", "text"), REPLIES)
def test_reply(verdict: str, rules: set[str], before: list[tuple[str, str]], text: str) -> None:
    review = PIPELINE.review(text, before=before)
    assert review.verdict is not None
    assert review.verdict.value == verdict
    assert rules <= {finding.rule for finding in review.findings}


PAIRS = [
    ("politeness", "agent", "Could you please send me the order number? Thanks so much.", "Send the order number. You people never read."),
    ("politeness", "customer", "Hi, could you please tell me where my parcel is? Thank you!", "Where the hell is my parcel? Why don't you answer?"),
    ("sentiment", "customer", "I love it, thank you, this is wonderful.", "I hate it, this is terrible."),
    ("sentiment", "customer", "Great service, couldn't be happier.", "Not really so helpful."),
    ("sentiment", "customer", "No problems at all, thanks!", "Thanks for nothing."),
    ("dissatisfaction", "customer", "This is the third time I've asked and nobody has replied. Unacceptable.", "Thanks, it arrived today and it's lovely."),
    ("dissatisfaction", "customer", "I'm so disappointed, the heater stopped working after a week and you ignore me.", "Do you have the heater in white?"),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "role", "higher", "lower"), PAIRS)
def test_order(measure: str, role: str, higher: str, lower: str) -> None:
    first, second = (PIPELINE.review(text, role=role).scores[measure].value for text in (higher, lower))
    assert first is not None
    assert second is not None
    assert first > second + 0.1


THREATS = [
    ("threat-to-leave", "Fix it or I take my business elsewhere."),
    ("threat-to-go-public", "I'll be leaving a one-star review."),
    ("threat-to-regulator", "My next call is to Fair Trading."),
    ("threat-of-legal-action", "You'll be hearing from my solicitor."),
    ("repeated-contact", "I've emailed you three times about this."),
    ("sarcasm", "Thanks for nothing."),
]


@pytest.mark.parametrize(("kind", "text"), THREATS)
def test_what_customers_threaten(kind: str, text: str) -> None:
    review = PIPELINE.review(text, role="customer")
    assert f"dissatisfaction/{kind}" in {finding.rule for finding in review.findings}
    assert kind.replace("-", " ") in review.scores["dissatisfaction"].because


@pytest.mark.parametrize(("strategy", "text", "place"), [
    ("please start", "Please send the receipt.", "Please"),
    ("counterfactual modal", "Could you send it?", "Could you"),
    ("indicative modal", "I wonder: can you send it?", "can you"),
    ("gratitude", "Thanks for waiting.", "Thanks"),
    ("apologising", "We're sorry about that.", "sorry"),
    ("hedges", "It should perhaps arrive.", "perhaps"),
    ("direct question", "Why did you do that?", "Why"),
    ("factuality", "In fact it was sent.", "In fact"),
    ("indirect", "By the way, it was sent.", "By the way"),
])  # fmt: skip
def test_politeness_strategies_are_named_and_placed(strategy: str, text: str, place: str) -> None:
    score = PIPELINE.review(text).scores["politeness"]
    assert strategy in score.because
    places = {text[c.span.start : c.span.end] for c in score.contributions if c.span}
    assert place in places
