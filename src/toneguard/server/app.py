"""The application: routes, the gate around them, and what runs beside them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from toneguard._version import __version__
from toneguard.server import v1
from toneguard.server.gate import EXTENSION, Gate
from toneguard.server.languagetool import routes as protocol
from toneguard.server.metrics import Metrics
from toneguard.server.openapi import components, errors
from toneguard.server.refusals import Refused, answer
from toneguard.server.requests import path_of
from toneguard.server.settings import Settings
from toneguard.server.shelf import Shelf
from toneguard.server.workroom import Workroom

STATIC = Path(__file__).parent / "static"
DESCRIPTION = "Checks drafts of replies to customers while they are typed. Offsets count UTF-16 code units."
CODES = {400: "bad-request", 404: "not-found", 405: "method"}
POLICY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'"
}
LIVE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}


def make_app(settings: Settings, *, static: Path = STATIC) -> FastAPI:
    """The application, warm: the standards are loaded and each has reviewed something.

    Raises :class:`~toneguard.errors.SettingsError` and :class:`~toneguard.errors.InvalidInput` for a wrong standard.
    """
    shelf = Shelf(settings.standards, settings.tier)
    workroom = Workroom(settings.threads, settings.waiting, settings.seconds)
    metrics = Metrics()
    metrics.watch(lambda: workroom.taken, lambda: len(shelf.broken))
    ready = False

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        nonlocal ready
        watcher = asyncio.create_task(shelf.watch(settings.reload_every))
        ready = True
        yield
        ready = False
        watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watcher
        await asyncio.to_thread(workroom.close)

    app = FastAPI(
        title="ToneGuard",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,  # its page would fetch scripts from elsewhere
        redoc_url=None,
        lifespan=life,
    )
    app.add_middleware(Gate, settings=settings, workroom=workroom, metrics=metrics)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_origin_regex=EXTENSION.pattern,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        allow_private_network=True,  # a helpdesk's page on the list asks for a server on the agent's own machine
        expose_headers=["Retry-After"],
    )
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain_problem)
    app.include_router(v1.routes(shelf, workroom, metrics))
    languagetool = protocol.routes(shelf, workroom, metrics, settings)
    app.include_router(languagetool)
    app.include_router(languagetool, prefix="/api", include_in_schema=False)

    @app.head("/healthz", include_in_schema=False)
    @app.get("/healthz", tags=["operation"], summary="Whether the server lives", responses={**LIVE, **errors(403)})
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.head("/readyz", include_in_schema=False)
    @app.get("/readyz", tags=["operation"], summary="Whether it can review", responses={**LIVE, **errors(403, 503)})
    async def readyz() -> JSONResponse:
        if not ready:
            raise Refused(503, "not-ready", "The server starts or stops.")
        return JSONResponse({"status": "ready"})

    @app.get(
        "/metrics",
        tags=["operation"],
        summary="Numbers for Prometheus",
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **errors(401, 403)},
    )
    async def numbers() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    add_page(app, static)
    describe(app, settings)
    return app


def add_page(app: FastAPI, static: Path) -> None:
    """The page at ``/`` and its files, where they are installed."""
    index = static / "index.html"
    if index.is_file():

        @app.get("/", include_in_schema=False)
        async def page() -> FileResponse:
            return FileResponse(index, media_type="text/html", headers={"Cache-Control": "no-cache", **POLICY})

    if static.is_dir():
        app.mount("/static", Static(directory=static), name="static")


class Static(StaticFiles):
    """Files under the policy of the page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file with its headers."""
        response = await super().get_response(path, scope)
        response.headers.update(POLICY)
        return response


def describe(app: FastAPI, settings: Settings) -> None:
    """OpenAPI with the schemas of answers, and with the token where one is needed."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        schema = made()
        parts = schema.setdefault("components", {})
        parts.setdefault("schemas", {}).update(components())
        if settings.token:
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            for path, methods in schema["paths"].items():
                if path.startswith("/v1/") or path in ("/metrics", "/v2/check"):
                    for method in methods.values():
                        method["security"] = [{"token": []}]
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


async def invalid(request: Request, problem: Exception) -> Response:
    """The first mistake of a request, with its path and without what was sent."""
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    if first["type"] == "json_invalid":
        return answer(Refused(400, "not-json", "The body is not JSON."), request.url.path)
    field = path_of(first["loc"]) or None
    return answer(Refused(422, "invalid", first["msg"], field), request.url.path)


async def plain_problem(request: Request, problem: Exception) -> Response:
    """What the framework refuses: unknown paths and methods, forms that cannot be read."""
    assert isinstance(problem, HTTPException)
    code = CODES.get(problem.status_code, "refused")
    return answer(Refused(problem.status_code, code, str(problem.detail), None, problem.headers), request.url.path)
