"""Handovers of today's list, and notes to its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.areas.cover.rules import Span
from alongside.base.access.models import Post
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil, no_overlap
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, actor: Actor) -> HandoverQuerySet:
        """Those of the schools whose Today this person sees, or that were made to them."""
        from alongside.base.access.roles import Permission

        return self.filter(Q(school__in=actor.schools(Permission.TODAY)) | Q(to=actor.person_id))

    def standing(self, on: date) -> HandoverQuerySet:
        """Running or to come."""
        return self.filter(taken_back_on=None, until__gte=on)


@tracked()
class Handover(Record):
    """That today's list of a school is somebody else's from a first day to a last. It ends by itself."""

    keep: ClassVar[Keep] = Keep("Shows who stood in for the SENCO", Until.LEFT_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    away = models.ForeignKey(Person, models.PROTECT, related_name="+")  # whose list it is
    to = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.OneToOneField(Post, models.SET_NULL, null=True, related_name="+")  # the post it gives
    since = models.DateField()
    until = models.DateField()
    why = models.CharField(max_length=200)
    words = models.TextField(blank=True)  # what whoever covers should know first
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="handover_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(to=F("away")), name="nobody_covers_for_themselves"),
            no_overlap("one_cover_a_day", "school", condition=Q(taken_back_on=None)),
        )

    @property
    def span(self) -> Span:
        return Span(self.since, self.until)


@tracked()
class RowNote(Record):
    """What whoever covers should know about one row of the list."""

    keep: ClassVar[Keep] = Keep("Tells whoever covers what they need", Until.YEAR_PLUS_6)

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="notes")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    clock = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    words = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["handover", "clock", "kind", "about_id"], name="one_note_a_row"),
        )
        indexes = (models.Index(fields=["about_id", "kind", "clock"], name="note_of_row"),)
