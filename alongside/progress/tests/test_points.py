"""One subject on one scale over the points of several years."""

from __future__ import annotations

import numpy as np
import pytest

from alongside.progress import signs, words
from alongside.progress.columns import BadInput, Floats
from alongside.progress.points import KEYS, NO_START, Judged, Point, Sat, Test, four_signs, judge
from alongside.progress.simulate import Setting, simulate, simulate_signs

SEM = 15 * np.sqrt(0.1)
AUTUMNS = [Point(year, "autumn") for year in (2024, 2025, 2026)]


def a_trust(
    scores: Floats, *, schools: int = 10, points: list[Point] | None = None, grade: int = 4
) -> tuple[list[Point], Sat]:
    """Everybody of one year group at every point; (pupils, points), NaN where not sat."""
    points = points or AUTUMNS
    pupil, place = np.nonzero(~np.isnan(scores))
    year = np.array([point.year for point in points])
    season = np.array([{"autumn": 0, "spring": 0.4, "summer": 0.7}[point.season] for point in points])
    return points, Sat(
        pupil, place, (year + season)[place].astype(float), grade - (points[-1].year - year[place]), pupil % schools,
        scores[pupil, place],
    )  # fmt: skip


def scores_of(pupils: int, points: int, seed: int = 1) -> Floats:
    chance = np.random.default_rng(seed)
    start = chance.standard_normal((pupils, 1)) * 13
    made: Floats = np.round(100 + start + chance.standard_normal((pupils, points)) * SEM)
    return made


def judged(scores: Floats, **more: object) -> Judged:
    return judge(*a_trust(scores, **more), Test(float(SEM)))  # type: ignore[arg-type]


def test_the_ladder_ends_in_not_enough_pupils_to_say() -> None:
    for pupils, how in ((1_200, "quantiles"), (400, "cubic"), (199, "not enough pupils to say")):
        found = judged(scores_of(pupils, 3))
        assert set(found.how) == {how} and np.isnan(found.last).all() == (pupils < 200)
        assert (found.among == (0 if pupils < 200 else pupils)).all()


def test_growth_is_from_a_season_to_the_same_season_a_year_later() -> None:
    points = [Point(2025, "autumn"), Point(2026, "autumn"), Point(2026, "spring")]
    found = judge(*a_trust(scores_of(300, 3), points=points), Test(float(SEM)))
    assert set(found.how) == {NO_START} and np.isnan(found.last).all(), "there was no spring of 2025"
    assert found.signs[1].answered.all(), "the other signs take every point"


def test_pupils_without_a_start_say_so() -> None:
    scores = scores_of(300, 3)
    scores[:20, 1] = np.nan
    found = judged(scores)
    assert set(found.how[:20]) == {NO_START} and set(found.how[20:]) == {"cubic"}


def test_a_pupil_who_repeats_a_year_is_not_set_beside_those_who_did_not() -> None:
    points, sat = a_trust(scores_of(300, 3))
    grade = sat.grade.copy()
    grade[(sat.pupil == 0) & (sat.place == 1)] = grade[(sat.pupil == 0) & (sat.place == 2)][0]
    found = judge(points, Sat(sat.pupil, sat.place, sat.time, grade, sat.school, sat.score), Test(float(SEM)))
    assert found.how[0] == NO_START


def test_peers_here_are_those_of_the_school_who_began_within_one_error() -> None:
    scores = np.array([[100.0, 100, 100], [100, 104, 100], [100, 106, 100], [100, 100, 100]])
    points, sat = a_trust(scores, schools=3)  # the last pupil sits at the first one's school
    found = judge(points, sat, Test(float(SEM)))
    assert found.here.tolist() == [1, 0, 0, 1]
    assert judge(*a_trust(scores, schools=1), Test(float(SEM))).here.tolist() == [2, 3, 1, 2]


def test_a_median_of_fewer_than_eight_is_no_comparison() -> None:
    few, enough = judged(scores_of(7, 3)), judged(scores_of(8, 3))
    assert np.isnan(few.peers).all() and not few.signs[2].answered.any()
    assert not np.isnan(enough.peers).any() and enough.signs[2].answered.all()


def test_without_a_norm_by_age_no_gap_is_read_from_a_score() -> None:
    scores = np.array([[100.0, 90, 60]] * 10)
    found = judge(*a_trust(scores), Test(float(SEM), normed=False))
    assert not found.signs[3].answered.any() and not found.signs[3].fires.any() and not found.twice.any()
    assert judge(*a_trust(scores), Test(float(SEM))).signs[3].fires.all()


def test_two_points_running_at_which_the_gap_grew() -> None:
    rows = [[100.0, 85, 80], [100, 99, 80], [100, 85, 99], [100, np.nan, 80], *([[100.0, 100, 100]] * 8)]
    found = judged(np.array(rows))
    assert found.twice[:4].tolist() == [True, False, True, False]
    assert (found.twice & found.signs[3].fires)[:4].tolist() == [True, False, False, False]


def test_equal_scores_fire_nothing() -> None:
    found = judged(np.full((400, 3), 100.0))
    assert not any(sign.fires.any() for sign in found.signs)


def test_two_results_of_one_day_do_not_make_a_rate() -> None:
    time, score = np.array([[2.0, 2.0, 2.5]]), np.array([[100.0, 60.0, 95.0]])
    told = four_signs(time, score, np.full((1, 3), 100.0), Test(float(SEM)), np.array([np.nan]), np.array([np.nan]))
    assert told[1].points.tolist() == [2] and not told[1].answered.any()


def test_nobody_at_the_point_is_refused() -> None:
    points, sat = a_trust(scores_of(10, 2), points=AUTUMNS[:2])
    with pytest.raises(BadInput, match="Nobody"):
        judge([*points, AUTUMNS[2]], sat, Test(float(SEM)))
    broken = Sat(sat.pupil, sat.place, sat.time, sat.grade, sat.school, np.full(len(sat.score), np.inf))
    with pytest.raises(BadInput, match="score"):
        judge(points, broken, Test(float(SEM)))


def test_the_four_signs_come_in_the_order_of_their_keys() -> None:
    found = judged(scores_of(300, 3))
    assert len(found.signs) == len(KEYS) == 4
    alone = signs.gap_widens(signs.scores_of(found.time, found.score, float(SEM)))
    assert (found.signs[3].figure == alone.figure).all()


# --- What each sign would do


def test_the_signs_do_in_an_invented_trust_what_the_plain_rules_say() -> None:
    found = {one.rule: one for one in simulate_signs(Setting(pupils=200_000))}
    plain = {one.rule: one for one in simulate(Setting(pupils=200_000)).rules}
    same = plain["two-year mean percentile under 25"]
    assert found["slower_than_peers"].flagged == pytest.approx(same.flagged, abs=0.002)
    assert found["slower_than_peers"].right == pytest.approx(0.37, abs=0.01)
    assert found["rate_not_matched"].right < 0.10, "no better than the one in ten who have slowed anyway"
    assert list(found) == list(KEYS)


# --- Words


@pytest.mark.parametrize(
    ("here", "says"), [(0, "No other pupil at this school"), (1, "Only 1 other pupil at"), (8, "8 others began")]
)
def test_too_few_peers_at_the_school_are_said(here: int, says: str) -> None:
    told = words.peers_in_words("Kuba", 1_204, here, 8)
    assert says in told and "1,204 pupils of the same year across the trust" in told
    assert ("not enough peers here" in told) == (here < 8)


@pytest.mark.parametrize(
    ("change", "says"), [(-11, "more than chance"), (-10, "not clear proof"), (3, "no sign of falling")]
)
def test_the_words_of_a_growing_gap_agree_with_the_sign(change: float, says: str) -> None:
    error = float(np.hypot(4.5, 4.5))
    told = signs.gap_widens(signs.scores_of([0, 1], [[100, 100 + change]], 4.5))
    words_ = words.fall_in_words("Kuba", change, error, 2).text
    assert says in words_ and bool(told.fires[0]) == ("That is more than chance" in words_)


def test_a_pupil_who_is_ahead_has_no_gap_below_nought() -> None:
    told = words.gap_in_words("Kuba", -17, -5, 4, 3).text
    assert "was 17 points ahead of" in told and "is 5 points ahead of it" in told and "-" not in told
