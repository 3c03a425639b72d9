"""Pupils and everything about where they are and who is beside them; nothing about their needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from alongside.base.people.models import Person
from alongside.base.pupils.names import called
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record
from alongside.law import codes

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor


class DateRange(Func):
    """daterange(since, until, '[]') for exclusion constraints."""

    function = "DATERANGE"
    output_field = DateRangeField()


def no_overlap(name: str, *same: str, condition: Q | None = None) -> ExclusionConstraint:
    """Two rows that agree in `same` may not hold on the same day.

    `same` comes first in its index: nearly all rows hold today, so by days one would read nearly the whole index.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (DateRange("since", "until", models.Value("[]")), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class PupilQuerySet(models.QuerySet["Pupil"]):
    def visible_to(self, actor: Actor, on: date) -> PupilQuerySet:
        """The one door: pupils whose name and brief this person may see as staff on a day."""
        from alongside.base.pupils.access import may_see

        return self.filter(may_see(actor, on))

    def of_family(self, actor: Actor) -> PupilQuerySet:
        """The pupils this person belongs to: own child, oneself."""
        return self.filter(pk__in=actor.child_ids)

    def on_roll(self, on: date) -> PupilQuerySet:
        return self.filter(Q(left_on=None) | Q(left_on__gte=on))


@tracked()
class Pupil(Record):
    """A child or young person on, or once on, the roll of a school of the trust."""

    keep: ClassVar[Keep] = Keep("Identifies a pupil in the school's care", Until.BIRTH_PLUS_31)

    school = models.ForeignKey(School, models.PROTECT, related_name="pupils")
    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    uln = models.CharField(max_length=10, blank=True)
    mis_id = models.CharField(max_length=40, blank=True)

    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80)
    middle_names = models.CharField(max_length=120, blank=True)
    liked_name = models.CharField(max_length=80, blank=True)  # the first name they like to be called
    liked_family = models.CharField(max_length=80, blank=True)
    former_family = models.CharField(max_length=80, blank=True)
    said_as = models.CharField(max_length=80, blank=True)  # 'KOO-ba'
    sort_key = models.CharField(max_length=200, db_collation="C")
    search_key = models.CharField(max_length=400, db_collation="C")

    born_on = models.DateField()
    sex = models.CharField(max_length=1, blank=True)
    nc_year = models.CharField(max_length=2)
    class_name = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    ethnicity_source = models.CharField(max_length=1, blank=True)
    language = models.CharField(max_length=3, blank=True)
    eal = models.BooleanField(null=True, blank=True)
    fsm = models.BooleanField(null=True, blank=True)
    pupil_premium = models.BooleanField(null=True, blank=True)
    in_care = models.BooleanField(null=True, blank=True)
    care_authority = models.CharField(max_length=3, blank=True)
    service_child = models.CharField(max_length=1, blank=True)
    medical_flag = models.BooleanField(null=True, blank=True)
    enrol_status = models.CharField(max_length=1, default="C")
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    more = models.JSONField(default=dict, blank=True)  # results, attendance and dated benefits as a file gave them

    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PupilQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["upn"], condition=~Q(upn=""), name="one_pupil_for_a_upn"),
            models.UniqueConstraint(
                fields=["school", "mis_id"], condition=~Q(mis_id=""), name="one_pupil_for_a_mis_id"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(entered_on=None) | Q(left_on__gte=F("entered_on")),
                name="pupil_leaves_after_entering",
            ),
        )
        indexes = (
            models.Index(fields=["school", "sort_key"], name="pupil_at_school_by_name"),
            models.Index(fields=["former_upn"], name="pupil_former_upn"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def liked(self) -> str:
        """The first name they like."""
        return self.liked_name or self.given_name

    @property
    def name(self) -> str:
        return called(self.liked_name, self.given_name, self.liked_family, self.family_name)

    @property
    def year(self) -> str:
        return codes.year_words(self.nc_year)


class Enrolment(Record):
    """A stretch at a school: ours, or an earlier one known by name only."""

    keep: ClassVar[Keep] = Keep("Shows where a pupil was taught", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")  # who holds the file
    at = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    la = models.CharField(max_length=3, blank=True)
    establishment = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["pupil"], name="enrolment_of_pupil"),)


@tracked()
class Contact(Record):
    """An adult the school may ring about a pupil, as the MIS or the family gave it."""

    keep: ClassVar[Keep] = Keep("Lets the school reach a pupil's family", Until.LEFT_PLUS_6)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="contacts")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="contacts")
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=20, blank=True)
    given = models.CharField(max_length=80, blank=True)
    family = models.CharField(max_length=80, blank=True)
    relationship = models.CharField(max_length=3, blank=True)
    responsibility = models.BooleanField(default=False)
    lives_with = models.BooleanField(default=False)
    barred = models.BooleanField(default=False)  # by a court order; never offered or shown as a choice
    phones = models.JSONField(default=list, blank=True)  # [{"type": "M", "number": "07700 900123"}]
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    reach = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=10, default="mis")

    class Meta:
        ordering = ("order",)
        indexes = (models.Index(fields=["pupil", "order"], name="contact_of_pupil"),)

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def formal(self) -> str:
        return f"{self.title} {self.family}".strip() if self.title else self.name

    @property
    def part(self) -> str:
        """'mother', 'carer', or 'contact' when the file did not say."""
        return codes.RELATIONSHIPS.words(self.relationship) if self.relationship else "contact"


class Group(Record):
    """A registration class or teaching set, as the timetable has it."""

    keep: ClassVar[Keep] = Keep("Shows who is taught together", Until.YEAR_PLUS_6, personal=False)

    class Kind(models.TextChoices):
        CLASS = "class", "Class"
        SET = "set", "Teaching set"

    school = models.ForeignKey(School, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.CLASS)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["school", "name", "subject"], name="one_group_of_a_name"),)

    def __str__(self) -> str:
        return f"{self.name} {self.subject.lower()}".strip()


class Membership(Record):
    """A pupil in a group, between two dates; the last day counts."""

    keep: ClassVar[Keep] = Keep("Gives the right teachers access on the right days", Until.YEAR_PLUS_6)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (no_overlap("one_membership_at_a_time", "pupil", "group"),)
        indexes = (models.Index(fields=["group", "since"], name="membership_of_group"),)


@tracked()
class AdultLink(Record):
    """An adult who works with a group or with one pupil, between two dates. This grants and ends access by itself."""

    keep: ClassVar[Keep] = Keep("Gives the right adults access on the right days", Until.YEAR_PLUS_6)

    class Part(models.TextChoices):
        TEACHES = "teaches", "teaches"
        SUPPORTS = "supports", "supports"
        KEY = "key", "key adult"
        COVER = "cover", "covers"

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="adults")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="adults")
    part = models.CharField(max_length=8, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(group=None, pupil__isnull=False) | Q(pupil=None, group__isnull=False),
                name="adult_link_is_to_a_group_or_a_pupil",
            ),
        )
        indexes = (models.Index(fields=["person", "since"], name="links_of_person"),)


class Absence(Record):
    """A day, or half of one, on which a pupil was recorded absent."""

    keep: ClassVar[Keep] = Keep("Explains sessions that did not happen", Until.YEAR_PLUS_6)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="absences")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    day = models.DateField()
    code = models.CharField(max_length=2, default="I")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pupil", "day"], name="one_absence_a_day"),)
