"""Fitting: what it needs, what it learns, and what it refuses to say or to keep."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from toneguard.analysers.brand_voice import BrandVoice, Voice
from toneguard.analysers.brand_voice import fit as fitting
from toneguard.analysers.brand_voice.calibration import auc_with_interval, platt, quantiles
from toneguard.analysers.brand_voice.fit import background, fit_voice
from toneguard.analysers.brand_voice.replies import Read
from toneguard.analysers.brand_voice.scoring import Scorer
from toneguard.analysers.brand_voice.style import count
from toneguard.analysers.brand_voice.vocabulary import ENOUGH_REPLIES, names_in, read, shown, speaks
from toneguard.documents import parse
from toneguard.errors import InvalidInput
from toneguard.messages import Message

ROOT = Path(__file__).resolve().parents[3]
Agents = dict[str, list[str]]


def value(voice: Voice, text: str) -> float | None:
    return BrandVoice(voice).analyse([parse(Message(text))])[0].scores[0].value


def mean(voice: Voice, texts: list[str]) -> float:
    scored = [found for text in texts if (found := value(voice, text)) is not None]
    return float(np.mean(scored))


def test_too_few_examples_say_how_many_are_needed(agents: Agents) -> None:
    voice = fit_voice(agents["bronte"][:6], name="few")
    assert voice.abstains == "6 of 10 example replies"
    assert not voice.styles
    assert not voice.phrases
    score = BrandVoice(voice).analyse([parse(Message(agents["bronte"][8]))])[0].scores[0]
    assert (score.value, score.because) == (None, "cannot say: 6 of 10 example replies")


def test_what_is_left_out_is_counted(agents: Agents) -> None:
    on = agents["bronte"][:12]
    odd = ["Thanks!", on[0], on[0], "Ihre Bestellung ist heute leider noch nicht bei uns angekommen, danke."]
    voice = fit_voice([*on, *odd], agents["mei"][:3], name="odd")
    assert voice.on == 12
    assert voice.left_out == (
        "1 on-brand, of fewer than 5 words",
        "1 on-brand, not in English",
        "2 on-brand, repeats",
        "3 off-brand, because at least 10 are needed",
    )
    assert voice.contrast == "background"


def test_a_reply_on_both_sides_counts_for_neither(agents: Agents) -> None:
    voice = fit_voice(agents["bronte"][:12], agents["mei"][:12] + agents["bronte"][:1], name="both")
    assert (voice.on, voice.off) == (11, 12)
    assert voice.left_out == ("1 that stand on both sides",)


def test_the_same_replies_give_the_same_voice(agents: Agents, two_sided: Voice) -> None:
    again = fit_voice(agents["bronte"][:30], agents["mei"][:20] + agents["priya"][:20], name="bronte")
    assert again == two_sided
    assert again.digest == two_sided.digest


def test_held_back_replies_fall_on_their_side(agents: Agents, two_sided: Voice, alone: Voice) -> None:
    assert two_sided.metrics["auc_low"] > 0.8
    assert mean(two_sided, agents["bronte"][30:]) > 0.7
    assert mean(two_sided, agents["mei"][20:] + agents["priya"][20:]) < 0.3
    assert alone.metrics["auc_low"] > 0.7
    assert mean(alone, agents["mei"][25:]) > 0.6
    assert mean(alone, agents["bronte"]) < 0.3


def test_what_nobody_would_write_is_far_from_a_lone_voice(alone: Voice) -> None:
    """Nothing off-brand was ever seen, so straying from the examples has to count by itself."""
    assert value(alone, "OMG hiii!!! Soooo happy to help you out 😀😀🎉 DM us babes!!! xx") < 0.05


def test_a_side_that_cannot_be_told_apart_abstains(agents: Agents) -> None:
    mixed = list(agents["priya"])
    random.Random(3).shuffle(mixed)
    voice = fit_voice(mixed[:25], mixed[25:50], name="same")
    assert voice.metrics["auc_low"] <= 0.5
    assert re.match(r"the examples cannot be told from the off-brand ones \(AUC 0\.\d\d, 95 % interval ", voice.abstains)
    assert value(voice, mixed[50]) is None


def test_our_arithmetic_is_scikit_learns(agents: Agents) -> None:
    """The plain-data score equals LogisticRegression's decision function on the same rows."""
    generator = np.random.default_rng(1)
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    documents = [parse(Message(text)) for text in agents["callum"][:20] + agents["aisha"][:20]]
    read_replies = [Read(document, count(document), generator.normal(size=7)) for document in documents]
    replies = [fitting.reply_of(reply) for reply in read_replies]
    examples = fitting.Examples(replies[:20], replies[20:], names_in(documents), False, encoded=True)
    fitted = fitting.fit(examples, np.arange(40))
    styles = np.clip((examples.values - fitted.mean) / fitted.scale, -fitting.CUT, fitting.CUT) * fitting.STYLE_SCALE
    phrases = fitting.of_unit_length(examples.phrases[:, fitted.kept], fitted.importance)
    vectors = (examples.vectors - fitted.vector_mean) / (examples.vectors.std(0) + fitting.SMALL)
    vectors *= fitting.VECTOR_SCALE / np.sqrt(7)
    matrix = hstack([csr_matrix(styles), csr_matrix(vectors), phrases], format="csr")
    model = LogisticRegression(C=fitting.STRENGTH, class_weight="balanced", max_iter=2000)
    wanted = model.fit(matrix, examples.sides).decision_function(matrix)
    voice = Voice(
        name="plain",
        contrast="off-brand",
        on=20,
        off=20,
        styles=fitting.style_weights(fitted),
        phrases=fitting.phrase_weights(fitted, examples),
        encoder="of seven numbers",
        vector=fitting.vector_weights(fitted),
        intercept=fitted.intercept,
    )
    scorer = Scorer(voice)
    ours = [scorer.logit(reply) for reply in read_replies]
    assert np.abs(np.array(ours) - wanted).max() < 1e-6
    assert np.abs(fitting.decide(fitted, examples, np.arange(40)) - wanted).max() < 1e-6


def test_no_name_no_number_and_no_rare_word_is_kept(agents: Agents) -> None:
    secret = ["Quokkarita", "quokkabell"]
    replies = [
        f"{text}\n\nAsk for Wilhelmina on 0491 570 006 or jo@example.com, order TF-204417.\nCheers,\nWilhelmina"
        for text in agents["bronte"][:20]
    ]
    replies[0] += f" {secret[0]} {secret[1]} said so."
    replies[1] += f" We told {secret[1]} and {secret[0]}."
    voice = fit_voice(replies, agents["mei"][:20], name="names")
    words = {word for row in voice.phrases for word in row.phrase.split()}
    people = {"wilhelmina", "bronte", "mei", "priya", "callum", "quokkarita", "quokkabell"}
    assert not words & people
    assert not [word for word in words if re.search(r"\d|@|<(?!s>)", word)]
    known = background().phrases
    assert all(row.on + row.off >= ENOUGH_REPLIES or read(row.phrase) in known for row in voice.phrases)
    text = json.dumps(voice.to_dict())
    assert not [word for word in (*people, "0491", "TF-204417") if re.search(rf"\b{word}\b", text, re.IGNORECASE) and word != "bronte"]


@pytest.mark.parametrize(
    ("on", "off", "name"),
    [("one text", (), "x"), ([1, 2], (), "x"), (["a text"], "another", "x"), (["a text"], (), " "), (["a text"], (), 3)],
)
def test_wrong_input_is_named(on: object, off: object, name: object) -> None:
    with pytest.raises(InvalidInput):
        fit_voice(on, off, name=name)  # type: ignore[arg-type]


def test_nothing_but_fitting_loads_scikit_learn() -> None:
    script = (
        "import sys, toneguard.analysers.brand_voice, toneguard.analysers.brand_voice.scoring,"
        " toneguard.analysers.brand_voice.fit; print([m for m in ('sklearn', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_background_is_what_the_script_writes() -> None:
    """After a change of the parser or of the corpora: python -m toneguard.training.voice_background."""
    from toneguard.training.voice_background import build

    wanted = json.dumps(build(ROOT / "corpora"), separators=(",", ":")) + "\n"
    assert fitting.BACKGROUND.read_text(encoding="utf-8") == wanted


def test_the_background_names_nobody(agents: Agents) -> None:
    words = {word for phrase in background().phrases for word in shown(phrase).split()}
    assert not words & {*agents, "tidewater", "fern", "eleni", "marisol", "brightloom", "melbourne", "geelong"}
    assert all(speaks(phrase) for phrase in background().phrases)


def test_calibration_is_ordered_and_its_numbers_are_right() -> None:
    ours, others = np.array([2.0, 3.0, 1.0, 4.0]), np.array([-2.0, -1.0, 1.5, -4.0])
    auc, low, high = auc_with_interval(ours, others)
    assert auc == pytest.approx(15 / 16)
    assert low < auc < high <= 1
    slope, offset = platt(np.concatenate([ours, others]), np.array([1] * 4 + [0] * 4))
    assert slope > 0
    targets = 1 / (1 + np.exp(-(slope * ours + offset)))
    assert (targets < 1).all()
    assert targets[3] > targets[1] > targets[2]
    assert platt(np.concatenate([others, ours]), np.array([1] * 4 + [0] * 4))[0] == 0
    assert list(quantiles(np.arange(501.0))) == [5.0 * step for step in range(101)]
