"""The rule book: dated, whole, sourced; two laws at once; a pack that cannot be is refused."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.law import book, clocks
from alongside.law.book import PROPOSAL, RULES, TODAY, Pack, PackFault
from alongside.law.calendar import SchoolCalendar, Term
from alongside.law.checklists import CHECKLISTS, Item
from alongside.law.codes import LAYERS, PLAN_SECTIONS
from alongside.law.dates import Facts, NotComputed
from alongside.law.exemptions import GROUNDS
from alongside.law.orders import ORDERS
from alongside.law.rule import Counting, Kind, Option, Rule, Unit, span
from alongside.law.sources import Weight
from alongside.law.words import MEANINGS, meanings, plain

ON = date(2026, 11, 23)
PLAIN = SchoolCalendar((), frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
WHOLE = Facts(
    born=date(2011, 5, 17), certificate=date(2026, 12, 1), transfer_year=2027, phase="secondary", reviewed=ON,
    asked=ON, answered=ON + timedelta(days=4), order="assess", at=time(9), series="june",
)  # fmt: skip
COUNTED = [rule for rule in TODAY.rules if rule.counts]
SIMPLE = [rule for rule in COUNTED if rule.kind in (Kind.COUNT, Kind.REVIEW)]


def named(rule: Rule) -> str:
    return f"{rule.code} {rule.in_force_from}"


@pytest.mark.parametrize("rule", [*TODAY.rules, *PROPOSAL.rules], ids=named)
def test_a_rule_says_what_it_asks_of_whom_and_by_whose_word(rule: Rule) -> None:
    assert rule.name
    assert rule.says.endswith(".")
    assert rule.who
    assert rule.source.instrument
    assert rule.source.place
    assert set(rule.excused_by) <= set(GROUNDS)
    assert (rule.severity is Weight.PROPOSAL) == (rule in PROPOSAL.rules)
    assert rule.owner in {"senco", "head", "dsl", "dpo"}


@pytest.mark.parametrize("rule", COUNTED, ids=named)
def test_a_rule_that_counts_gives_a_date_and_a_reason(rule: Rule) -> None:
    event = max(rule.in_force_from, date(2018, 6, 1)) if rule.in_force_to < ON else max(ON, rule.in_force_from)
    facts = replace(WHOLE, certificate=event, reviewed=event, asked=event, answered=event)
    found = clocks.due(rule, event, PLAIN, facts)
    assert found.practical <= found.due
    said = found.explain()
    assert rule.code in said
    assert str(rule.source) in said
    assert f"{found.due.day} {found.due:%B} {found.due.year}" in said
    assert "  " not in said


@pytest.mark.parametrize("rule", [rule for rule in TODAY.rules if not rule.counts], ids=named)
def test_a_rule_without_a_count_says_so(rule: Rule) -> None:
    with pytest.raises(NotComputed, match=f"{rule.code} sets no date: .* holds always. See: law show {rule.code}"):
        clocks.due(rule, ON)


def test_a_rule_that_counts_nothing_names_no_amount() -> None:
    assert {rule.amount for rule in TODAY.rules if rule.unit is Unit.NONE} == {0}


@pytest.mark.parametrize("rule", [rule for rule in COUNTED if any(n.required for n in rule.needs)], ids=named)
def test_a_missing_fact_is_asked_for_by_name(rule: Rule) -> None:
    first = next(need for need in rule.needs if need.required)
    with pytest.raises(NotComputed, match=f"{rule.code} needs {first.name}"):
        clocks.due(rule, ON)


@given(st.sampled_from(SIMPLE), st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_a_later_start_never_gives_an_earlier_date(rule: Rule, start: date, later: int) -> None:
    second = start + timedelta(days=later)
    assert clocks.due(rule, start, PLAIN).due <= clocks.due(rule, second, PLAIN).due


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(0, 90))
def test_dates_that_move_keep_their_order_too(start: date, later: int) -> None:
    second = start + timedelta(days=later)
    for code in ("APP-02", "APP-06", "DP-01"):
        rule = RULES[code]
        assert clocks.due(rule, start).due <= clocks.due(rule, second).due


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_nobody_is_of_age_before_the_school_year_of_their_sixteenth_birthday(born: date) -> None:
    last = clocks.due(RULES["TRA-06"], ON, facts=Facts(born=born)).due
    assert last.weekday() == 4
    assert (last + timedelta(days=7)).month == 7
    assert born.year + 15 <= last.year <= born.year + 17


@given(st.sampled_from([unit for unit in Unit if unit not in (Unit.NONE, Unit.DATE, Unit.HOURS)]),
       st.integers(1, 30), st.dates(date(2015, 1, 1), date(2040, 1, 1)))  # fmt: skip
def test_counting_inclusively_never_ends_later(unit: Unit, amount: int, start: date) -> None:
    after, among = (
        replace(RULES["EHC-04"], amount=amount, unit=unit, counting=counting)
        for counting in (Counting.EXCLUSIVE, Counting.INCLUSIVE)
    )
    last, first = (clocks.due(rule, start, PLAIN).due for rule in (after, among))
    assert first <= last
    if unit in (Unit.DAYS, Unit.WEEKS):
        assert first == last - timedelta(days=1)


# --- Packs ---------------------------------------------------------------------------------------------------


def test_two_versions_of_a_rule_never_hold_on_one_day() -> None:
    rule = RULES["EHC-04"]
    with pytest.raises(PackFault, match=r"two versions of EHC-04 hold on 2027-09-01\. End the earlier one"):
        Pack("x", "", (rule, replace(rule, in_force_from=date(2027, 9, 1))))
    ended = replace(rule, in_force_to=date(2027, 8, 31))
    assert len(Pack("x", "", (replace(rule, in_force_from=date(2027, 9, 1)), ended)).rules) == 2
    with pytest.raises(PackFault, match="2027-08-31"):
        Pack("x", "", (ended, replace(rule, in_force_from=date(2027, 8, 31))))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"in_force_to": date(2014, 8, 31)}, "ends before it starts"),
        ({"event": ""}, "counts from nothing"),
        ({"counting": Counting.NONE}, "whether its first day counts"),
        ({"kind": Kind.FIXED}, "without its day"),
        ({"fixed": date(2027, 8, 31)}, "without its day"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(PackFault, match=rf"Pack x: EHC-04 .*{words}"):
        Pack("x", "", (replace(RULES["EHC-04"], **change),))  # type: ignore[arg-type]
    assert Pack("x", "", (replace(RULES["EHC-04"], in_force_to=date(2014, 9, 1)),)).rules


@pytest.mark.parametrize(
    ("code", "on", "says"),
    [
        ("TRA-02", date(2022, 8, 31), "Years 8 to 13"),
        ("TRA-02", date(2022, 9, 1), "Years 7 to 13"),
        ("APP-11a", date(2020, 7, 20), "did not count"),
        ("APP-11a", date(2020, 7, 21), "August counts"),
    ],
)
def test_the_version_of_the_day_holds(code: str, on: date, says: str) -> None:
    assert says in book.in_force(on)[code].says
    assert [rule.in_force(on) for rule in book.versions(code)].count(True) == 1


def test_a_rule_does_not_hold_before_its_day() -> None:
    assert "EQ-08" not in book.in_force(date(2026, 8, 31))
    assert "EQ-08" in book.in_force(date(2026, 9, 1))
    assert RULES["APP-11a"].in_force_from == date(2020, 7, 21)
    assert [rule.in_force_from.year for rule in book.versions("APP-11a")] == [2010, 2020]


def test_a_proposal_changes_nothing_until_its_day_and_nothing_at_all_unless_looked_at() -> None:
    eve, day = date(2030, 8, 31), date(2030, 9, 1)
    assert book.in_force(eve, preview=True)["AR-01"] == book.in_force(day)["AR-01"] == RULES["AR-01"]
    assert book.in_force(day, preview=True)["AR-01"] in PROPOSAL.rules
    assert "ISP-01" not in book.in_force(date(2035, 1, 1))
    assert "ISP-01" not in book.in_force(date(2029, 8, 31), preview=True)
    assert "ISP-01" in book.in_force(date(2029, 9, 1), preview=True)
    assert not LAYERS.valid(ON)
    assert [entry.code for entry in LAYERS.valid(date(2029, 9, 1))] == [
        "universal", "targeted", "targeted-plus", "specialist",
    ]  # fmt: skip


# --- What a date says, and what cannot be -------------------------------------------------------------------


def test_a_parent_reads_why() -> None:
    said = clocks.due(RULES["EHC-04"], date(2026, 9, 7)).explain()
    assert said.startswith(
        "Decision whether to assess: due Monday 19 October 2026. It is owed by the council. It is 6 weeks from Monday 7 "
        "September 2026, when the council received the request. Next: "
    )
    assert said.endswith(" The rule is EHC-04, SEND Regulations 2014 reg 5(1)-(4).")


def test_a_word_that_a_parent_may_not_know_is_explained_once() -> None:
    said = clocks.due(RULES["APP-03b"], ON).explain()
    assert said.count("A working day is a day from Monday to Friday that is not a bank holiday.") == 1
    assert said.count("Mediation is a talk in which a person who takes no side helps people to agree.") == 1
    assert "SENCO" not in said
    assert "The SENCO is the teacher who leads on extra help" in clocks.due(RULES["AR-08"], ON).explain()
    assert list(meanings("A school day, two school days, a tribunal.")) == [
        MEANINGS["school day"], MEANINGS["tribunal"],
    ]  # fmt: skip
    assert list(meanings("MEDIATION and a senco")) == [MEANINGS["mediation"]], "SENCO is written in capitals"
    assert plain("the local authority and the integrated care board") == "the council and the NHS board"


@pytest.mark.parametrize(
    ("code", "start", "facts", "words"),
    [
        ("AR-05", date(2026, 11, 26), {}, "It is 2 weeks before Thursday 26 November 2026, when the review meeting is"),
        ("AR-05", date(2026, 11, 26), {}, "Read most strictly, the day is Wednesday 11 November 2026."),
        ("EHC-09", date(2026, 11, 23), {}, "The last day by its letter is Tuesday 8 December 2026."),
        (
            "EHC-09",
            date(2026, 11, 23),
            {},
            "when the draft plan arrived. It is one day less, to be safe on any reading.",
        ),
        (
            "AR-06",
            date(2026, 11, 26),
            {},
            "Read most strictly, the day is Wednesday 11 November 2026. Work to that day.",
        ),
        ("EHC-08", date(2026, 11, 23), {}, "was served. That day counts as the first."),
        ("EHC-11", date(2028, 1, 10), {}, "The date does not move; work to Friday 26 May 2028, the last open day"),
        ("GA-04", ON, {}, "The law names no number of days; the trust promises Monday 30 November 2026."),
        ("EHC-06", ON, {"sent": date(2026, 11, 20)}, "It is 6 weeks from Friday 20 November 2026, the date on the"),
        ("EHC-06", ON, {"sent": date(2026, 11, 20)}, "The earlier one counts: the rule itself gives until Monday 4"),
        (
            "EHC-06",
            ON,
            {},
            "The rule itself gives until the same day.",
        ),
        ("APP-02", ON, {}, "The count alone ends on Saturday 23 January 2027; nobody can argue with Friday 22 January"),
        ("APP-02", ON, {}, "It has to arrive by 5 in the afternoon."),
        (
            "APP-02",
            ON,
            {"certificate": date(2027, 1, 15)},
            "15 January 2027, the date of the mediation certificate.",
        ),
        ("APP-07", ON, {"order": "make"}, "It is 5 weeks from Monday 23 November 2026, when the order was made."),
        ("APP-07", ON, {"order": "keep"}, "It is at once, Monday 23 November 2026, when the order was made."),
        ("FOR-02", ON, {}, "It is the same day, Monday 23 November 2026, when force was used."),
        ("FOR-02", ON, {}, "The law names no number of days; good practice is Monday 23 November 2026."),
        (
            "TRA-07",
            ON,
            {"born": date(2022, 4, 1)},
            "The start of compulsory school age: Tuesday 31 August 2027. It is set",
        ),
        ("APP-02", ON, {}, "The last day to appeal: due Monday 25 January 2027. It is 2 months"),
        ("APP-07", ON, {"order": "make"}, "By then: send the draft plan."),
        ("AR-12", ON, {"meeting": date(2026, 11, 2)}, "12 weeks from Monday 2 November 2026, when the review meeting"),
        ("AR-14", ON, {"transfer_year": 2027, "phase": "junior"}, "the law wants it before Monday 15 February 2027."),
        (
            "DP-02",
            ON,
            {"asked": ON, "answered": ON + timedelta(days=3)},
            "and 3 days more, while an answer was awaited",
        ),
        ("SEN-03", ON, {}, "It is set by SI 2024/535."),
        ("AR-01", date(2026, 1, 15), {}, "Hold the review meeting by Thursday 17 December 2026"),
        ("DP-04", ON, {}, "Counted from midnight: give --at for the hour."),
        ("PAR-02", ON, {}, "No term is known for that day"),
        (
            "EHC-14c",
            ON,
            {"reviewed": ON},
            "It is the later of 3 months from the move and 12 months from the last review",
        ),
        ("APP-06", ON, {}, "A direction of the tribunal may set another day."),
    ],
)
def test_what_a_date_says(code: str, start: date, facts: dict[str, object], words: str) -> None:
    assert words in clocks.due(RULES[code], start, facts=Facts(**facts)).explain()  # type: ignore[arg-type]


def test_nothing_is_said_about_a_strict_day_that_is_the_same() -> None:
    facts = Facts(transfer_year=2027, phase="secondary")
    said = clocks.due(RULES["AR-14"], ON, facts=facts).explain()
    assert "by its letter" not in said
    assert "strictly" not in said
    assert "does not move" not in clocks.due(RULES["EHC-04"], date(2026, 9, 7)).explain()
    assert "count alone" not in clocks.due(RULES["APP-02"], date(2027, 12, 29)).explain()


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        (
            "APP-02",
            {"certificate": date(2026, 11, 22)},
            "APP-02: the certificate of 2026-11-22 is older than the letter",
        ),
        ("AR-12", {"meeting": date(2026, 11, 24)}, "AR-12: the notice of 2026-11-23 is older than the meeting"),
        ("AR-14", {"transfer_year": 2027, "phase": "college"}, "AR-14: 'college' is no phase. There are: school"),
        ("APP-07", {"order": "dance"}, "APP-07: 'dance' is no order. There are: dismiss, assess"),
        ("APP-08", {"order": "make"}, "APP-08: 'make' is no order"),
        ("EHC-06", {"sent": date(2026, 11, 24)}, "EHC-06: sent on 2026-11-24, after it arrived on 2026-11-23"),
        ("DP-02", {"asked": date(2026, 11, 22), "answered": ON}, "DP-02: request, question and answer have to follow"),
        ("DP-02", {"asked": date(2026, 11, 26), "answered": date(2026, 11, 25)}, "DP-02: request, question and answer"),
    ],
)
def test_facts_that_cannot_be_are_refused(code: str, facts: dict[str, object], words: str) -> None:
    with pytest.raises(NotComputed, match=words):
        clocks.due(RULES[code], ON, facts=Facts(**facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "facts"), [
    ("APP-02", {"certificate": ON}), ("AR-12", {"meeting": ON}), ("EHC-06", {"sent": ON}),
    ("DP-02", {"asked": ON, "answered": ON}),
])  # fmt: skip
def test_two_events_may_fall_on_one_day(code: str, facts: dict[str, object]) -> None:
    assert clocks.due(RULES[code], ON, facts=Facts(**facts)).due > ON  # type: ignore[arg-type]


def test_what_lies_ahead_has_not_happened() -> None:
    refusal = clocks.check_event(RULES["EHC-04"], date(2026, 11, 24), ON)
    assert refusal is not None
    assert "EHC-04 runs from" in refusal.reason
    assert refusal.field == "from"
    assert clocks.check_event(RULES["EHC-04"], ON, ON) is None
    assert clocks.check_event(RULES["AR-08"], date(2026, 12, 1), ON) is None, "a meeting may be planned"


def test_a_report_is_not_older_than_its_meeting() -> None:
    refusal = clocks.check_done(RULES["AR-08"], ON, date(2026, 11, 22))
    assert refusal is not None
    assert "AR-08: done on 2026-11-22, before 2026-11-23" in refusal.reason
    assert refusal.field == "done"
    assert clocks.check_done(RULES["AR-08"], ON, ON) is None
    assert clocks.check_done(RULES["GA-04"], ON, date(2026, 11, 22)) is not None, "a promise follows its event too"
    assert clocks.check_done(RULES["AR-06"], ON, date(2026, 11, 2)) is None, "papers go out before"
    assert clocks.check_done(RULES["TRA-06"], ON, date(2026, 11, 2)) is None


def test_a_trusts_stricter_figure_is_what_is_said() -> None:
    found = clocks.due(RULES["EHC-04"], date(2026, 9, 7), amount=5)
    assert (found.due, found.length) == (date(2026, 10, 12), "5 weeks")
    assert found.why() == "5 weeks from 7 Sep 2026, when the local authority received the request"
    assert found.why("it came") == "5 weeks from 7 Sep 2026, when it came"
    looser = clocks.due(RULES["EHC-04"], date(2026, 9, 7), amount=7)
    assert (looser.due, looser.promised) == (date(2026, 10, 19), date(2026, 10, 26)), "nobody loosens the law"
    assert "The law comes first: the rule itself gives until Monday 19 October 2026" in looser.explain()
    assert clocks.due(RULES["GA-04"], ON, amount=2).due == date(2026, 11, 25)
    assert clocks.due(RULES["EHC-08"], ON, amount=10).due == date(2026, 12, 2), "counted as the rule counts"
    assert clocks.due(RULES["GA-06"], ON).why() == "the day agreed with the family"


def test_a_newly_proclaimed_day_can_be_given() -> None:
    more = Facts(bank_holidays=frozenset({date(2026, 11, 24)}))
    assert clocks.due(RULES["APP-03b"], ON, facts=more).due == date(2026, 11, 27)
    assert clocks.due(RULES["APP-03b"], ON).due == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [(1, Unit.MONTHS, "1 month"), (-1, Unit.WEEKS, "1 week before"), (-2, Unit.WEEKS, "2 weeks before"),
     (10, Unit.SCHOOL_DAYS, "10 school days"), (2, Unit.DAYS, "2 days")],
)  # fmt: skip
def test_a_length_in_words(amount: int, unit: Unit, words: str) -> None:
    assert span(amount, unit) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [("EHC-04", "6 weeks"), ("GA-06", "a set date"), ("GA-04", "5 school days"), ("EHC-01", ""), ("FOR-02", "the same day"),
     ("APP-07", "as the order says"), ("AR-15", "5 months before")],
)  # fmt: skip
def test_the_length_of_a_rule(code: str, words: str) -> None:
    assert RULES[code].length == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SEN-02", "work to the day before"), ("AR-05", "two clear weeks, a day earlier, are safer"),
        ("EHC-06", "the aim is a working day earlier"), ("EHC-04", ""),
    ],
)  # fmt: skip
def test_the_safe_day_of_a_rule(code: str, words: str) -> None:
    assert RULES[code].safe_day == words


def test_where_law_and_promise_end_together_the_law_is_what_is_said() -> None:
    found = clocks.due(RULES["EHC-06"], ON)
    assert (found.due, found.promised, found.length) == (found.legal, found.legal, "")
    assert "when the request for advice arrived" in found.explain()


def test_a_need_that_is_no_fact_is_not_asked_for() -> None:
    rule = replace(RULES["EHC-04"], needs=(Option("--calendar", "the school's days", required=True),))
    assert clocks.due(rule, ON).due == ON + timedelta(weeks=6)


def test_hours_of_a_day() -> None:
    assert clocks.due(replace(RULES["EHC-04"], amount=48, unit=Unit.HOURS), ON).due == ON + timedelta(days=2)


def test_closures_alone_or_terms_alone_say_which_day_is_open() -> None:
    rule = RULES["EHC-04"]
    shut, terms = frozenset({date(2027, 1, 4)}), (Term("A", date(2026, 9, 2), date(2026, 12, 18)),)
    later = (*terms, Term("B", date(2027, 1, 5), date(2027, 2, 12)))
    assert clocks.due(rule, ON, SchoolCalendar((), shut)).practical == date(2027, 1, 1), "no bank holiday was given"
    assert clocks.due(rule, ON, SchoolCalendar(later)).practical == date(2026, 12, 18)


def test_a_question_without_its_answer_stops_nothing() -> None:
    assert clocks.due(RULES["DP-01"], ON, facts=Facts(asked=ON)).due == clocks.due(RULES["DP-01"], ON).due


def test_where_a_date_is_counted_from() -> None:
    assert clocks.due(RULES["AR-14"], ON, facts=WHOLE).counted_from == date(2027, 9, 1)
    assert clocks.due(RULES["DP-04"], date(2026, 10, 24)).due == date(2026, 10, 26), (
        "from midnight, an hour more that night"
    )
    assert [option.required for option in RULES["GA-04"].options] == [True, True]


def test_what_a_rule_needs_is_said() -> None:
    assert [option.name for option in RULES["DP-06"].options] == ["--from", "--calendar"]
    assert [option.name for option in RULES["GA-04"].options] == ["--from", "--calendar"]
    assert [(o.name, o.required) for o in RULES["APP-02"].options] == [("--from", True), ("--certificate", False)]
    assert [option.name for option in RULES["AR-14"].options] == ["--transfer-year", "--phase"]
    assert RULES["EHC-03"].options == ()
    assert RULES["GA-04"].counted_in is Unit.SCHOOL_DAYS
    assert RULES["ADM-11"].counted_in is Unit.SCHOOL_DAYS
    assert RULES["EHC-06"].counted_in is Unit.WEEKS
    assert RULES["EHC-01"].counted_in is Unit.NONE
    assert RULES["ID-03"].in_school_days
    assert not RULES["EHC-04"].in_school_days
    assert RULES["EHC-04"].promise_counting is Counting.NONE
    assert RULES["GA-04"].promise_counting is Counting.EXCLUSIVE
    assert str(RULES["EHC-06"].promise) == "6 weeks from the date on the request (Trust SEND policy section 11)"
    assert str(RULES["FOR-01"].promise) == "the same day (Good practice same day)"


# --- Lists ---------------------------------------------------------------------------------------------------


def test_a_plan_has_its_sections() -> None:
    assert "".join(entry.code[0] for entry in PLAN_SECTIONS) == "ABCDEFGHHIJK"
    assert all(kind in {"assess", "reassess", "amend"} for kind in ORDERS["APP-08"])


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=lambda checklist: checklist.code)
def test_a_list_has_a_source_and_every_item_its_own_code(checklist: object) -> None:
    from alongside.law.checklists import Checklist

    assert isinstance(checklist, Checklist)
    assert checklist.source.place
    codes = [item.code for item in checklist.items]
    assert len(codes) == len(set(codes)) > 2
    assert all(item.words for item in checklist.items)


def test_what_is_missing_from_a_list() -> None:
    invited = CHECKLISTS["REVIEW-INVITED"]
    assert [item.code for item in invited.missing(["family", "head", "authority", "health"], ON)] == ["care"]
    assert invited.missing([item.code for item in invited.items if item.required], ON) == ()
    assert len(CHECKLISTS["INFORMATION-REPORT"].items) == 31
    assert len(CHECKLISTS["DISCLOSURE"].items) == 12


def test_an_item_belongs_to_its_list_between_two_days() -> None:
    item = Item("new", "New", valid_from=date(2027, 9, 1), valid_to=date(2028, 8, 31))
    dated = replace(CHECKLISTS["FLAGS"], items=(item,))
    days = [date(2027, 8, 31), date(2027, 9, 1), date(2028, 8, 31), date(2028, 9, 1)]
    assert [len(dated.on(day)) for day in days] == [0, 1, 1, 0]
    assert [len(dated.missing((), day)) for day in days] == [0, 1, 1, 0]
