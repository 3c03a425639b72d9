"""Half-filled forms that nobody came back to."""

from __future__ import annotations

from datetime import timedelta

from alongside.base.access.scope import scope
from alongside.base.documents.models import Draft
from alongside.base.people.models import Person
from alongside.kit.jobs import job
from alongside.kit.time import now

KEPT = timedelta(days=30)


@job("documents.nightly", cron="30 3 * * *", lock="documents.nightly")
def nightly(timestamp: int = 0) -> None:
    """Drop drafts of which nothing was typed for 30 days. The wall shows a draft to its writer alone: one by one."""
    for person in Person.objects.filter(account__isnull=False).values_list("pk", flat=True):
        with scope(person=person, why="drafts nobody came back to"):
            Draft.objects.filter(saved_at__lt=now() - KEPT).delete()
