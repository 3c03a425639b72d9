"""The catalogue, what is promised to each pupil, and what was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.areas.provision import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record
from alongside.law.codes import Area


class ProvisionType(Record):
    """An entry of the catalogue: something the trust knows how to give. No school: the whole trust's."""

    keep: ClassVar[Keep] = Keep("Describes what schools offer", Until.WHILE_NEEDED, personal=False)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    plain_name = models.CharField(max_length=80)  # what families read
    wave = models.CharField(max_length=10, choices=[(w, w) for w in rules.Wave])
    area = models.CharField(max_length=4, blank=True, choices=[(a, a) for a in Area])
    evidence = models.CharField(max_length=10, choices=[(e, e) for e in rules.Evidence], default=rules.Evidence.UNKNOWN)
    source = models.CharField(max_length=160, blank=True)
    given_by = models.CharField(max_length=20, default="ta")  # the rate that costs it

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["school", "name"], nulls_distinct=False, name="one_provision_of_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class Rate(Record):
    """What an hour of a role costs, on-costs included, from a day on."""

    keep: ClassVar[Keep] = Keep("Costs provision", Until.WHILE_NEEDED, personal=False)

    role = models.CharField(max_length=20)
    words = models.CharField(max_length=40)
    hourly = models.DecimalField(max_digits=6, decimal_places=2)
    valid_from = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["role", "valid_from"], name="one_rate_a_day"),)


@tracked()
class Line(Record):
    """What one pupil is promised: how often, how long, in how large a group, with whom, between two dates."""

    keep: ClassVar[Keep] = Keep("Shows the special provision made for a pupil (Code 6.73)", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="provision")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    type = models.ForeignKey(ProvisionType, models.PROTECT, related_name="lines")
    aim = models.CharField(max_length=200, blank=True)
    called = models.CharField(max_length=40, blank=True)  # the group's own name, where two groups are alike
    minutes = models.PositiveSmallIntegerField()
    times_a_week = models.PositiveSmallIntegerField()
    group_size = models.PositiveSmallIntegerField(default=1)
    adult = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="provision")
    given_by = models.CharField(max_length=20, default="ta")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__gt=0, times_a_week__gt=0, group_size__gt=0), name="line_promises_something"
            ),
        )
        indexes = (
            models.Index(fields=["pupil", "until"], name="line_of_pupil"),
            models.Index(fields=["school", "until"], name="line_at_school"),
            models.Index(fields=["adult", "until"], name="line_of_adult"),
        )

    @property
    def often(self) -> str:
        return rules.often(self.times_a_week, self.minutes, self.group_size)


class Session(Record):
    """One planned session: held, or not and why. Logged by whoever gives it."""

    keep: ClassVar[Keep] = Keep("Shows whether what was promised was given", Until.YEAR_PLUS_6)

    line = models.ForeignKey(Line, models.CASCADE, related_name="sessions")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)  # of that day
    held = models.BooleanField()
    missed_because = models.CharField(max_length=10, blank=True, choices=[(m, m) for m in rules.Missed])
    went = models.CharField(max_length=6, blank=True, choices=[(w, w) for w in rules.Went])
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["line", "day", "number"], name="one_session_at_a_time"),
            models.CheckConstraint(
                condition=Q(held=True, missed_because="") | (Q(held=False) & ~Q(missed_because="")),
                name="missed_session_says_why",
            ),
        )
        indexes = (models.Index(fields=["school", "day"], name="session_at_school"),)


class Delivery(Record):
    """Sessions promised and given on a line since a day: a copy for the register, recomputed each night."""

    keep: ClassVar[Keep] = Keep("Speeds up the register", Until.WHILE_NEEDED)

    pupil = models.OneToOneField(Pupil, models.CASCADE, related_name="delivery")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    since = models.DateField()
    planned = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    lately_planned = models.PositiveIntegerField(default=0)  # in the last two school weeks
    lately_held = models.PositiveIntegerField(default=0)
