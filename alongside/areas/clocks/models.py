"""Who was told of which clock, what was missed and why, what waits, and a school's own steps. Facts; no date moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.areas.clocks import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record
from alongside.law.escalation import Hearer

if TYPE_CHECKING:
    from alongside.base.access.actor import Actor

_HEARERS = [(hearer.value, hearer.value) for hearer in Hearer]


class AboutClock(Record):
    """Names a clock as the table of open clocks does, with the due date that it had: another date is another clock."""

    clock = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    due = models.DateField()
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @property
    def key(self) -> tuple[str, str, int, object]:
        return self.clock, self.kind, self.about_id, self.due


class Told(AboutClock):
    """That one person heard of one clock at one step on one day. Written by the night's job, once."""

    keep: ClassVar[Keep] = Keep("Shows who knew that a date was near or missed", Until.YEAR_PLUS_6)

    band = models.CharField(max_length=6)
    hearer = models.CharField(max_length=8, choices=_HEARERS)
    step = models.SmallIntegerField()  # days before due; law.escalation
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["clock", "kind", "about_id", "due", "hearer", "step", "person"], name="told_once"
            ),
        )
        indexes = (
            models.Index(fields=["about_id", "kind", "clock"], name="told_of_clock"),
            models.Index(fields=["person", "on"], name="told_person_on"),
        )


class MissedQuerySet(models.QuerySet["Missed"]):
    def visible_to(self, actor: Actor) -> MissedQuerySet:
        """Those of the schools whose Today this person sees, but for the family's own children."""
        from alongside.base.access.roles import Permission

        return self.filter(school__in=actor.schools(Permission.TODAY)).exclude(pupil__in=actor.own_children)


@tracked()
class Missed(AboutClock):
    """That a date of the law or of the Code passed undone, and why, once it is said. A ground in law is shown beside it."""

    keep: ClassVar[Keep] = Keep("Shows which legal dates were missed, and why", Until.YEAR_PLUS_6)

    what = models.CharField(max_length=160)
    noted_on = models.DateField()
    because = models.CharField(max_length=12, blank=True, choices=tuple(rules.BECAUSE_WORDS.items()))
    words = models.TextField(blank=True)
    ground = models.CharField(max_length=4, blank=True)  # of law.exemptions; it never moves the date
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reasoned_on = models.DateField(null=True, blank=True)

    objects = MissedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["clock", "kind", "about_id", "due"], name="missed_once"),
            models.CheckConstraint(
                condition=Q(because="", reasoned_on=None) | (~Q(because="") & Q(reasoned_on__isnull=False)),
                name="a_reason_has_its_day",
            ),
        )
        indexes = (models.Index(fields=["school", "-due"], name="missed_at_school"),)


class PutOffQuerySet(models.QuerySet["PutOff"]):
    def visible_to(self, actor: Actor) -> PutOffQuerySet:
        """Those of the schools whose Today this person sees, but for the family's own children."""
        from alongside.base.access.roles import Permission

        return self.filter(school__in=actor.schools(Permission.TODAY)).exclude(pupil__in=actor.own_children)


@tracked()
class PutOff(AboutClock):
    """That a row waits until a day, why, and who said so. It comes back on its day, or when its clock changes."""

    keep: ClassVar[Keep] = Keep("Shows what was left to wait, and why", Until.YEAR_PLUS_6)

    counted_from = models.DateField()
    what = models.CharField(max_length=160)
    until = models.DateField()  # the day on which it is back
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    back_on = models.DateField(null=True, blank=True)  # somebody put it back before its day

    objects = PutOffQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("on")), name="what_waits_comes_back"),
            models.UniqueConstraint(
                fields=["clock", "kind", "about_id", "due", "until"], condition=Q(back_on=None), name="waits_once"
            ),
        )
        indexes = (
            models.Index(fields=["about_id", "kind", "clock"], name="put_off_clock"),
            models.Index(fields=["school", "-on"], name="put_off_at_school"),
        )


@tracked()
class Stricter(Record):
    """A school's own steps for one hearer of one ladder, from a day on. Never looser than the trust's."""

    keep: ClassVar[Keep] = Keep("Says when a school wants to be warned", Until.WHILE_NEEDED, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    ladder = models.CharField(max_length=16)
    hearer = models.CharField(max_length=8, choices=_HEARERS)
    days = ArrayField(models.SmallIntegerField())
    since = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "ladder", "hearer", "since"], name="one_own_ladder_a_day"),
        )
