"""Presidio engines for the analyser: made once, offline, and silent while they work.

Left to itself Presidio fetches what it misses: a spaCy pipeline when an engine is made, the public suffix list when it
meets an e-mail address. Here a missing pipeline is an error that says so, and addresses are held against the list that
``tldextract`` brings along.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, AnalyzerEngineProvider, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import EmailRecognizer

from toneguard.documents.spacy_parser import load_pipeline
from toneguard.errors import SettingsError

PRESIDIO_DEFAULT = "en_core_web_lg"
"""What Presidio loads where its configuration names no pipeline."""


class LoadedEngine(SpacyNlpEngine):  # type: ignore[misc]
    """Presidio's engine around a spaCy pipeline that is loaded already."""

    def __init__(self, nlp: Any, language: str) -> None:
        super().__init__(models=[{"lang_code": language, "model_name": nlp.meta["name"]}])
        self.nlp = {language: nlp}


@lru_cache(maxsize=4)
def open_engine(config: str | None = None, spacy: str | None = None, language: str = "en") -> AnalyzerEngine:
    """The engine of a configuration file; without one, Presidio's predefined recognisers.

    ``spacy`` names the pipeline that these use for names and places, as a package or folder; without it they see only
    what has a pattern. Raises :class:`~toneguard.errors.SettingsError`.
    """
    engine = configured(Path(config)) if config else predefined(spacy, language)
    if language not in engine.supported_languages:
        raise SettingsError(
            f"presidio: language: {language!r} is not one of the engine's: {', '.join(engine.supported_languages)}"
        )
    for recogniser in engine.registry.recognizers:
        if isinstance(recogniser, EmailRecognizer):
            recogniser.validate_result = has_public_suffix
    return engine


def predefined(spacy: str | None, language: str) -> AnalyzerEngine:
    """An engine with Presidio's predefined recognisers."""
    import spacy as library

    try:
        nlp = load_pipeline(spacy) if spacy else library.blank(language)
    except ImportError:
        raise SettingsError(f"presidio: language: spaCy has no language {language!r}") from None
    nlp_engine = LoadedEngine(nlp, language)
    registry = RecognizerRegistry(supported_languages=[language])
    with silence():  # a warning for each recogniser of another language
        registry.load_predefined_recognizers(languages=[language], nlp_engine=nlp_engine)
    return AnalyzerEngine(registry=registry, nlp_engine=nlp_engine, supported_languages=[language])


def configured(path: Path) -> AnalyzerEngine:
    """The engine of a configuration file of Presidio's (YAML)."""
    for name in pipelines(read_yaml(path)):
        load_pipeline(name)
    try:
        return AnalyzerEngineProvider(analyzer_engine_conf_file=path).create_engine()
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise SettingsError(f"{path}: Presidio refuses it: {problem}") from None


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The configuration; Presidio itself would answer a file that it cannot read with another configuration."""
    import yaml

    try:
        given = yaml.safe_load(path.read_bytes())
    except OSError as problem:
        raise SettingsError(f"{path}: cannot be read ({problem.strerror or type(problem).__name__})") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise SettingsError(f"{path}{place}: not YAML") from None
    if not isinstance(given, dict):
        raise SettingsError(f"{path}: expected a Presidio analyzer configuration, with nlp_configuration")
    return given


def pipelines(configuration: Mapping[str, Any]) -> Iterator[str]:
    """The spaCy pipelines that a configuration would load."""
    nlp = configuration.get("nlp_configuration")
    if not isinstance(nlp, dict):
        yield PRESIDIO_DEFAULT
        return
    models = nlp.get("models")
    for model in models if isinstance(models, list) else ():
        name = model.get("model_name") if isinstance(model, dict) else None
        if isinstance(name, dict):
            name = name.get("spacy")
        if isinstance(name, str) and nlp.get("nlp_engine_name", "spacy") in ("spacy", "transformers"):
            yield name


@lru_cache(maxsize=1)
def suffixes() -> Any:
    """The public suffix list that comes with ``tldextract``; nothing is fetched or kept."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def has_public_suffix(pattern_text: str) -> bool:
    """Presidio's own test of an e-mail address, offline."""
    return bool(suffixes()(pattern_text).fqdn)


# Presidio's loggers say how many results there are, and in debugging more than that.

SILENT: ContextVar[bool] = ContextVar("silent", default=False)


class WhileSilent(logging.Filter):
    """Drops what is logged inside :func:`silence`, in this thread or task alone."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002
        """Whether to keep the record."""
        return not SILENT.get()


FILTER = WhileSilent()


@contextmanager
def silence() -> Iterator[None]:
    """Nothing of Presidio's is logged inside."""
    for name in ("presidio-analyzer", "decision_process", "tldextract"):
        logging.getLogger(name).addFilter(FILTER)  # once: the same filter is not added again
    token = SILENT.set(True)
    try:
        yield
    finally:
        SILENT.reset(token)
