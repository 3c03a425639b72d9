"""`alongside school add`, `alongside school list`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.base.access.actor import system
from alongside.base.schools.models import School, Term
from alongside.base.schools.queries import school_by_urn
from alongside.fronts.desk.structure.actions import SchoolDraft, add_school
from alongside.fronts.desk.structure.rules import PHASES
from alongside.kit import Refused, today


class Command(BaseCommand):
    help = "Add a school, or list the schools that are here."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add a school")
        add.add_argument("urn", help="its number in the national register, six digits")
        add.add_argument("--name", required=True, help="its name")
        add.add_argument("--la", required=True, help="its council's number, three digits")
        add.add_argument("--estab", required=True, help="its establishment number, four digits")
        add.add_argument("--phase", default="primary", help=", ".join(PHASES))
        add.add_argument("--terms-from", default="trust", metavar="trust|URN", help="whose terms it keeps (trust)")
        verbs.add_parser("list", help="list the schools")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "list":
            self._list()
            return
        draft = SchoolDraft(
            options["urn"], options["name"], options["la"], options["estab"], options["phase"],
            _source(options["terms_from"]),
        )  # fmt: skip
        try:
            school = add_school(draft=draft, by=system([]), on=today())
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from refused
        self.stdout.write(f"{school.name} ({school.urn}) is here.")
        if not Term.objects.filter(school=None).exists() and not school.terms.exists():
            self.stdout.write("It has no terms yet, so every weekday counts. Add them under People, Calendar.")

    def _list(self) -> None:
        schools = list(School.objects.all())
        for school in schools:
            self.stdout.write(f"{school.urn}  {school.la}/{school.establishment}  {school.phase:<11}  {school.name}")
        if not schools:
            self.stdout.write("No school is here yet. Add one: alongside school add 123456 --name … --la … --estab …")


def _source(terms_from: str) -> School | None:
    """The school whose terms are copied; None for the trust's. Raises CommandError for one that is not here."""
    if terms_from == "trust":
        return None
    school = school_by_urn(terms_from)
    if school is None:
        raise CommandError(f"--terms-from {terms_from}: there is no such school here.", returncode=2)
    return school
