"""Concerns and the parts of a screening."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.areas.concerns import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from alongside.base.access.actor import Actor


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, actor: Actor) -> ConcernQuerySet:
        """Those who triage see their school's; whoever raised a concern sees their own."""
        from alongside.base.access.roles import Permission

        mine = Q(raised_by=actor.person_id)
        triage = Q(school_id__in=actor.schools(Permission.CONCERN_TRIAGE))
        return self.filter(mine | triage).exclude(pupil_id__in=actor.own_children)

    def waiting(self) -> ConcernQuerySet:
        return self.filter(triaged_on=None)


@tracked()
class Concern(Record):
    """What an adult saw, what they tried and whether it helped; then what the SENCO decided and answered."""

    keep: ClassVar[Keep] = Keep("Shows that a worry was heard and what followed", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="concerns")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="concerns")
    raised_on = models.DateField()
    source = models.CharField(max_length=8, choices=[(s, s) for s in rules.Source], default=rules.Source.STAFF)
    seen = models.TextField()
    tried = ArrayField(models.CharField(max_length=60), default=list)
    tried_for = models.CharField(max_length=60, blank=True)
    helped = models.CharField(max_length=8, choices=[(h, h) for h in rules.Helped], blank=True)

    triaged_on = models.DateField(null=True, blank=True)
    triaged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=8, choices=[(d, d) for d in rules.Decision], blank=True)
    reason = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(triaged_on=None, decision="") | (Q(triaged_on__isnull=False) & ~Q(decision="")),
                name="concern_triage_is_dated_and_decided",
            ),
        )
        indexes = (models.Index(fields=["school", "triaged_on"], name="concern_queue"),)

    def facts(self) -> rules.Facts:
        return rules.Facts(self.raised_on, self.triaged_on, self.decision, self.answered_on, self.closed_on)


@tracked()
class ScreeningPart(Record):
    """One of the four things gathered before screening is decided."""

    keep: ClassVar[Keep] = Keep("Shows what a decision rested on", Until.BIRTH_PLUS_31)

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="parts")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    part = models.CharField(max_length=16, choices=[(p, p) for p in rules.Part])
    note = models.TextField()
    done_on = models.DateField()
    done_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["concern", "part"], name="one_note_a_part"),)
