"""Pages of students as Wonde's API hands them out (/schools/{id}/students with its includes).

Every include is wrapped in a further `data`. `sen_status` is free text that differs by MIS, and ranked
needs are behind a permission of their own: a page without them says nothing about needs.
"""

from collections.abc import Iterator
from datetime import date
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


def read_wonde(path: Path) -> Iterator[Item]:
    """The students of one page, or of a list of pages. Raises Unreadable for a file that is no such page."""
    whole = json.load(path)
    pages = [Given(page) for page in (whole if isinstance(whole, list) else [whole])]
    yield FileHeader(kind="wonde", unit=Unit.RECORD)
    last = pages[-1] if pages else Given({})
    if last.at("meta", "pagination", "more") is True:
        number = last.text("meta", "pagination", "current_page") or "one"
        yield Fault(
            0, "file",
            f"This is page {number} and more pages follow. Bring in the others too; the pupils on them stay as they "
            "are until then.",
            Severity.WARN,
        )  # fmt: skip
    ordinal = 0
    for page in pages:
        for student in page.each("data"):
            ordinal += 1
            yield _student(student, ordinal)


def _student(student: Given, ordinal: int) -> PupilRecord:
    desk = Desk(ordinal)
    education, extended = ("education_details", "data"), ("extended_details", "data")
    provision = desk.word("sen_provision", student.text(*extended, "sen_status"), words.SEN_PROVISION)
    return PupilRecord(
        line=ordinal,
        ordinal=ordinal,
        upn=desk.upn("upn", student.text(*education, "upn")),
        former_upn=desk.upn("former_upn", student.text(*education, "former_upn")),
        mis_id=desk.text("mis_id", student.text("mis_id") or student.text("id")),
        surname=desk.text("surname", student.text("legal_surname") or student.text("surname")),
        forename=desk.text("forename", student.text("legal_forename") or student.text("forename")),
        middle_names=desk.text("middle_names", student.text("middle_names")),
        preferred_surname=desk.text("preferred_surname", student.text("surname")),
        preferred_forename=desk.text("preferred_forename", student.text("forename")),
        born_on=_day(desk, "born_on", student, "date_of_birth", refuse=True),
        sex=desk.word("sex", student.text("gender"), words.SEX),
        nc_year=desk.year("nc_year", student.text(*education, "current_nc_year")),
        group=_group(desk, student),
        ethnicity=desk.word("ethnicity", student.text(*extended, "ethnicity"), words.ETHNICITY),
        languages=_languages(student.text(*extended, "first_language")),
        eal=desk.yes_no("eal", student.text(*extended, "english_as_additional_language")),
        entered_on=_day(desk, "entered_on", student, *education, "admission_date"),
        left_on=_day(desk, "left_on", student, *education, "leaving_date"),
        fsm=desk.yes_no("fsm", student.text(*extended, "free_school_meals")),
        fsm_ever_6=desk.yes_no("fsm_ever_6", student.text(*extended, "free_school_meals_6")),
        pupil_premium=desk.yes_no("pupil_premium", student.text(*extended, "premium_pupil_indicator")),
        in_care=desk.yes_no("in_care", student.text(*extended, "in_lea_care")),
        ever_in_care=desk.yes_no("ever_in_care", student.text(*extended, "ever_in_care")),
        service_child=desk.word("service_child", student.text(*extended, "service_children_indicator"), words.SERVICE),
        sen=(SenPeriod(provision=provision),) if provision else None,
        needs=_needs(desk, student),
        contacts=tuple(_contacts(desk, student)) or None,
        faults=tuple(desk.faults),
    )


def _day(desk: Desk, field: str, student: Given, *path: str, refuse: bool = False) -> date | None:
    """A date that Wonde wraps as {"date": "2022-06-22 00:00:00.000000", "timezone": …}."""
    return desk.date(field, student.text(*path, "date") or student.text(*path), refuse=refuse)


def _group(desk: Desk, student: Given) -> str | None:
    """The registration group; else the class, when the pupil is in exactly one."""
    group = student.text("group", "data", "name")
    classes = [each.text("name") for each in student.each("classes")]
    return desk.text("group", group or (classes[0] if len(classes) == 1 else None))


def _languages(code: str | None) -> tuple[LanguageRecord, ...] | None:
    found = words.LANGUAGE.get(words.plain(code or ""))
    if found is None and code and len(code) in (3, 4) and code.isalpha():
        found = code.upper()
    return (LanguageRecord(code=found, kind="F"),) if found else None


def _needs(desk: Desk, student: Given) -> tuple[SenNeed, ...] | None:
    """The ranked needs, where the school has shared them."""
    needs = []
    for each in student.each("sen_needs"):
        text = each.text("code") or each.text("type") or each.text("description")
        code = desk.word("need_type", text, words.NEED_TYPE)
        if code:
            rank = desk.whole("need_rank", each.text("rank") or each.text("ranking"))
            needs.append(SenNeed(code=code, rank=rank, start=_day(desk, "need_start", each, "start_date")))
    return tuple(needs) or None


def _contacts(desk: Desk, student: Given) -> Iterator[ContactRecord]:
    for each in student.each("contacts"):
        tie = ("relationship", "data")
        details = ("contact_details", "data")
        numbers = [
            Phone(number=number[:40], kind=kind)
            for kind, name in (("H", "home"), ("M", "mobile"), ("W", "work"))
            if (number := each.text(*details, "phones", name))
        ]
        yield ContactRecord(
            order=desk.whole("contacts", each.text(*tie, "priority")),
            title=desk.text("contacts", each.text("title")),
            surname=desk.text("contacts", each.text("surname")),
            forename=desk.text("contacts", each.text("forename")),
            relationship=desk.word("relationship", each.text(*tie, "relationship"), words.RELATIONSHIP),
            responsible=desk.yes_no("contacts", each.text(*tie, "parental_responsibility")),
            phones=tuple(numbers) or None,
            email=desk.text("email", each.text(*details, "emails", "email")),
            mis_id=desk.text("contacts", each.text("id")),
        )
