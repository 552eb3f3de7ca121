"""Reviews as features: the numbers of the review, and what users of scikit-learn rely on."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from integrations.shops import BRANDS, FRESH, TEXTS
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import estimator_checks
from sklearn.utils.validation import check_is_fitted

import toneguard
from toneguard.errors import InvalidInput, SettingsError
from toneguard.integrations.sklearn import ReviewFeatures
from toneguard.messages import Conversation, Message

CHOSEN = ["politeness", "formality", "words"]
LATE = Conversation("c1", (Message("The kettle arrived cracked.", "customer"), Message("We don't do refunds.")))


def test_the_numbers_are_those_of_the_review() -> None:
    model = ReviewFeatures(counts=True)
    found = model.fit_transform(TEXTS[:5])
    for text, row in zip(TEXTS[:5], found, strict=True):
        expected = toneguard.review(text).to_row()
        for name, value in zip(model.get_feature_names_out(), row, strict=True):
            assert expected[name] == value or (expected[name] is None and np.isnan(value)), name


def test_what_cannot_be_said_is_nan_and_never_zero() -> None:
    found = ReviewFeatures(measures=["flesch_kincaid_grade", "words"]).transform(["Sent today.", ""])
    assert np.isnan(found[:, 0]).all()
    assert found[:, 1].tolist() == [2, 0]


def test_only_measures_that_are_asked_of_the_role() -> None:
    agent = ReviewFeatures().get_feature_names_out()
    customer = ReviewFeatures(role="customer").get_feature_names_out()
    assert "brand_voice" in agent and "brand_voice" not in customer
    assert "dissatisfaction" in customer and "dissatisfaction" not in agent
    assert len(set(agent)) == len(agent)


def test_columns_are_chosen_and_ordered() -> None:
    model = ReviewFeatures(measures=CHOSEN, counts=True)
    assert model.get_feature_names_out().tolist() == [*CHOSEN, "errors", "warnings", "suggestions", "notes"]
    assert ReviewFeatures(measures=(), counts=True).transform(["We don't do refunds."])[0, 0] == 1


def test_messages_and_conversations_bring_their_roles_and_what_came_before() -> None:
    asked = [Message("Where is my kettle?", "customer"), LATE, "We don't do refunds."]
    found = ReviewFeatures(measures=["dissatisfaction"], counts=True).transform(asked)
    assert np.isfinite(found[0, 0]) and np.isnan(found[1:, 0]).all()
    assert found[1].tolist()[1:4] == [1, 0, 1]  # no apology, in the light of the complaint
    assert found[2].tolist()[1:4] == [1, 0, 0]


def test_it_gives_data_frames_with_the_index_of_the_texts() -> None:
    texts = pd.Series(FRESH, index=[7, 3])
    found = ReviewFeatures(measures=CHOSEN).set_output(transform="pandas").fit_transform(texts)
    assert isinstance(found, pd.DataFrame)
    assert found.columns.tolist() == CHOSEN
    assert found.index.tolist() == [7, 3]
    assert (found.dtypes == "float64").all()


def test_parameters_are_stored_and_cloned_without_thinking() -> None:
    model = ReviewFeatures(role="boss", measures=CHOSEN)
    assert model.get_params() == {"standard": None, "tier": None, "role": "boss", "measures": CHOSEN, "counts": False}
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(role="agent") is model
    assert repr(ReviewFeatures(counts=True)) == "ReviewFeatures(counts=True)"


def test_nobody_has_to_fit_and_a_clone_keeps_the_standard_of_its_own() -> None:
    model = ReviewFeatures(measures=CHOSEN)
    check_is_fitted(model)
    before = model.transform(FRESH)
    assert not hasattr(model, "pipeline_")
    assert np.array_equal(model.fit().transform(FRESH), before)
    assert model.fit(TEXTS, BRANDS) is model
    assert not hasattr(clone(model), "pipeline_")


def test_it_can_be_pickled_fitted() -> None:
    model = ReviewFeatures(measures=CHOSEN).fit()
    assert np.array_equal(pickle.loads(pickle.dumps(model)).transform(FRESH), model.transform(FRESH))


def test_it_works_in_pipelines_and_searches() -> None:
    plain = make_pipeline(ReviewFeatures(), SimpleImputer(keep_empty_features=True), StandardScaler(), LogisticRegression())
    assert plain.fit(TEXTS, BRANDS).predict(FRESH).tolist() == [BRANDS[0], BRANDS[-1]]
    assert cross_val_score(plain, TEXTS, BRANDS, cv=4, error_score="raise").mean() > 0.8
    trees = make_pipeline(ReviewFeatures(measures=CHOSEN), HistGradientBoostingClassifier(max_iter=5, min_samples_leaf=4))
    assert trees.fit(TEXTS, BRANDS).score(TEXTS, BRANDS) > 0.8
    search = GridSearchCV(
        make_pipeline(ReviewFeatures(), SimpleImputer(), LogisticRegression()),
        {"reviewfeatures__measures": [["words"], CHOSEN]},
        cv=2,
        error_score="raise",
    ).fit(TEXTS, BRANDS)
    assert search.best_params_ == {"reviewfeatures__measures": CHOSEN}


def test_it_works_on_one_column_of_a_table() -> None:
    table = pd.DataFrame({"body": TEXTS, "minutes": range(len(TEXTS))})
    both = ColumnTransformer([("words", ReviewFeatures(measures=CHOSEN), "body"), ("time", "passthrough", ["minutes"])])
    assert both.fit_transform(table).shape == (len(TEXTS), 4)
    assert both.get_feature_names_out().tolist() == ["words__politeness", "words__formality", "words__words", "time__minutes"]


@pytest.mark.parametrize(
    ("settings", "error", "says"),
    [
        ({"role": "boss"}, InvalidInput, "role: 'boss' is not one of"),
        ({"tier": "best"}, InvalidInput, "tier: 'best' is not one of"),
        ({"measures": ["politness"]}, InvalidInput, "measures: 'politness' is not one of sentiment, politeness"),
        ({"measures": "politeness"}, InvalidInput, "measures: expected a list of names, got str"),
        ({"standard": "nowhere.toml"}, SettingsError, "nowhere.toml"),
    ],
)
def test_wrong_settings_are_named_by_fit(settings: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        ReviewFeatures(**settings).fit(TEXTS)


@pytest.mark.parametrize(
    ("messages", "says"),
    [
        ("one text", "messages: expected a list, one-dimensional array or Series, got str"),
        (pd.DataFrame({"text": FRESH}), "got DataFrame of 2 dimensions"),
        ([], "messages: there are none"),
        ([*FRESH, None], "messages: expected str, Message or Conversation, got NoneType at position 2"),
        (pd.Series([*FRESH, None]), "got float at position 2"),
        ([Conversation("c1")], "messages: the conversation at position 0 is empty"),
    ],
)
def test_wrong_messages_are_named(messages: Any, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        ReviewFeatures().transform(messages)


# The other checks of scikit-learn hand in tables of numbers; it says so itself and skips them.
@pytest.mark.parametrize(
    "check",
    ["estimator_cloneable", "estimator_repr", "estimator_tags_renamed", "valid_tag_types", "mixin_order", "no_attributes_set_in_init", "parameters_default_constructible", "get_params_invariance", "set_params", "do_not_raise_errors_in_init_or_set_params"],
)  # fmt: skip
def test_scikit_learns_own_checks(check: str) -> None:
    getattr(estimator_checks, f"check_{check}")("ReviewFeatures", ReviewFeatures())
