"""The linear heads: the same sums as scikit-learn's, alone as in company, and contributions that add up."""

from __future__ import annotations

import io
import math
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from toneguard.documents import Document, parse
from toneguard.documents.answers import Answers, Plan
from toneguard.errors import ModelError
from toneguard.heads.explain import REASONS, explain
from toneguard.heads.features import look_at
from toneguard.heads.linear import (
    SHOWN_WORDS,
    LinearHeads,
    load_linear_heads,
    read_linear_heads,
    write_linear_heads,
)
from toneguard.heads.strategies import places
from toneguard.messages import Message
from toneguard.testing import HARD_TEXTS

TEXTS = (
    "Hi there, thanks so much for the quick fix! The kettle works a treat.",
    "Where is my parcel? I was told Tuesday and it is now Friday.",
    "Could you please check whether the blue one is in stock at Geelong?",
    "This is ridiculous. You charged me twice and nobody will call back!!",
    "We apologise for the delay. Your refund left us this morning.",
    "Not happy, Jan. The lid was cracked and the box was soaked.",
    "I think the invoice might be wrong; perhaps the discount was missed.",
    "Great service as always, cheers.",
    "Just send me a new one. I don't want excuses.",
    "Please find attached the receipt for order TF-204417.",
    "My login keeps failing, what should I do?",
    "Love it 😀 see https://example.com/mugs for the colour I meant",
)
PLAN = Plan.read(
    {
        "heads": [
            {
                "name": "sentiment", "kind": "classes", "columns": ["negative", "neutral", "positive"], "first": 0,
                "slopes": [1.5, 1.4, 1.3], "offsets": [0.2, -0.1, 0.3],
            },
            {"name": "warmth", "kind": "value", "columns": ["warmth"], "first": 3, "slopes": [2.0], "offsets": [3.0], "bounds": [1, 5]},
        ]
    }
)  # fmt: skip


def document(text: str, language: str | None = "en") -> Document:
    return parse(Message(text=text, language=language))


class Fitted:
    """Ridge regressions of scikit-learn on the n-grams and features of :data:`TEXTS`, and the same weights as heads."""

    def __init__(self) -> None:
        from sklearn.linear_model import Ridge

        seen = [look_at(document(text)) for text in TEXTS]
        self.grams = sorted({gram for one in seen for gram in one.grams})
        self.features = sorted({name for one in seen for name in one.features})
        targets = np.random.default_rng(5).normal(size=(len(TEXTS), 4))
        self.ridge = Ridge(alpha=0.3).fit(self.matrix(TEXTS), targets)
        self.rows = np.concatenate([self.ridge.coef_.T, self.ridge.intercept_[None]])

    def matrix(self, texts: tuple[str, ...]) -> np.ndarray[Any, Any]:
        """Texts by n-grams and features, as a fitting library would have it."""
        table = np.zeros((len(texts), len(self.grams) + len(self.features)))
        for row, text in enumerate(texts):
            seen = look_at(document(text))
            for place, gram in enumerate(self.grams):
                table[row, place] = (gram in seen.grams) * seen.scale
            for place, name in enumerate(self.features, len(self.grams)):
                table[row, place] = seen.features.get(name, 0.0)
        return table

    def heads(self, kept_as: type) -> LinearHeads:
        return LinearHeads(
            {gram: number for number, gram in enumerate(self.grams, 1)},
            {name: number for number, name in enumerate(self.features, len(self.grams) + 1)},  # "please" is both
            np.concatenate([np.zeros((1, 4)), self.rows]).astype(kept_as),
            PLAN,
            "d",
        )


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return Fitted()


NEW = (*TEXTS, "Thanks for the parcel, could you check the colour please?", "Zonk frobble.", "Hi", "what")


@pytest.mark.parametrize("kept_as", [np.float32, np.float64])
def test_columns_are_what_scikit_learn_predicts(fitted: Fitted, kept_as: type) -> None:
    given = fitted.heads(kept_as).columns([look_at(document(text)) for text in NEW])
    assert np.abs(given - fitted.ridge.predict(fitted.matrix(NEW))).max() < 1e-6


def test_the_file_s_half_precision_moves_no_column_much(fitted: Fitted, tmp_path: Path) -> None:
    write_linear_heads(tmp_path / "w.npz", fitted.grams, fitted.features, fitted.rows)
    read = read_linear_heads(tmp_path / "w.npz", PLAN, "d")
    assert list(read.grams) == fitted.grams
    assert list(read.features) == fitted.features
    given = read.columns([look_at(document(text)) for text in NEW])
    moved = np.abs(given - fitted.ridge.predict(fitted.matrix(NEW)))
    assert 0 < moved.max() < 5e-3


def test_the_same_weights_are_the_same_bytes(fitted: Fitted, tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        write_linear_heads(tmp_path / name, fitted.grams, fitted.features, fitted.rows)
    write_linear_heads(tmp_path / "other.npz", fitted.grams, fitted.features, fitted.rows + 1)
    one = (tmp_path / "one.npz").read_bytes()
    assert one == (tmp_path / "two.npz").read_bytes()
    assert one != (tmp_path / "other.npz").read_bytes()


def test_what_was_read_is_written_as_it_was(fitted: Fitted, tmp_path: Path) -> None:
    write_linear_heads(tmp_path / "one.npz", fitted.grams, fitted.features, fitted.rows)
    read = read_linear_heads(tmp_path / "one.npz", PLAN, "d")
    write_linear_heads(tmp_path / "two.npz", list(read.grams), list(read.features), read.rows[1:])
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_batch_gives_bit_for_bit_what_one_by_one_gives() -> None:
    heads = load_linear_heads()
    documents = [document(text) for text in (*TEXTS, *HARD_TEXTS)]

    def columns(given: list[Document]) -> list[Any]:
        return [answer and list(answer.columns) for answer in heads.answers(given)]

    alone = [columns([one])[0] for one in documents]
    assert sum(one is not None for one in alone) > len(TEXTS) + 10
    assert columns(documents) == alone
    order = list(range(len(documents)))
    for seed in range(3):
        random.Random(seed).shuffle(order)
        assert columns([documents[index] for index in order]) == [alone[index] for index in order]


def test_no_documents_have_no_answers() -> None:
    assert load_linear_heads().answers([]) == []
    assert load_linear_heads().columns([]).shape == (0, load_linear_heads().rows.shape[1])


@pytest.mark.parametrize("text", [*TEXTS, *HARD_TEXTS], ids=range(len(TEXTS) + len(HARD_TEXTS)))
def test_contributions_of_every_head_sum_to_its_calibrated_column(text: str) -> None:
    heads, one = load_linear_heads(), document(text)
    [answer] = heads.answers([one])
    if answer is None:
        assert not look_at(one).grams
        return
    if answer.seen is None:
        assert "&" in one.text  # unescaped to be read, so it has no places to explain by
        return
    for head in heads.plan.heads.values():
        for column, wanted in zip(head.columns, head.inputs(answer.columns), strict=True):
            shown = heads.contributions(
                answer.seen, one.tokens, {f"{head.name}.{column}": 1.0}, REASONS, places(answer.seen.used, one)
            )
            assert sum(part.amount for part in shown) == pytest.approx(wanted, abs=1e-6)
            for part in shown:
                assert part.reason
                assert part.span is None or 0 <= part.span.start < part.span.end <= len(text)


def test_contributions_of_a_difference_are_those_of_the_difference() -> None:
    heads, one = load_linear_heads(), document(TEXTS[3])
    [answer] = heads.answers([one])
    assert answer is not None
    columns = {"sentiment.positive": 1.0, "sentiment.negative": -1.0}
    shown = heads.contributions(answer.seen, one.tokens, columns, REASONS, places(answer.seen.used, one))
    negative, _, positive = heads.plan.heads["sentiment"].inputs(answer.columns)
    assert sum(part.amount for part in shown) == pytest.approx(positive - negative, abs=1e-6)
    shares = answer.shares("sentiment")
    assert positive - negative == pytest.approx(math.log(shares["positive"] / shares["negative"]), abs=1e-9)


def test_the_strongest_wording_is_shown_at_its_place(fitted: Fitted) -> None:
    heads, one = fitted.heads(np.float64), document(TEXTS[1])
    [answer] = heads.answers([one])
    assert answer is not None
    shown = heads.contributions(answer.seen, one.tokens, {"warmth.warmth": 1.0}, REASONS, {})
    wording = [part for part in shown if part.reason == "wording"]
    assert len(wording) == SHOWN_WORDS
    grams = look_at(one).grams
    scale = look_at(one).scale
    largest = sorted((abs(2.0 * heads.rows[heads.grams[gram], 3] * scale) for gram in grams), reverse=True)[:SHOWN_WORDS]
    assert sorted((abs(part.amount) for part in wording), reverse=True) == pytest.approx(largest)
    for part in wording:
        assert part.span is not None
        gram = " ".join(one.folded[part.span.start : part.span.end].split())
        assert gram.replace(" ", "") in {name.replace(" ", "") for name in grams}
    assert [part.span for part in wording] == sorted(part.span for part in wording if part.span)


def test_a_strategy_s_amount_is_shared_by_its_places(fitted: Fitted) -> None:
    heads, one = fitted.heads(np.float64), document("Could you look? Could you check?")
    [answer] = heads.answers([one])
    assert answer is not None
    shown = heads.contributions(answer.seen, one.tokens, {"warmth.warmth": 1.0}, REASONS, places(answer.seen.used, one))
    asked = [part for part in shown if part.reason == REASONS["counterfactual_modal"]]
    whole = 2.0 * heads.rows[heads.features["counterfactual_modal"], 3] * math.sqrt(2)
    assert [part.amount for part in asked] == pytest.approx([whole / 2] * 2)
    assert [one.text[part.span.start : part.span.end] for part in asked if part.span] == ["Could you", "Could you"]


def test_it_is_explained_only_where_it_can_be(fitted: Fitted) -> None:
    one = document(TEXTS[0])
    assert explain(one, {"warmth.warmth": 1.0}) == ()
    [answer] = fitted.heads(np.float64).answers([one])
    assert answer is not None
    object.__setattr__(one, "answers", Answers(PLAN, answer.columns))  # as an encoder's: nothing seen, no model
    assert explain(one, {"warmth.warmth": 1.0}) == ()
    object.__setattr__(one, "answers", answer)
    [wanted] = PLAN.heads["warmth"].inputs(answer.columns)
    assert sum(part.amount for part in explain(one, {"warmth.warmth": 1.0})) == pytest.approx(wanted, abs=1e-9)


def test_words_that_nobody_knows_leave_features_and_the_start() -> None:
    heads, one = load_linear_heads(), document("Zonkfrob blivvet quuxly.")
    grams = look_at(one).grams
    known = [gram for gram in grams if gram in heads.grams and gram != "."]
    assert not known
    [answer] = heads.answers([one])
    assert answer is not None
    wanted = heads.rows[-1].astype(float)
    if "." in heads.grams:
        wanted = wanted + heads.rows[heads.grams["."]].astype(float) * look_at(one).scale
    for name, value in answer.seen.features.items():
        wanted = wanted + heads.rows[heads.features[name]].astype(float) * value
    assert answer.columns == pytest.approx(wanted.tolist(), abs=1e-9)
    assert sum(answer.shares("sentiment").values()) == pytest.approx(1)


def test_heads_that_know_no_n_gram_at_all_still_answer(fitted: Fitted) -> None:
    bare = LinearHeads({}, {}, np.array([[0.0] * 4, [0.1, 0.2, 0.3, 0.4]]), PLAN, "d")
    for answer in bare.answers([document(text) for text in TEXTS]):
        assert answer is not None
        assert list(answer.columns) == [0.1, 0.2, 0.3, 0.4]
        assert answer.value("warmth") == pytest.approx(3.8)


@pytest.mark.parametrize("text", ["", "  \n", "Guten Tag, meine Bestellung ist leider immer noch nicht angekommen.", "你好，我的订单还没有到，请问什么时候发货？"])
def test_nothing_is_said_where_nothing_can_be_said(text: str) -> None:
    english = document(TEXTS[0], None)
    first, second, third = load_linear_heads().answers([english, document(text, None), english])
    assert second is None
    assert first is not None and third is not None
    assert list(first.columns) == list(third.columns)


def written(fitted: Fitted, path: Path, **changed: Any) -> Path:
    """A weights file with some arrays changed."""
    arrays = {
        "grams": np.frombuffer("\n".join(fitted.grams).encode(), dtype=np.uint8),
        "features": np.frombuffer("\n".join(fitted.features).encode(), dtype=np.uint8),
        "rows": np.concatenate([np.zeros((1, 4)), fitted.rows]).astype(np.float16),
        **changed,
    }
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    return path


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": np.zeros((3, 4), dtype=np.float16)},
        {"grams": np.frombuffer(b"only\ntwo", dtype=np.uint8)},
        {"features": None},
        {"rows": None},
        {"grams": np.array([255, 254], dtype=np.uint8)},
        {"grams": np.array(["a", None], dtype=object)},
    ],
    ids=["too few rows", "too few names", "no features", "no rows", "no UTF-8", "pickled"],
)
def test_a_file_that_does_not_fit_is_refused(fitted: Fitted, tmp_path: Path, changed: dict[str, Any]) -> None:
    assert read_linear_heads(written(fitted, tmp_path / "whole.npz"), PLAN, "d").grams
    with pytest.raises(ModelError, match="model 'heads'"):
        read_linear_heads(written(fitted, tmp_path / "w.npz", **changed), PLAN, "d")


def damaged(whole: bytes) -> dict[str, bytes]:
    """Ways in which a file goes wrong on its way."""
    flipped = bytearray(whole)
    middle = whole.index(b"rows.npy") + 200
    flipped[middle : middle + 40] = bytes(value ^ 0xFF for value in flipped[middle : middle + 40])
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name in ("grams", "features", "rows"):
            archive.writestr(f"{name}.npy", b"not an array")
    return {
        "empty": b"",
        "text": b"no weights here",
        "cut short": whole[: len(whole) // 2],
        "flipped bytes": bytes(flipped),
        "no arrays in it": stored.getvalue(),
    }


@pytest.mark.parametrize("how", ["empty", "text", "cut short", "flipped bytes", "no arrays in it"])
def test_a_damaged_file_is_refused(fitted: Fitted, tmp_path: Path, how: str) -> None:
    write_linear_heads(tmp_path / "w.npz", fitted.grams, fitted.features, fitted.rows)
    (tmp_path / "w.npz").write_bytes(damaged((tmp_path / "w.npz").read_bytes())[how])
    with pytest.raises(ModelError, match="its weights cannot be read"):
        read_linear_heads(tmp_path / "w.npz", PLAN, "d")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="FileNotFoundError"):
        read_linear_heads(tmp_path / "w.npz", PLAN, "d")
