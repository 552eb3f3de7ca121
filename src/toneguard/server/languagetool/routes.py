"""Routes of the LanguageTool protocol. They review as an agent's message without history, by the default standard."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from toneguard.messages import MAX_TEXT, Message, Role
from toneguard.reviews import dump
from toneguard.server.gate import knows_token
from toneguard.server.languagetool.answer import SOFTWARE, answer
from toneguard.server.languagetool.form import LANGUAGES, fields, read_form, token_of
from toneguard.server.languagetool.openapi import CHECK, INFO, LANGUAGE_LIST, MAX_LENGTH
from toneguard.server.metrics import Metrics
from toneguard.server.refusals import unauthorised
from toneguard.server.settings import Settings
from toneguard.server.shelf import Shelf
from toneguard.server.workroom import Workroom


def routes(shelf: Shelf, workroom: Workroom, metrics: Metrics, settings: Settings) -> APIRouter:
    """The routes, at ``/v2``."""
    router = APIRouter(prefix="/v2", tags=["LanguageTool protocol"])

    # No GET, though some clients know it: addresses, and the texts in them, end up in logs of proxies.
    @router.post("/check", summary="Check a text", **CHECK)
    async def check(request: Request) -> Response:
        form = fields(await request.body())
        if not knows_token(request.headers, settings, token_of(form)):
            raise unauthorised("apiKey")
        asked = read_form(form)
        pipeline, rules = shelf.pipeline(None), shelf.rules()

        def work() -> str:
            found = pipeline.review(Message(asked.text.plain, Role.AGENT))
            metrics.count(found)
            return dump(answer(found, asked, rules), None)

        return Response(await workroom.run(work), media_type="application/json")

    @router.get("/languages", summary="Languages that can be asked for", **LANGUAGE_LIST)
    async def languages() -> JSONResponse:
        return JSONResponse([{"name": name, "code": "en", "longCode": code} for code, name in LANGUAGES.items()])

    @router.get("/info", summary="What this server is", **INFO)
    async def info() -> JSONResponse:
        software: dict[str, Any] = {"software": SOFTWARE}
        return JSONResponse(software)

    @router.get("/maxtextlength", summary="How many characters a text may have", **MAX_LENGTH)
    async def max_text_length() -> PlainTextResponse:
        return PlainTextResponse(str(MAX_TEXT))

    return router
