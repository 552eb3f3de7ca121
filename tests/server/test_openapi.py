"""OpenAPI tells the truth: schemathesis asks what it allows and what it forbids, and holds the answers to it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from toneguard.server.app import make_app
from toneguard.server.settings import Settings

TOKEN = "correct-horse-battery"
APP = make_app(Settings(token=TOKEN))
# That something is too large is said by 413, which schemathesis does not think of.
CONFIG = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": ["4XX"]}}})
schema = schemathesis.openapi.from_asgi("/openapi.json", APP, config=CONFIG)


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_those_that_openapi_names(case: Any) -> None:
    # Fields of the protocol depend on each other in ways that its form cannot say (data is JSON inside a text).
    beyond = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")] if case.path == "/v2/check" else []
    case.call_and_validate(excluded_checks=beyond, headers={**(case.headers or {}), "Authorization": f"Bearer {TOKEN}"})


def test_examples_are_what_they_are_examples_of(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for path in ("/v1/reviews", "/v1/conversations"):
        body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        name = body["schema"]["$ref"].rsplit("/", 1)[1]
        (example,) = document["components"]["schemas"][name]["examples"]
        assert client.post(path, json=example).json()["verdict"] == "hold"
    form = document["paths"]["/v2/check"]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
    for example in form["examples"].values():
        Draft202012Validator(form["schema"]).validate(example["value"])
        assert client.post("/v2/check", data=example["value"]).json()["matches"]


def test_the_token_is_part_of_it(client: TestClient) -> None:
    document = APP.openapi()
    assert document["paths"]["/v1/reviews"]["post"]["security"]
    assert "security" not in document["paths"]["/healthz"]["get"]
    assert "securitySchemes" not in client.get("/openapi.json").json()["components"]


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_fetches_scripts_from_elsewhere(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
