"""A help desk in this process, empty again after every test."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest
from helpdesk_site import database, ready

if importlib.util.find_spec("helpdesk") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    ready()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    from django.db import transaction

    database()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def agent() -> Any:
    """A browser in which an agent is signed in."""
    from django.test import Client
    from helpdesk_site.tickets import person

    client = Client()
    client.force_login(person("bronte"))
    return client
