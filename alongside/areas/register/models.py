"""SEN status, needs, decisions, and what was told to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from alongside.areas.register import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil, no_overlap
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record
from alongside.law.codes import Area, Provision

if TYPE_CHECKING:
    from datetime import date


@tracked()
class Decision(Record):
    """A decision about SEN support: the two limbs of s20, the evidence, the views, who decided."""

    keep: ClassVar[Keep] = Keep("Shows why a pupil has, or no longer has, special provision", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="decisions")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=[(k, k) for k in rules.Kind])
    provision = models.CharField(max_length=1)  # what was decided: K or E, or the one that ends
    needs = models.JSONField(
        default=list, blank=True
    )  # as decided: [code, rank, area]; they stand once it takes effect
    difficulty = models.BooleanField(null=True)  # limb 1: a learning difficulty or disability
    difficulty_says = models.TextField(blank=True)
    special = models.BooleanField(null=True)  # limb 2: calls for special educational provision
    special_says = models.TextField(blank=True)
    evidence_on = models.DateField(null=True, blank=True)
    parent_view = models.TextField(blank=True)
    pupil_view = models.TextField(blank=True)
    no_views_because = models.TextField(blank=True)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    concern_id = models.BigIntegerField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)  # Children and Families Act 2014 s68
    told_how = models.CharField(max_length=10, blank=True, choices=[(h, h) for h in rules.Told])
    not_told_because = models.TextField(blank=True)
    final_on = models.DateField(null=True, blank=True)  # the day the status took effect

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(told_on=None, told_how="") | (Q(told_on__isnull=False) & ~Q(told_how="")),
                name="told_on_and_how_go_together",
            ),
        )
        indexes = (models.Index(fields=["pupil", "-decided_on"], name="decision_of_pupil"),)


class StatusQuerySet(models.QuerySet["Status"]):
    def on(self, day: date) -> StatusQuerySet:
        """The periods that hold on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


@tracked()
class Status(Record):
    """A dated stretch of SEN support (K) or EHC plan (E). A day without a stretch is N, so there are no gaps."""

    keep: ClassVar[Keep] = Keep("Shows what a pupil had on any day", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="statuses")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    code = models.CharField(max_length=1)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="statuses")
    ended_by = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=10, default="school")  # school, or the file it came from

    objects = StatusQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(code__in=[Provision.SUPPORT, Provision.PLAN]), name="status_is_k_or_e"),
            no_overlap("one_status_at_a_time", "pupil"),
        )
        indexes = (
            models.Index(fields=["school", "until", "code"], name="status_at_school"),
            models.Index(fields=["pupil", "-since"], name="status_of_pupil"),
        )


@tracked()
class Need(Record):
    """A need type with its rank (1 is the main need) and area, between two dates."""

    keep: ClassVar[Keep] = Keep("Describes a pupil's needs for planning and the census", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="needs")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    rank = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=4, blank=True, choices=[(a, a) for a in Area])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=10, default="school")

    objects = models.Manager()

    class Meta:
        constraints = (
            no_overlap("one_need_of_a_rank", "pupil", "rank"),
            no_overlap("one_need_of_a_code", "pupil", "code"),
        )
        indexes = (models.Index(fields=["pupil", "rank"], name="need_of_pupil"),)


@tracked()
class PlanRecord(Record):
    """That a pupil has an EHC plan: which council, when it was made and last reviewed. Code E needs one."""

    keep: ClassVar[Keep] = Keep("Drives the yearly review of an EHC plan", Until.BIRTH_PLUS_31)

    pupil = models.OneToOneField(Pupil, models.CASCADE, related_name="plan_record")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    la = models.CharField(max_length=80)
    made_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)  # the council's decision that closed the last review
    ceased_on = models.DateField(null=True, blank=True)


@tracked()
class Disability(Record):
    """A separate answer from SEN: none known, or an impairment with the parts of the Equality Act test (s6)."""

    keep: ClassVar[Keep] = Keep("Shows which adjustments a disabled pupil is owed", Until.BIRTH_PLUS_31)

    pupil = models.OneToOneField(Pupil, models.CASCADE, related_name="disability")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    known = models.BooleanField()  # False: 'no disability known', which is an answer
    impairment = models.CharField(max_length=120, blank=True)
    substantial = models.BooleanField(default=False)
    long_term = models.BooleanField(default=False)
    daily_effect = models.TextField(blank=True)
    adjustments = models.TextField(blank=True)
    answered_on = models.DateField()
    source = models.CharField(max_length=60)


class Check(Record):
    """Somebody opened a pupil's record and said it is still right. One pupil at a time; never in bulk."""

    keep: ClassVar[Keep] = Keep("Shows that a record is fresh", Until.LEFT_PLUS_6)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="checks")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["pupil", "-on"], name="check_of_pupil"),)


class SavedView(Record):
    """A person's own set of register filters, kept as a place to return to."""

    keep: ClassVar[Keep] = Keep("Saves a person the same filters each day", Until.WHILE_NEEDED)

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="one_view_of_a_name"),)
