"""The audit finds what was built in, and finds nothing where nothing was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.progress import fairness
from alongside.progress.columns import BadInput
from alongside.progress.fairness import (
    age_adjusted,
    auc,
    by_month,
    expected,
    observed_expected,
    opportunity_gap,
    reportable,
    risk_ratio,
    screening,
)


def test_a_risk_ratio_of_the_literature() -> None:
    found = risk_ratio(27, 122, 44, 487)
    assert found == pytest.approx((2.4495156482861398, 1.5836990926700116, 3.7886786315466354), abs=1e-9)


@given(st.integers(1, 50), st.integers(50, 200), st.integers(1, 50), st.integers(50, 200))
def test_turned_round_a_ratio_is_its_inverse(a: int, n: int, c: int, m: int) -> None:
    one, other = risk_ratio(a, n, c, m), risk_ratio(c, m, a, n)
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert one.low == pytest.approx(1 / other.high)


def test_no_ratio_of_nothing() -> None:
    with pytest.raises(BadInput, match="Pool three years"):
        risk_ratio(0, 40, 12, 300)
    with pytest.raises(BadInput, match="not a share"):
        risk_ratio(41, 40, 12, 300)


@pytest.mark.parametrize(("found", "group", "may"), [(10, 30, True), (9, 30, False), (10, 29, False)])
def test_small_groups_are_not_reported(found: int, group: int, may: bool) -> None:
    assert reportable(found, group) is may


def school(bias: float, seed: int = 1, n: int = 8000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Prior scores, EAL or not, and who was found; `bias` is how much likelier with EAL on the logit scale."""
    chance = np.random.default_rng(seed)
    prior, eal = chance.standard_normal(n), chance.random(n) < 0.2
    found = chance.random(n) < 1 / (1 + np.exp(2 + prior - bias * eal))
    return prior[:, None], np.where(eal, "EAL", "English"), found


def test_expected_adds_up_to_observed() -> None:
    prior, _, found = school(0)
    chance = expected(prior, found)
    assert chance.sum() == pytest.approx(found.sum())
    assert chance[prior[:, 0] < -1].mean() > chance[prior[:, 0] > 1].mean()


@pytest.mark.parametrize(
    ("bias", "finding"),
    [(1.0, "found more often than pupils like them"), (-1.0, "found less often than pupils like them"),
     (0.0, "as often as pupils like them")],
)  # fmt: skip
def test_both_directions_are_found(bias: float, finding: str) -> None:
    prior, group, found = school(bias)
    one = {each.group: each for each in observed_expected(group, found, expected(prior, found))}
    assert one["EAL"].finding == finding
    assert one["EAL"].interval.low < one["EAL"].ratio < one["EAL"].interval.high


def test_a_group_of_few_is_named_and_not_judged() -> None:
    prior, group, found = school(0)
    group[:20] = "Roma"
    found[:20] = True
    one = {each.group: each for each in observed_expected(group, found, expected(prior, found))}
    assert one["Roma"].finding.startswith("too few")
    assert one["Roma"].observed == 20


def test_a_school_that_finds_many_is_drawn_to_the_others() -> None:
    prior, _, found = school(0, n=3000)
    schools = np.arange(3000) % 10
    found[schools == 3] |= np.arange(300) % 3 == 0
    loose, tight = (expected(prior, found, penalty, schools)[schools == 3].mean() for penalty in (0.01, 1e6))
    assert tight < loose <= found[schools == 3].mean() + 0.01


def test_nothing_is_expected_of_one_outcome() -> None:
    with pytest.raises(BadInput, match="same outcome"):
        expected(np.ones((5, 1)), np.ones(5, dtype=bool))


# --- Month of birth --------------------------------------------------------------------------------------


def born(effect: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ten thousand pupils whose scores rise by `effect` SD for each month of age: month, age, score."""
    chance = np.random.default_rng(3)
    age = chance.integers(0, 12, 10_000)
    month = (7 - age) % 12 + 1  # 0: August, the youngest
    return month, age.astype(float), chance.standard_normal(10_000) + effect * age


def test_a_built_in_effect_of_age_is_taken_out() -> None:
    month, age, score = born(0.04)
    raw, fair = (value < np.quantile(value, 0.15) for value in (score, age_adjusted(score, age)))
    assert sum(not one.flat for one in by_month(month, raw)) >= 3
    assert sum(not one.flat for one in by_month(month, fair)) <= 1
    assert by_month(month, fair)[0].month == 9


def test_a_few_wild_scores_do_not_bend_the_age_line() -> None:
    _, age, score = born(0.04)
    wild = score.copy()
    wild[:50] = 40 * np.sign(age[:50] - 5.5)
    assert np.polyfit(age[50:], age_adjusted(wild, age)[50:], 1)[0] == pytest.approx(0, abs=0.01)
    assert age_adjusted(score, np.ones(len(score))).tolist() == score.tolist()


def test_a_month_that_is_none_is_named() -> None:
    with pytest.raises(BadInput, match="Row 2: 13"):
        by_month(np.array([1, 13]), np.array([True, False]))


# --- Screening -------------------------------------------------------------------------------------------


def test_a_screener_at_the_trusts_own_base_rate() -> None:
    found = screening(40, 60, 10, 390)
    assert found == pytest.approx((0.8, 390 / 450, 0.4, 0.975), abs=1e-9)


@pytest.mark.parametrize("cells", [(0, 60, 0, 390), (0, 0, 10, 390), (-1, 3, 4, 5)])
def test_shares_without_a_base_are_refused(cells: tuple[int, int, int, int]) -> None:
    with pytest.raises(BadInput):
        screening(*cells)


def test_the_area_by_counting_pairs() -> None:
    score, need = np.array([1.0, 2, 2, 3, 4, 5]), np.array([False, False, True, False, True, True])
    area, interval = auc(score, need)
    assert area == pytest.approx((1 + 0.5 + 0 + 3 + 3) / 9)
    assert interval.low < area <= interval.high
    with pytest.raises(BadInput, match="two of each"):
        auc(score, score > 4)


def test_delongs_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        need = np.arange(200) < 60
        low, high = auc(chance.standard_normal(200) + need, need)[1]
        held += low <= 0.7602499 <= high
    assert 180 <= held <= 199


def test_pupils_with_need_are_flagged_alike_or_not() -> None:
    group = np.repeat(np.array(["boys", "girls"]), 20)
    need = np.ones(40, dtype=bool)
    flagged = np.arange(40) % 20 < np.repeat([15, 9], 20)
    assert opportunity_gap(group, flagged, need) == pytest.approx(0.3)
    with pytest.raises(BadInput, match="too few"):
        opportunity_gap(group, flagged, need & (group == "boys"))


def test_what_is_audited_is_never_in_the_rule() -> None:
    assert "sex" in (fairness.__doc__ or "")
    from alongside.progress import growth, signs

    for rule in (growth, signs):
        assert not {"eal", "ethnicity", "sex", "month"} & set(vars(rule))
