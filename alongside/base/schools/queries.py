"""Calendars and figures, as the law's own types."""

from collections.abc import Iterable, Mapping
from datetime import date

from alongside.base.schools.models import School
from alongside.kit import sql
from alongside.law import bank_holidays, calendar

_YEARS_EITHER_SIDE = 2


_DAYS = """
select school_id, name, first, last from schools_term where school_id is null or school_id = any(%(ids)s)
union all
select school_id, '', day, day from schools_closure where school_id is null or school_id = any(%(ids)s)
"""


def calendars(school_ids: Iterable[int], *, on: date) -> Mapping[int, calendar.SchoolCalendar]:
    """The calendar of each school around a day; a school without its own terms uses the trust's. One statement."""
    ids = set(school_ids)
    terms: dict[int | None, list[calendar.Term]] = {}
    closed: dict[int | None, set[date]] = {}
    for school, name, first, last in sql.rows(_DAYS, {"ids": list(ids)}):
        if name:
            terms.setdefault(school, []).append(calendar.Term(name, first, last))
        else:
            closed.setdefault(school, set()).add(first)
    shared = bank_holidays.around(on.year, _YEARS_EITHER_SIDE) | closed.get(None, set())
    return {
        school: calendar.SchoolCalendar(
            tuple(sorted(terms.get(school) or terms.get(None) or (), key=lambda term: term.first)),
            shared | closed.get(school, set()),
        )
        for school in ids
    }


def calendar_of(school_id: int, *, on: date) -> calendar.SchoolCalendar:
    """One school's calendar around a day."""
    return calendars([school_id], on=on)[school_id]


def school_by_urn(urn: str) -> School | None:
    return School.objects.filter(urn=urn).first()
