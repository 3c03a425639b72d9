"""Appointments, qualifications, agreed hours, what became of them, and what the SENCO and the board said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.areas.workforce import rules
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.base.pupils.models import no_overlap
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, actor: Actor) -> AppointmentQuerySet:
        """Appointments at the schools whose SENCO's post this person may see whole."""
        return self.filter(school__in=actor.schools(Permission.SENCO_POST))

    def on(self, day: date) -> AppointmentQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


@tracked()
class Appointment(Record):
    """A person's time as SENCO of a school, or as cover. The last day counts."""

    keep: ClassVar[Keep] = Keep("Shows who was SENCO on a day, as the law asks", Until.LEFT_PLUS_6)

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=[(k, k) for k in rules.Kind], default=rules.Kind.SENCO)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=[(s, s) for s in rules.Status])
    works_here = models.BooleanField(default=True)
    leads = models.BooleanField(default=False)
    access = models.CharField(max_length=200, blank=True)  # how they reach the leadership, if they do not sit in it
    first_on = models.DateField()  # first day as SENCO at any school
    months_before = models.PositiveSmallIntegerField(default=0)
    noted_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("-since",)
        constraints = (
            no_overlap("one_senco_at_a_time", "school", "kind"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="appointment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(rules.LAWFUL), works_here=True), name="senco_is_a_teacher_of_the_school"
            ),
        )

    def facts(self) -> rules.Appointed:
        return rules.Appointed(
            self.person_id, self.kind, self.since, self.until, self.status, self.works_here, self.leads, self.access,
            self.first_on, self.months_before,
        )  # fmt: skip


@tracked()
class Qualification(Record):
    """One of the two qualifications: on the way to it, or held."""

    keep: ClassVar[Keep] = Keep("Shows that a SENCO is qualified, or by when they will be", Until.LEFT_PLUS_6)

    school = models.ForeignKey(School, models.PROTECT, related_name="+")  # where it was noted
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    award = models.CharField(max_length=8, choices=[(a, a) for a in rules.Award])
    provider = models.CharField(max_length=120)
    started_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    certificate = models.CharField(max_length=120, blank=True)  # where it can be looked at
    noted_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "person", "award"], name="one_qualification_of_a_kind"),
            models.CheckConstraint(condition=Q(awarded_on=None) | ~Q(certificate=""), name="award_has_its_certificate"),
        )

    def facts(self) -> rules.Course:
        return rules.Course(
            self.award, self.provider, self.started_on, self.expected_on, self.awarded_on, self.certificate
        )


@tracked()
class Agreed(Record):
    """Hours a week agreed for the role and for its administrative help, from a day until others are agreed."""

    keep: ClassVar[Keep] = Keep("Shows what time a SENCO was given", Until.YEAR_PLUS_6, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    since = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    admin = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    limit = models.PositiveSmallIntegerField(default=rules.MOST_LOST)  # percent that may be lost
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since",)
        constraints = (models.UniqueConstraint(fields=["school", "since"], name="one_agreement_a_day"),)


@tracked()
class Week(Record):
    """What became of a week's agreed hours, as the SENCO noted it."""

    keep: ClassVar[Keep] = Keep("Shows what time a SENCO had", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    monday = models.DateField()
    agreed = models.DecimalField(max_digits=4, decimal_places=1)
    admin_agreed = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    used = models.DecimalField(max_digits=4, decimal_places=1)
    admin_given = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-monday",)
        constraints = (models.UniqueConstraint(fields=["school", "monday"], name="one_week_noted_once"),)


@tracked()
class Lost(Record):
    """Hours of a week that went to something else, and to what."""

    keep: ClassVar[Keep] = Keep("Shows what a SENCO's time went to", Until.YEAR_PLUS_6)

    week = models.ForeignKey(Week, models.CASCADE, related_name="lost")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    why = models.CharField(max_length=8, choices=[(w, w) for w in rules.Why])
    hours = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["week", "why"], name="one_loss_of_a_kind"),)


@tracked()
class View(Record):
    """The SENCO's own word on whether the time is enough. Nobody else writes it."""

    keep: ClassVar[Keep] = Keep("Keeps a SENCO's own view of their time", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    enough = models.BooleanField()
    words = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=["school", "on"], name="view_at_school"),)


class Confirmation(Record):
    """That the governing board looked at the SENCO's post, with the minute that says so."""

    keep: ClassVar[Keep] = Keep("Shows that governors looked at the SENCO's post", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    minuted_on = models.DateField()
    minute = models.CharField(max_length=120)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-minuted_on",)


class Told(Record):
    """That a gap was told, so that it is told once."""

    keep: ClassVar[Keep] = Keep("Shows that a gap was told on its day", Until.YEAR_PLUS_6, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    since = models.DateField()
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "since"], name="one_telling_of_a_gap"),)
