"""The encoder and the tier that it makes: the same alone as in company, still where it must be, and silent where it cannot say."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from toneguard.documents import parse
from toneguard.documents.answers import Answers, Blend, Calibration
from toneguard.documents.encoder_text import encoder_text
from toneguard.errors import MissingExtra, ModelError
from toneguard.heads.blended import load_blended_heads
from toneguard.heads.encoder import Encoder, load_encoder
from toneguard.messages import Message, Role
from toneguard.resources.models import model_file
from toneguard.testing import HARD_TEXTS

MODEL = Path(__file__).resolve().parents[2] / "models/encoder"
ANGRY = "This is the third time I have asked and nobody has replied. My order is three weeks late and I want my money back now."
HAPPY = "Just wanted to say a huge thank you to your team, the new kettle arrived this morning and it is perfect!"


def encode(text: str, **given: Any) -> Answers | None:
    return load_blended_heads().answers([parse(Message(text=text, role=Role.CUSTOMER, **given))])[0]


def columns(encoder: Encoder, text: str) -> list[float]:
    """What the encoder says by itself."""
    return encoder.columns(encoder_text(parse(Message(text))))


def sure(text: str) -> Answers:
    answer = encode(text)
    assert answer is not None
    return answer


def test_it_tells_an_angry_customer_from_a_happy_one() -> None:
    angry, happy = sure(ANGRY), sure(HAPPY)
    assert angry.label("sentiment") == "negative"
    assert happy.label("sentiment") == "positive"
    assert angry.dissatisfaction > 0.8 > 0.2 > happy.dissatisfaction
    assert angry.probability("complaint") > happy.probability("complaint")
    assert happy.label("contact_type") == "compliment"
    assert happy.value("valence") > 0 > angry.value("valence")


def test_it_tells_a_polite_request_from_a_rude_one() -> None:
    polite = sure("Hi, thanks for your help so far. Could you please let me know when the parcel might arrive?")
    rude = sure("Why can't you people do anything right? Just tell me where it is.")
    assert polite.probability("politeness") > 0.7 > 0.3 > rude.probability("politeness")


def test_probabilities_sum_to_one_and_values_stay_in_bounds() -> None:
    for text in (ANGRY, HAPPY, "ok", "Hi"):
        answer = sure(text)
        for head in ("sentiment", "level", "contact_type", "cause"):
            assert answer.label(head) in answer.shares(head)
            assert sum(answer.shares(head).values()) == pytest.approx(1)
        assert all(0 <= chance <= 1 for chance in answer.chances("kinds").values())
        assert all(1 <= answer.value(tone) <= 5 for tone in ("formality", "warmth", "enthusiasm", "assertiveness"))
        assert -1 <= answer.value("valence") <= 1


def test_the_same_text_gets_the_same_bytes_in_any_company() -> None:
    texts = [ANGRY, HAPPY, "ok then", ANGRY + " " + HAPPY]
    first = [sure(text).columns for text in texts]
    assert [sure(text).columns for text in reversed(texts)] == first[::-1]
    together = load_blended_heads().answers([parse(Message(text, role=Role.CUSTOMER)) for text in texts])
    assert [answer and answer.columns for answer in together] == first
    made_anew = Encoder(MODEL / "encoder.onnx", MODEL / "vocab.txt", json.loads((MODEL / "manifest.json").read_text())["encoder"], "")
    assert columns(made_anew, ANGRY) == columns(load_encoder(), ANGRY)


TOLERANCE = 0.01
"""What other kernels, as another processor would choose, may move a probability by (the card says so)."""


def test_other_kernels_give_the_same_answers_within_the_stated_tolerance() -> None:
    import numpy as np
    import onnxruntime

    encoder = load_encoder()
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # nothing fused
    options.intra_op_num_threads = 2
    plain = onnxruntime.InferenceSession((MODEL / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"])
    for text in (ANGRY, HAPPY, "ok then", ANGRY + " " + HAPPY):
        numbers = np.array([encoder._pieces.numbers(encoder_text(parse(Message(text))))], dtype=np.int64)
        other = Answers(encoder.plan, plain.run(None, {"numbers": numbers})[0][0].tolist())
        mine = Answers(encoder.plan, columns(encoder, text))
        for head in ("politeness", "complaint"):
            assert mine.probability(head) == pytest.approx(other.probability(head), abs=TOLERANCE)
        assert mine.dissatisfaction == pytest.approx(other.dissatisfaction, abs=TOLERANCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hi Sam, why is order TF-204417 late?", "hi Nguyen, why is order QX-99120113 late?"),
        ("It’s &quot;late&quot; &amp; broken", 'It\'s "late" & broken'),
        ("THIS IS LATE", "this is late"),
    ],
)
def test_what_must_move_nothing_moves_nothing(one: str, other: str) -> None:
    assert columns(load_encoder(), one) == columns(load_encoder(), other)


NAMES = {
    "Anglo": "Emily Jack Sarah Tom",
    "Chinese": "Wei Xiulan Mei Jian",
    "Indian": "Priya Arjun Lakshmi Sanjay",
    "Arabic": "Fatima Omar Aisha Khalid",
    "Nigerian": "Adaeze Chidi Ngozi Emeka",
    "Vietnamese": "Nguyen Thuy Linh Minh",
    "Greek": "Eleni Stavros Kostas Despina",
    "Aboriginal": "Jedda Jarrah Kirra Bindi",
    "Pasifika": "Sione Mele Tevita Losa",
}
NAMED = (
    "I spoke to {} yesterday and was told the refund had gone through, but nothing has arrived.",
    "My name is {} and I would like to change the address on my order.",
    "{} in your Newtown shop was wonderful, please pass on my thanks.",
    "Could you ask {} to call me back about the invoice?",
    "This is {} again, third time asking about the same broken heater.",
    "I've asked {} to look into this and they will email you by Friday.",
    "Sorry about the mix-up, {}, the replacement left this morning.",
)
MOST, MOST_BY_ORIGIN = 0.01, 0.005
"""What a name within the text may move (the card says so), and what names of one origin may move together."""


def test_no_origin_of_names_is_judged_otherwise() -> None:
    import numpy as np

    def judged(text: str) -> list[float]:
        answer = sure(text)
        feeling = answer.shares("sentiment")
        return [
            answer.probability("politeness"), answer.dissatisfaction, answer.probability("complaint"),
            feeling["positive"] - feeling["negative"],
        ]  # fmt: skip

    values = np.array([[[judged(text.format(name)) for text in NAMED] for name in names.split()] for names in NAMES.values()])
    moved = values - np.median(values, axis=(0, 1))
    assert abs(moved).max() < MOST
    assert abs(moved.mean(axis=(1, 2))).max() < MOST_BY_ORIGIN


@pytest.mark.parametrize(
    "text",
    ["", "   ", "你好，我的订单还没有到，请问什么时候发货？", "Guten Tag, meine Bestellung ist leider immer noch nicht angekommen."],
)
def test_it_says_nothing_where_it_cannot_say(text: str) -> None:
    assert encode(text) is None


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_hard_texts_are_survived(text: str) -> None:
    encode(text, language="en")


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    load_encoder.cache_clear()
    with pytest.raises(MissingExtra, match=r"pip install 'toneguard\[accurate\]'"):
        load_encoder()


def test_changed_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MODEL, tmp_path / "encoder")
    (tmp_path / "encoder/vocab.txt").write_text("[CLS]\n[SEP]\n[UNK]\n", encoding="utf-8")
    monkeypatch.setenv("TONEGUARD_MODELS", str(tmp_path))
    load_encoder.cache_clear()
    model_file.cache_clear()
    try:
        with pytest.raises(ModelError, match="is not what its manifest names"):
            load_encoder()
    finally:
        load_encoder.cache_clear()
        model_file.cache_clear()


def test_a_graph_or_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    table = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))["encoder"]
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="its graph cannot be read"):
        Encoder(tmp_path / "encoder.onnx", MODEL / "vocab.txt", table, "")
    with pytest.raises(ModelError, match="lacks what it needs"):
        Encoder(MODEL / "encoder.onnx", MODEL / "vocab.txt", {"limit": 10, "first": 5}, "")


def test_decisions_move_the_label_and_not_the_probabilities() -> None:
    plain = Calibration("h", "classes", ("a", "b"), 0, (1.0, 1.0), (0.0, 0.0))
    moved = Calibration("h", "classes", ("a", "b"), 0, (1.0, 1.0), (0.0, 0.0), (0.0, 1.0))
    shares = plain.shares([0.5, 0.0])
    assert shares == moved.shares([0.5, 0.0])
    assert (plain.best([*shares.values()])[0], moved.best([*shares.values()])[0]) == ("a", "b")


def test_the_blend_is_finite_at_its_ends() -> None:
    blend = Blend(level=1.0, complaint=1.0, sentiment=1.0, bias=0.0)
    level = {"none": 1.0, "slight": 0.0, "moderate": 0.0, "strong": 0.0, "extreme": 0.0}
    assert 0 <= blend.probability(level, 0.0, {"negative": 0.0, "neutral": 0.0, "positive": 1.0}) < 1e-6
