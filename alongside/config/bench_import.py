"""How long it takes to bring in a trust's pupils: `python -m alongside.config.bench_import [pupils] [ctf csv …]`.

Makes a file of invented pupils, a throw-away database with row-level security and row history as in
production, and runs `alongside import` in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from alongside.config import postgres
from alongside.fronts.exchange.ctf.format import write_ctf
from alongside.fronts.exchange.record import (
    Address,
    AttendanceRecord,
    ContactRecord,
    Establishment,
    FileHeader,
    FsmPeriod,
    LanguageRecord,
    Phone,
    PupilRecord,
    ResultRecord,
    SchoolRecord,
    SenNeed,
    SenPeriod,
)
from alongside.law import upn

PUPILS = 60_000
BAD_SHARE = 100  # one pupil in a hundred has a wrong check letter
ROOT = Path(__file__).resolve().parents[2]
_GIVEN = (
    "Ada",
    "Bo",
    "Cass",
    "Dara",
    "Ezra",
    "Fern",
    "Gwen",
    "Idris",
    "Jaya",
    "Kai",
    "Leo",
    "Mina",
    "Nia",
    "Otis",
    "Priya",
)
_FAMILY = ("Abara", "Béranger", "Chowdhury", "Dunmore", "Farrant", "Ghaffar", "Ibekwe", "Jessop", "Karim", "Ní-Bhriain")
_NEEDS = ("SLCN", "ASD", "SPLD", "MLD", "SEMH", "HI", "VI", "PD", "DS")
SCHOOL = Establishment(la="201", number="9001", urn="190001", name="Beckside All-through School", academic_year="2026")


def pupils(count: int) -> Iterator[PupilRecord]:
    """Invented pupils, the same every time: a fifth with SEN, a third with free meals, one in a hundred wrong."""
    chance = random.Random(20150129)  # noqa: S311  (invented pupils, not secrets)
    for number in range(count):
        age = chance.randrange(4, 18)
        born = date(2026 - age, 1, 1) + timedelta(days=chance.randrange(240))
        right = upn.make(
            str(202 + number // 100_000), f"{number // 1000 % 100 + 1000}", 2010 + number % 16, number % 1000
        )
        letter = upn.ALPHABET[(upn.ALPHABET.index(right[0]) + 1) % 23] + right[1:]
        yield _pupil(chance, number, age, born, letter if number % BAD_SHARE == BAD_SHARE - 1 else right)


def _pupil(chance: random.Random, number: int, age: int, born: date, number_: str) -> PupilRecord:
    family, given = f"{chance.choice(_FAMILY)}-{number:05d}", chance.choice(_GIVEN)
    provision = chance.choices((None, "K", "E"), (80, 14, 6))[0]
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(1200))
    needs = chance.sample(_NEEDS, chance.randrange(1, 3))
    year = "R" if age == 4 else str(min(age - 4, 13))
    phone = Phone(number=f"07700 900{number % 1000:03d}", kind="M")
    return PupilRecord(
        line=number + 1, ordinal=number + 1, upn=number_, mis_id=f"{number:06d}", surname=family, forename=given,
        preferred_surname=family, preferred_forename=given, born_on=born, sex=chance.choice("FM"), nc_year=year,
        group=f"{year}{chance.choice('ABCD')}", ethnicity="WBRI", ethnicity_source="P", medical=False, enrol_status="C",
        languages=(LanguageRecord(code=chance.choice(("ENG", "ENG", "ENG", "POL", "URD")), kind="F"),), in_care=False,
        fsm_periods=(FsmPeriod(start=date(2024, 9, 10), country="ENG"),) if number % 3 == 0 else None,
        sen=(SenPeriod(provision=provision, start=start),) if provision else None,
        needs=tuple(SenNeed(code=code, rank=rank) for rank, code in enumerate(needs, 1)) if provision else None,
        address=Address(lines=(f"{number % 90 + 1} Test Lane", "Hartwell"), postcode="ZZ99 9ZZ"),
        contacts=(
            ContactRecord(order=1, title="Ms", surname=family, forename="Parent", relationship="PAM", responsible=True,
                          address_as_pupil=True, phones=(phone,), email=f"parent.{number:06d}@beckside.example"),
        ),
        attendance=(AttendanceRecord(year="2026", la="201", establishment="9001", school=SCHOOL.name, possible=320,
                                     attended=300, authorised=18, unauthorised=2),),
        results=(ResultRecord(stage="KS1", locale="ENG", year="2024", subject="ENG", method="TT", component="PHO",
                              status="R", qualifier="NM", result=str(number % 41)),),
        schools=(SchoolRecord(la="201", establishment="9001", name=SCHOOL.name, entered=date(2022, 9, 5), last=True),),
    )  # fmt: skip


def write_file(path: Path, kind: str, count: int) -> None:
    """A CTF, or a CSV in the shape of a SIMS report with a row for each need."""
    if kind == "ctf":
        header = FileHeader(
            kind="ctf", document="Common Transfer File", version="26.0", source=SCHOOL, destination=SCHOOL
        )
        with path.open("w", encoding="utf-8") as stream:
            write_ctf(stream, header, (replace(pupil, group=None) for pupil in pupils(count)))
        return
    headings = ("UPN", "Adno", "Legal Surname", "Legal Forename", "Preferred Surname", "Preferred Forename", "DOB",
                "Gender", "Year", "Reg", "Ethnicity", "First Language", "EAL", "FSM Eligible", "In LEA Care",
                "SEN Status", "SEN Need Type", "SEN Need Rank", "SEN Start Date", "% Attendance")  # fmt: skip
    with path.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        for pupil in pupils(count):
            writer.writerows(_csv_rows(pupil))


def _csv_rows(pupil: PupilRecord) -> Iterator[tuple[str, ...]]:
    assert pupil.born_on
    period = pupil.sen[0] if pupil.sen else None
    start = f"{period.start:%d/%m/%Y}" if period and period.start else ""
    for need in pupil.needs or (None,):
        yield (
            pupil.upn or "", pupil.mis_id or "", pupil.surname or "", pupil.forename or "", pupil.surname or "",
            pupil.forename or "", f"{pupil.born_on:%d/%m/%Y}", "Female" if pupil.sex == "F" else "Male",
            f"Year  {pupil.nc_year}" if pupil.nc_year != "R" else "Reception", pupil.group or "", "WBRI", "ENG", "N",
            "T" if pupil.fsm_periods else "F", "F", period.provision if period else "No Special Educational Need",
            need.code if need else "", str(need.rank) if need else "", start, "95.1",
        )  # fmt: skip


def measure(kind: str, count: int, folder: Path) -> dict[str, object]:
    """Bring such a file in twice; gives seconds, the process's largest memory, and what came of it."""
    file = folder / f"pupils.{kind}"
    write_file(file, kind, count)
    with postgres.ensure(folder / f"postgres-{kind}") as cluster:
        postgres.roles_and_database(cluster)
        os.environ["DATABASE_URL"] = cluster.dsn(postgres.APP)
        os.environ["DATABASE_OWNER_URL"] = cluster.dsn(postgres.OWNER)
        _alongside("migrate", "--verbosity", "0", "--skip-checks")
        first = _timed(file)
        again = _timed(file)
    return {
        "kind": kind,
        "pupils": count,
        "megabytes": round(file.stat().st_size / 1e6),
        "first": first,
        "again": again,
    }


def _timed(file: Path) -> dict[str, object]:
    started = time.monotonic()
    done = _alongside("import", str(file), "--school", str(SCHOOL.urn), "--name", str(SCHOOL.name), "--json")
    answer = json.loads(done.stdout)
    seconds = round(time.monotonic() - started, 1)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return {"seconds": seconds, "largest_mb": memory} | {
        name: answer.get(name) for name in ("rows", "new", "changed", "same", "conflict", "refused", "applied", "error")
    }


def _alongside(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else PUPILS
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        Path(folder).chmod(0o755)
        for kind in arguments[1:] or ("ctf", "csv"):
            print(json.dumps(measure(kind, count, Path(folder))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
