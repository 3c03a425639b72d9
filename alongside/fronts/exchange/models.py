"""Files brought in, what each says about each pupil, and what schools have taught us about their columns."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from django.db import models

from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.fronts.exchange.detect import Kind
from alongside.fronts.exchange.record import Unit
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

SILENT = timedelta(seconds=45)  # a worker at work tells of its progress every second or two


class State(StrEnum):
    """Where a file stands. Computed from dates, never stored."""

    WAITING = "waiting"  # its columns have to be matched first
    READING = "reading"
    STAGED = "staged"
    APPLYING = "applying"
    STOPPED = "stopped"  # whoever was at work was cut off; nothing was half done
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    REFUSED = "refused"
    FAILED = "failed"


class Verdict(StrEnum):
    """What bringing a row in would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Choice(StrEnum):
    """What a person decided about a conflict."""

    FILE = "file"  # what the file says is right
    OURS = "ours"  # what Alongside says is right
    SAME_PUPIL = "same"  # the pupil of the row is the one already here
    NEW_PUPIL = "new"  # it is somebody else
    LEAVE = "leave"  # leave the row out


class Batch(Record):
    """One file brought in for one school."""

    keep: ClassVar[Keep] = Keep("Shows where pupils' details came from", Until.DONE_PLUS_1)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=[(kind, kind.says) for kind in Kind])
    unit = models.CharField(max_length=6, default=Unit.LINE)
    stored = models.CharField(max_length=80, blank=True)  # where the file waits; emptied when it has been read
    columns = models.JSONField(default=dict, blank=True)  # heading → field, as chosen
    header = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)  # what is odd about the file as a whole
    says = models.CharField(max_length=400, blank=True)  # why it was refused, or how it failed

    uploaded_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    matched_at = models.DateTimeField(null=True, blank=True)  # columns are known; it may be read
    staged_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # somebody pressed "Bring in"
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_event = models.BigIntegerField(null=True, blank=True)  # what history has after it, happened since
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    beat_at = models.DateTimeField(null=True, blank=True)  # the last sign of life of the work on it
    rows_read = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)  # on roll here and not in the file

    class Meta:
        ordering = ("-uploaded_at",)
        indexes = (models.Index(fields=["school", "-uploaded_at"], name="batch_at_school"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(undone_at=None) | models.Q(applied_at__isnull=False), name="undone_after_applied"
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"

    def state(self, now: datetime) -> State:
        """Where the file stands at a moment; a worker that has been silent for long is taken for dead."""
        alive = self.beat_at is not None and now - self.beat_at < SILENT
        for standing, state in ((self.refused_at, State.REFUSED), (self.failed_at, State.FAILED)):
            if standing:
                return state
        for asked, over, working, finished in (
            (self.undo_asked_at, self.undone_at, State.UNDOING, State.UNDONE),
            (self.asked_at, self.applied_at, State.APPLYING, State.APPLIED),
            (self.matched_at, self.staged_at, State.READING, State.STAGED),
        ):
            if over:
                return finished
            if asked:
                return working if alive or now - asked < SILENT else State.STOPPED
        return State.WAITING


class Row(Record):
    """What a file says about one pupil, what that would change, and what it did change."""

    keep: ClassVar[Keep] = Keep("Shows what a file changed about a pupil, and lets it be undone", Until.DONE_PLUS_1)

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, models.SET_NULL, null=True, blank=True, related_name="+")
    line = models.PositiveIntegerField()
    upn = models.CharField(max_length=13, blank=True)
    name = models.CharField(max_length=161, blank=True)
    verdict = models.CharField(max_length=8, choices=[(each, each) for each in Verdict])
    reasons = models.JSONField(default=list, blank=True)  # sentences
    changes = models.JSONField(default=list, blank=True)  # [field, ours, the file's, whether they conflict]
    record = models.JSONField(default=dict, blank=True)
    choice = models.CharField(max_length=5, blank=True, choices=[(each, each) for each in Choice])
    learns = models.BooleanField(default=False)  # changes nothing, but the file's word is new to us
    before = models.JSONField(default=dict, blank=True)  # what undo needs; empty: the row was not written

    class Meta:
        indexes = (models.Index(fields=["batch", "verdict", "id"], name="row_of_batch"),)


class LastSaid(Record):
    """What files last said about a pupil, so that an edit of ours can be told from an old value."""

    keep: ClassVar[Keep] = Keep("Shows whether a value was typed here or came from a file", Until.LEFT_PLUS_6)

    pupil = models.OneToOneField(Pupil, models.CASCADE, related_name="+", primary_key=True)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)  # field → value
    kept = models.JSONField(default=dict)  # field → the file's value that somebody decided against


class ColumnMap(Record):
    """Which column of a report is which, as a school once said. Found again by the report's headings."""

    keep: ClassVar[Keep] = Keep("Saves matching columns again", Until.WHILE_NEEDED, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "signature"], name="one_map_for_a_report"),)
