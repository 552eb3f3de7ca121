from __future__ import annotations

import pytest

from toneguard.archives.rows import FIELDS, Record, Rejection, Row, RowMaker
from toneguard.errors import ArchiveError
from toneguard.messages import Role

GOOD = {"conversation_id": "c", "id": "m", "role": "user", "text": "Hello", "shop": "north"}


def make(columns: dict[str, object], mapping: dict[str, str] | None = None) -> Row | Rejection:
    return RowMaker(mapping).make(Record(7, columns))


def test_synonyms_are_found_unasked() -> None:
    row = make({**GOOD, "turn": 3, "timestamp": "2020-01-01T00:00:00Z", "author": "mia", "language": "en-AU"})
    assert isinstance(row, Row)
    assert (row.line, row.conversation_id, row.seq) == (7, "c", 3.0)
    assert row.message.role is Role.CUSTOMER
    assert (row.message.id, row.message.author, row.message.language) == ("m", "mia", "en")
    assert row.message.sent_at is not None
    assert row.columns["shop"] == "north"


def test_the_first_name_wins_over_its_synonyms() -> None:
    row = make({**GOOD, "message_id": "better", "author_role": "agent"})
    assert isinstance(row, Row)
    assert (row.message.id, row.message.role) == ("better", Role.AGENT)


def test_a_mapping_wins_over_every_name() -> None:
    row = make({**GOOD, "body": "Mapped", "kind": "staff"}, {"body": "text", "kind": "role"})
    assert isinstance(row, Row)
    assert (row.message.text, row.message.role) == ("Mapped", Role.AGENT)
    # Both may hold what somebody wrote.
    assert row.private == {"body", "text"}


def test_a_mapped_column_that_a_row_lacks_is_not_replaced_by_a_namesake() -> None:
    assert make(GOOD, {"body": "text"}) == Rejection(7, "text", "missing")


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"text": None}, "text", "missing"),
        ({"text": 5}, "text", "expected a string, got a number"),
        ({"text": ["Hello"]}, "text", "expected a string, got a list"),
        ({"role": None}, "author_role", "missing"),
        ({"role": ""}, "author_role", "missing"),
        ({"role": 3}, "author_role", "expected a role's name, got a number"),
        ({"conversation_id": ["x"]}, "conversation_id", "expected a string or a number, got a list"),
        ({"id": {"x": 1}}, "message_id", "expected a string or a number, got an object"),
    ],
)
def test_rejections_name_field_and_reason(change: dict[str, object], field: str, reason: str) -> None:
    assert make({**GOOD, **change}) == Rejection(7, field, reason)


def test_missing_fields() -> None:
    assert make({"role": "agent"}) == Rejection(7, "text", "missing")
    assert make({"text": "x"}) == Rejection(7, "author_role", "missing")


def test_a_rejection_never_holds_text() -> None:
    secret = "4111 1111 1111 1111"
    for change in ({"role": secret}, {"conversation_id": [secret]}, {"text": {"a": secret}}):
        found = make({**GOOD, **change})
        assert isinstance(found, Rejection)
        assert secret not in str(found.to_dict())


def test_an_empty_text_is_a_text() -> None:
    row = make({**GOOD, "text": ""})
    assert isinstance(row, Row)
    assert row.message.text == ""


def test_what_only_orders_costs_no_message() -> None:
    maker = RowMaker()
    row = maker.make(Record(7, {**GOOD, "turn": "third", "timestamp": "yesterday"}))
    assert isinstance(row, Row)
    assert row.seq is None
    assert row.message.sent_at is None
    assert maker.noted == {"time": 1, "seq": 1}


def test_rows_without_ids_are_called_by_their_line() -> None:
    maker = RowMaker()
    row = maker.make(Record(7, {"role": "agent", "text": "x", "conversation_id": ""}))
    assert isinstance(row, Row)
    assert (row.conversation_id, row.message.id) == ("line-7", "line-7")
    assert maker.noted == {"no conversation": 1, "no message id": 1}


def test_a_mapping_names_a_field_that_exists_once() -> None:
    with pytest.raises(ArchiveError, match="'txt'; the fields are: conversation_id, message_id, author_role"):
        RowMaker({"body": "txt"})
    with pytest.raises(ArchiveError, match="more than one column"):
        RowMaker({"body": "text", "plain": "text"})


def test_columns_that_are_not_there_are_told_with_those_that_are() -> None:
    with pytest.raises(ArchiveError, match="no column 'boddy' to map; the columns are: body, role"):
        RowMaker({"boddy": "text"}).check_columns(["body", "role"], "in.csv")
    with pytest.raises(ArchiveError) as caught:
        RowMaker().check_columns(["body", "role"], "in.csv")
    assert "mapping theirs=text" in str(caught.value)
    assert "body, role" in str(caught.value)
    assert all(field in str(caught.value) for field in FIELDS)
    with pytest.raises(ArchiveError, match="'author_role'"):
        RowMaker().check_columns(["text"], "in.csv")


def test_many_columns_are_not_all_told() -> None:
    with pytest.raises(ArchiveError, match="and 70 more"):
        RowMaker().check_columns([f"column {number}" for number in range(100)], "in.csv")


def test_subject_and_raw_hold_what_people_wrote() -> None:
    row = make({**GOOD, "subject": "Kettle", "html": "<p>Hello</p>"}, {"html": "raw"})
    assert isinstance(row, Row)
    assert row.private == {"text", "subject", "html"}
    assert "Hello" not in repr(row)


def test_layouts_of_ever_new_columns_do_not_pile_up() -> None:
    maker = RowMaker()
    for number in range(3000):
        maker.make(Record(number, {**GOOD, f"extra {number}": 1}))
    assert len(maker._layouts) <= 1000
