"""Small files of invented pupils, for tests."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from alongside.base.access.actor import Actor
from alongside.base.schools.models import School
from alongside.fronts.exchange import actions
from alongside.fronts.exchange.ctf.format import write_ctf
from alongside.fronts.exchange.models import Batch, Row
from alongside.fronts.exchange.record import Establishment, FileHeader, PupilRecord
from alongside.law import upn
from tests.people import TODAY

UPNS = [upn.make("201", "8500", 19, number) for number in range(1, 100)]
HEAD = "UPN,Adno,Surname,Forename,DOB,Gender,Year,Form,SEN Status,SEN Need Type,SEN Need Rank,SEN Start Date"


def csv_row(number: int, **change: str) -> str:
    """One pupil's row; `change` overrides cells by heading in small letters with underscores."""
    cells = {
        "upn": UPNS[number], "adno": f"{number:06d}", "surname": f"Test-{number}", "forename": "Jude",
        "dob": "22/06/2018", "gender": "F", "year": "4", "form": "4W", "sen_status": "", "sen_need_type": "",
        "sen_need_rank": "", "sen_start_date": "",
    }  # fmt: skip
    return ",".join({**cells, **change}.values())


def csv_file(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def ctf_file(path: Path, source: School, to: School, *pupils: PupilRecord) -> Path:
    def end(school: School) -> Establishment:
        return Establishment(la=school.la, number=school.establishment, urn=school.urn, name=school.name)

    out = StringIO()
    header = FileHeader(
        kind="ctf", document="Common Transfer File", version="26.0", source=end(source), destination=end(to)
    )
    write_ctf(out, header, pupils)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def receive(school: School, path: Path, by: Actor) -> Batch:
    return actions.receive(school=school, path=path, name=path.name, by=by, on=TODAY)


def staged(school: School, path: Path, by: Actor) -> Batch:
    batch = receive(school, path, by)
    assert batch.refused_at is None, batch.says
    assert batch.matched_at is not None
    actions.stage(batch=batch, by=by, on=TODAY)
    batch.refresh_from_db()
    return batch


def applied(school: School, path: Path, by: Actor) -> Batch:
    batch = staged(school, path, by)
    assert actions.apply(batch=batch, by=by, on=TODAY)
    batch.refresh_from_db()
    return batch


def verdicts(batch: Batch) -> dict[str, int]:
    """How many rows of each verdict, without those that have none."""
    return {verdict: count for verdict, count in actions.counts(batch).items() if count}


def row(batch: Batch, number: int) -> Row:
    return Row.objects.get(batch=batch, upn=UPNS[number])


def undo(batch: Batch, by: Actor) -> Any:
    return actions.undo(batch=batch, by=by, on=TODAY)


def lines(rows: Sequence[Row]) -> list[int]:
    return [each.line for each in rows]
