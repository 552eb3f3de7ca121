from __future__ import annotations

from growth import assert_linear

from toneguard import Pipeline


def test_a_rule_with_exemptions_reads_a_long_message_once() -> None:
    pipeline = Pipeline()
    # A match in every sentence: what exempts each is sought in that sentence, not in the whole message again.
    sentence = "We don't do refunds on sale items, you should have read the policy. "
    assert_linear(lambda size: lambda: pipeline.review(sentence * size), 40, "a match in every sentence")
