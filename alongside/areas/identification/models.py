"""Which signs are on, what each run of the sweep found, and the questions that it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.areas.assessment.models import Scale
from alongside.areas.assessment.rules import SUBJECTS, Season
from alongside.areas.concerns.models import Concern
from alongside.areas.identification import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor

_SIGNS = [(s, s) for s in rules.Sign]


class SwitchQuerySet(models.QuerySet["Switch"]):
    def on(self, day: date) -> SwitchQuerySet:
        """The signs that ask on a day. A stretch that ends on a day asks no longer on it."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


class Switch(Record):
    """A stretch in which a sign raises flags, with what was seen of it before. A sign without a stretch is off."""

    keep: ClassVar[Keep] = Keep("Shows who let a sign ask, knowing what", Until.WHILE_NEEDED, personal=False)

    sign = models.CharField(max_length=20, choices=_SIGNS)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    shown = models.JSONField()  # rules.Shown as it stood on the page

    objects = SwitchQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.UniqueConstraint(fields=["sign"], condition=Q(until=None), name="one_open_switch_a_sign"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="switch_ends_after_it_starts"
            ),
        )


class Run(Record):
    """The sweep of one subject on one scale at one season: figures of the trust as a whole, and by which rule."""

    keep: ClassVar[Keep] = Keep("Shows what was compared with what", Until.WHILE_NEEDED, personal=False)

    school_year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=6, choices=[(s, s) for s in Season])
    subject = models.CharField(max_length=12, choices=tuple(SUBJECTS.items()))
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+")
    ran_on = models.DateField()
    why_not = models.CharField(max_length=10, blank=True, choices=[(w, w) for w in rules.WhyNot])
    new_scale = models.BooleanField(default=False)  # the point before was on another scale
    pupils = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)  # per sign: answered, fired; medians by year group and point
    sem = models.FloatField(null=True, blank=True)
    normed = models.BooleanField(default=False)
    rule = models.CharField(max_length=12)
    wording = models.CharField(max_length=12)
    print = models.CharField(max_length=64, blank=True)  # of the results it read, to know when they changed

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school_year", "season", "subject", "scale"], name="one_run_of_a_point"),
        )

    @property
    def order(self) -> int:
        """Where its season stands in time."""
        return 3 * self.school_year + rules.season_order(self.season)

    @property
    def point(self) -> str:
        """'Autumn 2026'; spring and summer stand in the next calendar year."""
        return f"{self.season.capitalize()} {self.school_year + (self.season != Season.AUTUMN)}"


class Finding(Record):
    """What a run says of one pupil. A copy of facts: computed anew with each run."""

    keep: ClassVar[Keep] = Keep("Shows that every pupil was looked at", Until.LEFT_PLUS_6)

    run = models.ForeignKey(Run, models.CASCADE, related_name="findings")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="findings")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    percentile = models.PositiveSmallIntegerField(null=True, blank=True)
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    among = models.PositiveIntegerField(default=0)
    here = models.PositiveIntegerField(default=0)
    how = models.CharField(max_length=24)
    below = models.BooleanField(default=False)  # under the median of the year group
    answered = ArrayField(models.CharField(max_length=20), default=list)
    fired = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pupil", "run"], name="one_finding_a_run"),)
        indexes = (models.Index(fields=["school", "run"], name="finding_at_school"),)


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, actor: Actor, on: date) -> FlagQuerySet:
        """Flags of the pupils whose progress this person answers for on a day."""
        from alongside.base.pupils.access import may_answer_flags

        return self.filter(pupil__in=Pupil.objects.filter(may_answer_flags(actor, on)))

    def standing(self) -> FlagQuerySet:
        return self.filter(ended_on=None)

    def waiting(self) -> FlagQuerySet:
        """Those that ask still."""
        return self.filter(ended_on=None, answered_on=None)


@tracked()
class Flag(Record):
    """A question: this sign fired for this pupil. It holds what it rests on, so that it can be worked out again."""

    keep: ClassVar[Keep] = Keep("Shows that a pupil was noticed and what was answered", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="flags")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, related_name="flags")
    subject = models.CharField(max_length=12, choices=tuple(SUBJECTS.items()))
    sign = models.CharField(max_length=20, choices=_SIGNS)
    figure = models.FloatField()
    error = models.FloatField()
    points = models.PositiveSmallIntegerField()  # tests that it rests on
    among = models.PositiveIntegerField()  # pupils of the trust it compares with
    here = models.PositiveIntegerField()  # of whom at this school began level
    inputs = models.JSONField()  # rules.Rests
    rule = models.CharField(max_length=12)
    wording = models.CharField(max_length=12)
    twice = models.BooleanField(default=False)  # widened at the point before as well
    class_slow = models.BooleanField(default=False)
    raised_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended = models.CharField(max_length=8, blank=True, choices=[(e, e) for e in rules.Ended])
    answer = models.CharField(max_length=8, blank=True, choices=[(a, a) for a in rules.Answer])
    reason = models.TextField(blank=True)
    behind = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    concern = models.ForeignKey(Concern, models.SET_NULL, null=True, blank=True, related_name="flags")

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pupil", "subject", "sign"], condition=Q(ended_on=None), name="one_standing_flag_a_sign"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="flag_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_on=None) | (~Q(ended="") & Q(ended_on__isnull=False)),
                name="flag_end_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(answer="dismiss") | ~Q(reason=""), name="no_flag_is_dismissed_without_a_reason"
            ),
        )
        indexes = (
            models.Index(fields=["school", "ended_on", "answered_on"], name="flag_at_school"),
            models.Index(fields=["pupil", "-raised_on"], name="flag_of_pupil"),
        )

    def rests(self) -> rules.Rests:
        return rules.Rests.of(self.inputs)


class SlowClass(Record):
    """A class of which so many are flagged that the headteacher is told, rather than the register filled."""

    keep: ClassVar[Keep] = Keep("Shows leaders where teaching needs a look", Until.YEAR_PLUS_6, personal=False)

    run = models.ForeignKey(Run, models.CASCADE, related_name="slow_classes")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    nc_year = models.CharField(max_length=2)
    class_name = models.CharField(max_length=20)
    pupils = models.PositiveSmallIntegerField()
    flagged = models.PositiveSmallIntegerField()
    usual = models.FloatField()  # the share of the trust's pupils who are flagged
    found_on = models.DateField()

    class Meta:
        ordering = ("class_name",)
        constraints = (
            models.UniqueConstraint(fields=["run", "school", "nc_year", "class_name"], name="one_slow_class_a_run"),
        )
