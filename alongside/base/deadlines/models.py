"""Open clocks in one table, so that a work list is one query. A copy: the truth is in the facts."""

from typing import ClassVar

from django.db import models

from alongside.base.schools.models import School
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class Deadline(Record):
    """One open clock. Written only by `deadlines.refresh`, which computes it from facts."""

    keep: ClassVar[Keep] = Keep("Shows what is due", Until.WHILE_NEEDED)

    clock = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)  # what it is about: 'concern', 'cycle', 'status'
    about_id = models.BigIntegerField()
    pupil_id = models.BigIntegerField(null=True, blank=True)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    band = models.CharField(max_length=6)
    owner = models.CharField(max_length=24)
    owner_person_id = models.BigIntegerField(null=True, blank=True)
    counted_from = models.DateField()
    due = models.DateField()
    practical = models.DateField()
    what = models.CharField(max_length=160)  # 'review of cycle 2'
    why = models.CharField(max_length=240)  # '16 weeks from 1 Sep 2026, when the plan was agreed'
    progress = models.CharField(max_length=120, blank=True)  # 'Draft saved, nothing sent'
    action = models.CharField(max_length=40)  # the words on its one button
    url = models.CharField(max_length=120)  # the exact record

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clock", "kind", "about_id"], name="one_clock_about_a_thing"),)
        indexes = (
            models.Index(fields=["school", "due"], name="deadline_at_school"),
            models.Index(fields=["pupil_id", "due"], name="deadline_of_pupil"),
        )
