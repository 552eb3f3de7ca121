"""Several brands held against each other: one voice per brand, against the replies of all the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TypeVar

import numpy as np

from toneguard.analysers.brand_voice.calibration import Floats
from toneguard.analysers.brand_voice.fit import STRENGTH, STYLE_SCALE, choose, fit_replies
from toneguard.analysers.brand_voice.replies import MOST, Read, encoder_of, read_texts, why_not
from toneguard.analysers.brand_voice.scoring import Scorer
from toneguard.analysers.brand_voice.voice import Voice
from toneguard.errors import InvalidInput, ModelError

Brand = TypeVar("Brand", str, int)


def fit_voices(
    texts: Sequence[str],
    brands: Sequence[Brand],
    *,
    tier: str = "fast",
    strength: float = STRENGTH,
    style_scale: float = STYLE_SCALE,
) -> dict[Brand, Voice]:
    """Give a voice for each brand, sorted by brand; ``brands`` says whose each of the ``texts`` is.

    What :func:`~toneguard.analysers.brand_voice.fit.fit_voice` says of its examples and numbers holds here: a
    voice with too few examples, or one that cannot be told from the others, abstains. Raises
    :class:`InvalidInput` for other input, and where the two are not of one length.
    """
    choices = choose(strength, style_scale)
    encoder = encoder_of(tier)
    replies = read_texts(texts, "brand", encoder)
    if len(replies) != len(brands):
        raise InvalidInput(f"brands: expected one for each of the {len(replies)} texts, got {len(brands)}")
    voices: dict[Brand, Voice] = {}
    for brand in sorted(set(brands)):
        own = [reply for reply, other in zip(replies, brands, strict=True) if other == brand]
        digest = encoder.digest if encoder else ""
        voices[brand] = fit_replies(own, others(replies, brands, brand), str(brand), choices, digest)
    return voices


def others(replies: Sequence[Read], brands: Sequence[Brand], brand: Brand) -> list[Read]:
    """Give the replies of all other brands, in their order; brand by brand in turn if not all will be used."""
    found: dict[Brand, list[Read]] = {}
    for reply, other in zip(replies, brands, strict=True):
        found.setdefault(other, []).append(reply)
    found.pop(brand)
    if sum(map(len, found.values())) > MOST:
        return [reply for turn in zip_longest(*found.values()) for reply in turn if reply is not None]
    return [reply for reply, other in zip(replies, brands, strict=True) if other != brand]


def together(voices: Iterable[Voice]) -> list[Scorer]:
    """Give a scorer for each voice, all on one calibration, their mean.

    Each voice's own rests on its few examples, so that the log-odds of one cannot be held against another's.
    """
    voices = list(voices)
    steep = [voice for voice in voices if voice.slope > 0] or voices
    slope = sum(voice.slope for voice in steep) / len(steep)
    offset = sum(voice.offset for voice in steep) / len(steep)
    return [Scorer(replace(voice, slope=slope, offset=offset)) for voice in voices]


def log_odds(scorers: Iterable[Scorer], replies: Sequence[Read]) -> Floats:
    """Give the log-odds of each reply (row) for each brand's scorer (column)."""
    columns = [[scorer.logit(reply) for reply in replies] for scorer in scorers]
    return np.array(columns, dtype=np.float64).T


def shares(odds: Floats) -> Floats:
    """Turn :func:`log_odds` into probabilities of the brands, each row summing to 1.

    Each voice says how likely a reply is its brand's where that is as likely as all the others together. Of
    ``k`` brands that are equally likely, the others are ``k - 1`` times as likely, so their logarithm is
    taken off; what the voices then say is divided by its sum.
    """
    brands = odds.shape[1]
    likely = -np.logaddexp(0.0, np.log(max(brands - 1, 1)) - odds)
    likely = np.exp(likely - likely.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), dtype=np.float64)


def probabilities(scorers: Sequence[Scorer], texts: Sequence[str]) -> Floats:
    """Give the probability of each brand (column, in the order of their ``scorers``) for each text (row).

    Brands count as equally likely beforehand, and stay so for a text of which the analyser cannot say: one of
    fewer than 5 words, or not in English. Raises :class:`InvalidInput` for anything but a list of texts, and
    :class:`ModelError` for voices that were fitted with another encoder.
    """
    encoders = {scorer.voice.encoder for scorer in scorers} - {""}
    encoder = encoder_of("accurate" if encoders else "fast")
    if encoders - {encoder.digest if encoder else ""}:
        raise ModelError("the voices were fitted with another encoder; fit them again")
    replies = read_texts(texts, "brand", encoder)
    found = np.full((len(replies), len(scorers)), 1 / len(scorers))
    spoken = [row for row, reply in enumerate(replies) if not why_not(reply)]
    if spoken:
        found[spoken] = shares(log_odds(scorers, [replies[row] for row in spoken]))
    return found
