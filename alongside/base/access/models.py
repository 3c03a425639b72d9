"""Who holds which role where, and whose child is whose."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


@tracked()
class Post(Record):
    """A role held by a person at a school, or at the trust (no school), between two dates.

    The last day counts; access stops at midnight after it.
    """

    keep: ClassVar[Keep] = Keep("Shows who could see what on a day", Until.LEFT_PLUS_6)

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=24)  # a stable code of roles.py
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_starts"
            ),
        )
        indexes = (models.Index(fields=["person", "since"], name="post_of_person"),)


@tracked()
class Tie(Record):
    """A person who stands outside the school's staff to one pupil: parent, the pupil, an invited professional."""

    keep: ClassVar[Keep] = Keep("Shows which family member or visitor could see a pupil", Until.BIRTH_PLUS_31)

    class Kind(models.TextChoices):
        PARENT = "parent", "Parent or carer"
        PUPIL = "pupil", "Pupil"
        YOUNG_PERSON = "young", "Young person, 16 or over"
        CASE = "case", "Invited professional"

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    pupil_id = models.BigIntegerField()  # pupils stand above this app, so there is no foreign key
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    responsibility = models.BooleanField(default=False)  # holds parental responsibility
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "pupil_id", "kind", "since"], name="one_tie_of_a_kind"),
        )
        indexes = (models.Index(fields=["pupil_id"], name="tie_of_pupil"),)


class Gate(Record):
    """From which day whoever begins on the staff has to know the policy before a pupil's data open to them."""

    keep: ClassVar[Keep] = Keep("Says since when new staff are inducted", Until.WHILE_NEEDED, personal=False)

    since = models.DateField()


class Inducted(Record):
    """That somebody has been inducted: they have opened the policy, read its summary and answered the questions."""

    keep: ClassVar[Keep] = Keep("Opens pupil data to a new member of staff", Until.LEFT_PLUS_6)

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    done_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["person", "done_on"], name="inducted_person"),)
