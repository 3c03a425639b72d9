"""What the SENCO's post proves: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alongside.areas.workforce import rules
from alongside.areas.workforce.models import Agreed, Appointment, Confirmation, Lost, Qualification, View, Week
from tests.evidence import states
from tests.people import TODAY, World, a_person, senco_leaves

DAY = timedelta(days=1)


def test_a_senco_is_appointed(world: World) -> None:
    assert states("S02-08", world.oakfield.pk) == {"met": 1}
    senco_leaves(world.amara, TODAY - DAY)
    assert states("S02-08", world.oakfield.pk) == {"overdue": 1}
    assert states("S02-08", world.brookside.pk) == {"met": 1}, "another school's gap is not this one's"
    Appointment.objects.create(
        school=world.oakfield, person=a_person("Cora"), kind="cover", since=TODAY, until=TODAY + 9 * DAY, status="qualified",
        leads=True, first_on=TODAY, noted_on=TODAY, by=world.hari,
    )  # fmt: skip
    assert states("S02-08", world.oakfield.pk) == {"met": 1}
    assert states("S02-09", world.oakfield.pk) == {"at_risk": 1}, "cover is no SENCO"


@pytest.mark.parametrize(
    ("course", "since", "aims", "trained"),
    [
        ({"award": "nasenco", "awarded_on": date(2020, 7, 3), "certificate": "File"}, date(2019, 9, 2), "met", "met"),
        ({"award": "npq", "started_on": date(2026, 2, 2)}, date(2026, 1, 5), "due", "due"),
        ({"award": "npq", "started_on": date(2024, 9, 2)}, date(2023, 9, 1), "overdue", "overdue"),
        (None, date(2026, 1, 5), "due", "at_risk"), (None, date(2024, 9, 2), "at_risk", "at_risk"),
        (None, date(2023, 11, 24), "at_risk", "at_risk"), (None, date(2023, 11, 23), "overdue", "overdue"),
    ],
)  # fmt: skip
def test_the_senco_is_qualified(
    world: World, course: dict[str, object] | None, since: date, aims: str, trained: str
) -> None:
    Qualification.objects.filter(person=world.amara).delete()
    Appointment.objects.filter(person=world.amara).update(since=since, first_on=since)
    if course:
        Qualification.objects.create(
            school=world.oakfield, person=world.amara, provider="A", noted_on=TODAY, by=world.hari, **course
        )
    assert states("S02-09", world.oakfield.pk) == {aims: 1}
    assert states("S03-37", world.oakfield.pk) == {trained: 1}


@given(
    some.dates(date(2023, 11, 18), date(2023, 11, 28)) | some.dates(date(2021, 1, 1), TODAY),
    some.integers(0, 900),
    some.integers(0, 30),
    some.booleans(),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_and_the_rules_count_alike(
    world: World, since: date, before: int, months: int, enrolled: bool
) -> None:
    Qualification.objects.filter(person=world.amara).delete()
    first = since - before * DAY
    Appointment.objects.filter(person=world.amara).update(since=since, first_on=first, months_before=months)
    noted = []
    if enrolled:
        row = Qualification.objects.create(
            school=world.oakfield, person=world.amara, award="npq", provider="A", started_on=date(2025, 1, 6), noted_on=TODAY,
            by=world.hari,
        )  # fmt: skip
        noted = [row.facts()]
    by = rules.qualify_by(since, first, months).due
    state = rules.QUALIFIED_STATE[rules.qualified(noted, by, on=TODAY)]
    assert states("S02-09", world.oakfield.pk) == {state: 1}


def test_governors_look_at_the_post(world: World) -> None:
    assert states("S03-31", world.oakfield.pk) == {"overdue": 1}
    row = Confirmation.objects.create(
        school=world.oakfield, minuted_on=TODAY - 365 * DAY, minute="Item 7", on=TODAY, by=world.hari
    )
    assert states("S03-31", world.oakfield.pk) == {"met": 1}
    Confirmation.objects.filter(pk=row.pk).update(minuted_on=TODAY - 366 * DAY)
    assert states("S03-31", world.oakfield.pk) == {"overdue": 1}


def a_week(world: World, used: int = 12, lost: int = 0, admin: int = 3, monday: date = date(2026, 11, 16)) -> Week:
    Agreed.objects.get_or_create(
        school=world.oakfield, since=date(2026, 9, 1), defaults={"hours": 12, "admin": 3, "by": world.hari}
    )
    week = Week.objects.create(
        school=world.oakfield, monday=monday, agreed=12, admin_agreed=3, used=used, admin_given=admin, by=world.amara
    )
    if lost:
        Lost.objects.create(week=week, school=world.oakfield, why="cover", hours=Decimal(lost))
    return week


def say(world: World, enough: bool, who: str = "amara", on: date = TODAY) -> None:
    View.objects.create(school=world.oakfield, person=world.people[who], enough=enough, on=on)


def test_time_is_enough_when_the_senco_says_so(world: World) -> None:
    a_week(world)
    assert states("S03-38", world.oakfield.pk) == {"not_evidenced": 1}, "hours alone prove nothing"
    say(world, True, "hari")
    assert states("S03-38", world.oakfield.pk) == {"not_evidenced": 1}, "nobody says it for the SENCO"
    say(world, True, on=date(2026, 8, 20))
    assert states("S03-38", world.oakfield.pk) == {"not_evidenced": 1}, "a word of last term"
    say(world, True)
    assert states("S03-38", world.oakfield.pk) == {"met": 1}
    say(world, False)
    assert states("S03-38", world.oakfield.pk) == {"at_risk": 1}, "the last word counts"


def test_fewer_hours_than_agreed_are_a_risk_whatever_is_said(world: World) -> None:
    say(world, True)
    assert states("S03-38", world.oakfield.pk) == {"not_evidenced": 1}
    a_week(world, used=7)
    assert states("S03-38", world.oakfield.pk) == {"at_risk": 1}


def test_administrative_help(world: World) -> None:
    assert states("S03-39", world.oakfield.pk) == {"not_evidenced": 1}
    week = a_week(world, admin=3)
    assert states("S03-39", world.oakfield.pk) == {"met": 1}
    Week.objects.filter(pk=week.pk).update(admin_given=2)
    assert states("S03-39", world.oakfield.pk) == {"at_risk": 1}


def test_time_kept_from_other_work(world: World) -> None:
    assert states("S03-40", world.oakfield.pk) == {"not_evidenced": 1}
    a_week(world, used=11, lost=1)
    assert states("S03-40", world.oakfield.pk) == {"met": 1}
    Agreed.objects.update(limit=5)
    assert states("S03-40", world.oakfield.pk) == {"at_risk": 1}, "the school's own stricter limit"
    Agreed.objects.update(limit=10)
    Lost.objects.update(hours=6)
    assert states("S03-40", world.oakfield.pk) == {"at_risk": 1}


@pytest.mark.parametrize(
    ("used", "enough", "on", "state"),
    [
        (12, True, TODAY, "met"), (12, None, TODAY, "not_evidenced"), (12, False, TODAY, "at_risk"),
        (8, True, TODAY, "at_risk"), (8, None, TODAY, "at_risk"), (None, True, TODAY, "not_evidenced"),
        (None, None, TODAY, "not_evidenced"), (12, True, date(2026, 8, 31), "not_evidenced"), (14, False, TODAY, "at_risk"),
    ],
)  # fmt: skip
def test_only_the_sencos_own_word_turns_time_green(
    world: World, used: int | None, enough: bool | None, on: date, state: str
) -> None:
    if used is not None:
        a_week(world, used=used)
    if enough is not None:
        say(world, enough, on=on)
    assert states("S03-38", world.oakfield.pk) == {state: 1}


@pytest.mark.parametrize(
    ("lost", "limit", "state"), [(0, 10, "met"), (1, 10, "met"), (2, 10, "at_risk"), (1, 9, "met"), (1, 8, "at_risk")]
)
def test_time_is_kept_until_more_is_lost_than_the_school_allows(
    world: World, lost: int, limit: int, state: str
) -> None:
    a_week(world, used=12 - lost, lost=lost)
    Agreed.objects.update(limit=limit)
    assert states("S03-40", world.oakfield.pk) == {state: 1}
