"""`alongside export-ctf --school URN --pupil UPN --out FILE`: a Common Transfer File for a pupil who moves."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from alongside.base.access.scope import all_schools, scope
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.fronts.exchange import actions
from alongside.fronts.exchange.ctf.format import file_name
from alongside.fronts.exchange.record import Establishment
from alongside.kit import Refused, today
from alongside.kit.time import now

_TO = re.compile(r"([0-9]{3}|XXX|MMM)/?([0-9]{4}|LLLL|XXXX|MMMM)")


class Command(BaseCommand):
    help = "Write a Common Transfer File for pupils who move to another school."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--school", required=True, metavar="URN")
        parser.add_argument("--pupil", required=True, action="append", metavar="UPN", help="may be given several times")
        parser.add_argument("--out", type=Path, help="where to write it; a folder gets the proper name in it")
        parser.add_argument("--to", default="XXXXXXX", metavar="LLLEEEE", help="the next school; not known: leave out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count, path = self._write(options)
        except (Refused, OSError) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(f"Wrote {count} {'pupil' if count == 1 else 'pupils'} to {path}.")

    def _write(self, options: dict[str, Any]) -> tuple[int, Path]:
        to = _TO.fullmatch(options["to"].upper())
        if to is None:
            raise Refused(f"--to {options['to']}: write the council's 3 and the school's 4 digits, as in 2019002.")
        school = School.objects.filter(urn=options["school"]).first()
        if school is None:
            raise Refused(f"There is no school with the URN {options['school']}.")
        destination = Establishment(la=to[1], number=to[2])
        source = Establishment(la=school.la, number=school.establishment)
        path: Path = options["out"] or Path()
        path = path / file_name(source, destination) if path.is_dir() else path
        with scope(all_schools(), why="export CTF") as by:
            pupils = _pupils(school, options["pupil"])
            with path.open("w", encoding="utf-8") as stream:
                count = actions.export_ctf(
                    pupils=pupils, to=destination, stream=stream, made_at=now(), by=by, on=today()
                )
        return count, path


def _pupils(school: School, upns: list[str]) -> list[Pupil]:
    found = {pupil.upn: pupil for pupil in Pupil.objects.select_related("school").filter(school=school, upn__in=upns)}
    missing = [upn for upn in upns if upn not in found]
    if missing:
        raise Refused(f"There is no pupil with the UPN {missing[0]} at {school.name}.")
    return [found[upn] for upn in upns]
