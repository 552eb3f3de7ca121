"""A classifier that says which brand's voice a reply is written in.

It is fitted and scored as the analyser ``brand_voice`` is: one voice per brand, against the replies of all
the others.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.metadata_routing import UNUSED
from sklearn.utils.validation import check_is_fitted

from toneguard.analysers.brand_voice.fit import NEEDED, STRENGTH, STYLE_SCALE
from toneguard.analysers.brand_voice.several import fit_voices, probabilities, together
from toneguard.analysers.brand_voice.style import ENOUGH_WORDS
from toneguard.analysers.brand_voice.voice import Voice
from toneguard.errors import InvalidInput
from toneguard.integrations.sklearn.inputs import checked_texts, one_dimensional

__all__ = ["BrandVoiceClassifier"]

NAME_LENGTH = 30
"""Letters above which what should be a brand's name may be a text, and is not repeated in an error."""


class BrandVoiceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tells by the wording which brand a reply is from.

    ``tier`` "accurate" lets the encoder take part (extra ``accurate``): some points better where topics differ, little
    elsewhere, and some seven milliseconds a reply.
    ``strength`` (above 0) is the inverse strength of the regularisation, as scikit-learn's ``C``;
    ``style_scale`` (0 or more) says how much style counts beside words and phrases. All are checked by
    :meth:`fit`.

    After fitting, ``classes_`` holds the brands, sorted, and ``voices_`` their voices by brand, which
    ``voices_[brand].save(path)`` writes for the analyser. The same replies give the same voices: nothing is
    random.

    Texts are lists, tuples, one-dimensional arrays or pandas Series of ``str``. Replies of fewer than 5
    words, replies that are not English and repeats are not learnt from.
    """

    # scikit-learn looks for "X" and "y"; without this it would take ours for something that users route.
    __metadata_request__fit: ClassVar[dict[str, str]] = {"texts": UNUSED, "brands": UNUSED}
    __metadata_request__predict: ClassVar[dict[str, str]] = {"texts": UNUSED}
    __metadata_request__predict_proba: ClassVar[dict[str, str]] = {"texts": UNUSED}

    def __init__(
        self, *, tier: str = "fast", strength: float = STRENGTH, style_scale: float = STYLE_SCALE
    ) -> None:
        self.tier = tier
        self.strength = strength
        self.style_scale = style_scale

    def fit(self, texts: Iterable[str], brands: Iterable[Any]) -> BrandVoiceClassifier:
        """Fit a voice for each brand; ``brands`` says whose each text is, as names or whole numbers.

        Gives itself. Warns where a brand cannot be told from the others, whose probabilities then say little.
        Raises :class:`~toneguard.errors.InvalidInput` (a ``ValueError``) for other input, one brand only, and
        a brand with fewer than 10 usable replies.
        """
        replies = checked_texts(texts)
        names = checked_brands(brands)
        if len(names) != len(replies):
            raise InvalidInput(f"brands: expected one for each of the {len(replies)} texts, got {len(names)}")
        classes, numbers = np.unique(names, return_counts=True)
        if len(classes) < 2:
            raise InvalidInput("brands: there is 1 brand; at least 2 are needed")
        if numbers.max() < NEEDED:
            raise InvalidInput(
                f"brands: none of the {len(classes)} brands has the {NEEDED} replies that each needs"
            )
        for brand, number in zip(classes.tolist(), numbers.tolist(), strict=True):
            if number < NEEDED:
                refuse_few(brand, number)
        voices: dict[Any, Voice] = fit_voices(
            replies, names.tolist(), tier=self.tier, strength=self.strength, style_scale=self.style_scale
        )
        for brand, voice in voices.items():
            if voice.on < NEEDED:
                refuse_few(brand, voice.on, voice.left_out)
        for brand, voice in voices.items():
            if voice.abstains:
                warnings.warn(f"{shown(brand)}: {voice.abstains}", UserWarning, stacklevel=2)
        self.classes_ = classes
        self.voices_ = voices
        self._scorers = together(voices.values())
        return self

    def predict_proba(self, texts: Iterable[str]) -> npt.NDArray[np.float64]:
        """Give a row per text and a column per brand, in the order of ``classes_``; rows sum to 1.

        Brands count as equally likely beforehand. They stay so for a text of which the analyser cannot say:
        one of fewer than 5 words, or not in English. Raises ``NotFittedError`` before :meth:`fit`, and
        :class:`~toneguard.errors.InvalidInput` (a ``ValueError``) for anything but texts.
        """
        check_is_fitted(self)
        return probabilities(self._scorers, checked_texts(texts))

    def predict(self, texts: Iterable[str]) -> npt.NDArray[Any]:
        """Give the likeliest brand of each text; the first of several that are equally likely.

        Raises what :meth:`predict_proba` raises.
        """
        likeliest = self.predict_proba(texts).argmax(axis=1)
        found: npt.NDArray[Any] = self.classes_[likeliest]
        return found

    def __sklearn_tags__(self) -> Any:
        """Say what scikit-learn may hand in: one-dimensional arrays of texts."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags


def checked_brands(brands: Iterable[Any]) -> npt.NDArray[Any]:
    """Give the brands as an array; raises :class:`InvalidInput` if they are no names or whole numbers."""
    found = one_dimensional(brands, "brands")
    wanted = str if isinstance(found[0], str) else (int, np.integer)
    for position, brand in enumerate(found):
        if not isinstance(brand, wanted) or brand == "":
            what = "an empty name" if brand == "" else type(brand).__name__
            expected = "names (str), or whole numbers throughout"
            raise InvalidInput(f"brands: expected {expected}, got {what} at position {position}")
    return np.asarray(found)


def refuse_few(brand: Any, number: int, left_out: Iterable[str] = ()) -> NoReturn:
    """Raise :class:`InvalidInput` that says how many replies a brand has, how many it needs, and why."""
    why = "; ".join(reason for reason in left_out if "off-brand" not in reason)
    raise InvalidInput(
        f"brands: {shown(brand)} has {number} usable replies; each brand needs {NEEDED},"
        f" of at least {ENOUGH_WORDS} words" + (f" (left out: {why})" if why else "")
    )


def shown(brand: Any) -> str:
    """Give the brand's name for an error, unless it may be a text."""
    return repr(brand) if len(str(brand)) <= NAME_LENGTH else "a brand"
