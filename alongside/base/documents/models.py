"""Papers as they were issued, and drafts that nobody should lose."""

from typing import ClassVar

from django.db import models

from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class Document(Record):
    """A fixed copy of a paper: what was printed or sent, byte for byte. Never edited."""

    keep: ClassVar[Keep] = Keep("Shows exactly what a family or colleague was given", Until.BIRTH_PLUS_31)

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="documents")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    about_id = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    band = models.PositiveSmallIntegerField(default=2)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["pupil", "-at"], name="document_of_pupil"),)


class Draft(Record):
    """What somebody is typing and has not sent. Theirs alone; gone when the form is sent or after 30 days."""

    keep: ClassVar[Keep] = Keep("So that nothing typed is lost", Until.WHILE_NEEDED)

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=120)  # which form about which thing: 'concern:12'
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "form"], name="one_draft_of_a_form"),)
