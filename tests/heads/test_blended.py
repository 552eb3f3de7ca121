"""The tier "accurate": every column is the weighed sum of both tiers', and only of those that belong together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from toneguard.documents import Document, parse
from toneguard.documents.answers import log_odds, sigmoid, softmax
from toneguard.documents.encoder_text import encoder_text
from toneguard.errors import ModelError
from toneguard.heads.blended import BlendedHeads, load_blended_heads
from toneguard.heads.encoder import load_encoder
from toneguard.heads.explain import explain
from toneguard.heads.features import Seen
from toneguard.heads.linear import load_linear_heads
from toneguard.heads.load import load_reader
from toneguard.heads.occlusion import occlude
from toneguard.messages import Message, Role
from toneguard.testing import HARD_TEXTS

TABLE = json.loads((Path(__file__).resolve().parents[2] / "models/encoder/manifest.json").read_text(encoding="utf-8"))["blend"]
TEXTS = (
    "Where is my parcel? I was told Tuesday and it is now Friday.",
    "Thanks so much, the new kettle works a treat!",
    "It&#39;s broken &amp; nobody answers",
    "ok",
)


def message(text: str) -> Any:
    return parse(Message(text=text, role=Role.CUSTOMER, language="en"))


def by_hand(text: str) -> dict[str, list[float]]:
    """Blended columns by head, worked out from either tier's own and the manifest."""
    encoder, heads = load_encoder(), load_linear_heads()
    [beside] = heads.answers([message(text)])
    assert beside is not None
    own = encoder.columns(encoder_text(message(text)))
    found = {}
    for row in TABLE["heads"]:
        other = heads.plan.heads[row["name"]].inputs(beside.columns)
        found[row["name"]] = [
            row["slopes"][place] * own[row["first"] + place] + row["beside"][place] * other[place] + row["offsets"][place]
            for place in range(len(row["columns"]))
        ]
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_answers_are_what_both_tiers_and_the_manifest_give_by_hand(text: str) -> None:
    [answer] = load_reader("accurate").answers([message(text)])
    assert answer is not None
    wanted = by_hand(text)
    for head in ("sentiment", "level", "contact_type", "cause"):
        assert list(answer.shares(head).values()) == pytest.approx(softmax(wanted[head]), abs=1e-9)
    for head in ("politeness", "complaint"):
        assert answer.probability(head) == pytest.approx(sigmoid(wanted[head][0]), abs=1e-9)
    assert list(answer.chances("kinds").values()) == pytest.approx([sigmoid(value) for value in wanted["kinds"]], abs=1e-9)
    assert answer.value("valence") == pytest.approx(min(max(wanted["valence"][0], -1), 1), abs=1e-9)
    for head in ("formality", "warmth", "enthusiasm", "assertiveness"):
        assert answer.value(head) == pytest.approx(min(max(wanted[head][0], 1), 5), abs=1e-9)
    mix, (_, _, *more) = TABLE["dissatisfaction"], softmax(wanted["level"])
    unhappy = (
        mix["bias"]
        + mix["level"] * log_odds(sum(more))
        + mix["complaint"] * log_odds(sigmoid(wanted["complaint"][0]))
        + mix["sentiment"] * log_odds(softmax(wanted["sentiment"])[0])
    )
    assert answer.dissatisfaction == pytest.approx(sigmoid(unhappy), abs=1e-9)


def test_either_tier_has_a_say_in_every_head() -> None:
    for row in TABLE["heads"]:
        assert min(row["slopes"]) > 0 < min(row["beside"]), row["name"]


def test_a_batch_gives_bit_for_bit_what_one_by_one_gives() -> None:
    reader = load_blended_heads()
    documents = [message(text) for text in (*TEXTS, *(text for text in HARD_TEXTS if len(text) < 5000))]

    def columns(given: list[Any]) -> list[Any]:
        return [answer and answer.columns for answer in reader.answers(given)]

    alone = [columns([one])[0] for one in documents]
    assert columns(documents) == alone
    assert columns(documents[::-1]) == alone[::-1]
    assert reader.answers([]) == []


def test_it_lets_analysers_see_what_the_linear_heads_saw_but_is_not_taken_apart() -> None:
    one = message(TEXTS[1])
    [answer] = load_blended_heads().answers([one])
    assert answer is not None
    assert isinstance(answer.seen, Seen)
    assert answer.model is None
    object.__setattr__(one, "answers", answer)
    assert explain(one, {"politeness.politeness": 1.0}) == ()


def test_leaving_words_out_explains_it() -> None:
    def value(document: Document) -> float | None:
        [answer] = load_blended_heads().answers([document])
        return answer.probability("politeness") if answer else None

    found = occlude(value, message("Your driver was rude to my mum."))
    assert any(part.span and "rude" in "Your driver was rude to my mum."[part.span.start : part.span.end] for part in found)


def test_both_weights_are_named() -> None:
    assert load_blended_heads().weights == {"heads_accurate": load_encoder().digest, "heads_fast": load_linear_heads().digest}
    assert load_linear_heads().weights == {"heads_fast": load_linear_heads().digest}


def broken() -> Iterator[tuple[str, dict[str, Any], str]]:
    yield "not there", {}, "lacks what it needs"
    yield "other heads", {**TABLE, "linear_heads": "0" * 16}, "was fitted with other linear heads"
    first, *rest = TABLE["heads"]
    yield "no weight", {**TABLE, "heads": [{key: value for key, value in first.items() if key != "beside"}, *rest]}, "lacks what it needs"
    yield "too few", {**TABLE, "heads": [{**first, "beside": first["beside"][:1]}, *rest]}, "lacks what it needs"
    yield "unknown head", {**TABLE, "heads": [{**first, "name": "mood"}, *rest]}, "lacks what it needs"


@pytest.mark.parametrize(("table", "said"), [pytest.param(table, said, id=name) for name, table, said in broken()])
def test_a_blend_that_does_not_belong_is_refused(table: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        BlendedHeads(load_encoder(), load_linear_heads(), table)
