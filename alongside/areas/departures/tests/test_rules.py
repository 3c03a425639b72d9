"""From what a school may depart, and with which words and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.areas.departures import rules
from alongside.areas.departures.rules import OF_THE_CODE, Draft, may_depart_from, may_log, says_nothing
from alongside.law import book
from alongside.law.clocks import OF_THE_CODE as CLOCKS
from alongside.law.sources import Weight
from tests.people import TODAY

DAY = timedelta(days=1)
GOOD = Draft(
    "pupil", "GA-09", "One long cycle instead of two", "The therapist asked for it", "She keeps her helper", TODAY - DAY
)
CAME = date(2022, 9, 5)


def refused(draft: Draft, *, came: date | None = CAME, known: bool = False, heads: bool = False) -> str:
    found = may_log(draft=draft, came=came, on=TODAY, known=known, heads=heads)
    return f"{found.field}: {found.reason}" if found else ""


def test_a_should_with_its_reason_is_logged() -> None:
    assert refused(GOOD) == ""
    other = replace(GOOD, rule="", paragraph="9.166", asks="Schools should help prepare for the meeting")
    assert refused(other) == ""
    assert refused(replace(GOOD, about="school", decider="head"), came=None) == ""
    assert refused(replace(GOOD, about="group", group="Year 7")) == ""


def test_only_what_the_code_asks_of_schools_can_be_departed_from() -> None:
    for code, rule in book.RULES.items():
        found = may_depart_from(code)
        assert (found is None) == (code in OF_THE_CODE)
        if rule.source.weight is Weight.STATUTE:
            assert found and "“must”" in found.reason and "cannot be departed from" in found.reason
    assert "AR-02" not in OF_THE_CODE, "that is the council’s"
    assert "ADM-07" not in OF_THE_CODE and "“must”" in str(may_depart_from("ADM-07")), "the Code repeats the law there"
    assert "SEND Code" in str(may_depart_from("S04-TRIAGE")), "a promise of the trust is not the Code’s"
    assert set(CLOCKS) <= set(OF_THE_CODE) and set(rules.EXPLAINED_BY) == set(CLOCKS)
    assert list(OF_THE_CODE)[:2] == ["ID-01", "ID-04"], "by paragraph"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rule": "AR-01"}, "rule: “"), ({"rule": "<script>"}, "rule: Choose what"), ({"rule": ""}, "rule: Choose what"),
        ({"rule": "", "paragraph": "6,44"}, "paragraph: Give the paragraph"),
        ({"rule": "", "paragraph": "12.1"}, "paragraph: Give the paragraph"),
        ({"rule": "", "paragraph": "٦.44"}, "paragraph: Give the paragraph"),
        ({"rule": "", "paragraph": "6.44"}, "asks: Write what"),
        ({"rule": "", "paragraph": "9.1", "asks": "A school must do so at once"}, "asks: Where the Code says “must”"),
        ({"about": "class"}, "about: Choose"), ({"about": "group", "group": "n/a"}, "group: Say which"),
        ({"decider": "mum"}, "decider: Choose"), ({"about": "school", "decider": "senco"}, "decider: What concerns"),
        ({"instead": ""}, "instead: Write"), ({"reason": ""}, "reason: Write the reason"),
        ({"reason": "n/a"}, "reason: Write the reason"), ({"reason": "None."}, "reason: Write the reason"),
        ({"reason": "no reason given"}, "reason: Write the reason"), ({"reason": "... - ..."}, "reason: Write the reason"),
        ({"reason": "x x x x"}, "reason: Write the reason"), ({"effect": "none"}, "effect: Write what it means"),
        ({"since": TODAY + DAY}, "since: That day has not come"), ({"since": CAME - DAY}, "since: The pupil came"),
        ({"since": date(2014, 8, 31)}, "since: The Code began"), ({"until": TODAY - 2 * DAY}, "until: The last day"),
        ({"until": date(2027, 11, 23)}, "until: A year at most"),
    ],
)  # fmt: skip
def test_what_is_no_departure_is_refused_with_a_sentence(change: dict[str, object], says: str) -> None:
    assert refused(replace(GOOD, **change)).startswith(says)  # type: ignore[arg-type]


def test_the_edges_of_days_and_who_decides() -> None:
    assert refused(replace(GOOD, since=CAME)) == "" and refused(replace(GOOD, since=TODAY)) == ""
    assert refused(replace(GOOD, until=GOOD.since)) == "" and refused(replace(GOOD, until=date(2027, 11, 22))) == ""
    assert refused(replace(GOOD, since=CAME - DAY), came=None) == ""
    assert refused(replace(GOOD, about="school", decider="senco"), heads=True) == "", "the head decides by logging it"
    assert refused(GOOD, known=True).startswith(": This is logged already")


@pytest.mark.parametrize(
    "words", ["", "n/a", "N/A", "none", "See above.", "to be confirmed", "---", "aa aa aa", "two words"]
)
def test_words_that_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["The boiler broke", "Nie było nauczyciela wspomagającego", "Not known yet to us"])
def test_words_that_say_something(words: str) -> None:
    assert not says_nothing(words)


@pytest.mark.parametrize(
    ("decision", "words", "decided", "says"),
    [
        ("agreed", "", False, ""), ("refused", "She needs two cycles", False, ""),
        ("refused", "no", False, "words: Say why not"), ("maybe", "", False, "decision: Choose"),
        ("agreed", "", True, ": This is decided already"),
    ],
)  # fmt: skip
def test_a_decision_is_made_once_and_a_no_says_why(decision: str, words: str, decided: bool, says: str) -> None:
    found = rules.may_decide(decision=decision, words=words, decided=decided)
    assert (f"{found.field}: {found.reason}" if found else "").startswith(says) and bool(found) == bool(says)


@pytest.mark.parametrize(
    ("last_day", "ended", "words", "says"),
    [
        (TODAY, False, "She settled well now", ""), (TODAY - 3 * DAY, False, "She settled well now", ""),
        (TODAY + DAY, False, "She settled well now", "last_day"), (TODAY - 4 * DAY, False, "She settled well", "last_day"),
        (TODAY, False, "n/a", "words"), (TODAY, True, "She settled well now", "ended already"),
    ],
)  # fmt: skip
def test_an_end_has_its_day_and_its_word(last_day: date, ended: bool, words: str, says: str) -> None:
    found = rules.may_end(since=TODAY - 3 * DAY, ended=ended, last_day=last_day, words=words, on=TODAY)
    assert bool(found) == bool(says) and (
        not found or says in (found.field, *[found.reason[9:22]]) or says in found.reason
    )


def test_a_late_entry_says_how_late() -> None:
    assert [rules.late_words(TODAY - days * DAY, TODAY) for days in (0, 1, 12)] == ["", "", "logged 12 days later"]
