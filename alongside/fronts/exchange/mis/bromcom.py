"""Bromcom's SEN entities as CSV: SENStudents (status) and SENStudentNeeds (needs).

They carry no names, so they only add to pupils already known, found by UPN alone.
"""

from collections.abc import Iterator
from datetime import date

from alongside.fronts.exchange.record import Item
from alongside.fronts.exchange.table.format import Table, read_table

STATUSES = {
    "StudentID": "", "UPN": "upn", "SENStatusCode": "sen_provision", "SENStatusDescription": "",
    "StartDate": "sen_start", "EndDate": "sen_end", "InSENUnit": "sen_unit",
    "InResourcedProvision": "sen_resourced",
}  # fmt: skip
NEEDS = {
    "StudentID": "", "UPN": "upn", "NeedTypeCode": "need_type", "NeedTypeDescription": "", "Rank": "need_rank",
    "StartDate": "need_start", "EndDate": "need_end",
}  # fmt: skip


def entity(headings: tuple[str, ...]) -> dict[str, str] | None:
    """The columns of the entity that a row of headings belongs to; None for any other table."""
    for columns in (STATUSES, NEEDS):
        if {"UPN", *list(columns)[2:3]} <= set(headings) <= set(columns):
            return {heading: columns[heading] for heading in headings}
    return None


def read_bromcom(table: Table, *, on: date) -> Iterator[Item]:
    """The pupils of an entity table, with SEN facts only."""
    return read_table(table, on=on, columns=entity(table.headings), kind="bromcom")
