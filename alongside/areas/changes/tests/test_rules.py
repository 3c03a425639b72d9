"""What goes out and what does not, and how far a school is: by tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.areas.changes import rules
from alongside.areas.changes.rules import Draft, Stand

ON = date(2026, 11, 23)
DAY = timedelta(days=1)
WHOLE = Draft(
    "A form", "national", summary="It changes.", source="A letter", effective_on=ON + 30 * DAY, todo="Use it.",
    due_on=ON + 20 * DAY,
)  # fmt: skip


def refused(draft: Draft, schools: tuple[int, ...] = (1, 2)) -> str:
    refusal = rules.may_publish(draft, concerned=schools, on=ON)
    return refusal.field if refusal else ""


def test_a_whole_notice_goes_out() -> None:
    assert rules.check_draft(WHOLE) is None and refused(WHOLE) == ""


@pytest.mark.parametrize("field", ["title", "summary", "source", "todo"])
@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_what_is_missing_is_named(field: str, empty: str) -> None:
    assert refused(replace(WHOLE, **{field: empty})) == field  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"effective_on": None}, "effective_on"), ({"due_on": None}, "due_on"),
        ({"due_on": ON - DAY}, "due_on"), ({"due_on": ON}, ""),
        ({"due_on": ON + 30 * DAY}, ""), ({"due_on": ON + 31 * DAY}, "due_on"),
        ({"due_on": ON + 31 * DAY, "why_late": "Told of it late"}, ""), ({"due_on": ON + 31 * DAY, "why_late": " "}, "due_on"),
        ({"effective_on": ON - 9 * DAY}, "due_on"), ({"effective_on": ON - 9 * DAY, "why_late": "In force since"}, ""),
        ({"due_on": ON - DAY, "why_late": "It is late"}, "due_on"),
        ({"reach": "local"}, "council"), ({"reach": "local", "council": "A council"}, ""),
    ],
)  # fmt: skip
def test_days_and_whom_it_concerns(more: dict[str, Any], field: str) -> None:
    assert refused(replace(WHOLE, **more)) == field


def test_a_change_that_concerns_no_school_stays_here() -> None:
    assert refused(replace(WHOLE, reach="local", council="A council"), ()) == "la"


@pytest.mark.parametrize("reach", ["", "regional", "NATIONAL"])
def test_a_draft_says_whose_change_it_is(reach: str) -> None:
    refusal = rules.check_draft(replace(WHOLE, reach=reach))
    assert refusal is not None and refusal.field == "reach"


@pytest.mark.parametrize(
    ("link", "fine"),
    [
        ("", True), ("https://www.gov.uk/guidance/send?x=1#part-2", True), ("https://council.example:443/a", True),
        ("http://www.gov.uk/", False), ("www.gov.uk", False), ("javascript:alert(1)", False),
        ("https://", False), ("https://localhost/", False), ("https://10.0.0.1/", False), ("https://gov.uk:8000/", False),
        ("https://me:secret@gov.uk/", False), ("https://gov.uk@evil.example/", False), ("https://gov.uk/a b", False),
        ('https://gov.uk/"onclick=x', False), ("https://gov.uk/<b>", False), ("https://gov.uk/\n", False),
        ("https://gov.uk/’", False), ("https://[::1]/", False), ("https://gov.uk:99999999/", False), ("HTTPS://gov.uk/", True),
        ("//gov.uk/", False), ("data:text/html,x", False),
    ],
)  # fmt: skip
def test_only_a_plain_address_is_a_link(link: str, fine: bool) -> None:
    assert (rules.check_link(link) is None) is fine


@given(some.text(max_size=60))
def test_no_address_breaks_the_rule(link: str) -> None:
    refusal = rules.check_link(link)
    assert refusal is None or refusal.field == "link"
    if refusal is None and link:
        assert link.lower().startswith("https://") and not set(link) & set("<>\"' \n\t")


@pytest.mark.parametrize(
    ("done", "acknowledged", "due", "stand"),
    [
        (False, False, 0, Stand.WAITING), (False, True, 0, Stand.ACKNOWLEDGED), (True, True, 0, Stand.DONE),
        (False, False, -1, Stand.LATE), (False, True, -1, Stand.LATE), (True, True, -9, Stand.DONE),
        (False, False, 9, Stand.WAITING),
    ],
)  # fmt: skip
def test_each_school_is_in_one_state(done: bool, acknowledged: bool, due: int, stand: Stand) -> None:
    assert rules.stand(done=done, acknowledged=acknowledged, due_on=ON + due * DAY, on=ON) is stand


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        (rules.may_change(published=False), None), (rules.may_change(published=True), "Withdraw it"),
        (rules.may_withdraw(published=True, withdrawn=False, reason="Wrong"), None),
        (rules.may_withdraw(published=False, withdrawn=False, reason="Wrong"), "draft"),
        (rules.may_withdraw(published=True, withdrawn=True, reason="Wrong"), "already"),
        (rules.may_withdraw(published=True, withdrawn=False, reason=" "), "why"),
        (rules.may_add("More", standing=True), None), (rules.may_add("More", standing=False), "does not stand"),
        (rules.may_add(" ", standing=True), "Write"),
        (rules.may_acknowledge(standing=True, acknowledged=False), None),
        (rules.may_acknowledge(standing=True, acknowledged=True), "already"),
        (rules.may_acknowledge(standing=False, acknowledged=False), "withdrawn"),
        (rules.may_finish("Told", standing=True, done=False), None), (rules.may_finish("", standing=True, done=False), "few words"),
        (rules.may_finish("Told", standing=True, done=True), "already"),
        (rules.may_finish("Told", standing=False, done=False), "withdrawn"),
        (rules.may_ask("When?", standing=True), None), (rules.may_ask(" ", standing=True), "question"),
        (rules.may_ask("When?", standing=False), "withdrawn"),
        (rules.may_answer("Now", answered=False), None), (rules.may_answer("Now", answered=True), "already"),
        (rules.may_answer("", answered=False), "answer"),
    ],
)  # fmt: skip
def test_what_may_be_done(refusal: Any, says: str | None) -> None:
    assert (refusal is None) is (says is None)
    if says is not None:
        assert says in refusal.reason
