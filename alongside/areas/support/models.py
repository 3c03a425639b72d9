"""Cycles, outcomes, the provision that serves them, reviews, and the family's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.areas.provision.models import Line
from alongside.areas.support import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, actor: Actor, on: date) -> CycleQuerySet:
        """Plans of the pupils whose plan (band 2) this person may read."""
        from alongside.base.pupils.access import may_read_plan

        return self.open_to(may_read_plan(actor, on))

    def open_to(self, wall: Q) -> CycleQuerySet:
        """Plans of the pupils whom one of the rules of `pupils.access` lets through."""
        return self.filter(pupil__in=Pupil.objects.filter(wall).values("pk"))

    def open(self) -> CycleQuerySet:
        return self.filter(closed_on=None)


@tracked()
class Cycle(Record):
    """One round of assess, plan, do, review for one pupil."""

    keep: ClassVar[Keep] = Keep("Shows what was tried for a pupil and what came of it", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="cycles")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    lead = models.ForeignKey(Person, models.PROTECT, related_name="leads")  # the teacher who owns it (Code 6.36)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assessed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)  # the teacher sent the plan to the SENCO
    started_on = models.DateField(null=True, blank=True)  # agreed, and support began
    reviewed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)

    needs_summary = models.TextField(blank=True)
    strengths = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    difficulties = models.TextField(blank=True)
    strategies = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    pastoral = models.TextField(blank=True)
    communication = models.TextField(blank=True)
    home = models.TextField(blank=True)  # what home will do, if they wish
    parents_view = models.TextField(blank=True)
    parents_said = models.CharField(max_length=80, blank=True)  # who said it and how
    pupils_view = models.TextField(blank=True)
    pupil_helped_by = models.CharField(max_length=80, blank=True)
    no_views_because = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reading_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("pupil", "number")
        constraints = (
            models.UniqueConstraint(fields=["pupil", "number"], name="one_cycle_of_a_number"),
            models.UniqueConstraint(fields=["pupil"], condition=Q(closed_on=None), name="one_open_cycle"),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(review_on__isnull=False),
                name="started_cycle_has_a_review_date",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="cycle_closes_after_opening",
            ),
        )
        indexes = (models.Index(fields=["school", "closed_on"], name="cycle_at_school"),)

    def facts(self) -> rules.Facts:
        return rules.Facts(self.opened_on, self.assessed_on, self.started_on, self.reviewed_on, self.closed_on)

    @property
    def stage(self) -> rules.Stage:
        return rules.stage(self.facts())


@tracked()
class Outcome(Record):
    """What will be different: where the pupil is now, how we will tell, the aim and the day."""

    keep: ClassVar[Keep] = Keep("Shows what was aimed for and what came of it", Until.BIRTH_PLUS_31)

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="outcomes")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=6, blank=True)
    text = models.TextField()
    baseline = models.CharField(max_length=120, blank=True)
    measure = models.CharField(max_length=160, blank=True)
    target = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=6, blank=True, choices=[(r, r) for r in rules.Result])
    exit_measure = models.CharField(max_length=120, blank=True)
    no_measure_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["cycle", "number"], name="one_outcome_of_a_number"),)

    def facts(self) -> rules.OutcomeFacts:
        return rules.OutcomeFacts(self.number, self.text, self.baseline, self.measure, self.target, self.due)


class PlanLine(Record):
    """A line of provision that serves a plan, and the outcome it is for."""

    keep: ClassVar[Keep] = Keep("Ties provision to its purpose", Until.BIRTH_PLUS_31)

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="lines")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.CASCADE, related_name="plans")
    outcome = models.ForeignKey(Outcome, models.SET_NULL, null=True, blank=True, related_name="lines")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cycle", "line"], name="one_line_in_a_plan"),)


@tracked()
class FamilyAnswer(Record):
    """What a family said to an outcome, in their own words, and our reply. Their words are never edited."""

    keep: ClassVar[Keep] = Keep("Keeps a family's own words", Until.BIRTH_PLUS_31)

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="answers")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=[(a, a) for a in rules.Answer])
    words = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["outcome", "-at"], name="answer_to_outcome"),
            models.Index(fields=["school", "-at"], name="answer_at_school"),
        )


@tracked()
class Review(Record):
    """What a review found and decided."""

    keep: ClassVar[Keep] = Keep("Shows what a review found and decided", Until.BIRTH_PLUS_31)

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="review")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    held_on = models.DateField()
    held_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    present = models.CharField(max_length=200, blank=True)
    findings = models.TextField(blank=True)
    parents_view = models.TextField(blank=True)
    pupils_view = models.TextField(blank=True)
    pupil_helped_by = models.CharField(max_length=80, blank=True)
    no_views_because = models.TextField(blank=True)
    choice = models.CharField(max_length=10, choices=[(c, c) for c in rules.Choice])
    change = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
