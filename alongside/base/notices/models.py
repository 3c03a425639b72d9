"""What somebody should hear."""

from typing import ClassVar

from django.db import models

from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class Notice(Record):
    """A message to one person, shown in the page."""

    keep: ClassVar[Keep] = Keep("Shows who was told what", Until.YEAR_PLUS_6)

    to = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24)
    says = models.TextField()
    url = models.CharField(max_length=120, blank=True)
    created_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["to", "read_at"], name="notice_to_person"),)
