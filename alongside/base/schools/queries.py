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
    """The calendar of each school around a day. One statement.

    In a school year for which a school has no terms of its own, the trust's hold.
    """
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
            _in_force(terms.get(school, []), terms.get(None, [])),
            shared | closed.get(school, set()),
        )
        for school in ids
    }


def _in_force(own: Iterable[calendar.Term], shared: Iterable[calendar.Term]) -> tuple[calendar.Term, ...]:
    """A school's own terms, and the trust's of the school years in which it has none."""
    years = {calendar.academic_year(term.first) for term in own}
    others = (term for term in shared if calendar.academic_year(term.first) not in years)
    return tuple(sorted((*own, *others), key=lambda term: term.first))


def calendar_of(school_id: int, *, on: date) -> calendar.SchoolCalendar:
    """One school's calendar around a day."""
    return calendars([school_id], on=on)[school_id]


def school_by_urn(urn: str) -> School | None:
    return School.objects.filter(urn=urn).first()
