"""Layers that need a trained pipeline: named entities and part-of-speech tags, by spaCy over our own tokens.

spaCy never leaves this module: what comes out are :class:`Entity` values and tag strings aligned with
``document.tokens``. No pipeline ships with ToneGuard; a standard names an installed one or its folder
(``spacy = "..."``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from toneguard.documents.document import Document, Entity
from toneguard.errors import SettingsError
from toneguard.findings import Span

TRAINED_LAYERS = frozenset({"entities", "tags"})


@lru_cache(maxsize=2)
def load_pipeline(name: str) -> Any:
    """The spaCy pipeline of that package name or folder; raises :class:`SettingsError` if there is none."""
    import spacy

    try:
        return spacy.load(name)
    except OSError:
        raise SettingsError(
            f"spacy: there is no spaCy pipeline {name!r}; install one"
            " (python -m spacy download en_core_web_sm) or name its folder"
        ) from None


def pipeline_version(name: str) -> str:
    """What the pipeline calls itself, with its version: ``core_web_sm 3.8.0``. Raises :class:`SettingsError`."""
    meta = load_pipeline(name).meta
    return f"{meta['name']} {meta['version']}"


def add_layers(documents: Sequence[Document], name: str) -> list[Document]:
    """The documents with the layers ``entities`` and ``tags``, read by the pipeline of that name."""
    from spacy.tokens import Doc

    nlp = load_pipeline(name)
    docs = [Doc(nlp.vocab, words=words(document), spaces=spaces(document)) for document in documents]
    # A pipeline's components are called on our tokens; its own tokeniser would give offsets that fit nothing here.
    for _, component in nlp.pipeline:
        docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
    return [with_layers(document, doc) for document, doc in zip(documents, docs, strict=True)]


def words(document: Document) -> list[str]:
    """The tokens as they are written."""
    tokens = document.tokens
    text = document.text.encode("utf-8", "replace").decode("utf-8")  # same length: a lone surrogate becomes "?"
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def spaces(document: Document) -> list[bool]:
    """Whether white space follows each token."""
    text = document.text
    return [end < len(text) and text[end].isspace() for end in document.tokens.ends]


def with_layers(document: Document, doc: Any) -> Document:
    """The document with what spaCy saw."""
    tokens = document.tokens
    entities = tuple(
        Entity(entity.label_, Span(tokens.starts[entity.start], tokens.ends[entity.end - 1])) for entity in doc.ents
    )
    tags = tuple(token.tag_ for token in doc)
    return replace(document, entities=entities, tags=tags, layers=document.layers | TRAINED_LAYERS)
