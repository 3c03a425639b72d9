"""Worked dates: each row was worked out by hand or by another program, from the words of the rule."""

from dataclasses import replace
from datetime import date, time

import pytest

from alongside.law import book, clocks
from alongside.law import calendar as days
from alongside.law.bank_holidays import around
from alongside.law.calendar import SchoolCalendar, Term
from alongside.law.dates import Due, Facts, long_words
from alongside.law.rule import Roll

D = date.fromisoformat
SCHOOL = SchoolCalendar(
    tuple(
        Term(f"Term {place}", D(first), D(last))
        for place, (first, last) in enumerate(
            (
                ("2026-09-02", "2026-10-23"), ("2026-11-02", "2026-12-18"), ("2027-01-05", "2027-02-12"),
                ("2027-02-22", "2027-03-25"), ("2027-04-12", "2027-05-28"), ("2027-06-07", "2027-07-21"),
            ), start=1,
        )
    ),
    around(2026) | {D("2026-09-02"), D("2026-11-02"), D("2027-01-05"), D("2027-06-07")},
)  # fmt: skip


def due(code: str, start: str, calendar: SchoolCalendar | None = None, **facts: object) -> Due:
    rule = next(rule for rule in book.versions(code) if rule.in_force(D(start)) or not rule.has_event)
    return clocks.due(rule, D(start), calendar or SchoolCalendar(), Facts(**facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "assess", "no_plan", "plan"),
    [
        ("2026-09-07", "2026-10-19", "2026-12-28", "2027-01-25"),  # 16 weeks end on a bank holiday
        ("2026-10-12", "2026-11-23", "2027-02-01", "2027-03-01"),
        ("2026-12-18", "2027-01-29", "2027-04-09", "2027-05-07"),
        ("2027-03-01", "2027-04-12", "2027-06-21", "2027-07-19"),  # the clocks go forward
        ("2027-06-11", "2027-07-23", "2027-10-01", "2027-10-29"),
        ("2027-07-19", "2027-08-30", "2027-11-08", "2027-12-06"),
        ("2027-09-18", "2027-10-30", "2028-01-08", "2028-02-05"),  # a Saturday
        ("2028-01-10", "2028-02-21", "2028-05-01", "2028-05-29"),  # a leap day inside
    ],
)
def test_twenty_weeks(received: str, assess: str, no_plan: str, plan: str) -> None:
    assert [due(code, received).due for code in ("EHC-02", "EHC-04", "EHC-07", "EHC-11")] == [
        D(assess), D(assess), D(no_plan), D(plan),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arrived", "answer"),
    [
        ("2026-10-19", "2026-11-30"), ("2026-11-30", "2027-01-11"), ("2027-07-12", "2027-08-23"),
        ("2027-07-23", "2027-09-03"),
    ],
)  # fmt: skip
def test_the_schools_advice(arrived: str, answer: str) -> None:
    assert due("EHC-06", arrived).due == D(answer)


@pytest.mark.parametrize(
    ("arrived", "aim"),
    [
        ("2026-10-19", "2026-11-27"),
        ("2026-10-20", "2026-11-30"),
        ("2026-11-17", "2026-12-24"),
        ("2027-07-20", "2027-08-27"),
    ],
)
def test_the_schools_own_aim_leaves_a_working_day(arrived: str, aim: str) -> None:
    assert due("EHC-06", arrived).also == (("the school's own aim, right however the first day is counted", D(aim)),)


@pytest.mark.parametrize(
    ("served", "last", "after"),
    [
        ("2026-11-23", "2026-12-07", "2026-12-08"), ("2026-12-11", "2026-12-25", "2026-12-26"),
        ("2026-12-18", "2027-01-01", "2027-01-02"), ("2027-02-12", "2027-02-26", "2027-02-27"),
        ("2027-07-16", "2027-07-30", "2027-07-31"), ("2028-02-15", "2028-02-29", "2028-03-01"),
    ],
)  # fmt: skip
def test_fifteen_days(served: str, last: str, after: str) -> None:
    family = due("EHC-08", served)
    assert (family.due, [day for _, day in family.also]) == (D(last), [D(after)])
    assert due("AR-11", served).due == D(last)
    for code in ("EHC-09", "EHC-10"):
        consulted = due(code, served)
        assert (consulted.due, consulted.strict) == (D(last), D(after))


def test_asked_to_assess_again_the_answer_is_due_on_the_fifteenth_day_and_safe_on_the_fourteenth() -> None:
    found = due("EHC-13", "2026-12-01")
    assert (found.due, found.strict) == (D("2026-12-15"), D("2026-12-16"))


@pytest.mark.parametrize(
    ("notice", "words", "final"),
    [
        ("2026-12-10", "2026-12-24", "2027-02-04"), ("2027-02-11", "2027-02-25", "2027-04-08"),
        ("2027-06-03", "2027-06-17", "2027-07-29"),
    ],
)  # fmt: skip
def test_an_amendment_notice(notice: str, words: str, final: str) -> None:
    assert [due(code, notice).due for code in ("AR-11", "AR-12", "AR-13")] == [D(words), D(final), D(final)]


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("EHC-13", "2026-12-01", "2026-12-15"),
        ("EHC-13b", "2026-12-15", "2027-03-23"),
        ("EHC-14", "2026-12-14", "2027-01-06"),
        ("EHC-14b", "2026-12-14", "2027-01-25"),
        ("AR-12", "2026-12-10", "2027-02-04"),
        ("AR-12", "2027-02-11", "2027-04-08"),
        ("AR-13", "2027-06-03", "2027-07-29"),
        ("AR-15", "2027-09-01", "2027-04-01"),
        ("AR-15", "2027-07-31", "2027-02-28"),
        ("AR-15", "2028-07-31", "2028-02-29"),
        ("AR-15", "2027-01-04", "2026-08-04"),
        ("AR-02", "2026-08-31", "2027-02-28"),
        ("AR-03", "2027-01-05", "2026-12-22"),
        ("APP-03", "2026-12-31", "2027-02-28"),
        ("APP-03b", "2026-12-23", "2026-12-30"),
        ("APP-04b", "2026-12-23", "2026-12-30"),
        ("APP-04", "2026-12-01", "2026-12-31"),
        ("APP-05b", "2026-12-01", "2026-12-08"),
        ("APP-09", "2026-11-23", "2026-12-28"),
        ("APP-15", "2026-12-23", "2026-12-30"),
        ("APP-15b", "2026-12-01", "2026-12-31"),
        ("APP-14", "2026-11-23", "2027-11-23"),
        ("DP-07", "2026-11-23", "2026-11-28"),
        ("DP-10", "2026-11-23", "2026-12-23"),
        ("EQ-05", "2026-09-01", "2029-08-31"),
        ("EQ-06", "2026-09-01", "2027-08-31"),
        ("EQ-06b", "2024-04-06", "2028-04-05"),
        ("EQ-07", "2026-09-01", "2027-08-31"),
        ("EQ-08", "2026-09-01", "2027-08-31"),
        ("ADM-13", "2026-11-23", "2028-11-23"),
        ("JCQ-01", "2026-01-15", "2028-03-15"),
        ("LOC-05", "2026-11-30", "2027-02-28"),
        ("PUB-01", "2026-09-01", "2027-08-31"),
        ("CEN-01", "2026-10-02", "2027-01-21"),
    ],
)
def test_one_event_one_date(code: str, start: str, end: str) -> None:
    assert due(code, start).due == D(end)


@pytest.mark.parametrize(
    ("meeting", "notice", "clear", "report", "decision", "final"),
    [
        ("2026-11-26", "2026-11-12", "2026-11-11", "2026-12-10", "2026-12-24", "2027-02-18"),
        ("2027-01-14", "2026-12-31", "2026-12-30", "2027-01-28", "2027-02-11", "2027-04-08"),
        ("2027-03-18", "2027-03-04", "2027-03-03", "2027-04-01", "2027-04-15", "2027-06-10"),
        ("2027-07-08", "2027-06-24", "2027-06-23", "2027-07-22", "2027-08-05", "2027-09-30"),
        ("2028-02-15", "2028-02-01", "2028-01-31", "2028-02-29", "2028-03-14", "2028-05-09"),
    ],
)
def test_an_annual_review(meeting: str, notice: str, clear: str, report: str, decision: str, final: str) -> None:
    for code in ("AR-05", "AR-06"):
        found = due(code, meeting)
        assert (found.due, found.strict) == (D(notice), D(clear))  # two weeks; two clear weeks
        assert found.practical <= found.due - days.DAY, "work to the clear weeks"
    assert due("AR-08", meeting).due == D(report)
    assert due("AR-09", meeting).due == due("AR-10", meeting).due == due("AR-18", meeting).due == D(decision)
    assert due("AR-12", decision, meeting=D(meeting)).due == D(final)


def test_an_early_notice_keeps_its_own_eight_weeks() -> None:
    found = due("AR-12", "2026-12-03", meeting=D("2026-11-26"))
    assert found.due == D("2027-01-28")
    late = due("AR-12", "2027-01-07", meeting=D("2026-11-26"))
    assert late.due == D("2027-02-18"), "never later than twelve weeks after the meeting"


NEXT_YEAR = SchoolCalendar(
    (*SCHOOL.terms, Term("Term 7", D("2027-09-02"), D("2027-10-22"))), SCHOOL.closed | around(2027)
)


@pytest.mark.parametrize(
    ("made", "decided", "meet", "opened"),
    [
        ("2026-01-15", "2027-01-14", "2026-12-17", "2026-12-17"),
        ("2026-03-01", "2027-02-28", "2027-01-31", "2027-01-29"),  # a Sunday: the Friday before
        ("2027-03-01", "2028-02-29", "2028-02-01", "2028-02-01"),
        ("2028-02-29", "2029-02-28", "2029-01-31", "2029-01-31"),
        ("2026-08-31", "2027-08-30", "2027-08-02", "2027-07-21"),  # August: the last day of term
    ],
)
def test_twelve_months(made: str, decided: str, meet: str, opened: str) -> None:
    found = due("AR-01", made, NEXT_YEAR if "2026-09" < decided < "2027-10" else None)
    assert (found.due, found.also[0]) == (D(decided), ("hold the review meeting by", D(meet)))
    assert found.also[-1][1] == D(opened)
    assert len(found.also) == 1 + (meet != opened)
    assert f"{D(opened).day} {D(opened):%B %Y}, so that there are 4 weeks" in found.explain()
    assert due("AR-21", made).due == due("GA-10", made).due == D(decided)


@pytest.mark.parametrize(
    ("phase", "last", "by", "meet", "opened", "work_to"),
    [
        ("school", "2027-02-14", "2027-02-15", "2026-11-22", "2026-11-20", "2027-02-12"),
        ("junior", "2027-02-14", "2027-02-15", "2026-11-22", "2026-11-20", "2027-02-12"),
        ("middle", "2027-02-14", "2027-02-15", "2026-11-22", "2026-11-20", "2027-02-12"),
        ("secondary", "2027-02-14", "2027-02-15", "2026-11-22", "2026-11-20", "2027-02-12"),
        ("post-16", "2027-03-30", "2027-03-31", "2027-01-05", "2026-12-18", "2027-03-25"),
    ],
)
def test_a_change_of_phase(phase: str, last: str, by: str, meet: str, opened: str, work_to: str) -> None:
    found = due("AR-14", "2026-11-23", SCHOOL, transfer_year=2027, phase=phase)
    assert (found.due, found.strict, found.practical) == (D(last), D(last), D(work_to))
    assert [day for _, day in found.also] == [D(by), D(meet), D(opened)]


def test_where_the_school_is_not_known_a_change_of_phase_is_worked_to_a_working_day() -> None:
    assert due("AR-14", "2026-11-23", transfer_year=2027, phase="post-16").practical == D("2027-03-30")
    assert due("AR-14", "2026-11-23", transfer_year=2027, phase="school").practical == D("2027-02-12")


@pytest.mark.parametrize(
    ("letter", "certificate", "raw", "last", "safe"),
    [
        ("2026-11-23", None, "2027-01-23", "2027-01-25", "2027-01-22"),
        ("2026-10-28", None, "2026-12-28", "2027-01-04", "2026-12-24"),
        ("2026-12-31", None, "2027-02-28", "2027-03-01", "2027-02-26"),
        ("2027-06-18", None, "2027-08-18", "2027-09-01", "2027-08-18"),
        ("2027-05-31", None, "2027-07-31", "2027-08-02", "2027-07-30"),  # ends in July: only the weekend moves it
        ("2027-12-29", None, "2028-02-29", "2028-02-29", ""),
        ("2026-10-01", "2026-11-29", "2026-12-29", "2027-01-04", "2026-12-29"),
        ("2026-11-23", "2027-01-15", "2027-02-15", "2027-02-15", ""),
        ("2026-11-23", "2026-12-04", "2027-01-23", "2027-01-25", "2027-01-22"),
    ],
)
def test_an_appeal(letter: str, certificate: str | None, raw: str, last: str, safe: str) -> None:
    for code in ("APP-02", "AR-20"):
        found = due(code, letter, certificate=D(certificate) if certificate else None)
        assert found.due == D(last)
        assert max(day for _, day in found.also) == D(raw)
        assert (
            (f"nobody can argue with {long_words(D(safe))}" in found.explain())
            if safe
            else "argue" not in found.explain()
        )


@pytest.mark.parametrize(
    ("code", "received", "answer"),
    [
        ("APP-06", "2026-11-23", "2027-01-12"),
        ("APP-06", "2027-07-01", "2027-09-13"),
        ("APP-06", "2027-03-01", "2027-04-14"),
        ("APP-11a", "2027-07-01", "2027-08-12"),  # August counts
        ("APP-11a", "2019-07-01", "2019-09-11"),  # it did not before 21 July 2020
    ],
)
def test_thirty_working_days(code: str, received: str, answer: str) -> None:
    assert due(code, received).due == D(answer)


@pytest.mark.parametrize(
    ("made", "order", "dates"),
    [
        ("2026-11-23", "assess", ["2026-12-07", "2027-02-01", "2027-03-01"]),
        ("2026-11-23", "make", ["2026-12-28", "2027-02-08"]),
        ("2027-02-17", "assess", ["2027-03-03", "2027-04-28", "2027-05-26"]),
        ("2027-02-17", "make", ["2027-03-24", "2027-05-05"]),
        ("2027-02-17", "amend", ["2027-03-24"]),
        ("2027-02-17", "place", ["2027-03-03"]),
        ("2027-02-17", "reconsider", ["2027-03-03"]),
        ("2027-02-17", "keep", ["2027-02-17"]),
        ("2027-02-17", "keep-changed", ["2027-03-24"]),
        ("2027-02-17", "dismiss", ["2027-02-17"]),
    ],
)
def test_an_order(made: str, order: str, dates: list[str]) -> None:
    found = due("APP-07", made, order=order)
    assert [found.due, *(day for _, day in found.also)] == [D(day) for day in dates]


def test_a_concession_and_an_agreement() -> None:
    assert due("APP-08", "2026-11-23", order="amend").due == D("2026-12-28")
    assert due("APP-05", "2026-11-23", order="other").due == D("2026-12-07")
    assert due("APP-05", "2026-11-23", order="make").due == D("2026-12-28")


@pytest.mark.parametrize(
    ("act", "last"),
    [
        ("2026-11-23", "2027-05-22"), ("2026-08-31", "2027-02-28"), ("2026-09-01", "2027-02-28"),
        ("2027-08-29", "2028-02-28"),
    ],
)  # fmt: skip
def test_a_disability_claim(act: str, last: str) -> None:
    assert due("APP-11", act).due == D(last)
    assert due("APP-11", "2026-11-23").practical == D("2027-05-21")


@pytest.mark.parametrize(
    ("appointed", "last"), [("2024-09-01", "2027-09-01"), ("2025-01-06", "2028-01-06"), ("2028-02-29", "2031-02-28")]
)
def test_a_senco_qualifies(appointed: str, last: str) -> None:
    found = due("SEN-02", appointed)
    assert (found.strict, found.due) == (D(last), D(last) - days.DAY)


def test_the_last_day_of_the_old_award() -> None:
    assert due("SEN-03", "2026-11-23").due == D("2027-08-31")


@pytest.mark.parametrize(
    ("received", "raw", "answer"),
    [
        ("2026-11-23", "2026-12-23", "2026-12-23"), ("2026-11-27", "2026-12-27", "2026-12-29"),
        ("2027-01-31", "2027-02-28", "2027-03-01"), ("2028-01-31", "2028-02-29", "2028-02-29"),
    ],
)  # fmt: skip
def test_somebody_asks_for_their_data(received: str, raw: str, answer: str) -> None:
    found = due("DP-01", received)
    assert found.due == D(answer)
    assert (("the count alone ends", D(raw)) in found.also) == (raw != answer)


def test_the_month_of_a_request_may_start_later_stand_still_or_be_longer() -> None:
    assert due("DP-01", "2026-11-23").also[0][1] == D("2027-02-23")
    assert due("DP-01", "2026-11-20", identified=D("2026-11-23")).due == D("2026-12-23")
    assert due("DP-01", "2026-11-23", identified=D("2026-11-20")).due == D("2026-12-23")
    stood = due("DP-02", "2026-11-23", asked=D("2026-11-25"), answered=D("2026-12-02"))
    assert stood.due == D("2026-12-30")
    assert stood.also[0][1] == D("2027-03-02")


@pytest.mark.parametrize(
    ("born", "code", "last"),
    [
        ("2010-05-17", "DP-08", "2041-05-17"),
        ("2012-02-29", "DP-08", "2043-03-01"),
        ("2011-06-25", "TRA-06", "2027-06-25"),
        ("2011-06-26", "TRA-06", "2027-06-25"),
        ("2011-08-31", "TRA-06", "2027-06-25"),
        ("2011-09-01", "TRA-06", "2028-06-30"),
        ("2010-09-01", "TRA-08", "2027-06-25"),
        ("2022-03-31", "TRA-07", "2027-03-31"),
        ("2022-04-01", "TRA-07", "2027-08-31"),
        ("2022-08-31", "TRA-07", "2027-08-31"),
        ("2022-09-01", "TRA-07", "2027-12-31"),
        ("2011-09-01", "TRA-09", "2027-09-01"),
        ("2012-02-29", "TRA-10", "2030-03-01"),
        ("2001-09-01", "EHP-06", "2027-08-31"),
        ("2001-08-31", "EHP-06", "2026-08-31"),
    ],
)
def test_by_date_of_birth(born: str, code: str, last: str) -> None:
    assert due(code, "2026-11-23", born=D(born)).due == D(last)


def test_what_else_there_is_to_know_about_a_birthday() -> None:
    assert due("TRA-06", "2026-11-23", born=D("2010-09-01")).also[1] == ("turns 16", D("2026-09-01"))
    leaving = due("TRA-06", "2026-11-23", born=D("2011-06-26")).also
    assert leaving == (("a young person from", D("2027-06-26")), ("turns 16", D("2027-06-26")))
    assert due("TRA-07", "2026-11-23", born=D("2022-04-01")).also == (("turns 5", D("2027-04-01")),)


def test_a_rule_that_rolls_shows_where_the_count_ended() -> None:
    rolls = replace(book.RULES["EHC-04"], roll=Roll.WORKING_DAY)
    moved = clocks.due(rolls, D("2026-11-14"))  # 6 weeks end on Saturday 26 December
    assert (moved.due, moved.also) == (D("2026-12-29"), (("the count alone ends", D("2026-12-26")),))
    assert clocks.due(rolls, D("2026-09-07")).also == ()


def test_the_ordinary_record_is_kept_for_less_long() -> None:
    assert due("DP-08", "2026-11-23", born=D("2012-02-29")).also[0][1] == D("2037-03-01")


@pytest.mark.parametrize("last", ["2026-06-26", "2027-06-25", "2028-06-30", "2029-06-29", "2030-06-28"])
def test_leaving_dates(last: str) -> None:
    assert days.end_of_compulsory_school_age(date(D(last).year - 16, 1, 15)) == D(last)


@pytest.mark.parametrize(
    ("code", "series", "known", "closes"),
    [
        ("JCQ-03", "june", "2026-11-23", "2027-03-21"), ("JCQ-04", "june", "2026-11-23", "2027-01-31"),
        ("JCQ-03", "november", "2026-09-07", "2026-11-01"), ("JCQ-04", "november", "2026-09-07", "2026-09-20"),
        ("JCQ-03", "january", "2026-09-07", "2026-10-21"), ("JCQ-04", "january", "2026-09-07", "2026-10-04"),
        ("JCQ-03", "june", "2027-03-21", "2027-03-21"), ("JCQ-03", "june", "2027-03-22", "2028-03-21"),
    ],
)  # fmt: skip
def test_exam_arrangements(code: str, series: str, known: str, closes: str) -> None:
    assert due(code, known, series=series).due == D(closes)


@pytest.mark.parametrize(
    ("sent", "by"), [("2026-07-10", "2027-08-31"), ("2026-08-31", "2027-08-31"), ("2026-09-01", "2028-08-31")]
)
def test_a_report_in_each_school_year(sent: str, by: str) -> None:
    assert due("PAR-01", sent).due == D(by)


@pytest.mark.parametrize(
    ("left", "last"),
    [
        ("2026-09-14", "2026-10-05"), ("2026-10-12", "2026-11-10"), ("2026-12-07", "2027-01-13"),
        ("2027-02-03", "2027-03-03"), ("2027-03-15", "2027-04-20"),
    ],
)  # fmt: skip
def test_fifteen_school_days(left: str, last: str) -> None:
    assert due("DP-06", left, SCHOOL).due == due("DP-09", left, SCHOOL).due == D(last)


def test_school_weeks_and_promises() -> None:
    assert due("ID-03", "2026-09-03", SCHOOL).due == D("2026-10-15")
    answer = due("ADM-11", "2026-11-02", SCHOOL)
    assert (answer.legal, answer.promised, answer.due) == (D("2026-11-23"), D("2026-11-16"), D("2026-11-16"))
    told = due("GA-04", "2026-11-02", SCHOOL)
    assert (told.legal, told.promised, told.due) == (None, D("2026-11-09"), D("2026-11-09"))
    assert due("FOR-02", "2026-11-14").due == D("2026-11-14")
    assert due("EHP-07", "2026-11-03", SCHOOL).due == D("2026-11-23")


def test_the_promise_counts_from_the_date_on_the_request() -> None:
    found = due("EHC-06", "2026-10-19", sent=D("2026-10-15"))
    assert (found.legal, found.promised, found.due) == (D("2026-11-30"), D("2026-11-26"), D("2026-11-26"))


def test_one_look_in_each_term() -> None:
    assert due("PAR-02", "2026-11-23", SCHOOL).due == D("2026-12-18")
    assert due("FOR-05", "2026-11-23").due == D("2027-08-31")


@pytest.mark.parametrize(
    ("known", "at", "day", "hour"),
    [
        ("2026-11-23", "14:30", "2026-11-26", "14:30"),
        ("2026-10-24", "10:00", "2026-10-27", "09:00"),  # the clocks go back on the 25th
        ("2027-03-27", "10:00", "2027-03-30", "11:00"),  # and forward on the 28th
        ("2026-10-24", "00:30", "2026-10-26", "23:30"),
    ],
)
def test_seventy_two_hours(known: str, at: str, day: str, hour: str) -> None:
    found = due("DP-04", known, at=time.fromisoformat(at))
    assert found.due == D(day)
    assert hour in found.explain()


def test_the_first_review_after_a_move() -> None:
    assert due("EHC-14c", "2026-12-14", reviewed=D("2026-01-20")).due == D("2027-03-13")
    assert due("EHC-14c", "2026-12-14", reviewed=D("2026-10-20")).due == D("2027-10-19")
