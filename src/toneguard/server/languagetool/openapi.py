"""What OpenAPI says of the LanguageTool protocol."""

from __future__ import annotations

from typing import Any

from toneguard.server.languagetool.form import LANGUAGES

TEXT = {"type": "string"}
NAMES = {"type": "string", "description": "Names, parted by commas."}
FORM: dict[str, Any] = {
    "text": {"type": "string", "maxLength": 100_000, "description": "What to check. Either this or data."},
    "data": {
        "type": "string",
        "contentMediaType": "application/json",
        "description": 'JSON: {"annotation": [{"text": "..."}, {"markup": "<p>", "interpretAs": "\\n\\n"}]}.'
        " Offsets count markup too.",
    },
    "language": {"enum": ["auto", *LANGUAGES]},
    "apiKey": {"type": "string", "description": "The server's token, if it has one."},
    "username": {"type": "string", "description": "Not used."},
    "preferredVariants": {"type": "string", "description": "With language=auto only."},
    "motherTongue": {"type": "string", "description": "Not used."},
    "enabledRules": NAMES,
    "disabledRules": NAMES,
    "enabledCategories": {"type": "string", "description": "Packs of rules, such as respect or law/au."},
    "disabledCategories": NAMES,
    "enabledOnly": {"enum": ["true", "false"]},
    "level": {"enum": ["default", "picky"], "description": "picky: notes too."},
}
MATCH: dict[str, Any] = {
    "type": "object",
    "properties": {
        "message": TEXT,
        "shortMessage": TEXT,
        "offset": {"type": "integer", "minimum": 0, "description": "UTF-16 code units."},
        "length": {"type": "integer", "minimum": 0},
        "replacements": {
            "type": "array",
            "items": {"type": "object", "properties": {"value": TEXT, "shortDescription": TEXT}, "required": ["value"]},
        },
        "context": {
            "type": "object",
            "properties": {
                "text": TEXT,
                "offset": {"type": "integer", "minimum": 0},
                "length": {"type": "integer", "minimum": 0},
            },
            "required": ["text", "offset", "length"],
        },
        "sentence": TEXT,
        "type": {"type": "object", "properties": {"typeName": TEXT}, "required": ["typeName"]},
        "rule": {
            "type": "object",
            "properties": {
                "id": TEXT,
                "subId": TEXT,
                "description": TEXT,
                "issueType": {"const": "style"},
                "urls": {"type": "array"},
                "category": {"type": "object", "properties": {"id": TEXT, "name": TEXT}, "required": ["id", "name"]},
            },
            "required": ["id", "description", "issueType", "category"],
        },
        "ignoreForIncompleteSentence": {"type": "boolean"},
        "contextForSureMatch": {"type": "integer"},
    },
    "required": ["message", "shortMessage", "offset", "length", "replacements", "context", "sentence", "type", "rule"],
}
SOFTWARE: dict[str, Any] = {
    "type": "object",
    "properties": {"name": TEXT, "version": TEXT, "apiVersion": {"type": "integer"}},
    "required": ["name", "version", "apiVersion"],
}
ANSWER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "software": SOFTWARE,
        "warnings": {"type": "object", "properties": {"incompleteResults": {"type": "boolean"}}},
        "language": {
            "type": "object",
            "properties": {
                "name": TEXT,
                "code": TEXT,
                "detectedLanguage": {
                    "type": "object",
                    "properties": {
                        "name": TEXT,
                        "code": TEXT,
                        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                        "source": TEXT,
                    },
                    "required": ["name", "code", "confidence"],
                },
            },
            "required": ["name", "code", "detectedLanguage"],
        },
        "matches": {"type": "array", "items": MATCH},
        "sentenceRanges": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
        },
        "extendedSentenceRanges": {"type": "array"},
    },
    "required": ["software", "warnings", "language", "matches"],
}
EXAMPLES = {
    "text": {"value": {"text": "🙂 You should have told us.", "language": "en-AU"}},
    "annotated": {
        "value": {
            "data": '{"annotation": [{"markup": "<p>"}, {"text": "You should have told us."}]}',
            "language": "auto",
        }
    },
}


def document(description: str, schema: dict[str, Any], kind: str = "application/json") -> dict[int | str, Any]:
    """An answer that went well."""
    return {200: {"description": description, "content": {kind: {"schema": schema}}}}


def plain(*statuses: int) -> dict[int | str, Any]:
    """Errors in plain text."""
    return {
        status: {"description": "In plain text.", "content": {"text/plain": {"schema": TEXT}}} for status in statuses
    }


LANGUAGE = {
    "type": "object",
    "properties": {"name": TEXT, "code": TEXT, "longCode": TEXT},
    "required": ["name", "code", "longCode"],
}
CHECK: dict[str, Any] = {
    "responses": {**document("What was found.", ANSWER), **plain(400, 401, 403, 408, 413, 421, 429, 503)},
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "properties": FORM,
                        "required": ["language"],
                        "oneOf": [{"required": ["text"]}, {"required": ["data"]}],
                    },
                    "examples": EXAMPLES,
                }
            },
        }
    },
}
LANGUAGE_LIST: dict[str, Any] = {
    "responses": {
        **document("English, as it is written in several countries.", {"type": "array", "items": LANGUAGE}),
        **plain(403, 421),
    }
}
INFO: dict[str, Any] = {
    "responses": {
        **document(
            "Name and version.", {"type": "object", "properties": {"software": SOFTWARE}, "required": ["software"]}
        ),
        **plain(403, 421),
    }
}
MAX_LENGTH: dict[str, Any] = {"responses": {**document("A number.", TEXT, "text/plain"), **plain(403, 421)}}
