"""Dates that hang on more than one event, or on none: one function for each kind of rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from alongside.law import calendar as days
from alongside.law import census
from alongside.law.dates import Due, Facts, NotComputed, counted, long_words, open_day, rolled
from alongside.law.orders import EXAMS, ORDERS, steps
from alongside.law.rule import SAME_DAY, Kind, Rule, Unit, span

PHASES = ("school", "junior", "middle", "secondary", "post-16")
_WHEN_POST_16 = ((3, 30), (3, 31))
_WHEN_OTHER = ((2, 14), (2, 15))
_REVIEW_TAIL = timedelta(weeks=12)  # meeting, 4 weeks to decide, 8 weeks to finish


def plain(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """Count, roll where the law rolls, and step back to the safe day."""
    end = counted(rule, start, calendar, facts)
    last = rolled(rule, end, facts)
    if rule.clear:
        return Due(rule, start, end, end, strict=end - days.DAY, legal=end)
    also = tuple(_beside(rule, end, last, facts))
    safe = last - timedelta(days=rule.safer)
    strict = last if rule.safer else None
    return Due(rule, start, safe, safe, strict=strict, legal=last if rule.unit is not Unit.NONE else None, also=also)


def _beside(rule: Rule, end: date, last: date, facts: Facts) -> Iterator[tuple[str, date]]:
    """The days that are worth knowing beside a counted one."""
    if last != end:
        yield "the count alone ends", end
    if rule.spare:
        aim = days.working_day_on_or_before(last - days.DAY, facts.working(last))
        yield "the school's own aim, right however the first day is counted", aim
    if rule.opens:
        yield rule.opens, last + days.DAY


def _appeal(rule: Rule, letter: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """Two months from the letter or one from the certificate, the later, then rolled (HESC Rules rr12, 20)."""
    by_letter = days.add_months(letter, rule.amount)
    if facts.certificate and facts.certificate < letter:
        raise NotComputed(f"{rule.code}: the certificate of {facts.certificate} is older than the letter of {letter}.")
    by_certificate = days.add_months(facts.certificate, 1) if facts.certificate else None
    raw = max(by_letter, by_certificate or by_letter)
    end = rolled(rule, raw, facts)
    notes = ["It has to arrive by 5 in the afternoon."]
    if end != raw:
        safe = days.working_day_on_or_before(raw, facts.working(raw))
        notes.append(f"The count alone ends on {long_words(raw)}; nobody can argue with {long_words(safe)}.")
    if facts.certificate is None or by_certificate is None:
        return Due(
            rule, letter, end, end, legal=end, also=(("two months from the letter", by_letter),), notes=tuple(notes)
        )
    reason = (
        f"It is the later of 2 months from {long_words(letter)}, when {rule.event}, and 1 month from "
        f"{long_words(facts.certificate)}, the date of the mediation certificate."
    )
    also = (("two months from the letter", by_letter), ("one month from the certificate", by_certificate))
    return Due(rule, letter, end, end, legal=end, also=also, notes=tuple(notes), reason=reason)


def _response(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    end = days.add_working_days(start, rule.amount, facts.working(start), skip=days.tribunal_rests)
    return Due(rule, start, end, end, legal=end, notes=("A direction of the tribunal may set another day.",))


def _transfer(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    if facts.phase not in PHASES:
        raise NotComputed(f"{rule.code}: '{facts.phase}' is no phase. There are: {', '.join(PHASES)}.")
    year = facts.transfer_year or start.year
    (last, by) = _WHEN_POST_16 if facts.phase == "post-16" else _WHEN_OTHER
    end = date(year, *last)
    also = (("as guidance often has it, by", date(year, *by)), *_meeting(end - _REVIEW_TAIL, calendar, facts))
    reason = f"The pupil changes phase in {year}, and the law wants it before {long_words(date(year, *by))}."
    return Due(rule, date(year, 9, 1), end, end, strict=end, legal=end, also=also, reason=reason)


def _leaving_age(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    end = days.end_of_compulsory_school_age(_born(rule, facts))
    also = (("a young person from", end + days.DAY), ("turns 16", days.birthday(_born(rule, facts), 16)))
    return Due(rule, _born(rule, facts), end, end, legal=end, also=also)


def _school_age(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    born = _born(rule, facts)
    end = days.start_of_compulsory_school_age(born)
    return Due(rule, born, end, end, legal=end, also=(("turns 5", days.birthday(born, 5)),))


def _retention(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    born = _born(rule, facts)
    end = days.birthday(born, rule.amount)
    also = (("the ordinary pupil record, 25 years", days.birthday(born, 25)),)
    return Due(rule, born, end, end, legal=end, also=also)


def _sixteen(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    return _on_birthday(rule, facts, 16)


def _eighteen(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    return _on_birthday(rule, facts, 18)


def _on_birthday(rule: Rule, facts: Facts, age: int) -> Due:
    born = _born(rule, facts)
    end = days.birthday(born, age)
    return Due(rule, born, end, end, legal=end)


def _twenty_five(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    born = _born(rule, facts)
    end = days.academic_year(days.birthday(born, 25)).last
    return Due(rule, born, end, end, legal=end)


def _term(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """The last day of the term that a day falls in; of the school year where no calendar is known."""
    term = calendar.term_of(start)
    end = term.last if term else days.academic_year(start).last
    notes = (
        ()
        if term
        else ("No term is known for that day, so the end of the school year stands for the end of the term.",)
    )
    return Due(rule, start, end, end, legal=end, notes=notes)


def _school_year(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """Once in each school year: by the end of the year after the one in which it was last done."""
    end = days.AcademicYear(days.academic_year(start).starts_in + 1).last
    reason = f"It is once in a school year, and {rule.event} on {long_words(start)}."
    return Due(rule, start, end, end, legal=end, reason=reason)


def _series(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """The next closing day of an exam series."""
    closing = EXAMS[rule.code].get(facts.series)
    if closing is None:
        raise NotComputed(f"{rule.code}: '{facts.series}' is no exam series. There are: {', '.join(EXAMS[rule.code])}.")
    end = next(day for year in (start.year, start.year + 1) if (day := date(year, *closing)) >= start)
    reason = (
        f"It is the next closing day after {long_words(start)}, when {rule.event}. It is set anew each year: check it."
    )
    return Due(rule, start, end, end, legal=end, reason=reason)


def _born(rule: Rule, facts: Facts) -> date:
    if facts.born is None:
        raise NotComputed(f"{rule.code} needs --born: the date of birth.")
    return facts.born


def _order(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    found = steps(rule.code, facts.order)
    if not found:
        raise NotComputed(f"{rule.code}: '{facts.order}' is no order. There are: {', '.join(ORDERS[rule.code])}.")
    dates = [(step.words, days.add_weeks(start, step.weeks)) for step in found]
    words, end = dates[0]
    length = span(found[0].weeks, Unit.WEEKS) if found[0].weeks else SAME_DAY[1]
    return Due(rule, start, end, end, legal=end, also=tuple(dates[1:]), notes=(f"By then: {words}.",), length=length)


def _breach(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """72 hours on the clock, which is another hour on the wall when the clocks change."""
    from zoneinfo import ZoneInfo

    known_at = datetime.combine(start, facts.at or time(0), ZoneInfo("Europe/London"))
    end = (known_at.astimezone(ZoneInfo("UTC")) + timedelta(hours=rule.amount)).astimezone(ZoneInfo("Europe/London"))
    note = f"It ends at {end:%H:%M} on that day." if facts.at else "Counted from midnight: give --at for the hour."
    return Due(rule, start, end.date(), end.date(), legal=end.date(), notes=(note,))


def _access(rule: Rule, received: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """A month from the request, or from proof of identity; it stands still while an answer is awaited."""
    start = max(received, facts.identified or received)
    still, reason = timedelta(0), ""
    if facts.asked and facts.answered:
        if facts.answered < facts.asked or facts.asked < received:
            raise NotComputed(
                f"{rule.code}: request, question and answer have to follow one another. Put the days right."
            )
        still = facts.answered - facts.asked
        reason = (
            f"It is 1 month from {long_words(start)}, when {rule.event}, and {still.days} days more, "
            "while an answer was awaited."
        )
    raw = days.add_months(start, rule.amount) + still
    extended = days.add_months(start, rule.amount + 2) + still
    end = rolled(rule, raw, facts)
    also = [("if two more months are taken, and the person was told in time", rolled(rule, extended, facts))]
    if end != raw:
        also.append(("the count alone ends", raw))
    return Due(rule, start, end, end, legal=end, also=tuple(also), reason=reason)


def _amendment(rule: Rule, notice: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """8 weeks from the notice and never more than 12 from the meeting (reg 22; R (L, M and P) v Devon)."""
    end = counted(rule, notice, calendar, facts)
    if facts.meeting is None:
        return Due(rule, notice, end, end, legal=end)
    if notice < facts.meeting:
        raise NotComputed(f"{rule.code}: the notice of {notice} is older than the meeting of {facts.meeting}.")
    cap = facts.meeting + _REVIEW_TAIL
    first = min(end, cap)
    also = (("8 weeks from the notice", end), ("12 weeks from the meeting", cap))
    reason = (
        f"It is the earlier of 8 weeks from {long_words(notice)}, when {rule.event}, and 12 weeks from "
        f"{long_words(facts.meeting)}, when the review meeting was held."
    )
    return Due(rule, notice, first, first, legal=first, also=also, reason=reason)


def _review(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    found = plain(rule, start, calendar, facts)
    also = _meeting(found.due - timedelta(weeks=4), calendar, facts)
    note = f"Hold the review meeting by {long_words(also[-1][1])}, so that there are 4 weeks to decide."
    return replace(found, also=also, notes=(note,))


def _meeting(
    meet_by: date, calendar: days.SchoolCalendar, facts: Facts
) -> tuple[tuple[str, date], *tuple[tuple[str, date], ...]]:
    """By when to meet, and the last open day before it: nobody meets on a Sunday or in August."""
    opened = open_day(meet_by, calendar, facts)
    first = ("hold the review meeting by", meet_by)
    return (first,) if opened == meet_by else (first, ("the last open day before that", opened))


def _moved(rule: Rule, transfer: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """The later of 12 months from the last review and 3 months from the move (reg 15)."""
    by_move = days.last_day_of_months_beginning_with(transfer, rule.amount)
    by_review = days.last_day_of_12_months_starting_with(facts.reviewed) if facts.reviewed else by_move
    end = max(by_move, by_review)
    also = (("3 months from the move", by_move), ("12 months from the last review", by_review))
    reason = f"It is the later of {also[0][0]} and {also[1][0]}, those days counted as the first."
    return Due(rule, transfer, end, end, legal=end, also=also, reason=reason)


def _census(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    end = census.next_census_day(start)
    return Due(rule, start, end, end, legal=end)


def _fixed(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    assert rule.fixed is not None
    return Due(rule, start, rule.fixed, rule.fixed, legal=rule.fixed)


KINDS: Mapping[Kind, Callable[[Rule, date, days.SchoolCalendar, Facts], Due]] = {
    Kind.COUNT: plain, Kind.APPEAL: _appeal, Kind.RESPONSE: _response, Kind.TRANSFER: _transfer, Kind.LEAVING_AGE: _leaving_age,
    Kind.SCHOOL_AGE: _school_age, Kind.RETENTION: _retention, Kind.ORDER: _order, Kind.BREACH: _breach,
    Kind.ACCESS: _access, Kind.AMENDMENT: _amendment, Kind.REVIEW: _review, Kind.MOVED: _moved,
    Kind.SIXTEEN: _sixteen, Kind.EIGHTEEN: _eighteen, Kind.TWENTY_FIVE: _twenty_five, Kind.TERM: _term,
    Kind.CENSUS: _census, Kind.FIXED: _fixed, Kind.SCHOOL_YEAR: _school_year, Kind.SERIES: _series,
}  # fmt: skip
