"""Two append-only tables: what happened, and who looked. No foreign keys, so history never blocks a deletion."""

from typing import ClassVar

from django.db import models

from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class Event(Record):
    """One thing that somebody did. `on` is the day it happened, `at` the moment it was written down."""

    keep: ClassVar[Keep] = Keep("Shows who did what, when and why", Until.BIRTH_PLUS_31, erase="names in facts")

    kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True, blank=True)
    pupil_id = models.BigIntegerField(null=True, blank=True)
    school_id = models.BigIntegerField(null=True, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=124)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    facts = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["pupil_id", "-at"], name="event_of_pupil"),
            models.Index(fields=["school_id", "-at"], name="event_at_school"),
        )


class Viewing(Record):
    """Somebody opened a page about a pupil."""

    keep: ClassVar[Keep] = Keep("Shows a family who has looked at their child's record", Until.LEFT_PLUS_6)

    pupil_id = models.BigIntegerField()
    school_id = models.BigIntegerField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=124)
    role = models.CharField(max_length=24)
    page = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["pupil_id", "-at"], name="viewing_of_pupil"),)
