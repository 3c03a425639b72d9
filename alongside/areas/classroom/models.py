"""Briefs and who has read them, strategies tried, and quick notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.areas.classroom import rules
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from alongside.base.access.actor import Actor


def _lines() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=160), default=list, blank=True)


@tracked()
class Brief(Record):
    """One version of what every adult with this pupil should know, and the pupil's one-page profile.

    A change makes a new row; every linked adult is then asked to read it again.
    """

    keep: ClassVar[Keep] = Keep("Tells the adults with a pupil what helps", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="briefs")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=True)
    own_words = models.TextField(blank=True)
    own_words_on = models.DateField(null=True, blank=True)
    helped_by = models.CharField(max_length=120, blank=True)
    good_at = _lines()
    matters = _lines()
    helps = _lines()
    stuck = _lines()
    avoid = models.CharField(max_length=200, blank=True)
    communication = models.CharField(max_length=200, blank=True)
    safety = models.CharField(max_length=200, blank=True)
    adjustments = _lines()
    people = models.CharField(max_length=200, blank=True)
    may_name_diagnosis = models.BooleanField(default=False)  # only if family and pupil agree that it helps
    what_changed = models.CharField(max_length=200, blank=True)
    changes_safety = models.BooleanField(default=False)  # what is safe is said differently: read at once
    made_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pupil", "number"], name="one_brief_of_a_number"),
            models.UniqueConstraint(fields=["pupil"], condition=Q(current=True), name="one_current_brief"),
        )


class Acknowledgement(Record):
    """That an adult opened a version of a brief, and said 'Got it'."""

    keep: ClassVar[Keep] = Keep("Shows that adults knew what helps and what is safe", Until.LEFT_PLUS_6)

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="acknowledgements")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brief", "person"], name="one_acknowledgement"),)


class StrategyUse(Record):
    """A tap: this strategy was used today, and it helped or did not."""

    keep: ClassVar[Keep] = Keep("Feeds the review with what teachers saw", Until.YEAR_PLUS_6)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    strategy = models.CharField(max_length=160)
    helped = models.BooleanField()
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pupil", "strategy", "day", "by"], name="one_tap_a_day"),)


class QuickNoteQuerySet(models.QuerySet["QuickNote"]):
    def visible_to(self, actor: Actor) -> QuickNoteQuerySet:
        """SENCO and headteacher read notes; the DSL and headteacher restricted ones; whoever wrote one reads it.

        Whoever belongs to a pupil's family never reads a note about them as staff.
        """
        answer = actor.schools(Permission.NOTES_ANSWER)
        ordinary = Q(restricted=False, school_id__in=answer & actor.schools(Permission.FILE))
        restricted = Q(restricted=True, school_id__in=answer & actor.schools(Permission.RESTRICTED))
        mine = Q(by=actor.person_id)
        return self.filter(mine | ordinary | restricted).exclude(pupil__in=actor.own_children)


@tracked()
class QuickNote(Record):
    """A line from an adult, where it was sent, and what was done about it."""

    keep: ClassVar[Keep] = Keep("Shows that a note was received and acted on", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="notes")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in rules.NoteKind])
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    restricted = models.BooleanField(default=False)  # safeguarding: the DSL and headteacher only (band 4)
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=200, blank=True)

    objects = QuickNoteQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["school", "seen_on"], name="note_queue"),)
