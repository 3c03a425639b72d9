"""The trust's schools and their calendars."""

from typing import ClassVar

from django.db import models

from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

_STRUCTURE = Keep("The trust's own structure", Until.WHILE_NEEDED, personal=False)


class Trust(Record):
    """The data controller. One trust to a database, so there is one row."""

    keep: ClassVar[Keep] = _STRUCTURE

    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class School(Record):
    keep: ClassVar[Keep] = _STRUCTURE

    urn = models.CharField(max_length=6, unique=True)
    la = models.CharField(max_length=3, blank=True)
    establishment = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    phase = models.CharField(max_length=20, default="primary")  # primary, secondary, all-through, special
    low_age = models.PositiveSmallIntegerField(default=4)
    high_age = models.PositiveSmallIntegerField(default=11)
    phone = models.CharField(max_length=20, blank=True)
    joined_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=models.Q(urn__regex=r"^[0-9]{6}$"), name="school_urn_is_six_digits"),
        )

    def __str__(self) -> str:
        return self.name


class Term(Record):
    """First and last day of a term or half term. No school: the trust's, which schools without their own use."""

    keep: ClassVar[Keep] = _STRUCTURE

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="terms")
    name = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ("first",)
        constraints = (
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="term_ends_after_it_starts"),
        )


class Closure(Record):
    """A weekday in term on which pupils do not attend: a training day or a closure."""

    keep: ClassVar[Keep] = _STRUCTURE

    class Why(models.TextChoices):
        TRAINING = "training", "Staff training day"
        CLOSED = "closed", "Closed"

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="closures")
    day = models.DateField()
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.TRAINING)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=["school", "day"], nulls_distinct=False, name="one_closure_a_day"),
        )
