"""The pandas accessors: the rows of the reviews beside the rows they are about."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import toneguard
import toneguard.integrations.pandas
from toneguard.errors import InvalidInput, SettingsError
from toneguard.messages import Conversation, Message
from toneguard.pipeline import Pipeline

TALKS = pd.DataFrame(
    {
        "conversation_id": ["c1", "c2", "c1", "c2"],
        "role": ["customer", "customer", "agent", "agent"],
        "text": ["The kettle arrived cracked.", "Do you have it in blue?", "We don't do refunds.", "We do, Lou."],
    },
    index=["w", "x", "y", "x"],
)


def plain(row: pd.Series) -> dict[str, Any]:
    """A row without its empty cells."""
    return {name: value for name, value in row.items() if not pd.isna(value)}


def filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def test_each_row_is_the_row_of_its_review_in_the_light_of_its_conversation() -> None:
    found = TALKS.toneguard.review()
    assert found.index.tolist() == ["w", "x", "y", "x"]
    messages = [Message(text, role) for text, role in zip(TALKS["text"], TALKS["role"], strict=True)]
    for places in ((0, 2), (1, 3)):
        reviews = Pipeline().review_conversation(Conversation("", tuple(messages[place] for place in places))).reviews
        for place, review in zip(places, reviews, strict=True):
            assert plain(found.iloc[place]) == filled(review.to_row())
    assert "suggestion:empathy/no-apology-after-complaint" in found["findings"].iloc[2]


def test_columns_are_named_and_roles_may_be_the_same_for_all() -> None:
    named = TALKS.rename(columns={"text": "body", "role": "who", "conversation_id": "ticket"})
    expected = TALKS.toneguard.review()
    pd.testing.assert_frame_equal(named.toneguard.review(text="body", role="who", conversation="ticket"), expected)
    alone = named.toneguard.review(text="body", role="agent", conversation=None)
    assert alone["role"].tolist() == ["agent"] * 4
    assert "no-apology" not in alone["findings"].iloc[2]


def test_order_identity_and_channel() -> None:
    table = TALKS.iloc[[2, 0]].assign(seq=[2, 1], number=["m2", None], where=["social", None])
    found = table.toneguard.review(order="seq", message_id="number", channel="where")
    assert "empathy/no-apology-after-complaint" in found["findings"].iloc[0]
    assert "empathy" not in table.toneguard.review()["findings"].iloc[0]  # in the frame's order nothing came before
    assert found["message_id"].iloc[0] == "m2" and pd.isna(found["message_id"].iloc[1])


def test_all_that_a_message_may_know() -> None:
    table = TALKS.assign(number=[1, 2, 3, 4], at="2026-11-02T09:00:00", who="Lou", where="social", tongue="en", open=True)
    found = table.toneguard.review(
        message_id="number", sent_at="at", author="who", channel="where", language="tongue", public="open"
    )
    message = Message(
        TALKS["text"].iloc[1], "customer", "2", "2026-11-02T09:00:00", "Lou", "social", "en", True
    )
    assert plain(found.iloc[1]) == filled(Pipeline().review(message).to_row())
    with pytest.raises(InvalidInput, match=r"row 0 \(from 0\): sent_at: not an ISO 8601 date"):
        table.assign(at="yesterday").toneguard.review(sent_at="at")


def test_rows_without_a_conversation_stand_alone() -> None:
    table = TALKS.iloc[[0, 2]].assign(conversation_id=[None, None])
    assert "no-apology" not in table.toneguard.review()["findings"].iloc[1]


def test_a_series_of_texts() -> None:
    texts = pd.Series(["Where is it?", "Thanks, all good."], index=[4, 2])
    found = texts.toneguard.review(role="customer")
    assert found.index.tolist() == [4, 2]
    for text, (_, row) in zip(texts, found.iterrows(), strict=True):
        assert plain(row) == filled(toneguard.review(text, role="customer").to_row())


def test_columns_and_types_do_not_depend_on_what_is_said() -> None:
    full, few, none = TALKS.toneguard.review(), TALKS["text"][:1].toneguard.review(), TALKS[:0].toneguard.review()
    assert full.dtypes.to_dict() == few.dtypes.to_dict() == none.dtypes.to_dict()
    assert none.empty
    assert full["words"].dtype == np.float64 and full["errors"].dtype == np.int64


def test_several_levels_of_index_stay() -> None:
    table = TALKS.set_index(pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["team", "n"]))
    assert table.toneguard.review().index.equals(table.index)


def test_a_standard_of_ones_own() -> None:
    found = TALKS["text"].toneguard.review(standard="strict")
    assert found["standard"].str.startswith("strict@").all()


@pytest.mark.parametrize(
    ("settings", "error", "says"),
    [
        ({"text": "body"}, InvalidInput, r"text: there is no column 'body'; columns: conversation_id, role, text\. Name one with text="),
        ({"role": "boss"}, InvalidInput, "role: there is no column 'boss'"),
        ({"order": "seq"}, InvalidInput, "order: there is no column 'seq'"),
        ({"channel": "text"}, InvalidInput, r"row 0 \(from 0\): channel: '?The|row 0 \(from 0\): channel: .* is not one of email"),
        ({"standard": "nowhere.toml"}, SettingsError, "nowhere.toml"),
        ({"tier": "best"}, InvalidInput, "tier: 'best' is not one of"),
    ],
)
def test_wrong_settings_are_named(settings: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        TALKS.toneguard.review(**settings)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("text", None, r"row 2 \(from 0\): text: is missing; drop such rows, or fill them with ''"),
        ("text", 5, r"row 2 \(from 0\): text: expected str, got int"),
        ("text", b"hello", r"row 2 \(from 0\): text: expected str, got bytes"),
        ("role", "boss", r"row 2 \(from 0\): role: 'boss' is not one of"),
        ("role", None, r"row 2 \(from 0\): role: "),
        ("conversation_id", ["c1"], r"row 2 \(from 0\): conversation: expected a name, got list"),
    ],
)
def test_wrong_cells_are_named_by_their_row(column: str, value: object, says: str) -> None:
    values = TALKS[column].astype(object).tolist()
    values[2] = value
    with pytest.raises(InvalidInput, match=says):
        TALKS.assign(**{column: pd.Series(values, index=TALKS.index, dtype=object)}).toneguard.review()


def test_what_cannot_be_put_in_order_is_said() -> None:
    with pytest.raises(InvalidInput, match="order: the values of the column 'seq' cannot be put in order"):
        TALKS.assign(seq=[1, "two", 3, 4]).toneguard.review(order="seq")
    with pytest.raises(InvalidInput, match=r"row 1 \(from 0\): order: the column 'seq' has no value here"):
        TALKS.assign(seq=[1, None, 3, 4]).toneguard.review(order="seq")


def test_two_columns_of_one_name_are_refused() -> None:
    twice = pd.concat([TALKS, TALKS[["text"]]], axis=1)
    with pytest.raises(InvalidInput, match="text: there are 2 columns 'text'"):
        twice.toneguard.review()
