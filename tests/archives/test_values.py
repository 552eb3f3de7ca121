from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from toneguard.archives import values
from toneguard.messages import Channel, Role


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("customer", Role.CUSTOMER), ("user", Role.CUSTOMER), ("end-user", Role.CUSTOMER), ("End User", Role.CUSTOMER),
        ("agent", Role.AGENT), ("ADMIN", Role.AGENT), (" staff ", Role.AGENT), ("bot", Role.BOT), ("system", Role.SYSTEM),
    ],
)  # fmt: skip
def test_roles_have_the_names_that_helpdesks_use(name: str, role: Role) -> None:
    assert values.read_role(name) is role


@pytest.mark.parametrize("value", ["supervisor", "my kettle is broken", 1, True, ["agent"]])
def test_other_roles_are_refused_without_repeating_them(value: object) -> None:
    with pytest.raises(ValueError) as caught:
        values.read_role(value)
    assert str(value) not in str(caught.value)


NOON = datetime(2017, 10, 31, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2017-10-31T12:00:05Z", NOON),
        ("2017-10-31 12:00:05", NOON),
        ("2017-10-31T23:00:05+11:00", NOON),
        ("Tue Oct 31 12:00:05 +0000 2017", NOON),
        ("Tue Oct 31 22:00:05 +1000 2017", NOON),
        ("Tue Oct 31 08:30:05 -0330 2017", NOON),
        (1509451205, NOON),
        (1509451205.0, NOON),
        ("1509451205", NOON),
        ("1509451205.0", NOON),
        (1509451205000, NOON),
        (datetime(2017, 10, 31, 12, 0, 5), NOON),
        (date(2017, 10, 31), datetime(2017, 10, 31, tzinfo=UTC)),
        ("2017-10-31", datetime(2017, 10, 31, tzinfo=UTC)),
        ("", None), ("  ", None), (None, None),
    ],
)  # fmt: skip
def test_times(value: object, moment: datetime | None) -> None:
    assert values.read_time(value) == moment


def test_a_time_keeps_its_zone() -> None:
    found = values.read_time("Tue Oct 31 22:00:05 +1000 2017")
    assert found is not None
    assert found.utcoffset() == timedelta(hours=10)
    assert values.zoned(datetime(2020, 1, 1, tzinfo=UTC)).tzinfo is UTC


@pytest.mark.parametrize(
    "value", ["31/10/2017", "yesterday", "Tue Foo 31 12:00:05 +0000 2017", 1e300, float("nan"), True, "9999999999999999", []]
)
def test_other_times_are_refused(value: object) -> None:
    with pytest.raises(ValueError):
        values.read_time(value)


@pytest.mark.parametrize(
    ("value", "name"),
    [("x1", "x1"), (855, "855"), (855.0, "855"), (1.5, "1.5"), ("", None), (" ", None), (None, None), (float("nan"), None), (Decimal(7), "7")],
)
def test_ids(value: object, name: str | None) -> None:
    assert values.read_id(value) == name


def test_ids_are_not_lists_or_truths() -> None:
    for value in ([1], {"a": 1}, True, b"x"):
        with pytest.raises(ValueError):
            values.read_id(value)


@pytest.mark.parametrize(("value", "number"), [(3, 3.0), ("3", 3.0), (" 12 ", 12.0), ("", None), (None, None), (2.5, 2.5)])
def test_numbers(value: object, number: float | None) -> None:
    assert values.read_number(value) == number


@pytest.mark.parametrize("value", ["three", True, float("inf"), "nan"])
def test_other_numbers_are_refused(value: object) -> None:
    with pytest.raises(ValueError):
        values.read_number(value)


def test_channels_and_languages() -> None:
    assert values.read_channel("Twitter") is Channel.SOCIAL
    assert values.read_channel("live_chat") is Channel.CHAT
    assert values.read_channel("carrier pigeon") is Channel.OTHER
    assert values.read_channel("") is None
    assert values.read_channel(12) is Channel.OTHER
    assert values.read_language("en-AU") == "en"
    assert values.read_language("FR") == "fr"
    assert values.read_language("English") is None
    assert values.read_language(None) is None
