"""The classifier of brands: what users of scikit-learn rely on, and what it refuses."""

from __future__ import annotations

import contextlib
import io
import pickle
import random
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from integrations.shops import BRANDS, FRESH, TEXTS
from sklearn import config_context
from sklearn.base import clone, is_classifier
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks

from toneguard.analysers.brand_voice import BrandVoice, Voice
from toneguard.analysers.brand_voice import several as brands_together
from toneguard.analysers.brand_voice.fit import STYLE_SCALE, fit_voice
from toneguard.analysers.brand_voice.several import fit_voices, shares
from toneguard.documents import parse
from toneguard.errors import InvalidInput
from toneguard.integrations.sklearn import BrandVoiceClassifier
from toneguard.messages import Message

ROOT = Path(__file__).resolve().parents[2]
GALAH, HALLORAN = "Galah Kettles", "Halloran & Daughters"
FOLDS = StratifiedKFold(4, shuffle=True, random_state=0)


@pytest.fixture(scope="module")
def fitted() -> BrandVoiceClassifier:
    return BrandVoiceClassifier().fit(TEXTS, BRANDS)


def test_fresh_replies_are_told_apart(fitted: BrandVoiceClassifier) -> None:
    assert fitted.predict(FRESH).tolist() == [GALAH, HALLORAN]
    assert fitted.score(FRESH, [GALAH, HALLORAN]) == 1.0
    assert fitted.score(FRESH, [HALLORAN, HALLORAN]) == 0.5
    assert fitted.classes_.tolist() == [GALAH, HALLORAN]


def test_probabilities_sum_to_one_in_the_order_of_classes(fitted: BrandVoiceClassifier) -> None:
    found = fitted.predict_proba([*FRESH, *TEXTS])
    assert found.shape == (len(TEXTS) + 2, 2)
    assert np.allclose(found.sum(axis=1), 1)
    assert ((found > 0) & (found < 1)).all()
    assert found[0, 0] > 0.7
    assert found[1, 1] > 0.7
    assert np.array_equal(fitted.classes_[found.argmax(axis=1)], fitted.predict([*FRESH, *TEXTS]))


def test_it_says_what_the_analyser_says(fitted: BrandVoiceClassifier) -> None:
    """Of two brands, each probability is nearly the analyser's (they share one calibration, so that they can be compared);
    the voices are the same as fitted singly."""
    own, other = TEXTS[:16], TEXTS[16:]
    assert fitted.voices_[GALAH] == fit_voice(own, other, name=GALAH)
    assert fitted.voices_[HALLORAN] == fit_voice(other, own, name=HALLORAN)
    documents = [parse(Message(text)) for text in FRESH]
    said = np.array(
        [
            [analysis.scores[0].value for analysis in BrandVoice(fitted.voices_[brand]).analyse(documents)]
            for brand in fitted.classes_
        ]
    ).T
    assert np.allclose(fitted.predict_proba(FRESH), said / said.sum(axis=1, keepdims=True), atol=0.02)


def test_a_voice_can_be_kept_for_the_analyser(fitted: BrandVoiceClassifier, tmp_path: Path) -> None:
    fitted.voices_[GALAH].save(tmp_path / "voice.json")
    assert Voice.load(tmp_path / "voice.json") == fitted.voices_[GALAH]


def test_three_brands_with_whole_numbers_for_names() -> None:
    terse = [f"{what}. {when}." for what in ("Sent the part out", "Sorry, all sold out", "Refund has gone through", "Yes, it fits that model") for when in ("Back to you by noon", "Call if not there Friday", "Same day next time")]  # fmt: skip
    model = BrandVoiceClassifier().fit([*TEXTS, *terse], [7] * 16 + [3] * 16 + [5] * 12)
    assert model.classes_.tolist() == [3, 5, 7]
    found = model.predict_proba([*FRESH, "Yes, sold out. Call back by Friday noon."])
    assert np.allclose(found.sum(axis=1), 1)
    assert model.predict([*FRESH, "Yes, sold out. Call back by Friday noon."]).tolist() == [7, 3, 5]


@pytest.mark.parametrize(
    "shape",
    [tuple, np.array, lambda texts: np.array(texts, dtype=object), pd.Series, lambda texts: pd.Series(texts, index=range(90, 90 + len(texts)), dtype=object)],
    ids=["tuple", "array of str", "array of objects", "Series", "Series of objects"],
)  # fmt: skip
def test_every_shape_of_texts_gives_the_same(shape: Any, fitted: BrandVoiceClassifier) -> None:
    model = BrandVoiceClassifier().fit(shape(TEXTS), shape(BRANDS))
    assert model.classes_.tolist() == fitted.classes_.tolist()
    assert model.voices_ == fitted.voices_
    assert all(type(voice.name) is str for voice in model.voices_.values())
    assert np.array_equal(model.predict_proba(shape(FRESH)), fitted.predict_proba(FRESH))
    assert model.predict(shape(FRESH)).tolist() == [GALAH, HALLORAN]


def test_a_text_without_a_voice_leaves_all_brands_alike(fitted: BrandVoiceClassifier) -> None:
    odd = ["", "Thanks!", "👍👍", "Ihre Bestellung ist heute leider noch nicht bei uns angekommen, danke."]
    assert (fitted.predict_proba(odd) == 0.5).all()
    mixed = fitted.predict_proba([odd[0], FRESH[0], odd[1]])
    assert np.array_equal(mixed[1:2], fitted.predict_proba(FRESH[:1]))


def test_batch_singly_and_shuffled_are_the_same(fitted: BrandVoiceClassifier) -> None:
    together = fitted.predict_proba(TEXTS)
    assert np.array_equal(together, np.vstack([fitted.predict_proba([text]) for text in TEXTS]))
    assert np.array_equal(together[::-1], fitted.predict_proba(TEXTS[::-1]))


def test_parameters_are_stored_and_cloned_without_thinking() -> None:
    model = BrandVoiceClassifier(strength=-3, style_scale="much")  # type: ignore[arg-type]
    assert model.get_params() == {"tier": "fast", "strength": -3, "style_scale": "much"}
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(strength=2.0) is model
    assert (model.strength, model.style_scale) == (2.0, "much")
    assert repr(BrandVoiceClassifier(strength=2.0)) == "BrandVoiceClassifier(strength=2.0)"
    with pytest.raises(ValueError, match="wrong"):
        model.set_params(wrong=1)


def test_fit_gives_itself_and_forgets_what_was_learnt_before(fitted: BrandVoiceClassifier) -> None:
    model = BrandVoiceClassifier(style_scale=0.3)
    before = dict(vars(model))
    assert model.fit(TEXTS, [brand.upper() for brand in BRANDS]) is model
    assert {name: vars(model)[name] for name in before} == before
    assert model.voices_[GALAH.upper()].styles != fitted.voices_[GALAH].styles
    model.set_params(style_scale=STYLE_SCALE).fit(TEXTS, BRANDS)
    assert model.voices_ == fitted.voices_
    assert model.classes_.tolist() == [GALAH, HALLORAN]
    assert not hasattr(clone(model), "voices_")


def test_it_can_be_pickled(fitted: BrandVoiceClassifier) -> None:
    again = pickle.loads(pickle.dumps(fitted))
    assert np.array_equal(again.predict_proba(FRESH), fitted.predict_proba(FRESH))


def test_it_works_in_a_pipeline() -> None:
    unsigned = FunctionTransformer(lambda texts: [text.removesuffix(" Kind regards") for text in texts])
    model = make_pipeline(unsigned, BrandVoiceClassifier()).fit(TEXTS, BRANDS)
    assert model.predict(FRESH).tolist() == [GALAH, HALLORAN]
    assert model.classes_.tolist() == [GALAH, HALLORAN]
    assert model.set_params(brandvoiceclassifier__strength=0.5)[-1].strength == 0.5


@pytest.mark.parametrize("scoring", [None, "f1_macro", "neg_log_loss", "roc_auc"])
def test_it_can_be_cross_validated(scoring: str | None) -> None:
    assert is_classifier(BrandVoiceClassifier())
    found = cross_val_score(BrandVoiceClassifier(), TEXTS, BRANDS, cv=FOLDS, scoring=scoring, error_score="raise")
    assert found.mean() > (-0.4 if scoring == "neg_log_loss" else 0.9)
    assert np.isfinite(found).all()


def test_cross_validated_probabilities() -> None:
    found = cross_val_predict(
        BrandVoiceClassifier(), pd.Series(TEXTS), pd.Series(BRANDS), cv=FOLDS, method="predict_proba"
    )
    assert np.allclose(found.sum(axis=1), 1)


def test_a_grid_can_be_searched() -> None:
    grid = {"strength": np.array([0.3, 1.0]), "style_scale": [0, 0.1]}
    search = GridSearchCV(BrandVoiceClassifier(), grid, cv=FOLDS, error_score="raise").fit(TEXTS, BRANDS)
    assert search.best_score_ > 0.9
    assert set(search.best_params_) == set(grid)
    assert search.predict(FRESH).tolist() == [GALAH, HALLORAN]


def test_it_works_inside_other_classifiers_and_with_routing() -> None:
    with config_context(enable_metadata_routing=True):
        assert not hasattr(BrandVoiceClassifier, "set_fit_request")
        model = CalibratedClassifierCV(BrandVoiceClassifier(), cv=4).fit(TEXTS, BRANDS)
        assert model.predict(FRESH).tolist() == [GALAH, HALLORAN]


@pytest.mark.parametrize("method", ["predict", "predict_proba"])
def test_nothing_is_predicted_before_fit(method: str) -> None:
    with pytest.raises(NotFittedError):
        getattr(BrandVoiceClassifier(), method)(FRESH)
    with pytest.raises(NotFittedError):
        BrandVoiceClassifier().score(FRESH, [GALAH, HALLORAN])


SECRET = "my card is 4111 1111 1111 1111, please help"


@pytest.mark.parametrize(
    ("texts", "brands", "says"),
    [
        (SECRET, BRANDS, "texts: expected a list, one-dimensional array or Series, got str"),
        ([*TEXTS[:-1], 5], BRANDS, "texts: expected str, got int at position 31"),
        ([*TEXTS[:-1], None], BRANDS, "texts: expected str, got NoneType at position 31"),
        ([*TEXTS[:-1], SECRET.encode()], BRANDS, "texts: expected str, got bytes at position 31"),
        (pd.Series([*TEXTS[:-1], None]), BRANDS, "texts: expected str, got float at position 31"),
        (np.array(TEXTS)[:, None], BRANDS, "got ndarray of 2 dimensions"),
        (pd.DataFrame({"text": TEXTS}), BRANDS, "got DataFrame of 2 dimensions"),
        (dict.fromkeys(TEXTS), BRANDS, "got dict"),
        (None, BRANDS, "got NoneType"),
        ([], [], "texts: there are none; at least 1 is needed"),
        (TEXTS, [], "brands: there are none; at least 1 is needed"),
        (TEXTS, BRANDS[:-1], "brands: expected one for each of the 32 texts, got 31"),
        (TEXTS, GALAH, "brands: expected a list, one-dimensional array or Series, got str"),
        (TEXTS, None, "brands: expected a list"),
        (TEXTS, [*BRANDS[:-1], None], "whole numbers throughout, got NoneType at position 31"),
        (TEXTS, [*BRANDS[:-1], float("nan")], "got float at position 31"),
        (TEXTS, [*BRANDS[:-1], 3], "got int at position 31"),
        (TEXTS, [0.5] * 32, "got float at position 0"),
        (TEXTS, [*BRANDS[:-1], ""], "got an empty name at position 31"),
        (TEXTS, [GALAH] * 32, "brands: there is 1 brand; at least 2 are needed"),
        (TEXTS[:22], BRANDS[:22], "'Halloran & Daughters' has 6 usable replies; each brand needs 10"),
        (TEXTS[12:20], BRANDS[12:20], "none of the 2 brands has the 10 replies that each needs"),
        (BRANDS, TEXTS, "none of the 32 brands has the 10 replies that each needs"),
        ([*TEXTS, *[SECRET] * 3], [*BRANDS, *[SECRET] * 3], "a brand has 3 usable replies"),
        ([*TEXTS[:22], *["Thank you!"] * 3, *TEXTS[16:18]], [*BRANDS[:22], *[HALLORAN] * 5],
         "'Halloran & Daughters' has 6 usable replies; each brand needs 10, of at least 5 words (left out: 3 on-brand, of fewer than 5 words; 2 on-brand, repeats)"),
    ],
)  # fmt: skip
def test_what_cannot_be_fitted_is_named_and_no_text_is_quoted(texts: Any, brands: Any, says: str) -> None:
    model = BrandVoiceClassifier()
    with pytest.raises(ValueError) as raised:
        model.fit(texts, brands)
    assert isinstance(raised.value, InvalidInput)
    assert says in str(raised.value)
    assert "4111" not in str(raised.value)
    assert not any(text in str(raised.value) for text in TEXTS)
    assert not hasattr(model, "classes_")


@pytest.mark.parametrize("texts", [SECRET, [], [SECRET, 3], np.array([[SECRET]]), None])
@pytest.mark.parametrize("method", ["predict", "predict_proba"])
def test_what_cannot_be_predicted_is_named(texts: Any, method: str, fitted: BrandVoiceClassifier) -> None:
    with pytest.raises(ValueError, match=r"^texts: ") as raised:
        getattr(fitted, method)(texts)
    assert "4111" not in str(raised.value)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"strength": 0}, "strength: expected a number above 0"),
        ({"strength": float("inf")}, "strength: expected a number above 0"),
        ({"strength": True}, "strength: expected a number above 0"),
        ({"style_scale": -0.1}, "style_scale: expected a number of 0 or more"),
        ({"style_scale": "much"}, "style_scale: expected a number of 0 or more"),
    ],
)
def test_parameters_are_checked_by_fit(choice: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        BrandVoiceClassifier(**choice).fit(TEXTS, BRANDS)


def test_brands_that_cannot_be_told_apart_are_warned_of() -> None:
    mixed = random.Random(0).sample(BRANDS, len(BRANDS))
    with pytest.warns(UserWarning, match="cannot be told from the off-brand ones") as caught:
        model = BrandVoiceClassifier().fit(TEXTS, mixed)
    assert {str(warning.message).partition(":")[0] for warning in caught} == {repr(GALAH), repr(HALLORAN)}
    assert np.abs(model.predict_proba(FRESH) - 0.5).max() < 0.3
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        BrandVoiceClassifier().fit(TEXTS, BRANDS)


def test_the_arithmetic_of_several_voices() -> None:
    assert np.allclose(shares(np.log([[3.0, 1 / 3]])), [[0.75, 0.25]])
    # Odds of 2 : 1 against two equally likely others taken together are a half and a half.
    assert np.allclose(shares(np.log([[2.0, 2.0, 2.0], [2.0, 2 / 3, 2 / 3]])), [[1 / 3] * 3, [0.5, 0.25, 0.25]])
    far = shares(np.array([[900.0, -900.0], [-900.0, -901.0]]))
    assert np.isfinite(far).all()
    assert np.allclose(far.sum(axis=1), 1)
    assert np.array_equal(far.argmax(axis=1), [0, 0])


def test_of_many_replies_each_other_brand_gives_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = brands_together.read_texts([f"reply number {number}" for number in range(9)], "brand")
    names = ["a"] * 3 + ["b"] * 4 + ["c"] * 2
    texts = [reply.document.text for reply in brands_together.others(replies, names, "a")]
    assert [text[-1] for text in texts] == list("345678")
    monkeypatch.setattr(brands_together, "MOST", 5)
    texts = [reply.document.text for reply in brands_together.others(replies, names, "a")]
    assert [text[-1] for text in texts] == list("374856")


def test_voices_need_one_brand_for_each_text() -> None:
    with pytest.raises(InvalidInput, match="each of the 32 texts, got 2"):
        fit_voices(TEXTS, ["a", "b"])


# The other checks of scikit-learn hand in tables of numbers; it says so itself and skips them.
@pytest.mark.parametrize(
    "check",
    ["estimator_cloneable", "estimator_repr", "estimator_tags_renamed", "valid_tag_types", "mixin_order", "no_attributes_set_in_init", "parameters_default_constructible", "get_params_invariance", "set_params", "do_not_raise_errors_in_init_or_set_params"],
)  # fmt: skip
def test_scikit_learns_own_checks(check: str) -> None:
    asked = getattr(estimator_checks, f"check_{check}")
    asked("BrandVoiceClassifier", BrandVoiceClassifier())


def test_importing_toneguard_does_not_import_scikit_learn() -> None:
    script = (
        "import sys, toneguard, toneguard.integrations, toneguard.analysers.brand_voice.several;"
        " assert 'sklearn' not in sys.modules; import toneguard.integrations.sklearn; assert 'sklearn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_example_of_the_readme_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n([^`]*BrandVoiceClassifier[^`]*)```\s+prints\s+```text\n(.*?)```", readme, re.DOTALL)
    assert found
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(found[1], {})
    assert out.getvalue() == found[2]
