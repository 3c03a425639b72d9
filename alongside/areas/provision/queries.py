"""Pages of provision. Each function reads one page and answers a frozen dataclass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from alongside.areas.provision import rules
from alongside.areas.provision.models import Line, ProvisionType, Rate, Session
from alongside.areas.provision.rules import MISSED_WORDS, Missed, Share
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import ROLES, Permission
from alongside.base.history import actions as history
from alongside.base.people.models import Person
from alongside.base.pupils.access import linked_to, may_read_plan
from alongside.base.pupils.models import Absence, Pupil
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.base.schools.queries import calendar_of
from alongside.kit import NotFound
from alongside.kit.spans import holds_on
from alongside.law import thresholds
from alongside.law.calendar import SchoolCalendar
from alongside.law.codes import AREA_WORDS, Area

GLYPHS = {
    Area.COMMUNICATION: "communication",
    Area.LEARNING: "learning",
    Area.FEELINGS: "feelings",
    Area.SENSES: "body",
}
_SESSIONS_SHOWN = 60


def held_on(day: date) -> Q:
    """Lines that run on a day; the last day counts."""
    return holds_on(day)


def rates_on(day: date) -> Mapping[str, Decimal]:
    """What an hour of each role costs on a day: the last rate that had come into force."""
    rows = Rate.objects.filter(valid_from__lte=day).order_by("valid_from").values_list("role", "hourly")
    return dict(rows)


def cost_of(line: Line, rates: Mapping[str, Decimal]) -> Decimal | None:
    """Pounds a week for the pupil of a line; None when no rate is known, and for what every pupil may have."""
    hourly = rates.get(line.given_by)
    if hourly is None or not rules.is_special(line.type.wave):
        return None
    return rules.weekly_cost(
        minutes=line.minutes, times_a_week=line.times_a_week, group_size=line.group_size, hourly=hourly
    )


def _pounds(costs: Iterable[Decimal | None]) -> Decimal:
    return sum((cost for cost in costs if cost is not None), Decimal(0))


def _missed_words(counts: Mapping[str, int]) -> str:
    """'Adult covering elsewhere 4, pupil absent 1', the most frequent first."""
    words = [(MISSED_WORDS[Missed(code)].lower(), count) for code, count in counts.items() if count]
    return ", ".join(f"{name} {count}" for name, count in sorted(words, key=lambda pair: -pair[1])).capitalize()


def _low(share: Share) -> bool:
    return share.below(thresholds.DELIVERY_FLOOR.value)


# --- One pupil -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of provision as a page shows it."""

    id: int
    name: str
    plain_name: str
    glyph: str
    special: bool
    aim: str
    often: str
    called: str
    adult: str
    since: date
    until: date | None
    ended_because: str
    share: Share
    low: bool
    missed: str
    unknown: int  # promised and not written down
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class PupilProvisionPage:
    head: PupilHead
    running: tuple[LineRow, ...]
    ended: tuple[LineRow, ...]
    given: Share
    low: bool
    weekly_cost: Decimal | None
    may: frozenset[str]


def pupil_page(actor: Actor, pupil_id: int, *, on: date) -> PupilProvisionPage:
    """What a pupil is given and was given, and whether it happened. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="provision", may=may_read_plan)
    may = frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id))
    rates = rates_on(on) if "COSTS" in may else {}
    calendar = calendar_of(pupil.school_id, on=on)
    rows = [
        _line_row(line, on=on, calendar=calendar, rates=rates)
        for line in _counted(Line.objects.filter(pupil=pupil)).order_by("-since", "-pk")
    ]
    running = tuple(row for row in rows if row.until is None or row.until >= on)
    given = rules.total(row.share for row in running)
    return PupilProvisionPage(
        head_of(pupil, on=on), running, tuple(row for row in rows if row not in running), given, _low(given),
        _pounds(row.cost for row in running) if "COSTS" in may else None, may,
    )  # fmt: skip


def _counted(lines: Any) -> Any:
    """Lines with their type and adult, and counts of their sessions."""
    return lines.select_related("type", "adult").annotate(
        planned=Count("sessions"),
        given=Count("sessions", filter=Q(sessions__held=True)),
        **{f"missed_{code.value}": Count("sessions", filter=Q(sessions__missed_because=code)) for code in Missed},
    )


def _line_row(line: Any, *, on: date, calendar: SchoolCalendar, rates: Mapping[str, Decimal]) -> LineRow:
    share = Share(line.given, line.planned)
    promised = rules.promised(
        times_a_week=line.times_a_week, since=line.since, until=line.until, on=on, calendar=calendar
    )
    return LineRow(
        id=line.pk,
        name=line.type.name,
        plain_name=line.type.plain_name,
        glyph=_glyph(line.type.area),
        special=rules.is_special(line.type.wave),
        aim=line.aim,
        often=line.often,
        called=line.called,
        adult=line.adult.formal if line.adult else "",
        since=line.since,
        until=line.until,
        ended_because=line.ended_because,
        share=share,
        low=_low(share),
        missed=_missed_words({code.value: getattr(line, f"missed_{code.value}") for code in Missed}),
        unknown=rules.not_written_down(promised, line.planned),
        cost=cost_of(line, rates),
    )


def _glyph(area: str) -> str:
    return GLYPHS[Area(area)] if area else "none"


@dataclass(frozen=True, slots=True)
class SessionRow:
    day: date
    held: bool
    words: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line: what it promises, what was given, and every session as it was written down."""

    head: PupilHead
    line: Line
    row: LineRow
    sessions: tuple[SessionRow, ...]
    adults: tuple[tuple[int, str], ...]
    may: frozenset[str]


def line_page(actor: Actor, line_id: int, *, on: date) -> LinePage:
    """A line of a pupil whose plan this person may read. Raises NotFound."""
    pupils = Pupil.objects.filter(may_read_plan(actor, on))
    line = _counted(Line.objects.filter(pk=line_id, pupil__in=pupils)).select_related("type", "adult", "pupil").first()
    if line is None:
        raise NotFound
    history.viewed(pupil=line.pupil_id, school=line.school_id, by=actor, page="provision")
    may = frozenset(permission.name for permission in Permission if actor.may(permission, line.school_id))
    calendar = calendar_of(line.school_id, on=on)
    sessions = Session.objects.filter(line=line).select_related("by").order_by("-day", "-number")[:_SESSIONS_SHOWN]
    return LinePage(
        head_of(line.pupil, on=on), line,
        _line_row(line, on=on, calendar=calendar, rates=rates_on(on) if "COSTS" in may else {}),
        tuple(_session_row(row) for row in sessions), adults_at(line.school_id, on=on), may,
    )  # fmt: skip


def _session_row(row: Session) -> SessionRow:
    words = rules.WENT_WORDS[rules.Went(row.went)] if row.went else "Held" if row.held else ""
    if not row.held:
        words = MISSED_WORDS[Missed(row.missed_because)]
    return SessionRow(row.day, row.held, words, row.by.formal, row.note)


def adults_at(school_id: int, *, on: date) -> tuple[tuple[int, str], ...]:
    """The adults of a school who may give provision, by family name."""
    roles = [code for code, role in ROLES.items() if Permission.SESSION_LOG in role.permissions]
    posts = Post.objects.filter(held_on(on), school=school_id, role__in=roles)
    people = Person.objects.filter(pk__in=posts.values("person"))
    return tuple((person.pk, person.formal) for person in people)


# --- Adding a line ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddPage:
    head: PupilHead
    pupil: Pupil
    choices: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]  # by area, for a select
    adults: tuple[tuple[int, str], ...]
    running: tuple[str, ...]
    may: frozenset[str]

    @property
    def costs(self) -> bool:
        return "COSTS" in self.may


def add_page(actor: Actor, pupil_id: int, *, on: date) -> AddPage:
    """What can be promised to a pupil, and by whom. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="provision", may=may_read_plan)
    running = Line.objects.filter(held_on(on), pupil=pupil).select_related("type").order_by("pk")
    return AddPage(
        head_of(pupil, on=on), pupil, _choices(pupil.school_id), adults_at(pupil.school_id, on=on),
        tuple(f"{line.type.name}, {line.often}" for line in running),
        frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
    )  # fmt: skip


def _choices(school_id: int) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    """The catalogue by area; ordinary classroom practice says that it is."""
    found: dict[str, list[tuple[int, str]]] = {words: [] for words in AREA_WORDS.values()}
    for kind in ProvisionType.objects.filter(Q(school=None) | Q(school=school_id)).order_by("name"):
        label = kind.name if rules.is_special(kind.wave) else f"{kind.name} (ordinary)"
        found.setdefault(AREA_WORDS[Area(kind.area)] if kind.area else "Other", []).append((kind.pk, label))
    return tuple((area, tuple(kinds)) for area, kinds in found.items() if kinds)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a line as typed would cost."""

    weekly: Decimal
    hourly: Decimal
    hours: Decimal
    group_size: int


def cost_of_draft(type_id: int, *, minutes: int, times_a_week: int, group_size: int, on: date) -> Cost | None:
    """The weekly cost of a line that is being typed; None when no rate is known, and for what every pupil may have."""
    kind = ProvisionType.objects.filter(pk=type_id).first()
    hourly = rates_on(on).get(kind.given_by) if kind and rules.is_special(kind.wave) else None
    if hourly is None:
        return None
    weekly = rules.weekly_cost(minutes=minutes, times_a_week=times_a_week, group_size=group_size, hourly=hourly)
    hours = (Decimal(minutes * times_a_week) / 60).quantize(Decimal("0.01")).normalize()
    return Cost(weekly, hourly, hours, group_size)


# --- The catalogue ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryRow:
    name: str
    plain_name: str
    wave: str
    special: bool
    evidence: str
    evidence_words: str
    source: str
    given_by: str
    own: bool
    pupils: int


@dataclass(frozen=True, slots=True)
class CataloguePage:
    areas: tuple[tuple[str, str, tuple[EntryRow, ...]], ...]  # words, glyph, entries
    roles: tuple[tuple[str, str], ...]
    schools: tuple[tuple[int, str], ...]  # where this person may add an entry
    total: int


def catalogue_page(actor: Actor, *, on: date) -> CataloguePage:
    """Everything the trust, and this person's schools, know how to give, with how many of their pupils have it now."""
    schools = actor.schools(Permission.PLAN) | actor.linked_schools(Permission.PLAN)
    running = Q(lines__school__in=schools, lines__since__lte=on) & (Q(lines__until=None) | Q(lines__until__gte=on))
    roles = dict(Rate.objects.order_by("valid_from").values_list("role", "words"))
    found: dict[str, list[EntryRow]] = {area.value: [] for area in Area}
    kinds = ProvisionType.objects.filter(Q(school=None) | Q(school__in=schools))
    for kind in kinds.annotate(pupils=Count("lines__pupil", filter=running, distinct=True)).order_by("name"):
        found.setdefault(kind.area, []).append(_entry(kind, roles))
    areas = tuple(
        (AREA_WORDS[Area(area)] if area else "Any area", _glyph(area), tuple(rows))
        for area, rows in found.items()
        if rows
    )
    keeps = actor.schools(Permission.PROVISION_KEEP)
    return CataloguePage(
        areas, tuple(sorted(roles.items(), key=lambda role: role[1])),
        tuple((school, actor.names.get(school, "")) for school in sorted(keeps)), sum(len(rows) for *_, rows in areas),
    )  # fmt: skip


def _entry(kind: Any, roles: Mapping[str, str]) -> EntryRow:
    evidence = rules.Evidence(kind.evidence)
    return EntryRow(
        kind.name, kind.plain_name, rules.WAVE_WORDS[rules.Wave(kind.wave)], rules.is_special(kind.wave), kind.evidence,
        rules.EVIDENCE_WORDS[evidence], kind.source, roles.get(kind.given_by, kind.given_by), kind.school_id is not None,
        kind.pupils,
    )  # fmt: skip


# --- Sessions: three taps --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group to give today: pupils with lines of the same kind, adult and times."""

    line_id: int  # the first of the group's lines; its address
    name: str
    pupils: tuple[str, ...]
    often: str
    adult: str
    mine: bool
    today: str  # what was written down today, in words; "" for nothing yet
    this_week: int
    a_week: int


@dataclass(frozen=True, slots=True)
class SessionsPage:
    mine: tuple[GroupCard, ...]
    others: tuple[GroupCard, ...]
    leads_school: bool
    everything: bool
    last_week: Share | None  # written down, of what the groups of this person promise a week


def sessions_page(actor: Actor, *, on: date, everything: bool = False) -> SessionsPage:
    """The groups this person may write down today; their own first. Two statements."""
    monday = on - timedelta(days=on.weekday())
    groups = _groups(actor, on, everything=everything)
    written = _written([line.pk for lines in groups for line in lines], monday - timedelta(days=7), on)
    cards = [_card(lines, written, actor, on, monday) for lines in groups]
    mine = tuple(card for card in cards if card.mine)
    return SessionsPage(
        mine, tuple(card for card in cards if not card.mine), bool(actor.schools(Permission.SESSION_LOG)), everything,
        _last_week([lines for lines in groups if lines[0].adult_id == actor.person_id], written, monday),
    )  # fmt: skip


def _reach(actor: Actor, on: date, *, everything: bool) -> Q:
    """Lines that are this person's to give, or of pupils on their timetable, or of the schools they lead."""
    linked = Pupil.objects.filter(linked_to(actor.person_id, on))
    schools = actor.schools(Permission.SESSION_LOG) | actor.linked_schools(Permission.SESSION_LOG)
    reach = Q(adult=actor.person_id) | Q(pupil__in=linked)
    if everything:
        reach |= Q(school__in=actor.schools(Permission.SESSION_LOG))
    return reach & Q(school__in=schools) & ~Q(pupil__in=actor.own_children)


def _key(line: Line) -> tuple[object, ...]:
    """What makes lines one group. `called` parts two groups of the same kind, adult and times."""
    return (line.school_id, line.type_id, line.adult_id, line.minutes, line.times_a_week, line.called)


def _groups(actor: Actor, on: date, *, everything: bool) -> list[list[Line]]:
    lines = (
        Line.objects.filter(held_on(on) & _reach(actor, on, everything=everything))
        .select_related("type", "pupil", "adult")
        .order_by("type__plain_name", "pupil__sort_key")
    )
    found: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        found.setdefault(_key(line), []).append(line)
    return list(found.values())


_Written = Mapping[int, list[tuple[date, int, bool, str]]]


def _written(lines: list[int], first: date, last: date) -> _Written:
    """Sessions written down between two days, by line."""
    found: dict[int, list[tuple[date, int, bool, str]]] = {}
    rows = Session.objects.filter(line__in=lines, day__gte=first, day__lte=last).order_by("day", "number")
    for line, *session in rows.values_list("line_id", "day", "number", "held", "missed_because"):
        found.setdefault(line, []).append(tuple(session))  # type: ignore[arg-type]
    return found


def _card(lines: list[Line], written: _Written, actor: Actor, on: date, monday: date) -> GroupCard:
    first = min(lines, key=lambda line: line.pk)
    sessions = {(day, number) for line in lines for day, number, *_ in written.get(line.pk, ()) if day >= monday}
    return GroupCard(
        line_id=first.pk,
        name=first.called or first.type.plain_name,
        pupils=tuple(sorted((line.pupil.liked for line in lines), key=str.casefold)),
        often=f"{first.times_a_week} × {first.minutes} min",
        adult=first.adult.formal if first.adult else "nobody yet",
        mine=first.adult_id == actor.person_id,
        today=_today(lines, written, on),
        this_week=len(sessions),
        a_week=first.times_a_week,
    )


def _today(lines: list[Line], written: _Written, on: date) -> str:
    """'3 there, 1 not', or why it did not happen; '' when nothing is written down."""
    rows = [(held, why) for line in lines for day, _, held, why in written.get(line.pk, ()) if day == on]
    there = sum(held for held, _ in rows)
    if not rows:
        return ""
    if not there:
        return f"Did not happen: {MISSED_WORDS[Missed(rows[0][1])].lower()}"
    return f"{there} there" + (f", {len(rows) - there} not" if there < len(rows) else "")


def _last_week(groups: list[list[Line]], written: _Written, monday: date) -> Share | None:
    """Sessions that this person wrote down last week, of those their groups promise in a week."""
    ran = [lines for lines in groups if min(line.since for line in lines) <= monday - timedelta(days=7)]
    if not ran:
        return None
    done = [
        {(day, number) for line in lines for day, number, *_ in written.get(line.pk, ()) if day < monday}
        for lines in ran
    ]
    return Share(sum(map(len, done)), sum(lines[0].times_a_week for lines in ran))


@dataclass(frozen=True, slots=True)
class Member:
    """One pupil of a group on a day. `absent`: the school's own register has them away."""

    line: Line
    liked: str
    absent: bool
    held: bool | None  # as written down already
    missed_because: str


@dataclass(frozen=True, slots=True)
class LogPage:
    line_id: int
    name: str
    often: str
    day: date
    days: tuple[date, ...]  # days on which it can be written down, today first
    number: int
    written: int  # sessions of that day written down already
    members: tuple[Member, ...]
    went: str
    note: str


def log_page(actor: Actor, line_id: int, *, day: date, on: date, number: int = 1) -> LogPage:
    """A group on a day, everyone marked there to begin with. Raises NotFound."""
    reach = _reach(actor, on, everything=True)
    first = Line.objects.filter(reach & held_on(day), pk=line_id).select_related("type").first()
    if first is None:
        raise NotFound
    same = Q(
        school=first.school_id, type=first.type_id, adult=first.adult_id, minutes=first.minutes,
        times_a_week=first.times_a_week, called=first.called,
    )  # fmt: skip
    lines = list(Line.objects.filter(reach & held_on(day) & same).select_related("pupil").order_by("pupil__sort_key"))
    pupils = [line.pupil_id for line in lines]
    away = set(Absence.objects.filter(pupil__in=pupils, day=day).values_list("pupil_id", flat=True))
    rows = list(Session.objects.filter(line__in=lines, day=day))
    written = {row.line_id: row for row in rows if row.number == number}
    calendar = calendar_of(first.school_id, on=on)
    return LogPage(
        line_id=first.pk,
        name=first.called or first.type.plain_name,
        often=f"{first.times_a_week} × {first.minutes} minutes a week",
        day=day,
        days=_recent_days(on, calendar),
        number=number,
        written=len({row.number for row in rows}),
        members=tuple(
            _member(line, line.pupil_id in away, written.get(line.pk))
            for line in sorted(lines, key=lambda line: line.pupil.liked.casefold())
        ),
        went=next((row.went for row in written.values() if row.went), ""),
        note=next((row.note for row in written.values() if row.note), ""),
    )


def _member(line: Line, absent: bool, row: Session | None) -> Member:
    return Member(line, line.pupil.liked, absent, row.held if row else None, row.missed_because if row else "")


def _recent_days(on: date, calendar: SchoolCalendar) -> tuple[date, ...]:
    """Today and the school days of the last fortnight, newest first."""
    days = [on - timedelta(days=back) for back in range(15)]
    return tuple(day for day in days if day == on or calendar.is_school_day(day))


# --- Finding a line for an action ------------------------------------------------------------------------


def find_line(actor: Actor, line_id: int, *, on: date) -> Line:
    """A line that this person may change. Raises NotFound."""
    pupils = Pupil.objects.filter(may_read_plan(actor, on), school__in=actor.schools(Permission.PROVISION_KEEP))
    line = Line.objects.filter(pk=line_id, pupil__in=pupils).select_related("type", "pupil", "adult").first()
    if line is None:
        raise NotFound
    return line
