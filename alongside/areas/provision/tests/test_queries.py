"""What the pages of provision read, who may, and in how many statements with 1 row and with 30."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.provision import map, queries
from alongside.areas.provision.rules import Missed, Share
from alongside.areas.provision.tests.builders import a_line, a_rate, a_type, log
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Absence, Pupil
from alongside.kit import NotFound
from tests.people import SEPTEMBER, TODAY, World, a_class, a_parent, a_pupil, supports, teaches

DAY = timedelta(days=1)
PUPIL_STATEMENTS = 5  # the pupil, the record of the view, rates, the school's days, lines
MAP_STATEMENTS = 2
GIVEN_STATEMENTS = 4
SESSIONS_STATEMENTS = 2
LOG_STATEMENTS = 5
CATALOGUE_STATEMENTS = 2


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


def many(world: World, number: int) -> list[Pupil]:
    """Pupils who share one group of Tess's, written down today."""
    amara = world.actor("amara")
    pupils = [a_pupil(world.oakfield, f"Pupil{n}") for n in range(number)]
    log([a_line(pupil, amara, adult=world.tess) for pupil in pupils], world.actor("tess"), TODAY)
    return pupils


@pytest.mark.parametrize("number", [1, 30])
def test_a_pupils_page_takes_the_same_statements_for_any_number(world: World, kuba: Pupil, number: int) -> None:
    amara = world.actor("amara")
    for n in range(number):
        log([a_line(kuba, amara, kind=a_type(f"Kind {n}"))], amara, TODAY)
    with CaptureQueriesContext(connection) as said:
        page = queries.pupil_page(amara, kuba.pk, on=TODAY)
    assert len(said) == PUPIL_STATEMENTS and len(page.running) == number
    assert Viewing.objects.get(pupil_id=kuba.pk).page == "provision"


def test_a_pupils_page_says_what_was_given_missed_and_not_written_down(world: World, kuba: Pupil) -> None:
    amara, tess = world.actor("amara"), world.actor("tess")
    a_rate()
    line = a_line(kuba, amara, adult=world.tess, since=date(2026, 11, 9))
    for day, missed in ((9, ""), (11, ""), (13, Missed.COVER), (16, "")):
        log([line], tess, date(2026, 11, day), missed=missed)
    page = queries.pupil_page(amara, kuba.pk, on=TODAY)
    [row] = page.running
    assert (row.share, row.low, row.missed) == (Share(3, 4), True, "Adult covering elsewhere 1")
    assert row.unknown == 2, "eleven school days at three a week promise six"
    assert (row.cost, page.weekly_cost) == (Decimal("8.10"), Decimal("8.10"))


def test_what_every_pupil_may_have_is_not_counted(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")
    a_rate()
    special, ordinary = a_type("Reading"), a_type("A seat near the front", wave="ordinary")
    for kind in (special, ordinary):
        a_line(kuba, amara, kind=kind, sure=True)
    page = queries.pupil_page(amara, kuba.pk, on=TODAY)
    costs = {row.name: row.cost for row in page.running}
    assert costs["A seat near the front"] is None and page.weekly_cost == costs["Reading"]
    draft: dict[str, Any] = {"minutes": 30, "times_a_week": 3, "group_size": 1, "on": TODAY}
    assert queries.cost_of_draft(ordinary.pk, **draft) is None
    assert queries.cost_of_draft(special.pk, **draft) is not None


def test_costs_are_not_shown_to_a_teacher(world: World, kuba: Pupil) -> None:
    a_rate()
    a_line(kuba, world.actor("amara"))
    page = queries.pupil_page(world.actor("ben"), kuba.pk, on=TODAY)
    assert (page.weekly_cost, page.running[0].cost) == (None, None)


def test_a_rate_counts_from_its_day(world: World, kuba: Pupil) -> None:
    a_rate("10.00")
    a_rate("20.00", since=TODAY)
    line = a_line(kuba, world.actor("amara"), minutes=60, times_a_week=1, group_size=1)
    assert queries.cost_of(line, queries.rates_on(TODAY - DAY)) == Decimal("10.00")
    assert queries.cost_of(line, queries.rates_on(TODAY)) == Decimal("20.00")
    assert queries.cost_of(line, {}) is None


@pytest.mark.parametrize("name", ["cal", "chloe", "tess", "gus", "dev", "ewa"])
def test_whose_provision_it_is_not(world: World, kuba: Pupil, name: str) -> None:
    line = a_line(kuba, world.actor("amara"))
    for page, key in ((queries.pupil_page, kuba.pk), (queries.line_page, line.pk), (queries.add_page, kuba.pk)):
        with pytest.raises(NotFound):
            page(world.actor(name), key, on=TODAY)
    with pytest.raises(NotFound):
        queries.find_line(world.actor(name), line.pk, on=TODAY)


def test_a_teacher_reads_a_line_and_does_not_change_it(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"))
    assert queries.line_page(world.actor("ben"), line.pk, on=TODAY).row.name == "Language programme"
    with pytest.raises(NotFound):
        queries.find_line(world.actor("ben"), line.pk, on=TODAY)


# --- The map ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("page", "statements"), [(map.who_page, MAP_STATEMENTS), (map.given_page, GIVEN_STATEMENTS)])
def test_the_map_takes_the_same_statements_for_any_number(
    world: World, number: int, page: object, statements: int
) -> None:
    many(world, number)
    amara = world.actor("amara")
    with CaptureQueriesContext(connection) as said:
        made = page(amara, on=TODAY, chosen=map.Chosen())  # type: ignore[operator]
    assert len(said) == statements
    assert (len(made.rows) if isinstance(made, map.WhoPage) else made.pupils) == number


def test_who_gets_what_on_any_day(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")
    a_rate()
    leo = a_pupil(world.oakfield, "Leo", "Marsh", class_name="5C", nc_year="5")
    a_line(kuba, amara, adult=world.tess)
    a_line(leo, amara, kind=a_type("Number group", area="C&L"), since=TODAY, times_a_week=2)
    page = map.who_page(amara, on=TODAY, chosen=map.Chosen())
    assert [(words, columns) for words, _, columns in page.areas] == [
        ("Communication and interaction", 1), ("Cognition and learning", 1)
    ]  # fmt: skip
    assert page.columns == (("Language programme", 1), ("Number group", 1))
    assert [[cell.words for cell in cells] for cells in page.rows[0].cells] == [["3 × 30"], []]
    assert (page.total_hours, page.total_cost) == (Decimal("2.5"), Decimal("13.50"))
    before = map.who_page(amara, on=TODAY - DAY, chosen=map.Chosen())
    assert [row.name for row in before.rows] == ["Kuba Kowalski"]


@pytest.mark.parametrize(
    ("chosen", "names"),
    [(map.Chosen(), ["Kuba", "Leo"]), (map.Chosen(class_name="5C"), ["Leo"]), (map.Chosen(year="4"), ["Kuba"]),
     (map.Chosen(area="C&L"), ["Leo"]), (map.Chosen(class_name="4W", area="C&L"), [])],
)  # fmt: skip
def test_totals_follow_what_is_chosen(world: World, kuba: Pupil, chosen: map.Chosen, names: list[str]) -> None:
    amara = world.actor("amara")
    a_rate()
    leo = a_pupil(world.oakfield, "Leo", "Marsh", class_name="5C", nc_year="5")
    a_line(kuba, amara)
    a_line(leo, amara, kind=a_type("Number group", area="C&L"))
    page = map.who_page(amara, on=TODAY, chosen=chosen)
    assert [row.name.split()[0] for row in page.rows] == names
    assert page.total_cost == Decimal("8.10") * len(names)
    assert len(page.filters.classes) == 2, "what else could be chosen stays on offer"


def test_was_it_given_week_by_week(world: World, kuba: Pupil) -> None:
    amara, tess = world.actor("amara"), world.actor("tess")
    leo = a_pupil(world.oakfield, "Leo")
    lines = [a_line(pupil, amara, adult=world.tess) for pupil in (kuba, leo)]
    for day, missed in ((2, ""), (4, ""), (9, ""), (11, Missed.COVER), (13, Missed.COVER)):
        log(lines, tess, date(2026, 11, day), missed=missed)
    page = map.given_page(amara, on=TODAY, chosen=map.Chosen())
    [(_, _, [row])] = page.areas
    cells = {monday: cell for (monday, _), cell in zip(page.weeks, row.weeks, strict=True)}
    assert cells[date(2026, 11, 2)] == map.WeekCell(2, 2, "", False)
    assert cells[date(2026, 11, 9)] == map.WeekCell(1, 3, "cover", True)
    assert cells[date(2026, 11, 16)] is None
    assert dict(page.weeks)[date(2026, 11, 2)] is True, "half term came before it"
    assert page.weeks[0] == (date(2026, 9, 2), False), "the first week begins when school does"
    assert (row.who, row.share, row.low, row.hours) == ("2 in 4W · 3 × 30 min", Share(3, 5), True, Decimal("1.5"))
    assert page.says == "Adult covering elsewhere: 2 of the 2 sessions that were missed. 2 of them were Iqbal’s."


def test_the_map_of_another_school_is_not_there(world: World, kuba: Pupil) -> None:
    for name, school in (("amara", world.brookside.pk), ("ben", None), ("dana", None)):
        with pytest.raises(NotFound):
            map.who_page(world.actor(name), on=TODAY, chosen=map.Chosen(school=school))


# --- Sessions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_sessions_take_the_same_statements_for_any_number(world: World, number: int) -> None:
    many(world, number)
    tess = world.actor("tess")
    with CaptureQueriesContext(connection) as said:
        page = queries.sessions_page(tess, on=TODAY)
    assert len(said) == SESSIONS_STATEMENTS
    assert len(page.mine) == 1 and len(page.mine[0].pupils) == number and page.mine[0].today == f"{number} there"
    with CaptureQueriesContext(connection) as said:
        log_ = queries.log_page(tess, page.mine[0].line_id, day=TODAY, on=TODAY)
    assert len(said) == LOG_STATEMENTS and len(log_.members) == number


def test_lines_of_a_kind_adult_and_times_are_one_group(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")
    others = [a_pupil(world.oakfield, name) for name in ("Leo", "Hana", "Sami", "Noah")]
    a_line(kuba, amara, adult=world.tess)
    a_line(others[0], amara, adult=world.tess, group_size=2)  # the group shrank; it is the same group
    a_line(others[1], amara, adult=world.tess, times_a_week=2)
    a_line(others[2], amara, adult=world.ben)
    a_line(others[3], amara, adult=world.tess, called="After lunch")
    page = queries.sessions_page(world.actor("tess"), on=TODAY)
    assert sorted((card.name, card.pupils) for card in page.mine) == [
        ("After lunch", ("Noah",)), ("Talking group", ("Hana",)), ("Talking group", ("Kuba", "Leo"))
    ]  # fmt: skip


def test_whose_groups_they_are(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")
    a_line(kuba, amara, adult=world.tess)

    def seen(name: str, **more: bool) -> tuple[int, int]:
        page = queries.sessions_page(world.actor(name), on=TODAY, **more)
        return len(page.mine), len(page.others)

    assert seen("tess") == (1, 0), "hers to give"
    assert seen("ben") == (0, 1), "his pupil"
    assert seen("amara") == (0, 0) and seen("amara", everything=True) == (0, 1), "her school, when she asks"
    assert seen("cal", everything=True) == seen("chloe", everything=True) == (0, 0)


def test_last_week_is_counted(world: World, kuba: Pupil) -> None:
    line, tess = a_line(kuba, world.actor("amara"), adult=world.tess), world.actor("tess")
    for day in (16, 18, 23):
        log([line], tess, date(2026, 11, day))
    page = queries.sessions_page(tess, on=TODAY)
    assert page.last_week == Share(2, 3) and (page.mine[0].this_week, page.mine[0].a_week) == (1, 3)


def test_everyone_is_there_but_those_the_register_has_away(world: World, kuba: Pupil) -> None:
    leo = a_pupil(world.oakfield, "Leo")
    lines = [a_line(pupil, world.actor("amara"), adult=world.tess) for pupil in (kuba, leo)]
    Absence.objects.create(pupil=leo, school=world.oakfield, day=TODAY)
    page = queries.log_page(world.actor("tess"), lines[1].pk, day=TODAY, on=TODAY)
    assert [(member.liked, member.absent, member.held) for member in page.members] == [
        ("Kuba", False, None), ("Leo", True, None)
    ]  # fmt: skip
    assert page.days[:3] == (TODAY, date(2026, 11, 20), date(2026, 11, 19))


@pytest.mark.parametrize("name", ["cal", "chloe", "dana", "gus", "ewa"])
def test_a_group_of_others_is_not_there(world: World, kuba: Pupil, name: str) -> None:
    line = a_line(kuba, world.actor("amara"), adult=world.tess)
    with pytest.raises(NotFound):
        queries.log_page(world.actor(name), line.pk, day=TODAY, on=TODAY)


def test_a_line_that_did_not_run_that_day_is_not_there(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"), adult=world.tess)
    with pytest.raises(NotFound):
        queries.log_page(world.actor("tess"), line.pk, day=SEPTEMBER - DAY, on=TODAY)


def test_ones_own_child_is_not_in_the_group(world: World, kuba: Pupil) -> None:
    a_line(kuba, world.actor("amara"), adult=world.tess)
    a_parent(world.tess, kuba)
    assert queries.sessions_page(world.actor("tess"), on=TODAY).mine == ()


# --- The catalogue ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_the_catalogue_takes_the_same_statements_for_any_number(world: World, kuba: Pupil, number: int) -> None:
    amara = world.actor("amara")
    for n in range(number):
        a_line(kuba, amara, kind=a_type(f"Kind {n}"))
    with CaptureQueriesContext(connection) as said:
        page = queries.catalogue_page(amara, on=TODAY)
    assert len(said) == CATALOGUE_STATEMENTS and page.total == number
    assert {row.pupils for _, _, rows in page.areas for row in rows} == {1}


def test_another_schools_own_entry_is_not_offered(world: World, kuba: Pupil) -> None:
    from alongside.areas.provision.models import ProvisionType

    a_type()
    ProvisionType.objects.create(school=world.brookside, name="Theirs", plain_name="Theirs", wave="targeted")
    assert queries.catalogue_page(world.actor("amara"), on=TODAY).total == 1
    choices = queries.add_page(world.actor("amara"), kuba.pk, on=TODAY).choices
    assert [[label for _, label in kinds] for _, kinds in choices] == [["Language programme"]]


def test_only_adults_of_the_school_may_be_chosen(world: World) -> None:
    names = [name for _, name in queries.adults_at(world.oakfield.pk, on=TODAY)]
    assert sorted(names) == ["Mr Bright", "Mr Whitlock", "Mrs Iqbal", "Ms Adeyemi"]


def test_an_assistant_supports_and_reads_no_costs(world: World, kuba: Pupil) -> None:
    supports(world.tess, kuba)
    line = a_line(kuba, world.actor("amara"), adult=world.tess)
    with pytest.raises(NotFound):
        queries.line_page(world.actor("tess"), line.pk, on=TODAY)
