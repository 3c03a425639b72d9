"""`alongside preview-law`: what the proposals of 2026 would ask of our schools as they are today. It changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.areas.register.models import Status
from alongside.base.access.scope import all_schools, scope
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit import today
from alongside.law import book
from alongside.law.codes import Provision
from alongside.law.preview import Ahead, ahead

_HEADS = ("pupils", "Universal", "Targeted", "Specialist", "support plans", "reviews now", "reviews then")


class Command(BaseCommand):
    help = "Show what the proposals of 2026 would ask of each school as it is today. Nothing is changed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{book.PROPOSAL.title}. Nothing is changed; nothing holds before 1 September 2029.")
        self.stdout.write("".join(f"{head:>15}" for head in _HEADS))
        with scope(all_schools(), why="preview of a proposal"):
            for school in School.objects.all():
                found = _ahead(school)
                figures = (found.universal + found.support_plans, *found)
                self.stdout.write("".join(f"{figure:>15}" for figure in figures) + f"  {school.name}")


def _ahead(school: School) -> Ahead:
    """The numbers of one school on this day."""
    on = today()
    codes = dict(Status.objects.filter(school=school).on(on).values_list("pupil", "code"))
    years = Pupil.objects.filter(school=school).on_roll(on).values_list("pk", "nc_year")
    return ahead((codes.get(pupil, Provision.NONE.value), year) for pupil, year in years)
