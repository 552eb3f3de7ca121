"""Voices that the encoder of the tier "accurate" takes part in: what they need, what they say, and what they own up to."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from toneguard.analysers.brand_voice import BrandVoice, Voice
from toneguard.analysers.brand_voice.fit import fit_voice
from toneguard.analysers.brand_voice.several import fit_voices, probabilities, together
from toneguard.documents import Document, parse
from toneguard.errors import InvalidInput, ModelError
from toneguard.findings import Score
from toneguard.heads.encoder import load_encoder
from toneguard.heads.load import TIERS, load_reader
from toneguard.integrations.sklearn import BrandVoiceClassifier
from toneguard.messages import Message
from toneguard.pipeline import Pipeline
from toneguard.testing import CHECKS

Agents = dict[str, list[str]]
HEARD = "what the encoder hears"


@pytest.fixture(scope="module")
def encoded(agents: Agents) -> Voice:
    return fit_voice(agents["bronte"][:20], agents["mei"][:12] + agents["priya"][:12], name="bronte", tier="accurate")


def answered(text: str, tier: str = "accurate") -> Document:
    document = parse(Message(text))
    [answers] = load_reader(tier).answers([document])
    return replace(document, answers=answers)


def scores(voice: Voice, documents: list[Document]) -> list[Score]:
    return [analysis.scores[0] for analysis in BrandVoice(voice).analyse(documents)]


def test_it_tells_held_back_replies_apart(encoded: Voice, agents: Agents) -> None:
    assert encoded.encoder == load_encoder().digest
    assert len(encoded.vector) == 384
    own = scores(encoded, [answered(text) for text in agents["bronte"][20:30]])
    others = scores(encoded, [answered(text) for text in agents["mei"][12:20]])
    assert min(score.value or 0 for score in own) > max(score.value or 0 for score in others)


def test_contributions_sum_and_the_encoders_part_is_owned_up_to(encoded: Voice, agents: Agents) -> None:
    for score in scores(encoded, [answered(text) for text in [*agents["bronte"][20:26], *agents["mei"][12:16]]]):
        assert score.value is not None
        total = sum(contribution.amount for contribution in score.contributions)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(score.value, abs=1e-9)
        [heard] = [found for found in score.contributions if found.reason.startswith(HEARD)]
        assert heard.span is None
        assert "cannot be traced to words" in heard.reason


def test_alone_and_in_a_batch_are_the_same(encoded: Voice, agents: Agents) -> None:
    documents = [answered(text) for text in agents["callum"][:8]]
    assert scores(encoded, documents) == [scores(encoded, [document])[0] for document in documents]
    assert scores(encoded, documents[::-1]) == scores(encoded, documents)[::-1]


def test_another_tier_and_another_encoder_are_refused_with_the_reason(encoded: Voice, agents: Agents) -> None:
    text = agents["bronte"][20]
    [score] = scores(encoded, [answered(text, "fast")])
    assert (score.value, score.because) == (None, 'cannot say: the voice was fitted for the tier "accurate"')
    old = replace(encoded, encoder="0123456789abcdef")
    [score] = scores(old, [answered(text)])
    now = load_encoder().digest
    assert score.value is None
    assert score.because == f"cannot say: the voice was fitted with encoder 0123456789abcdef, this is {now}: fit it again"
    with pytest.raises(ModelError, match="another encoder; fit them again"):
        probabilities(together([old, old]), [text])
    short = answered("Thanks, all done now")
    assert scores(encoded, [short])[0].because == "cannot say: 4 of 5 words"


def test_a_voice_of_the_fast_tier_scores_in_both(two_sided: Voice, agents: Agents) -> None:
    text = agents["bronte"][31]
    assert "answers" not in BrandVoice(two_sided).needs
    assert scores(two_sided, [answered(text)]) == scores(two_sided, [parse(Message(text))])


def test_a_saved_voice_is_the_same(encoded: Voice, tmp_path: Path) -> None:
    encoded.save(tmp_path / "voice.json")
    again = Voice.load(tmp_path / "voice.json")
    assert again == encoded
    assert again.digest == encoded.digest


def test_without_off_brand_examples_the_encoder_stays_out_and_that_is_said(agents: Agents) -> None:
    voice = fit_voice(agents["mei"][:15], name="mei", tier="accurate")
    assert (voice.encoder, voice.vector) == ("", ())
    assert voice.left_out == ("the encoder, which takes part only where there are off-brand examples",)


def test_the_classifier_takes_a_tier(agents: Agents) -> None:
    texts = agents["bronte"][:12] + agents["mei"][:12]
    model = BrandVoiceClassifier(tier="accurate").fit(texts, ["bronte"] * 12 + ["mei"] * 12)
    assert {voice.encoder for voice in model.voices_.values()} == {load_encoder().digest}
    asked = agents["bronte"][20:23] + agents["mei"][20:23]
    assert model.predict(asked).tolist() == ["bronte"] * 3 + ["mei"] * 3
    assert (model.predict_proba(asked)[1] == model.predict_proba(asked[1:2])[0]).all()


def test_the_commands_fit_and_show_it_and_a_pipeline_scores_by_it(agents: Agents, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from toneguard.cli.app import app

    for name, texts in (("ours", agents["bronte"][:12]), ("others", agents["mei"][:12])):
        (tmp_path / f"{name}.txt").write_text("\n---\n".join(texts), encoding="utf-8")
    files = ["--on-brand", str(tmp_path / "ours.txt"), "--off-brand", str(tmp_path / "others.txt")]
    done = CliRunner().invoke(app, ["brand", "fit", *files, "--tier", "accurate", "--out", str(tmp_path / "voice.json")])
    assert done.exit_code == 0, done.output
    assert f"with encoder {load_encoder().digest}" in done.output
    (tmp_path / "standard.toml").write_text('name = "crew"\nversion = "1"\n[options.brand_voice]\nvoice = "voice.json"\n')
    said = {tier: Pipeline.from_standard(tmp_path / "standard.toml", tier=tier).review(agents["bronte"][21]) for tier in TIERS}
    assert (said["accurate"].scores["brand_voice"].value or 0) > 0.5
    assert said["fast"].scores["brand_voice"].because == 'cannot say: the voice was fitted for the tier "accurate"'


def test_an_unknown_tier_is_named() -> None:
    with pytest.raises(InvalidInput, match="tier: 'best' is not one of fast, accurate"):
        fit_voice(["a text"], name="x", tier="best")
    with pytest.raises(InvalidInput, match="tier: None"):
        fit_voices(["a text"], ["a"], tier=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_contract_is_kept(check: object, encoded: Voice) -> None:
    check(BrandVoice(encoded))  # type: ignore[operator]
