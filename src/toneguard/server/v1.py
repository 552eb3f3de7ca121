"""The routes of our own: reviews of a draft, of a conversation, and what a rule says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from toneguard.errors import SettingsError
from toneguard.offsets import UNIT, review_in_utf16, reviews_in_utf16
from toneguard.reviews import SCHEMA_VERSION, dump
from toneguard.rules import builtin_rules, resolve
from toneguard.rules.load import to_dict
from toneguard.server.metrics import Metrics
from toneguard.server.openapi import errors, ok
from toneguard.server.refusals import Refused
from toneguard.server.requests import Draft, Talk
from toneguard.server.shelf import Shelf
from toneguard.server.workroom import Workroom


def sends_json(request: Request) -> None:
    """Refuses a body of another kind."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "not-json", "Send JSON, with Content-Type: application/json.", "Content-Type")


def routes(shelf: Shelf, workroom: Workroom, metrics: Metrics) -> APIRouter:
    """The routes, at ``/v1``."""
    router = APIRouter(prefix="/v1", tags=["reviews"])

    @router.post(
        "/reviews",
        summary="Review a draft in the light of what was written before it",
        dependencies=[Depends(sends_json)],
        responses={**ok("Review", "Offsets count UTF-16 units."), **errors(401, 403, 404, 413, 415, 422, 429, 503)},
    )
    async def review(draft: Draft) -> Response:
        pipeline = shelf.pipeline(draft.standard)
        messages = draft.messages()

        def work() -> str:
            found = pipeline.review(messages[-1], before=messages[:-1])
            metrics.count(found)
            return dump(review_in_utf16(found, messages, explain=draft.explain), None)

        return Response(await workroom.run(work), media_type="application/json")

    @router.post(
        "/conversations",
        summary="Review every message of a conversation, each in the light of those before it",
        dependencies=[Depends(sends_json)],
        responses={
            **ok("ConversationReview", "Offsets count UTF-16 code units of each message."),
            **errors(401, 403, 404, 413, 415, 422, 429, 503),
        },
    )
    async def conversation(talk: Talk) -> Response:
        pipeline = shelf.pipeline(talk.standard)
        asked = talk.conversation()

        def work() -> str:
            found = pipeline.review_conversation(asked)
            for one in found.reviews:
                metrics.count(one)
            data: dict[str, Any] = {
                "schema_version": SCHEMA_VERSION,
                "conversation_id": found.conversation_id,
                "verdict": found.verdict.value if found.verdict else None,
                "reviews": reviews_in_utf16(found.reviews, asked.messages, explain=talk.explain),
                "offsets": UNIT,
            }
            return dump(data, None)

        return Response(await workroom.run(work), media_type="application/json")

    @router.get(
        "/rules/{name:path}",
        summary="What a rule looks for, why, on what authority, with examples",
        responses={**ok("Rule", "What `toneguard explain` says."), **errors(401, 403, 404, 422)},
    )
    async def rule(
        name: Annotated[str, Path(description="Such as respect/blame-customer.", examples=["respect/blame-customer"])],
        standard: Annotated[str | None, Query(description="Also the rules of this standard's own.")] = None,
    ) -> Response:
        rules = {**builtin_rules(), **shelf.pipeline(standard).standard.rules} if standard else shelf.rules()
        try:
            found = rules[resolve(name, rules)]
        except SettingsError as problem:
            known = str(problem).partition(" allowed: ")[0]
            raise Refused(404, "unknown-rule", known[:300], "name") from None
        return Response(dump(to_dict(found), None), media_type="application/json")

    return router
