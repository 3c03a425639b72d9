"""`alongside demo`: an invented trust to play in; `alongside demo --who`: who can sign in to it."""

import os
import time
from argparse import ArgumentParser
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from alongside.base.schools.models import School
from alongside.config.demo.changes import announce_changes
from alongside.config.demo.departures import depart_and_sign
from alongside.config.demo.duties import hold_duties
from alongside.config.demo.fill import LAST_URN, fill, is_demo
from alongside.config.demo.names import PLACES
from alongside.config.demo.policy import hold_policy
from alongside.config.demo.progress import sweep_trust
from alongside.config.demo.watch import watch_dates
from alongside.config.demo.workforce import staff_the_schools
from alongside.fronts.desk.demo.cards import cards
from alongside.kit import today

_FEWEST_PUPILS = 30  # at a school


class Command(BaseCommand):
    requires_system_checks = ()  # it writes rows, whatever the pages are like
    help = "Fill the database with an invented trust, or say who can sign in to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schools", type=int, default=4, help="how many schools (4)")
        parser.add_argument("--pupils", type=int, default=2_400, help="how many pupils in all of them (2400)")
        parser.add_argument("--seed", type=int, default=1, help="another number, another trust (1)")
        parser.add_argument("--add", action="store_true", help="add the schools to those that are there")
        parser.add_argument("--who", action="store_true", help="say who can sign in, and do nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["who"]:
            self._who()
            return
        _check(options["schools"], options["pupils"], add=options["add"])
        start = time.monotonic()
        filled = fill(
            schools=options["schools"], pupils=options["pupils"], seed=options["seed"], on=today(),
            say=self._say if options["verbosity"] else lambda _: None,
        )  # fmt: skip
        _analyse()
        sweep_trust(seed=options["seed"], on=today())
        hold_policy(seed=options["seed"], on=today())
        watch_dates(seed=options["seed"], on=today())
        staff_the_schools(seed=options["seed"], on=today())
        depart_and_sign(seed=options["seed"], on=today())
        announce_changes(on=today())
        hold_duties(seed=options["seed"], on=today())
        if options["verbosity"]:
            size = f"{filled.schools} schools, {filled.pupils:,} pupils"
            self.stdout.write(f"An invented trust: {size}, in {time.monotonic() - start:.0f} s.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)

    def _who(self) -> None:
        """A line for each role, to sign in as on /demo/."""
        roles = cards()
        if not roles:
            raise CommandError("Nobody is here yet. Run `alongside demo` first.", returncode=2)
        port = os.environ.get("PORT", "8000")
        self.stdout.write(f"Choose a card at http://127.0.0.1:{port}/demo/ to sign in as, for example:")
        width = max(len(part.role) for part in roles)
        for part in roles:
            first = part.people[0]
            self.stdout.write(f"  {part.role:<{width}}  {first.name}, {first.where}")


def _check(schools: int, pupils: int, *, add: bool) -> None:
    """Raises CommandError, in one sentence, when this is not the place or not a size."""
    standing = list(School.objects.values_list("urn", flat=True))
    real = [urn for urn in standing if not is_demo(urn)]
    fault = None
    if not 1 <= schools <= len(PLACES):
        fault = f"--schools is {schools}; it must be between 1 and {len(PLACES)}."
    elif pupils < schools * _FEWEST_PUPILS:
        fault = f"--pupils is {pupils}; give each school {_FEWEST_PUPILS} or more."
    elif real and not add:
        fault = f"This database has schools that are not invented (URN {real[0]}). Use another database, or --add."
    elif standing and not add:
        fault = f"The invented trust is here already, with {len(standing)} schools. Use --add for more of it."
    elif len(standing) - len(real) + schools > min(len(PLACES), LAST_URN):
        fault = f"There are names for {len(PLACES)} schools; {len(standing) - len(real)} are taken."
    if fault:
        raise CommandError(fault, returncode=2)


def _analyse() -> None:
    """Tell the planner what has come, where we know the owner of the tables; else it finds out by itself."""
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("analyze")
