"""Students as Arbor's GraphQL answers them. SEN is an entity of its own there: dated assignments of a status."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from alongside.fronts.exchange import words
from alongside.fronts.exchange.mis import json
from alongside.fronts.exchange.mis.json import Given
from alongside.fronts.exchange.record import FileHeader, Item, PupilRecord, SenNeed, SenPeriod, Unit
from alongside.fronts.exchange.values import Desk


def read_arbor(path: Path) -> Iterator[Item]:
    """The students of one answer. Raises Unreadable for a file that is no such answer.

    Without `upnAssignments` in the question there is no UPN: pupils are then found by Arbor's own number.
    """
    answer = Given(json.load(path))
    yield FileHeader(kind="arbor", unit=Unit.RECORD)
    for ordinal, student in enumerate(answer.each("data", "Student"), start=1):
        yield _student(student, ordinal)


def _student(student: Given, ordinal: int) -> PupilRecord:
    desk = Desk(ordinal)
    return PupilRecord(
        line=ordinal,
        ordinal=ordinal,
        upn=desk.upn("upn", _upn(student)),
        mis_id=desk.text("mis_id", student.text("id")),
        surname=desk.text("surname", student.text("legalLastName")),
        forename=desk.text("forename", student.text("legalFirstName")),
        preferred_surname=desk.text("preferred_surname", student.text("preferredLastName")),
        preferred_forename=desk.text("preferred_forename", student.text("preferredFirstName")),
        born_on=desk.date("born_on", student.text("dateOfBirth"), refuse=True),
        sex=desk.word("sex", student.text("gender", "displayName") or student.text("gender"), words.SEX),
        nc_year=desk.year("nc_year", student.text("displayAcademicLevel", "displayName")),
        entered_on=desk.date("entered_on", student.text("mostRecentEntryDate")),
        left_on=desk.date("left_on", student.text("leavingDate")),
        sen=_sen(desk, student),
        needs=_needs(desk, student),
        faults=tuple(desk.faults),
    )


def _upn(student: Given) -> str | None:
    """The UPN that holds now: the assignment without an end, else the newest."""
    assignments = sorted(
        student.each("upnAssignments"), key=lambda each: (each.at("endDate") is None, each.text("startDate") or "")
    )
    return student.text("upn") or (assignments[-1].text("upn") if assignments else None)


def _sen(desk: Desk, student: Given) -> tuple[SenPeriod, ...] | None:
    periods = []
    for each in student.each("senStatusAssignments"):
        text = each.text("senStatus", "code") or each.text("senStatus", "displayName")
        code = desk.word("sen_provision", text, words.SEN_PROVISION)
        if code:
            start, end = _days(desk, each)
            unit = desk.yes_no("sen_unit", each.text("isMemberOfSenUnit"))
            resourced = desk.yes_no("sen_resourced", each.text("hasResourcedProvision"))
            periods.append(SenPeriod(provision=code, start=start, end=end, unit=unit, resourced=resourced))
    return tuple(periods) or None


def _needs(desk: Desk, student: Given) -> tuple[SenNeed, ...] | None:
    needs = []
    for each in student.each("senNeeds"):
        text = each.text("senNeedType", "code") or each.text("senNeedType", "displayName")
        code = desk.word("need_type", text, words.NEED_TYPE)
        if code:
            start, end = _days(desk, each)
            rank = desk.whole("need_rank", each.text("rank"))
            needs.append(SenNeed(code=code, rank=rank, start=start, end=end))
    return tuple(needs) or None


def _days(desk: Desk, each: Given) -> tuple[date | None, date | None]:
    start = desk.date("sen_start", each.text("startDate"), refuse=True)
    return start, desk.date("sen_end", each.text("endDate"), refuse=True)
