"""What boards read: families with their trend, questions with an answer due, small groups that nobody can work out."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.duties import actions, rules
from alongside.areas.duties.models import Question, Standing, Touched
from alongside.areas.duties.overview import overview, trust_page
from alongside.areas.duties.rules import SMALL, Trend
from alongside.base.access.scope import all_schools, scope
from alongside.base.evidence.proofs import State
from alongside.kit import NotAllowed, NotFound, Refused
from tests.people import TODAY, World, a_person, a_post, a_pupil, words_of

DAY = timedelta(days=1)

# --- Small groups -----------------------------------------------------------------------------------------

groups = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), min_size=1)


@given(groups)
def test_a_small_group_is_hidden_and_cannot_be_worked_out_from_the_total(counts: dict[str, int]) -> None:
    seen, total = rules.shown(counts)
    hidden = [name for name, number in seen.items() if number is None]
    assert all(number is None or number == 0 or number >= SMALL for number in seen.values())
    assert total is None or total == sum(counts.values())
    if hidden and total is not None:
        rest = total - sum(number for number in seen.values() if number is not None)
        for name in hidden:
            could_be = rest - (len(hidden) - 1)  # each of the others is one at least
            assert could_be >= SMALL, f"{name} is known to be small"
            assert len(hidden) > 1, "the only one that is hidden is the rest"


@given(groups)
def test_nothing_is_hidden_without_a_small_group(counts: dict[str, int]) -> None:
    if not any(0 < number < SMALL for number in counts.values()):
        assert rules.shown(counts) == (counts, sum(counts.values()))


@given(st.dictionaries(st.tuples(st.sampled_from("KE"), st.sampled_from("123")), st.integers(0, 7), min_size=1))
def test_two_cuts_of_the_same_pupils_do_not_give_each_other_away(cells: dict[tuple[str, str], int]) -> None:
    """Every way in which the pupils could be counted, as far as somebody who reads the page can tell."""
    kinds = {kind: sum(n for (k, _), n in cells.items() if k == kind) for kind in "KE"}
    years = {year: sum(n for (_, y), n in cells.items() if y == year) for year in "123"}
    by_kind, by_year, total = rules.shown_together(kinds, years)
    for seen, true in ((by_kind, kinds), (by_year, years)):
        hidden = [name for name, number in seen.items() if number is None]
        if total is None:
            assert len(hidden) == len(true), "a cut that is whole gives the total away"
            continue
        rest = total - sum(number for number in seen.values() if number is not None)
        for at, name in enumerate(hidden):
            ways = {
                way[at] for way in product(range(1, rest + 1), repeat=len(hidden)) if sum(way) == rest
            } if rest < 40 else {SMALL}  # fmt: skip
            assert max(ways) >= SMALL, name


# --- Better or worse --------------------------------------------------------------------------------------

STATES = st.dictionaries(st.sampled_from([str(state) for state in State]), st.integers(0, 20))


@pytest.mark.parametrize(
    ("then", "now", "trend"),
    [
        ({State.OVERDUE: 2, State.MET: 8}, {State.OVERDUE: 1, State.MET: 9}, Trend.BETTER),
        ({State.OVERDUE: 1, State.MET: 9}, {State.OVERDUE: 2, State.MET: 8}, Trend.WORSE),
        ({State.MET: 5, State.NOT_EVIDENCED: 5}, {State.MET: 6, State.NOT_EVIDENCED: 4}, Trend.BETTER),
        ({State.MET: 5, State.NOT_EVIDENCED: 5}, {State.MET: 9, State.OVERDUE: 1}, Trend.WORSE),  # late weighs first
        ({State.MET: 5}, {State.MET: 5, State.NOT_APPLICABLE: 3}, Trend.SAME),  # setting aside makes nothing better
        ({}, {State.MET: 5}, Trend.UNKNOWN),
    ],
)
def test_a_trend(then: dict[str, int], now: dict[str, int], trend: Trend) -> None:
    assert rules.trend(then, now) is trend


@given(STATES, STATES)
def test_what_is_better_one_way_is_worse_the_other(then: dict[str, int], now: dict[str, int]) -> None:
    turned = {Trend.BETTER: Trend.WORSE, Trend.WORSE: Trend.BETTER}
    forth = rules.trend(then, now)
    assert rules.trend(now, then) is turned.get(forth, forth)


@pytest.mark.parametrize(
    ("late", "cases", "says"),
    [(0, 90, ""), (41, 612, "41 of 612 cases late"), (3, 612, "fewer than 5 cases late"), (610, 612, "nearly all cases late"),
     (9, 9, "9 of 9 cases late")],
)  # fmt: skip
def test_how_much_stands_behind_a_red_state(late: int, cases: int, says: str) -> None:
    assert rules.late_words(late, cases) == says


# --- Pages and questions ----------------------------------------------------------------------------------


@pytest.fixture
def board(world: World) -> World:
    for key, role, school in (
        ("gov", "governor", world.oakfield), ("dina", "director", None), ("tru", "trustee", None),
    ):  # fmt: skip
        world.people[key] = a_person(key.title(), "Lowe")
        a_post(world.people[key], role, school)
    for given_name in ("Kuba", "Nell"):
        a_pupil(world.oakfield, given_name, "Zielak")
    with scope(all_schools()):
        actions.refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)
        actions.refresh_trust(on=TODAY)
    return world


@pytest.mark.django_db
def test_the_twelve_families_with_their_trend(board: World) -> None:
    page = overview(board.actor("gov"), None, on=TODAY)
    assert [row.number for row in page.families] == list(range(1, 13))
    assert {row.trend for row in page.families} == {Trend.UNKNOWN} and page.since is None
    Standing.objects.filter(school=board.oakfield).update(since=TODAY - 60 * DAY)
    actions.attest(
        code="S03-44", school=board.oakfield.pk, item="Minutes of May", expires=TODAY + 300 * DAY,
        by=board.actor("hari"), on=TODAY,
    )  # fmt: skip
    page = overview(board.actor("gov"), board.oakfield.pk, on=TODAY)
    assert page.since == TODAY - 60 * DAY
    assert {row.trend for row in page.families} == {Trend.SAME, Trend.BETTER}
    with pytest.raises(NotFound):
        overview(board.actor("gov"), board.brookside.pk, on=TODAY)


@pytest.mark.django_db
def test_what_needs_somebody_first_is_what_is_late_for_the_most(board: World) -> None:
    with scope(all_schools()):
        Standing.objects.filter(state="overdue").update(state="due")
        Standing.objects.filter(duty="S02-08").update(state="overdue", met=0, overdue=1)
        Standing.objects.filter(duty="S06-10", school=board.oakfield).update(state="overdue", met=97, overdue=3)
        page = trust_page(board.actor("dina"), on=TODAY)
    assert [(row.code, row.count) for row in page.needed[:1]] == [("S02-08", 2)]
    red = next(row for row in page.needed if row.code == "S06-10")
    assert red.late == "fewer than 5 cases late" and red.state is State.OVERDUE, "shown, and never softened"
    assert page.lines[0].name == "Oakfield Primary", "the one with more late duties first"


@pytest.mark.parametrize("at", ["/duties/", "/school/"])
def test_another_school_is_not_worked_out_by_asking_for_it(board: World, as_: Any, at: str) -> None:
    actions.touch(school=board.brookside.pk, slice_="register")
    assert as_(board.gov).get(f"{at}?school={board.brookside.pk}").status_code == 404
    assert Touched.objects.filter(school=board.brookside).exists(), "it waits for whoever may"
    assert as_(board.gov).get(f"{at}?school={board.oakfield.pk}").status_code == 200


@pytest.mark.django_db
def test_a_governor_asks_and_the_head_answers_once(board: World) -> None:
    school = board.oakfield.pk
    asked = actions.ask(family=3, school=school, words="Do the groups help?", by=board.actor("gov"), on=TODAY)
    assert asked.due_on == TODAY + rules.ANSWER_WITHIN
    for name in ("gov", "ben", "chloe"):
        with pytest.raises(NotAllowed):
            actions.answer(question=asked.pk, words="Yes they do.", by=board.actor(name), on=TODAY)
    actions.answer(question=asked.pk, words="Yes, two of three do.", by=board.actor("hari"), on=TODAY + DAY)
    with pytest.raises(Refused, match="answered already"):
        actions.answer(question=asked.pk, words="Or do they not?", by=board.actor("hari"), on=TODAY + DAY)
    shown = overview(board.actor("gov"), school, on=TODAY + DAY).questions[0]
    assert (shown.answer, shown.late) == ("Yes, two of three do.", False)


@pytest.mark.django_db
def test_who_may_ask(board: World) -> None:
    actions.ask(family=3, school=None, words="How do we compare?", by=board.actor("tru"), on=TODAY)
    for name, school in (("gov", board.brookside.pk), ("gov", None), ("hari", board.oakfield.pk), ("dina", None)):
        with pytest.raises(NotAllowed):
            actions.ask(family=3, school=school, words="How do we compare?", by=board.actor(name), on=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["How is Kuba Zielak doing?", "And ZIELAK, Nell?", "Why?"])
def test_a_question_names_no_pupil_and_is_a_sentence(board: World, words: str) -> None:
    with pytest.raises(Refused):
        actions.ask(family=3, school=board.oakfield.pk, words=words, by=board.actor("gov"), on=TODAY)
    actions.ask(family=3, school=board.oakfield.pk, words="How is Nell doing?", by=board.actor("gov"), on=TODAY)


@pytest.mark.django_db
def test_whoever_may_not_look_pupils_up_never_learns_from_a_refusal_who_is_there(board: World) -> None:
    school, told = board.oakfield.pk, set()
    for name in ("Kuba Zielak", "Anybody Else"):  # one is on the roll, one is not
        for who, say in (
            ("gov", lambda by, words: actions.ask(family=3, school=school, words=words, by=by, on=TODAY)),
            ("dina", lambda by, words: actions.explain(code="S00-23", school=school, words=words, by=by, on=TODAY)),
        ):
            with pytest.raises(Refused) as refused:
                say(board.actor(who), f"What has {name} been given?")
            told.add(refused.value.reason.replace(name, "…"))
            say(board.actor(who), f"What has {name.lower()} been given?")
    assert len(told) == 1, "the same sentence to everybody, about everybody"
    with pytest.raises(Refused):
        actions.ask(family=3, school=None, words="And Kuba Zielak?", by=board.actor("tru"), on=TODAY)
    actions.explain(
        code="S00-23", school=school, words="What Anybody Else asked is not here.", by=board.actor("hari"), on=TODAY
    )


def test_an_explanation_that_names_a_pupil_is_refused_because_boards_read_it(board: World, as_: Any) -> None:
    at = f"/duties/{board.oakfield.pk}/S00-23/explain/"
    assert "Leave out the pupil’s name" in words_of(as_(board.hari).post(at, {"words": "Kuba Zielak has none yet."}))
    assert as_(board.hari).post(at, {"words": "One pupil has none yet."}).status_code == 302


def test_questions_by_page_with_their_day_and_another_schools_closed(board: World, as_: Any) -> None:
    gov, school = as_(board.gov), board.oakfield.pk
    assert (
        gov.post(f"/duties/questions/{board.brookside.pk}/ask/", {"family": 3, "words": "How is it there?"}).status_code
        == 404
    )
    gov.post(
        f"/duties/questions/{school}/ask/", {"family": 3, "words": "Do the groups help?", "answer": "Yes, they do."}
    )
    asked = Question.objects.get()
    assert asked.answer == "", "a question brings no answer with it"
    assert "Answer due by" in words_of(gov.get(f"/school/?school={school}"))
    assert "Do the groups help?" in words_of(as_(board.hari).get("/week/"))
    as_(board.hari).post(f"/duties/questions/{asked.pk}/answer/", {"words": "Two of three do."})
    assert "Two of three do." in words_of(gov.get(f"/school/?school={school}"))
    assert (
        as_(board.chloe).post(f"/duties/questions/{asked.pk}/answer/", {"words": "No they do not."}).status_code == 404
    )


# --- A state cannot be typed ------------------------------------------------------------------------------

SAID = ("attest", "observe", "explain", "exempt")


@pytest.mark.parametrize("verb", SAID)
@pytest.mark.parametrize("code", ["S00-23", "S03-27", "S03-44", "S99-99"])
def test_no_verb_takes_a_state_nor_reaches_another_school(board: World, as_: Any, verb: str, code: str) -> None:
    def states() -> set[tuple[object, ...]]:
        with scope(all_schools()):
            return set(Standing.objects.filter(state__in=("met", "due")).values_list("school_id", "duty", "state"))

    before = states()
    typed = {
        "state": "met", "evidence": "computed", "met": "9", "school": str(board.brookside.pk), "overdue": "0",
        "words": "All of it is in place.", "reason": "We say so here.", "until": "1 July 2027",
    }  # fmt: skip
    for who in ("hari", "gov", "amara", "dina"):
        for school in (board.oakfield.pk, board.brookside.pk, 987_654_321):
            as_(board.people[who]).post(f"/duties/{school}/{code}/{verb}/", typed)
    assert states() == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_that_show_states_take_nothing(board: World, as_: Any, method: str) -> None:
    browser, school = as_(board.hari), board.oakfield.pk
    for address in (
        f"/duties/?school={school}", f"/duties/{school}/S00-23/", f"/duties/statement/{school}/", "/school/", "/week/",
    ):  # fmt: skip
        assert getattr(browser, method)(address, {"state": "met"}).status_code == 405, address
