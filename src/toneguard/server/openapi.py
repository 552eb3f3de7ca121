"""What OpenAPI says of answers: the schema of reviews that ships, with the offsets of HTTP, and the errors."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

PREFIX = "#/components/schemas/"
ERRORS = {
    400: "What was sent is not JSON.",
    401: "The token is missing or wrong.",
    403: "The web page that asks is not on the list.",
    404: "There is no such thing.",
    408: "The request took too long to arrive.",
    413: "More than the server reads at once.",
    415: "Not JSON.",
    421: "Without a token, only names of this machine are answered.",
    422: "A field is wrong; `field` says which.",
    429: "Too much at once; ask again after Retry-After seconds.",
    503: "The review took too long.",
}
ERROR: dict[str, Any] = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string", "description": "For programs."},
                "message": {"type": "string", "description": "For people; never quotes what was sent."},
                "field": {"type": ["string", "null"], "description": "Path of what is wrong, such as before.0.role."},
            },
            "required": ["code", "message", "field"],
        }
    },
    "required": ["error"],
    "examples": [{"error": {"code": "invalid", "message": "Field required", "field": "before.0.role"}}],
}
RULE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "rule": {"type": "string"},
        "kind": {"type": "string"},
        "level": {"enum": ["off", "note", "suggestion", "warning", "error"]},
        "message": {"type": "string"},
        "why": {"type": "string"},
        "advice": {"type": "string"},
        "sources": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["rule", "kind", "level", "message", "why", "advice", "sources"],
}
OFFSETS = {"const": "utf-16"}


def ok(schema: str, description: str) -> dict[int | str, dict[str, Any]]:
    """The answer of a route that went well."""
    return {200: {"description": description, "content": {"application/json": {"schema": {"$ref": PREFIX + schema}}}}}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a route of ours may answer with, and those that any may."""
    content = {"application/json": {"schema": {"$ref": PREFIX + "Error"}}}
    return {status: {"description": ERRORS[status], "content": content} for status in (400, *statuses, 408, 421)}


@lru_cache(maxsize=1)
def components() -> dict[str, Any]:
    """The schemas that answers name."""
    text = files("toneguard").joinpath("review.schema.json").read_text(encoding="utf-8")
    parts: dict[str, Any] = json.loads(text.replace("Code points", "UTF-16 code units"))["$defs"]
    names = {part: part.capitalize() for part in parts} | {"conversation": "ConversationReview"}
    for part in ("review", "conversation"):
        parts[part]["properties"]["offsets"] = OFFSETS
        parts[part]["required"].append("offsets")
    parts["score"]["required"].remove("contributions")  # given where they are asked for
    renamed = {names[part]: moved(schema, names) for part, schema in parts.items()}
    return {**renamed, "Error": ERROR, "Rule": RULE}


def moved(schema: Any, names: dict[str, str]) -> Any:
    """The schema, with references to where OpenAPI keeps schemas."""
    if isinstance(schema, dict):
        return {
            key: PREFIX + names[value.rsplit("/", 1)[-1]] if key == "$ref" else moved(value, names)
            for key, value in schema.items()
        }
    return [moved(item, names) for item in schema] if isinstance(schema, list) else schema
