"""Where proof comes from: each slice registers one function a duty, which says its cases as one SELECT.

A case is one thing that the duty is about on a day: a pupil, a plan, a concern, a school. The function answers with
the statement; whoever asks decides what to do with it: count by school, list what is not met, look up one pupil. So a
duty is worked out for a whole trust in one statement, and a single pupil's part of it by the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from alongside.law import thresholds
from alongside.law.calendar import SchoolCalendar, academic_year, days_after, term_began

_LOOK_BACK = timedelta(days=400)  # how far back school days are counted: a year and a holiday


class State(StrEnum):
    """How a duty stands. Always computed; nobody can type one."""

    MET = "met"
    DUE = "due"
    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    NOT_EVIDENCED = "not_evidenced"
    NOT_APPLICABLE = "not_applicable"


class Evidence(StrEnum):
    """What a state rests on. The three are never mixed."""

    COMPUTED = "computed"  # from records made in the course of work
    OBSERVED = "observed"  # by somebody other than the owner of the duty
    ATTESTED = "attested"  # somebody's word, with an item, a role and a day on which it ends


class Whole(StrEnum):
    """For whom a proof speaks: each school by its own records, or the trust as one."""

    SCHOOL = "school"
    TRUST = "trust"


@dataclass(frozen=True, slots=True)
class Proof:
    """How one duty is proved. `cases` answers with a SELECT of school_id, pupil_id, state, due, why."""

    duty: str
    slices: frozenset[str]  # whose saves can change it
    function: str
    says: str
    cases: Callable[[], str]
    floor: float  # the share of cases that must be met; the rest is then ordinary
    whole: Whole
    band: int  # what somebody must be able to read to be told which pupils are behind it
    pupils: bool  # cases are pupils, so that small numbers are not said to everybody

    @property
    def slice_(self) -> str:
        """The slice whose function it is: where the records lie."""
        return self.function.split(".")[-3]


PROOFS: dict[str, Proof] = {}
SHARE = float(thresholds.CASE_SHARE.value)


def proves(
    duty: str, *, floor: float = SHARE, also: tuple[str, ...] = (), whole: Whole = Whole.SCHOOL, band: int = 3,
    pupils: bool = True,
) -> Callable[[Callable[[], str]], Callable[[], str]]:  # fmt: skip
    """Register the function that proves a duty. `also` names further slices whose records it reads.

    The first line of its docstring is shown on the duty's page. Raises ValueError for a second function of a duty.
    """

    def register(function: Callable[[], str]) -> Callable[[], str]:
        slice_ = function.__module__.split(".")[-2]
        name = f"{function.__module__.removeprefix('alongside.')}.{function.__name__}"
        if duty in PROOFS and PROOFS[duty].function != name:
            raise ValueError(f"{duty} is proved by {PROOFS[duty].function} already.")
        PROOFS[duty] = Proof(
            duty, frozenset({slice_, *also}), name, (function.__doc__ or "").split("\n")[0], function, floor, whole, band,
            pupils and whole is Whole.SCHOOL,
        )  # fmt: skip
        return function

    return register


# What every statement may read: the schools that are asked about, with the day their term began, and how many school
# days had passed by each day since `begins`. An array is looked up in one step, where a join would be made row by row.
_SCHOOLS = """school(id, term, begins, days) as materialized (
  select id, term, %(begins)s::date, days::int[]
    from unnest(%(schools)s::bigint[], %(terms)s::date[], %(days)s::text[]) as u(id, term, days))"""


def passed(day: str) -> str:
    """SQL for how many school days had passed at `s`, a school, by a day; null for a day more than 400 days ago."""
    return f"s.days[{day} - s.begins]"


NOW = passed("%(on)s::date")


def with_cases(proof: Proof, rest: str) -> str:
    """The statement that asks something (`rest`) of the cases of a proof."""
    return f"with {_SCHOOLS}, cases(school_id, pupil_id, state, due, why) as ({proof.cases()}) {rest}"


def with_pupil(proofs: Iterable[Proof], rest: str) -> str:
    """The statement that asks something (`rest`) of one pupil's cases, %(pupil)s, of many proofs at once.

    Each proof is narrowed where it stands, so that the planner goes by the pupil and never over a table.
    """
    parts = " union all ".join(
        f"(select '{proof.duty}', c.state, c.due, c.why from ({proof.cases()}) as c(school_id, pupil_id, state, due, why)"
        f" where c.pupil_id = %(pupil)s)"
        for proof in proofs
    )
    return f"with {_SCHOOLS}, cases(duty, state, due, why) as ({parts}) {rest}"


def with_schools(rest: str) -> str:
    """A statement of a page that shows what a proof rests on: it begins with parts of its own, then says what it asks."""
    return f"with {_SCHOOLS}, {rest}"


def values_of(calendars: Mapping[int, SchoolCalendar], on: date) -> dict[str, object]:
    """What the places of a statement stand for. School days are counted once for schools with one calendar."""
    schools = sorted(calendars)
    counted = {calendar: _days(calendar, on) for calendar in {calendars[school] for school in schools}}
    return {
        "schools": schools, "terms": [term_began(on, calendars[school]) for school in schools], "on": on,
        "year": academic_year(on).first, "begins": on - _LOOK_BACK,
        "days": [counted[calendars[school]] for school in schools],
    }  # fmt: skip


def _days(calendar: SchoolCalendar, on: date) -> str:
    """An array in PostgreSQL's words: how many school days had passed by each day up to `on`."""
    passed_by = accumulate(calendar.is_school_day(day) for day in days_after(on - _LOOK_BACK, on))
    return f"{{{','.join(str(int(number)) for number in passed_by)}}}"
