"""Presidio, both ways; needs the extra ``presidio`` (presidio-analyzer 2.2).

:class:`ToneGuardRecognizer` puts ToneGuard's recognisers into a Presidio ``AnalyzerEngine``;
:class:`PresidioAnalyser` brings what a Presidio engine finds into ToneGuard's reviews, where a standard names it in
``analysers``. Only importing this package imports Presidio.
"""

from __future__ import annotations

from toneguard.errors import MissingExtra

try:
    import presidio_analyzer as _presidio_analyzer  # noqa: F401
except ImportError:
    raise MissingExtra("Presidio", "presidio") from None

from toneguard.integrations.presidio.analyser import PresidioAnalyser, make
from toneguard.integrations.presidio.recogniser import ToneGuardRecognizer

__all__ = ["PresidioAnalyser", "ToneGuardRecognizer", "make"]
