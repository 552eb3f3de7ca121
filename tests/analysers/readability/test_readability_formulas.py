"""The formulas against published examples and arithmetic done by hand, and what the intervals promise."""

from __future__ import annotations

import random
from statistics import NormalDist

import pytest

from toneguard.analysers.readability import measures
from toneguard.analysers.readability.counts import Prose, Tally
from toneguard.analysers.readability.formulas import FORMULAS, evaluate, interval, score, typical_variance

BY_NAME = {formula.measure.name: formula for formula in FORMULAS}


def tally(**counts: int) -> Tally:
    """A tally with these counts, the rest nought."""
    return Tally(**{**dict.fromkeys(Tally._fields, 0), **counts})


def value(name: str, **counts: int) -> float:
    return evaluate(BY_NAME[name], tally(**counts))


def test_the_check_value() -> None:
    # 13 words, 1 sentence, 17 syllables:
    # 206.835 - 1.015 * 13 - 84.6 * 17/13 = 206.835 - 13.195 - 110.6308 = 83.0092
    # 0.39 * 13 + 11.8 * 17/13 - 15.59 = 5.07 + 15.4308 - 15.59 = 4.9108
    counts = {"sentences": 1, "words": 13, "syllables": 17}
    assert value("flesch_reading_ease", **counts) == pytest.approx(83.0092, abs=5e-5)
    assert value("flesch_kincaid_grade", **counts) == pytest.approx(4.9108, abs=5e-5)


def test_published_flesch_examples() -> None:
    # "The cat sat on the mat": 6 words, 6 syllables, published ease 116.
    # 206.835 - 6.09 - 84.6 = 116.145
    assert value("flesch_reading_ease", sentences=1, words=6, syllables=6) == pytest.approx(116.145)
    # "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.": 13 words, 24
    # syllables,
    # published ease 37.5 and grade 11.3.
    # 206.835 - 13.195 - 84.6 * 24/13 = 193.64 - 156.1846 = 37.4554; 5.07 + 21.7846 - 15.59 = 11.2646
    assert value("flesch_reading_ease", sentences=1, words=13, syllables=24) == pytest.approx(
        37.4554, abs=5e-5
    )
    assert value("flesch_kincaid_grade", sentences=1, words=13, syllables=24) == pytest.approx(
        11.2646, abs=5e-5
    )


def test_published_coleman_liau_example() -> None:
    # The usual worked example: 119 words, 5 sentences, 639 letters give L = 537, S = 4.20 and grade 14.5.
    # 0.0588 * 536.9748 - 0.296 * 4.2017 - 15.8 = 31.5741 - 1.2437 - 15.8 = 14.5304
    assert value("coleman_liau_index", sentences=5, words=119, letters=639) == pytest.approx(
        14.5304, abs=5e-5
    )


def test_smog_is_mclaughlins() -> None:
    # 30 sentences with 49 polysyllables: 1.0430 * 7 + 3.1291 = 10.4301 (his rule of thumb: 3 + sqrt(49) = 10)
    assert value("smog_index", sentences=30, words=400, polysyllables=49) == pytest.approx(10.4301)
    # 10 sentences with 12: 1.0430 * sqrt(12 * 30/10) + 3.1291 = 1.0430 * 6 + 3.1291 = 9.3871
    assert value("smog_index", sentences=10, words=120, polysyllables=12) == pytest.approx(9.3871)


def test_fog_ari_lix_rix() -> None:
    # 100 words, 5 sentences, 12 complex: 0.4 * (20 + 12) = 12.8
    assert value("gunning_fog", sentences=5, words=100, complex_words=12) == pytest.approx(12.8)
    # 100 words, 5 sentences, 450 letters and digits: 4.71 * 4.5 + 0.5 * 20 - 21.43 = 21.195 + 10 -
    # 21.43 = 9.765
    assert value("automated_readability_index", sentences=5, words=100, characters=450) == pytest.approx(
        9.765
    )
    # 100 words, 5 sentences, 25 long words: LIX 20 + 25 = 45; RIX 25 / 5 = 5
    assert value("lix", sentences=5, words=100, long_words=25) == pytest.approx(45.0)
    assert value("rix", sentences=5, words=100, long_words=25) == pytest.approx(5.0)


def test_the_arithmetic_is_shown() -> None:
    row = tally(sentences=1, words=13, syllables=17)
    shown = score(
        BY_NAME["flesch_reading_ease"],
        Prose(row, (row,), {2: 25}),
        "13 words in 1 sentence",
        "",
        with_interval=False,
    )
    assert shown.because == "13 words in 1 sentence, 17 syllables"
    assert [(c.reason, round(c.amount, 3)) for c in shown.contributions] == [
        ("13.00 words per sentence", -13.195),
        ("1.31 syllables per word", -110.631),
    ]
    assert 206.835 + sum(c.amount for c in shown.contributions) == pytest.approx(shown.value)


def test_every_measure_names_its_publication_and_its_bounds() -> None:
    assert {formula.measure for formula in FORMULAS} == set(measures.GRADES)
    # One word of one syllable and one letter in one sentence is as easy as a text can be.
    least = tally(sentences=1, words=1, syllables=1, characters=1, letters=0)
    for formula in FORMULAS:
        assert "19" in formula.measure.source
        bound = formula.measure.low if formula.measure.better == "lower" else formula.measure.high
        assert evaluate(formula, least) == pytest.approx(bound)


# Intervals


def prose(rows: list[Tally], squares: dict[int, int]) -> Prose:
    return Prose(Tally(*map(sum, zip(*rows, strict=True))), tuple(rows), squares)


def test_interval_by_hand() -> None:
    # Two sentences of 10 and 30 words, every word of one syllable, so only length matters.
    rows = [tally(sentences=1, words=10, syllables=10), tally(sentences=1, words=30, syllables=30)]
    # Ease: 206.835 - 1.015 * 20 - 84.6 = 101.935. Pulls: -1.015 * (10 - 20) = 10.15 and -10.15; squares
    # 206.045.
    # Typical: (1.015 * 20 * 0.6) ** 2 = 148.3524, three times = 445.0572. Variance (206.045 + 445.0572)
    # / 4 = 162.7756.
    # Reach: t(4) = 2.132 times sqrt(162.7756 / 2) = 9.0216: 19.2340.
    low, high = interval(BY_NAME["flesch_reading_ease"], prose(rows, {2: 40}))
    assert (low, high) == pytest.approx((101.935 - 19.2340, 101.935 + 19.2340), abs=1e-3)


def test_typical_variance_of_words() -> None:
    # 20 words in one sentence, half of one syllable and half of three: mean 2, squares (10 + 90) / 20 =
    # 5, variance 1.
    # Ease: by length (1.015 * 20 * 0.6) ** 2 = 148.3524; by words 84.6 ** 2 * 1 / 20 = 357.858
    total = tally(sentences=1, words=20, syllables=40)
    assert typical_variance(BY_NAME["flesch_reading_ease"], total, {2: 100}) == pytest.approx(
        148.3524 + 357.858
    )


def simulate(writer: random.Random, sentences: int) -> Prose:
    """Sentences of a made-up writer: lengths about 14 words, syllables 1 to 4."""
    rows, squares = [], {2: 0, 3: 0, 4: 0}
    for _ in range(sentences):
        length = max(2, round(writer.lognormvariate(2.5, 0.5)))
        said = [writer.choices((1, 2, 3, 4), (60, 25, 10, 5))[0] for _ in range(length)]
        letters = [max(1, round(2 * n + writer.gauss(1, 1))) for n in said]
        for position, values in ((2, said), (3, letters), (4, letters)):
            squares[position] += sum(n * n for n in values)
        hard = sum(n >= 3 for n in said)
        long = sum(n >= 7 for n in letters)
        rows.append(Tally(1, length, sum(said), sum(letters), sum(letters), hard, hard, long))
    return prose(rows, squares)


def test_nine_in_ten_intervals_hold_the_writers_value() -> None:
    settled = simulate(random.Random(1), 20_000).total
    for sentences in (1, 2, 3, 5, 8):
        writer = random.Random(sentences)
        drafts = [simulate(writer, sentences) for _ in range(250)]
        for formula in FORMULAS:
            truth = evaluate(formula, settled)
            bounds = [interval(formula, draft) for draft in drafts]
            held = sum(low <= truth <= high for low, high in bounds) / len(bounds)
            # 250 drafts: three standard errors of 90 % are 5.7 points; few sentences err to the wide side.
            assert held > 0.9 - 3 * (0.9 * 0.1 / 250) ** 0.5 - 0.02, (formula.measure.name, sentences, held)


def test_more_sentences_narrow_the_interval_and_it_holds_the_score() -> None:
    writer = random.Random(7)
    for formula in FORMULAS:
        widths = []
        for sentences in (2, 8, 32):
            total = 0.0
            for _ in range(40):
                draft = simulate(writer, sentences)
                low, high = interval(formula, draft)
                assert low <= evaluate(formula, draft.total) <= high
                total += high - low
            widths.append(total)
        assert widths[0] > widths[1] > widths[2]


def test_quantiles_end_in_the_normal_one() -> None:
    from toneguard.analysers.readability.formulas import NORMAL, STUDENT

    assert round(NormalDist().inv_cdf(0.95), 3) == NORMAL
    assert list(STUDENT) == sorted(STUDENT, reverse=True)
    assert STUDENT[-1] > NORMAL
