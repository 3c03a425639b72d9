"""`alongside duties coverage [--json]`, `alongside duties recompute`, `alongside duties version`, `alongside duties delegate`."""

import json
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.areas.duties import compute
from alongside.areas.duties.actions import change_duty, delegate, refresh, refresh_trust
from alongside.base.access.scope import all_schools, scope
from alongside.base.schools.queries import school_by_urn
from alongside.kit import NotFound, Refused, today


class Command(BaseCommand):
    help = "What proves each duty; work out how duties stand; give a duty a version or an owner of the trust's own."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        coverage = verbs.add_parser(
            "coverage", help="every duty with its kind of evidence and the function that proves it"
        )
        coverage.add_argument("--json", action="store_true", help="as JSON, for other programs")
        again = verbs.add_parser("recompute", help="work out every duty now, from the facts")
        again.add_argument("--school", metavar="URN", help="only at this school")
        version = verbs.add_parser("version", help="a version of the trust's own, from a day on")
        version.add_argument("code")
        version.add_argument("--from", dest="since", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        for name in ("title", "says", "rule", "owner", "evidence"):
            version.add_argument(f"--{name}")
        line = verbs.add_parser("delegate", help="let another role answer for a duty, from today")
        line.add_argument("code")
        line.add_argument("--to", required=True, metavar="ROLE")
        line.add_argument("--school", metavar="URN", help="only at this school")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from refused
        except NotFound as missing:
            raise CommandError(f"There is no duty {options['code']}.", returncode=2) from missing

    def _coverage(self, options: dict[str, Any]) -> None:
        rows = list(compute.coverage())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row.duty}  {row.evidence:<9}  {row.function or row.missing or '–':<70}  {row.title}")
        kinds = Counter(row.evidence for row in rows)
        proved = sum(bool(row.function) for row in rows)
        words = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        self.stdout.write(
            f"{len(rows)} duties: {words}. {proved} have a function that proves them from records; for "
            f"{sum(bool(row.missing) for row in rows)} the record that is missing is named."
        )

    def _recompute(self, options: dict[str, Any]) -> None:
        schools = [_school(options["school"])] if options["school"] else all_schools()
        start, cpu = time.monotonic(), time.process_time()
        with scope(all_schools(), why="duties worked out by command"):
            found = refresh(schools=schools, on=today())
            refresh_trust(on=today())
        spent = f"{time.monotonic() - start:.1f} s, {time.process_time() - cpu:.1f} s of it here"
        self.stdout.write(
            f"{len(schools)} schools: {found.added} states new, {found.changed} changed, {found.counted} with other "
            f"figures, in {spent}."
        )

    def _version(self, options: dict[str, Any]) -> None:
        changes = {name: options[name] for name in ("title", "says", "rule", "owner", "evidence") if options[name]}
        with scope(all_schools(), why="a version of a duty") as by:
            made = change_duty(code=options["code"], valid_from=options["since"], changes=changes, by=by, on=today())
        self.stdout.write(f"{made.code} has a version of the trust's own from {made.valid_from:%d %B %Y}.")

    def _delegate(self, options: dict[str, Any]) -> None:
        school = _school(options["school"]) if options["school"] else None
        with scope(all_schools(), why="a line of the scheme of delegation") as by:
            made = delegate(duty=options["code"], role=options["to"], school=school, by=by, on=today())
        self.stdout.write(f"{made.duty} is answered for by {made.role} from today.")


def _school(urn: str) -> int:
    """Raises CommandError for a school that is not here."""
    school = school_by_urn(urn)
    if school is None:
        raise CommandError(f"--school {urn}: there is no such school here.", returncode=2)
    return school.pk
