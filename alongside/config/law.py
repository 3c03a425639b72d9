"""`alongside law`: the rule book on the command line. Neither Django nor a database is needed for it."""

import argparse
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn

from alongside.config.errors import Usage
from alongside.config.school_days import SchoolFile, read_school
from alongside.law import book, clocks
from alongside.law.calendar import SchoolCalendar
from alongside.law.dates import Due, Facts, NotComputed
from alongside.law.refusal import Refusal
from alongside.law.rule import Kind, Rule
from alongside.law.special import PHASES

_EXAMPLE = "For example: alongside law due EHC-04 --from 2026-09-07"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR = re.compile(r"[0-9]{2}:[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # before and after these nobody is at school
_LONGEST_LINE = 400


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are one line, and that guesses at nothing: no shortened option, none given twice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False)
        self.register("action", None, _Once)

    def error(self, message: str) -> NoReturn:
        raise Usage(f"{message[:1].upper()}{message[1:].rstrip('.')}. {_EXAMPLE}")


class _Once(argparse.Action):
    """Keeps the value of an option, which may be given once."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        if option and getattr(namespace, self.dest) != self.default:
            parser.error(f"{option} is given twice. Give it once")
        setattr(namespace, self.dest, values)


def law(arguments: Sequence[str]) -> int:
    """The command. A mistake in it raises Usage, which ends with 2 and one line."""
    does: Mapping[str, Callable[[argparse.Namespace], None]] = {"list": _list, "show": _show, "due": _due}
    try:
        options = _parser().parse_args(arguments)
        does[options.what](options)
    except Usage as fault:
        raise Usage(" ".join(str(fault).split())[:_LONGEST_LINE]) from None
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="alongside law", description="What the law says, and by when.")
    each = parser.add_subparsers(dest="what", required=True, metavar="list|show|due")
    lists = each.add_parser("list", help="every rule that holds")
    show = each.add_parser("show", help="one rule, in full")
    due = each.add_parser("due", help="by when, and why")
    for one in (show, due):
        one.add_argument("rule", metavar="RULE", help="such as EHC-04")
    for one in (lists, show, due):
        one.add_argument("--json", action="store_true", help="for a program to read")
        one.add_argument("--on", type=_day, metavar="DATE", help="the day to look from")
        one.add_argument(
            "--preview", action="store_true", help="with the proposals of the white paper; they are not law"
        )
    due.add_argument("--from", dest="start", type=_day, metavar="DATE", help="the day of the event")
    for name, says in _DATES.items():
        due.add_argument(f"--{name}", type=_day, metavar="DATE", help=says)
    due.add_argument("--transfer-year", type=_year, metavar="YEAR", help="the year in which the pupil changes phase")
    due.add_argument("--phase", choices=PHASES, help="what the pupil goes to")
    due.add_argument("--order", default="", help="what was ordered, conceded or agreed")
    due.add_argument("--series", default="", help="which exams: june, november or january")
    due.add_argument("--at", type=_hour, metavar="HH:MM", help="the hour of the event")
    due.add_argument("--calendar", type=Path, metavar="FILE", help="the school's days, as JSON")
    due.add_argument("--done", type=_day, metavar="DATE", help="when it was done: was it in time?")
    return parser


_DATES = {
    "born": "the date of birth",
    "certificate": "the date of the mediation certificate",
    "meeting": "the day of the review meeting",
    "sent": "the date on the request, if not the day it arrived",
    "reviewed": "when the plan was made or last reviewed",
    "asked": "when clarification was asked for",
    "answered": "when it was answered",
    "identified": "when identity was shown",
}
_HAPPENED = tuple(name for name in _DATES if name != "meeting")  # none of these can lie ahead


# --- The three things it does --------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> None:
    packs = book.PACKS if options.preview else (book.TODAY,)
    rules = book.in_force(options.on, preview=options.preview) if options.on else book.newest(packs)
    found = sorted(rules.values(), key=lambda rule: _in_order(rule.code))
    if options.json:
        print(json.dumps([_described(rule) for rule in found], ensure_ascii=False, indent=1))
        return
    for rule in found:
        mark = "  PROPOSAL, not law" if _proposed(rule) else ""
        print(f"{rule.code:<14}{rule.length:<28}{rule.name}{mark}")


def _show(options: argparse.Namespace) -> None:
    packs = book.PACKS if options.preview else (book.TODAY,)
    versions = book.versions(_code(options.rule, packs), packs)
    if options.on:
        versions = tuple(rule for rule in versions if rule.in_force(options.on)) or versions
    if options.json:
        described = [_described(rule) for rule in versions]
        print(json.dumps(described[-1] | {"versions": described}, ensure_ascii=False, indent=1))
        return
    print("\n\n".join("\n".join(_lines(_described(rule))) for rule in versions))


def _due(options: argparse.Namespace) -> None:
    rule = _rule(options)
    school = _school(options, rule)
    facts = Facts(
        transfer_year=options.transfer_year, phase=options.phase or "", order=options.order, at=options.at,
        series=options.series, **{name: getattr(options, name) for name in _DATES},
    )  # fmt: skip
    start = _start(options, rule)
    _refuse(options, rule)
    try:
        found = clocks.due(rule, start, school.days, facts)
    except NotComputed as fault:
        raise Usage(str(fault)) from None
    _reaches(found, school)
    told = _told(found, school, options)
    print(json.dumps(told, ensure_ascii=False, indent=1) if options.json else "\n".join(_lines(told)))


# --- Which rule, which day -----------------------------------------------------------------------------------


def _code(typed: str, packs: Iterable[book.Pack]) -> str:
    known = {rule.code.casefold(): rule.code for pack in packs for rule in pack.rules}
    if typed.casefold() not in known:
        raise Usage(f"There is no rule {typed}. See: alongside law list")
    return known[typed.casefold()]


def _rule(options: argparse.Namespace) -> Rule:
    """The version of a rule that holds on the day of its event."""
    packs = book.PACKS if options.preview else (book.TODAY,)
    versions = book.versions(_code(options.rule, packs), packs)
    on = options.start or options.on
    if on is None or not versions[-1].has_event:
        return versions[-1]
    holding = [rule for rule in versions if rule.in_force(on)]
    if not holding:
        first = versions[0]
        raise Usage(f"{first.code} holds from {first.in_force_from} and says nothing about {on}. Give a later day.")
    return holding[-1]


def _start(options: argparse.Namespace, rule: Rule) -> date:
    if options.start is not None:
        return options.start  # type: ignore[no-any-return]  # argparse gives no types
    if rule.has_event and rule.counts:
        raise Usage(f"{rule.code} needs --from: the day on which {rule.event}.")
    return options.on or options.born or rule.in_force_from


def _refuse(options: argparse.Namespace, rule: Rule) -> None:
    """What lies ahead has not happened, and what follows an event was not done before it."""
    start = options.start
    faults: list[Refusal | None] = []
    if start and options.on:
        faults.append(clocks.check_event(rule, start, options.on))
    if start and options.done:
        faults.append(clocks.check_done(rule, start, options.done))
    for fault in filter(None, faults):
        raise Usage(fault.reason)
    ahead = [
        name for name in _HAPPENED if options.on and getattr(options, name) and getattr(options, name) > options.on
    ]
    for name in ahead:
        raise Usage(f"{rule.code}: --{name} {getattr(options, name)} is after {options.on}. Give the day it happened.")


def _in_order(code: str) -> tuple[int, str, int, str]:
    """EHC-09 before EHC-10 before EHC-13b, families in the order of the book."""
    families = list(dict.fromkeys(rule.code.split("-")[0] for pack in book.PACKS for rule in pack.rules))
    family, _, rest = code.partition("-")
    digits = "".join(letter for letter in rest if letter.isdigit())
    return families.index(family), family, int(digits or 0), rest


def _proposed(rule: Rule) -> bool:
    return rule in book.PROPOSAL.rules


# --- Words in ------------------------------------------------------------------------------------------------


def _day(typed: str) -> date:
    try:
        if not _DATE.fullmatch(typed):
            raise ValueError
        day = date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is no date: write year-month-day, such as 2026-09-07") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{typed} is too far away: give a day between {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def _hour(typed: str) -> time:
    try:
        if not _HOUR.fullmatch(typed):
            raise ValueError
        return time.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is no time: write it as 14:30") from None


def _year(typed: str) -> int:
    if not (re.fullmatch("[0-9]{4}", typed) and 2014 <= int(typed) <= _LAST_YEAR):
        raise argparse.ArgumentTypeError(f"{typed!r} is no year from 2014 to {_LAST_YEAR}")
    return int(typed)


def _school(options: argparse.Namespace, rule: Rule) -> SchoolFile:
    """The school's days from a file; without one only working days are known."""
    if options.calendar is None:
        if rule.in_school_days:
            raise Usage(f"{rule.code} counts the school days of one school. Give --calendar FILE.json with its terms.")
        return SchoolFile(SchoolCalendar())
    school = read_school(options.calendar)
    if rule.in_school_days and options.start and options.start < school.first:
        raise Usage(
            f"{options.calendar}: the terms start on {school.first}, after {options.start}. Add the earlier ones."
        )
    return school


def _reaches(found: Due, school: SchoolFile) -> None:
    """Refuses to count the school days of terms that nobody gave."""
    rule = found.rule
    if not school.days.known or not (rule.in_school_days or rule.kind is Kind.TERM):
        return
    furthest = max(found.counted_from, *(day for day in (found.due, found.legal, found.promised) if day))
    if furthest > school.last:
        raise Usage(f"{rule.code}: the calendar ends on {school.last}, before the count does. Add the terms after it.")


# --- Words out -----------------------------------------------------------------------------------------------


def _described(rule: Rule) -> dict[str, object]:
    """Everything about a rule, in the order in which it is read."""
    pack = book.PROPOSAL if _proposed(rule) else book.TODAY
    described: dict[str, object] = {
        "rule": rule.code,
        "name": rule.name,
        "says": rule.says,
        "who": rule.who,
        "event": rule.event,
        "amount": rule.amount,
        "unit": rule.unit.value,
        "counting": rule.counting.value,
        "severity": rule.severity.value,
        "exceptions": rule.exceptions,
        "excused_by": list(rule.excused_by),
        "on_a_closed_day": rule.roll.value if rule.counts else "",
        "safe_day": rule.safe_day,
        "promise": str(rule.promise) if rule.promise else "",
        "needs": [f"{need.name} ({'needed' if need.required else 'if known'}): {need.says}" for need in rule.options],
        "then": rule.then,
        "source": str(rule.source),
        "confidence": rule.confidence.value,
        "in_force_from": rule.in_force_from.isoformat(),
        "in_force_to": "" if rule.in_force_to == date.max else rule.in_force_to.isoformat(),
        "pack": pack.title,
    }
    return described


def _told(found: Due, school: SchoolFile, options: argparse.Namespace) -> dict[str, object]:
    """A computed date, for a person or a program."""
    rule = found.rule
    told: dict[str, object] = {
        "rule": rule.code,
        "from": found.counted_from.isoformat(),
        "due": found.due.isoformat(),
        "practical": found.practical.isoformat(),
        "strict": found.strict.isoformat() if found.strict else "",
        "legal": found.legal.isoformat() if found.legal else "",
        "promised": found.promised.isoformat() if found.promised else "",
        "also": [f"{words}: {day.isoformat()}" for words, day in found.also],
        "unit": rule.counted_in.value,
        "counting": (rule.counting if rule.counting.value != "none" else rule.promise_counting).value,
        "severity": rule.severity.value,
        "source": str(rule.source),
        "explain": found.explain(),
    }
    notes = list(school.notes)
    if school.days.known and not school.first <= found.practical <= school.last:
        notes.append(
            f"The calendar knows the days from {school.first} to {school.last}; outside them the practical day is a "
            "working day."
        )
    if _proposed(rule):
        notes.append(f"PROPOSAL, not law. Planned for {rule.in_force_from} at the earliest.")
    if notes:
        told["note"] = " ".join(notes)
    if options.done:
        told["done"] = f"{options.done}, {'in time' if options.done <= found.due else 'late'}"
    if options.on:
        told["on"] = options.on.isoformat()
        told["days_left"] = (found.due - options.on).days
    return told


def _lines(told: Mapping[str, object]) -> Iterable[str]:
    """'key: value', without what is empty."""
    for key, value in told.items():
        words = value if isinstance(value, list) else [value]
        yield from (f"{key + ':':<17}{word}" for word in words if word != "")
