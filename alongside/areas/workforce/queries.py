"""The SENCO's post of a school, as its head, its SENCO and the director see it; and as governors do, by states."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from alongside.areas.clocks.rules import count_words
from alongside.areas.workforce import evidence, rules
from alongside.areas.workforce.models import Agreed, Appointment, Confirmation, Lost, Qualification, View, Week
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendar_of
from alongside.kit import NotFound, sql
from alongside.law.calendar import term_began
from alongside.law.dates import Due

P = Permission
_LIKELY = ("senco", "cover_senco", "head", "teacher", "dsl")  # whose posts make somebody a candidate


@dataclass(frozen=True, slots=True)
class CourseLine:
    id: int
    words: str
    provider: str
    how: str  # 'held since 3 July 2025', 'began 9 Sep 2024, to end 1 July 2026'


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment as a page shows it."""

    id: int
    person_id: int
    name: str
    kind: str
    words: str
    since: date
    until: date | None
    status: str
    leads: str
    has_post: bool  # holds the role that opens Alongside

    @property
    def covers(self) -> bool:
        """Stands in for the SENCO."""
        return self.kind == rules.Kind.COVER


@dataclass(frozen=True, slots=True)
class Clock:
    """The time to qualify, and where the SENCO stands in it."""

    due: Due
    state: str
    words: str
    courses: tuple[CourseLine, ...]
    last_nasenco: date | None  # said while an unfinished National Award runs


@dataclass(frozen=True, slots=True)
class WeekLine:
    monday: date
    agreed: Decimal
    used: Decimal
    admin: Decimal
    lost: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do in the hours: counts, small ones only for who may know the pupils behind them."""

    support: str
    plans: str
    cycles: str
    concerns: str
    late: str


@dataclass(frozen=True, slots=True)
class ViewLine:
    enough: bool
    words: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class States:
    """How the post stands: all that governors see."""

    post: str
    qualified: str
    time: str
    admin: str
    kept: str
    board: str


@dataclass(frozen=True, slots=True)
class StatePage:
    school_id: int
    school: str
    states: States
    gap: date | None
    confirmed: tuple[tuple[date, str], ...]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class PostPage(StatePage):
    holders: tuple[Held, ...]
    earlier: tuple[Held, ...]
    clock: Clock | None
    agreed: Agreed | None
    time: rules.Time
    weeks: tuple[WeekLine, ...]
    views: tuple[ViewLine, ...]
    work: Work
    mine: bool  # the reader is the SENCO, whose view it is
    unappointed: tuple[str, ...]  # hold the role without an appointment
    schools: tuple[tuple[int, str, bool], ...]

    @property
    def holder(self) -> Held | None:
        return next((held for held in self.holders if held.kind == rules.Kind.SENCO), None)


def school_for(actor: Actor, school_id: int | None, *permissions: Permission) -> School:
    """The school that is asked for, or the actor's first, in which they hold one of these; raises NotFound."""
    open_to = frozenset[int]().union(*(actor.schools(permission) for permission in permissions))
    schools = School.objects.filter(pk__in=open_to)
    found = (schools.filter(pk=school_id) if school_id else schools).first()
    if found is None:
        raise NotFound
    return found


def post_page(actor: Actor, school_id: int | None, *, on: date) -> PostPage:
    """The whole post; raises NotFound for who may not see it there."""
    school = school_for(actor, school_id, P.SENCO_POST)
    appointments = list(Appointment.objects.visible_to(actor).filter(school=school).select_related("person"))
    posts = _with_role(school.pk, on)
    holders = [row for row in appointments if row.since <= on and (row.until is None or row.until >= on)]
    senco = next((row for row in holders if row.kind == rules.Kind.SENCO), None)
    views = list(View.objects.filter(school=school).select_related("person")[:6])
    time, weeks = term_of(school.pk, on=on)
    return PostPage(
        **_state_values(actor, school, on),
        holders=tuple(_held(row, posts) for row in holders),
        earlier=tuple(_held(row, posts) for row in appointments if row not in holders),
        clock=_clock(senco, _noted([school.pk]), on) if senco else None,
        agreed=agreed_on(school.pk, on),
        time=time,
        weeks=weeks,
        views=tuple(ViewLine(row.enough, row.words, row.on, row.person.formal) for row in views),
        work=_work(actor, school.pk, on),
        mine=senco is not None and senco.person_id == actor.person_id,
        unappointed=_without(_with_role(school.pk, on, "senco"), holders),
        schools=tuple((row.pk, row.short_name, row == school) for row in _schools(actor)),
    )


def state_page(actor: Actor, school_id: int | None, *, on: date) -> StatePage:
    """States and nothing behind them; for governors and the trust's board."""
    return StatePage(**_state_values(actor, school_for(actor, school_id, P.DUTIES, P.SENCO_POST), on))


def _state_values(actor: Actor, school: School, on: date) -> dict[str, Any]:
    confirmed = Confirmation.objects.filter(school=school, minuted_on__lte=on)
    held = Appointment.objects.filter(school=school).values_list("since", "until")
    return {
        "school_id": school.pk, "school": school.name, "states": states_of(school.pk, on=on),
        "gap": rules.gap_since(held, on=on), "confirmed": tuple(confirmed.values_list("minuted_on", "minute")[:4]),
        "may": frozenset(permission.name for permission in P if actor.may(permission, school.pk)),
    }  # fmt: skip


def _schools(actor: Actor) -> Iterable[School]:
    return School.objects.filter(pk__in=actor.schools(P.SENCO_POST))


def _held(row: Appointment, posts: dict[int, str]) -> Held:
    return Held(
        row.pk, row.person_id, row.person.formal, row.kind, rules.KIND_WORDS[rules.Kind(row.kind)], row.since, row.until,
        rules.STATUS_WORDS[rules.Status(row.status)],
        "Sits in the leadership team" if row.leads else f"Reaches the leadership: {row.access}", row.person_id in posts,
    )  # fmt: skip


def _without(posts: dict[int, str], holders: Sequence[Appointment]) -> tuple[str, ...]:
    """Who works as SENCO without an appointment. Cover that stands by needs none until it is called on."""
    held = {row.person_id for row in holders}
    return tuple(sorted(name for person, name in posts.items() if person not in held))


def _with_role(school: int, on: date, *roles: str) -> dict[int, str]:
    held = Post.objects.filter(Q(until=None) | Q(until__gte=on), school=school, since__lte=on)
    rows = held.filter(role__in=roles or ("senco", "cover_senco")).select_related("person")
    return {row.person_id: row.person.formal for row in rows}


def _noted(schools: Collection[int]) -> list[Qualification]:
    return list(Qualification.objects.filter(school__in=schools).order_by("pk"))


def _clock(row: Appointment, every: Iterable[Qualification], on: date) -> Clock:
    """By when the holder qualifies, and how far they are."""
    noted = [each for each in every if (each.school_id, each.person_id) == (row.school_id, row.person_id)]
    due = rules.qualify_by(row.since, row.first_on, row.months_before)
    state = rules.qualified([each.facts() for each in noted], due.due, on=on)
    ends = any(each.award == rules.Award.NASENCO and each.awarded_on is None for each in noted)
    return Clock(
        due, rules.QUALIFIED_STATE[state], rules.QUALIFIED_WORDS[state],
        tuple(CourseLine(each.pk, rules.AWARD_WORDS[rules.Award(each.award)], each.provider, _how(each)) for each in noted),
        rules.last_nasenco() if ends else None,
    )  # fmt: skip


def _how(row: Qualification) -> str:
    if row.awarded_on:
        return f"held since {_day(row.awarded_on)}; {row.certificate}"
    ends = f", to end {_day(row.expected_on)}" if row.expected_on else ""
    return f"began {_day(row.started_on)}{ends}" if row.started_on else ""


def agreed_on(school: int, day: date) -> Agreed | None:
    """The hours that hold on a day."""
    return Agreed.objects.filter(school=school, since__lte=day).order_by("-since").first()


def term_of(school: int, *, on: date) -> tuple[rules.Time, tuple[WeekLine, ...]]:
    """This term's hours, whole and week by week, the latest first."""
    first = rules.week_of(term_began(on, calendar_of(school, on=on)))
    rows = list(Week.objects.filter(school=school, monday__gte=first, monday__lte=on).prefetch_related("lost"))
    lines = tuple(_week(row, list(row.lost.all())) for row in rows)
    agreed = agreed_on(school, on)
    return (
        rules.Time(
            len(rows), _sum(line.agreed for line in lines), _sum(line.used for line in lines),
            _sum(line.lost for line in lines), agreed.limit if agreed else rules.MOST_LOST,
        ),
        lines,
    )  # fmt: skip


def _week(row: Week, lost: Sequence[Lost]) -> WeekLine:
    why = ", ".join(f"{rules.plain(each.hours)} {rules.WHY_WORDS[rules.Why(each.why)].lower()}" for each in lost)
    return WeekLine(row.monday, row.agreed, row.used, row.admin_given, _sum(each.hours for each in lost), why)


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


_WORK = """
select (select count(*) from register_status where school_id = %(school)s and code = 'K' and since <= %(on)s
           and (until is null or until >= %(on)s)),
       (select count(*) from register_status where school_id = %(school)s and code = 'E' and since <= %(on)s
           and (until is null or until >= %(on)s)),
       (select count(*) from support_cycle where school_id = %(school)s and closed_on is null),
       (select count(*) from concerns_concern where school_id = %(school)s and closed_on is null),
       (select count(*) from deadlines_deadline where school_id = %(school)s and due < %(on)s)"""


def _work(actor: Actor, school: int, on: date) -> Work:
    (counts,) = sql.rows(_WORK, {"school": school, "on": on})
    named = actor.may(P.FILE, school)
    return Work(*(count_words(number, named=named) for number in counts))


# --- How it stands ---------------------------------------------------------------------------------------

_CODES = {
    "S02-08": "post", "S02-09": "qualified", "S03-38": "time", "S03-39": "admin", "S03-40": "kept", "S03-31": "board",
}  # fmt: skip


def states_of(school: int, *, on: date) -> States:
    """The states of the duties that the post is about, worked out now, by the same statements as at night."""
    return states_at([school], on=on)[school]


def states_at(schools: Sequence[int], *, on: date) -> dict[int, States]:
    """The same for many schools: one statement a duty."""
    found: dict[int, dict[str, str]] = {school: {} for school in schools}
    for code, name in _CODES.items():
        for school, state in evidence.states(code, schools, on=on):
            found[school][name] = state
    return {
        school: States(**{**dict.fromkeys(_CODES.values(), "not_evidenced"), **got}) for school, got in found.items()
    }


@dataclass(frozen=True, slots=True)
class TrustLine:
    school_id: int
    school: str
    holder: str
    since: date | None
    until: date | None
    clock: Clock | None
    states: States


def trust_page(actor: Actor, *, on: date) -> list[TrustLine]:
    """Every school's post side by side, those in want first. Who may not see the posts whole is told states alone."""
    schools = list(School.objects.filter(pk__in=actor.schools(P.DUTIES_TRUST)))
    rows = Appointment.objects.visible_to(actor).on(on).filter(kind=rules.Kind.SENCO).select_related("person")
    holders = {row.school_id: row for row in rows}
    states = states_at([school.pk for school in schools], on=on)
    noted = _noted(holders)
    lines = [_line(school, holders.get(school.pk), noted, states[school.pk], on) for school in schools]
    return sorted(lines, key=lambda line: (_WORST.index(line.states.post), _qualified(line), line.school))


_WORST = ("overdue", "at_risk", "not_evidenced", "due", "met")


def _qualified(line: TrustLine) -> int:
    return _WORST.index(line.clock.state) if line.clock else 0


def _line(
    school: School, row: Appointment | None, noted: Sequence[Qualification], states: States, on: date
) -> TrustLine:  # fmt: skip
    if row is None:
        return TrustLine(school.pk, school.short_name, "", None, None, None, states)
    clock = _clock(row, noted, on)
    return TrustLine(school.pk, school.short_name, row.person.formal, row.since, row.until, clock, states)


# --- For forms -------------------------------------------------------------------------------------------


def candidates(school: int, *, on: date) -> list[tuple[int, str]]:
    """Who on the staff could be SENCO: those with a post of a teacher or leader at the school."""
    held = Post.objects.filter(Q(until=None) | Q(until__gte=on), school=school, since__lte=on, role__in=_LIKELY)
    people = Person.objects.filter(pk__in=held.values("person"))
    return [(person.pk, person.name) for person in people]


def find_appointment(actor: Actor, school_id: int, appointment_id: int) -> Appointment:
    """An appointment at a school where this person appoints; raises NotFound for others' and for none alike."""
    school = school_for(actor, school_id, P.SENCO_APPOINT)
    row = Appointment.objects.select_related("person").filter(school=school, pk=appointment_id).first()
    if row is None:
        raise NotFound
    return row


def senco_of(school: int, *, on: date) -> Appointment | None:
    """Who holds the post on a day: the SENCO, and whoever covers it only when nobody does."""
    rows = sorted(Appointment.objects.on(on).filter(school=school), key=lambda row: row.kind != rules.Kind.SENCO)
    return rows[0] if rows else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
