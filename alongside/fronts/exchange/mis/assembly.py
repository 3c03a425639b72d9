"""Students as the Assembly platform hands them out, with demographics, SEN history and ranked needs."""

from collections.abc import Iterator
from pathlib import Path

from alongside.fronts.exchange import words
from alongside.fronts.exchange.mis import json
from alongside.fronts.exchange.mis.json import Given
from alongside.fronts.exchange.record import (
    ContactRecord,
    FileHeader,
    Item,
    LanguageRecord,
    Phone,
    PupilRecord,
    SenNeed,
    SenPeriod,
    Unit,
)
from alongside.fronts.exchange.values import Desk
from alongside.kit.tables.faults import Fault, Severity


def read_assembly(path: Path) -> Iterator[Item]:
    """The students of one page. Raises Unreadable for a file that is no such page."""
    page = Given(json.load(path))
    yield FileHeader(kind="assembly", unit=Unit.RECORD)
    current, total = page.text("current_page") or "1", page.text("total_pages") or "1"
    if current != total:
        yield Fault(
            0, "file",
            f"This is page {current} of {total}. Bring in the others too; the pupils on them stay as they are until "
            "then.",
            Severity.WARN,
        )  # fmt: skip
    for ordinal, student in enumerate(page.each("data"), start=1):
        yield _student(student, ordinal)


def _student(student: Given, ordinal: int) -> PupilRecord:
    desk = Desk(ordinal)
    facts = Given(student.at("demographics"))
    return PupilRecord(
        line=ordinal,
        ordinal=ordinal,
        upn=desk.upn("upn", student.text("upn")),
        former_upn=desk.upn("former_upn", student.text("former_upn")),
        mis_id=desk.text("mis_id", student.text("mis_id") or student.text("id")),
        uln=desk.text("uln", student.text("uln")),
        surname=desk.text("surname", student.text("legal_last_name") or student.text("last_name")),
        forename=desk.text("forename", student.text("legal_first_name") or student.text("first_name")),
        middle_names=desk.text("middle_names", student.text("middle_name")),
        preferred_surname=desk.text("preferred_surname", student.text("last_name")),
        preferred_forename=desk.text("preferred_forename", student.text("first_name")),
        former_surname=desk.text("former_surname", student.text("former_last_name")),
        born_on=desk.date("born_on", student.text("dob"), refuse=True),
        sex=desk.word("sex", facts.text("gender"), words.SEX),
        nc_year=desk.year("nc_year", student.text("year_code")),
        ethnicity=desk.word("ethnicity", facts.text("ethnicity_code"), words.ETHNICITY),
        languages=_languages(student),
        eal=desk.yes_no("eal", facts.text("is_eal")),
        enrol_status=desk.word("enrol_status", student.text("enrolment_status"), words.ENROL_STATUS),
        entered_on=desk.date("entered_on", student.text("start_date")),
        left_on=desk.date("left_on", student.text("end_date")),
        fsm=desk.yes_no("fsm", facts.text("is_fsm")),
        fsm_ever_6=desk.yes_no("fsm_ever_6", facts.text("is_fsm6")),
        pupil_premium=desk.yes_no("pupil_premium", facts.text("is_pp")),
        in_care=desk.yes_no("in_care", facts.text("in_care")),
        ever_in_care=desk.yes_no("ever_in_care", facts.text("ever_in_care")),
        service_child=desk.word("service_child", facts.text("service_child"), words.SERVICE),
        sen=_sen(desk, facts),
        needs=_needs(desk, facts),
        contacts=tuple(_contacts(desk, student)) or None,
        faults=tuple(desk.faults),
    )


def _sen(desk: Desk, facts: Given) -> tuple[SenPeriod, ...] | None:
    """The dated history where there is one; else what holds now."""
    periods = []
    for each in facts.each("sen_category_history"):
        code = desk.word("sen_provision", each.text("code") or each.text("description"), words.SEN_PROVISION)
        if code:
            start = desk.date("sen_start", each.text("start_date"), refuse=True)
            end = desk.date("sen_end", each.text("end_date"), refuse=True)
            periods.append(SenPeriod(provision=code, start=start, end=end))
    if not periods:
        now = desk.word("sen_provision", facts.text("sen_category"), words.SEN_PROVISION)
        periods = [SenPeriod(provision=now)] if now else []
    return tuple(periods) or None


def _needs(desk: Desk, facts: Given) -> tuple[SenNeed, ...] | None:
    needs = []
    for each in facts.each("sen_needs"):
        text = each.text("sen_need_type_code") or each.text("sen_need_type_name")
        code = desk.word("need_type", text, words.NEED_TYPE)
        if code:
            rank = desk.whole("need_rank", each.text("priority"))
            needs.append(SenNeed(code=code, rank=rank, start=desk.date("need_start", each.text("start_date"))))
    return tuple(needs) or None


def _languages(student: Given) -> tuple[LanguageRecord, ...] | None:
    found = [
        LanguageRecord(code=code.upper(), kind=each.text("type"))
        for each in student.each("languages")
        if (code := each.text("language_code") or each.text("code"))
    ]
    return tuple(found) or None


def _contacts(desk: Desk, student: Given) -> Iterator[ContactRecord]:
    for each in student.each("contacts"):
        numbers = [Phone(number=number[:40]) for number in (each.text("phone"), each.text("mobile")) if number]
        yield ContactRecord(
            order=desk.whole("contacts", each.text("priority")),
            title=desk.text("contacts", each.text("title")),
            surname=desk.text("contacts", each.text("last_name")),
            forename=desk.text("contacts", each.text("first_name")),
            relationship=desk.word("relationship", each.text("relationship"), words.RELATIONSHIP),
            responsible=desk.yes_no("contacts", each.text("parental_responsibility")),
            phones=tuple(numbers) or None,
            email=desk.text("email", each.text("email")),
            mis_id=desk.text("contacts", each.text("id")),
        )
