"""Scales, the points of the year, what is assessed at each, and every pupil's results."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.areas.assessment import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Group, Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor

_STRUCTURE = Keep("Says what is assessed, when and on which scale", Until.WHILE_NEEDED, personal=False)


class Scale(Record):
    """A scale of marks, as its publisher or the law has it. Shipped ones are read from `scales/`; a trust adds its own."""

    keep: ClassVar[Keep] = _STRUCTURE

    code = models.CharField(max_length=24)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    own = models.BooleanField(default=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in rules.Kind])
    low = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    mean = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)  # of those it was normed on
    sd = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    reliability = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    reliability_from = models.CharField(max_length=160, blank=True)  # an assumption, or whose figure it is
    from_manual = models.BooleanField(default=False)  # the trust put the manual's figure in the place of an assumption
    steps = ArrayField(models.CharField(max_length=8), default=list, blank=True)  # from the lowest up
    letters = models.JSONField(default=dict, blank=True)  # in place of a mark: {"A": "absent"}
    source = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["code", "valid_from", "own"], name="one_scale_version_a_day"),)

    def __str__(self) -> str:
        return self.name

    def facts(self) -> rules.Scale:
        return rules.Scale(self.name, rules.Kind(self.kind), self.low, self.high, tuple(self.steps), self.letters)


class Point(Record):
    """A stretch of days in which every pupil is assessed. No school: the trust's, held in every school alike."""

    keep: ClassVar[Keep] = _STRUCTURE

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)  # 'Autumn 2026'
    school_year = models.PositiveSmallIntegerField()  # its first calendar year
    season = models.CharField(max_length=6, choices=[(s, s) for s in rules.Season])
    opens_on = models.DateField()
    due_on = models.DateField()  # classes without data are chased from the day after

    class Meta:
        ordering = ("due_on",)
        constraints = (
            models.CheckConstraint(condition=Q(opens_on__lte=F("due_on")), name="point_is_due_after_it_opens"),
            models.UniqueConstraint(
                fields=["school", "school_year", "season"], nulls_distinct=False, name="one_point_a_season"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def window(self) -> rules.Window:
        return rules.Window(self.name, self.opens_on, self.due_on)


class Sitting(Record):
    """One subject on one scale, for some year groups, at a point."""

    keep: ClassVar[Keep] = _STRUCTURE

    point = models.ForeignKey(Point, models.CASCADE, related_name="sittings")
    subject = models.CharField(max_length=12, choices=tuple(rules.SUBJECTS.items()))
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+")
    nc_years = ArrayField(models.CharField(max_length=2), default=list)

    class Meta:
        ordering = ("subject", "id")
        constraints = (models.UniqueConstraint(fields=["point", "subject", "scale"], name="one_sitting_of_a_scale"),)


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, actor: Actor, on: date) -> ResultQuerySet:
        """Results of the pupils whose results this person may read on a day."""
        from alongside.base.pupils.access import may_read_results

        return self.filter(pupil__in=Pupil.objects.filter(may_read_results(actor, on)).values("pk"))


@tracked()
class Result(Record):
    """What a pupil reached in one sitting: a score, a step, or a letter that says why there is none."""

    keep: ClassVar[Keep] = Keep("Shows how a pupil is getting on", Until.LEFT_PLUS_6)

    # A trust has a million rows of these: what is found by the two indexes below has none of its own.
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="results", db_index=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", db_index=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="results")
    nc_year = models.CharField(max_length=2)  # the pupil's on that day
    score = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    mark = models.CharField(max_length=8, blank=True)
    on = models.DateField()  # the day it was sat
    age_months = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    source = models.CharField(max_length=6, choices=[(s, s) for s in rules.Source])

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pupil", "sitting"], name="one_result_a_sitting"),
            models.CheckConstraint(
                condition=Q(score__isnull=False, mark="") | (Q(score=None) & ~Q(mark="")),
                name="a_result_is_a_score_or_a_mark",
            ),
        )
        indexes = (models.Index(fields=["school", "sitting"], name="results_of_sitting"),)

    def value(self) -> rules.Value:
        return rules.Value(self.score, self.mark)


class Chase(Record):
    """A class was chased for a point: once, whoever teaches it."""

    keep: ClassVar[Keep] = Keep("Shows that a class without results was chased", Until.YEAR_PLUS_6, personal=False)

    point = models.ForeignKey(Point, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["point", "group"], name="one_chase_of_a_class"),)


class ResultFile(Record):
    """A file of results between its upload and its saving. Its rows are emptied on the day they are saved."""

    keep: ClassVar[Keep] = Keep("Lets a file be looked at before it is saved", Until.DONE_PLUS_1, erase="the rows")

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    received_on = models.DateField()
    rows = models.JSONField(default=list, blank=True)  # [[the row's number, [cells]], …], headings first
    columns = models.JSONField(default=dict, blank=True)  # by place: what each column is taken for
    saved_on = models.DateField(null=True, blank=True)
    saved = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["school", "-id"], name="result_files_of_school"),)


class DevelopmentQuerySet(models.QuerySet["Development"]):
    def visible_to(self, actor: Actor, on: date) -> DevelopmentQuerySet:
        """What was noted of the pupils whose results this person reads."""
        from alongside.base.pupils.access import may_read_results

        return self.filter(pupil__in=Pupil.objects.filter(may_read_results(actor, on)).values("pk"))


@tracked()
class Development(Record):
    """What a pupil was seen to do, in words, and how that compares with the last time. Not a score."""

    keep: ClassVar[Keep] = Keep("Shows small steps that no test shows", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="development")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    area = models.CharField(max_length=16, choices=tuple(rules.AREAS.items()))
    step = models.CharField(max_length=6, choices=[(s, s) for s in rules.Step])
    words = models.TextField()
    help = models.CharField(max_length=160, blank=True)  # with whose help, or with what
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-id")
        indexes = (
            models.Index(fields=["pupil", "-on"], name="development_of_pupil"),
            models.Index(fields=["school", "-on"], name="development_at_school"),
        )
