"""`alongside invite senco@school.example --name "Ruth Adeyemi" --role senco --school 123456`."""

import os
from argparse import ArgumentParser
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.base.access.actor import system
from alongside.base.schools.queries import school_by_urn
from alongside.fronts.desk.structure.actions import Invited, Newcomer, invite
from alongside.fronts.desk.structure.rules import NewPost, roles_here
from alongside.kit import Refused, today


class Command(BaseCommand):
    help = "Give somebody a post and an account, and print the address at which they choose a password."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="their work e-mail")
        parser.add_argument("--name", required=True, help='"First Family"')
        parser.add_argument("--role", required=True, help=", ".join(role.code for role in roles_here()))
        parser.add_argument("--school", default="", metavar="URN", help="where; left out for the trust")
        parser.add_argument("--title", default="", help="Ms, Mr, Dr")

    def handle(self, *args: Any, **options: Any) -> None:
        given, _, family = options["name"].strip().rpartition(" ")
        if not given:
            raise CommandError(f"--name is '{options['name']}'; give first and family name.", returncode=2)
        post = NewPost(options["role"], _school(options["school"]), today())
        newcomer = Newcomer(given, family, options["email"], post, options["title"])
        try:
            invited = invite(newcomer=newcomer, by=system([]), on=today())
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from refused
        self._tell(invited)

    def _tell(self, invited: Invited) -> None:
        name, email = invited.account.person.name, invited.account.email
        if not invited.link:
            self.stdout.write(f"{name} has an account already ({email}) and signs in as before.")
            return
        self.stdout.write(f"{name} chooses a password here, once, in the next three days:\n  {_origin()}{invited.link}")
        for provider in cast("list[dict[str, str]]", settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]):
            self.stdout.write(f"Or signs in with {provider['name']} as {email}; then no password is needed.")


def _school(urn: str) -> int | None:
    """A school's row number; None for the trust. Raises CommandError for one that is not here."""
    if not urn:
        return None
    school = school_by_urn(urn)
    if school is None:
        raise CommandError(f"--school {urn}: there is no such school here. See: alongside school list", returncode=2)
    return school.pk


def _origin() -> str:
    """Where this copy answers, as far as settings say."""
    if settings.PRODUCTION:
        return f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
