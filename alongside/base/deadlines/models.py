"""Open clocks in one table, so that a work list is one query. A copy: the truth is in the facts.

Beside it two kinds of facts: that a clock stopped, and when; and what each night's recomputation found.
"""

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


class Stopped(Record):
    """A clock that ran no longer on a day: what it asked for was done, fell away, or was late when a day ended it."""

    keep: ClassVar[Keep] = Keep("Shows whether work was done by its date", Until.YEAR_PLUS_6)

    clock = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    pupil_id = models.BigIntegerField(null=True, blank=True)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    band = models.CharField(max_length=6)
    owner = models.CharField(max_length=24)
    due = models.DateField()
    on = models.DateField()  # the day on which it was written down, which is never before it was done

    class Meta:
        indexes = (models.Index(fields=["school", "on"], name="stopped_at_school"),)


class Run(Record):
    """One night's recomputation of every school's clocks, and the drift it found. No pupil and no school is in it."""

    keep: ClassVar[Keep] = Keep("Shows that the clocks are watched", Until.DONE_PLUS_1, personal=False)

    on = models.DateField()
    began_at = models.DateTimeField()
    seconds = models.FloatField()
    schools = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    drift = models.PositiveIntegerField(default=0)  # of these, what a save had missed

    class Meta:
        indexes = (models.Index(fields=["-began_at"], name="run_latest"),)

    @property
    def by_day(self) -> int:
        """Clocks that the passing of a day has opened, changed or ended."""
        return self.added + self.changed + self.removed - self.drift
