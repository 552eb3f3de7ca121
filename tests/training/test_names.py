"""The training of the model of names, on a few texts."""

from __future__ import annotations

from typing import Any

from toneguard.training.names import figures, fit, judge, look, matches

RECIPE = {"min_count": 1, "strength": 1.0, "smallest": 0.01}
LOWER = frozenset("the parcel was signed for by said that sofa is chair".split())


def row(text: str, *names: str) -> dict[str, Any]:
    spans = [{"start": text.index(name), "end": text.index(name) + len(name), "entity": "person-name"} for name in names]
    return {"text": text, "role": "customer", "spans": spans}


TEXTS = [
    row("The parcel was signed for by Okonkwo at noon.", "Okonkwo"),
    row("It was signed for by Castellanos today.", "Castellanos"),
    row("The Brampton sofa is late.",),
    row("The Penrose chair is broken."),
]


def test_it_learns_what_stands_around_a_name() -> None:
    seen = look(TEXTS, LOWER)
    assert sum(seen.names) == 2
    weights = fit([(seen, 1.0)], RECIPE)
    assert fit([(look(TEXTS, LOWER), 1.0)], RECIPE) == weights
    new = look([row("The box was signed for by Adeyinka at nine.", "Adeyinka"), row("The Marlow sofa is torn.")], LOWER)
    assert judge(new, weights, 0.5) == (1, 0, 0)
    assert judge(new.of([1]), weights, 0.5) == (0, 0, 0)


def test_figures_weigh_recall_four_times_as_much() -> None:
    assert figures([(8, 1, 0), (0, 1, 0)]) == {"n": 10, "precision": 1.0, "recall": 0.8, "f2": 0.833}


def test_half_of_a_name_is_enough_and_a_sentence_too_much() -> None:
    assert matches((10, 20), (10, 15))
    assert not matches((10, 20), (10, 14))
    assert not matches((10, 20), (0, 40))
