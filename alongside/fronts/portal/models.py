"""One-time ways in for families: a link by e-mail, or a code on a letter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from alongside.base.people.models import Person
from alongside.fronts.portal import rules
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class Key(Record):
    """A secret that lets one person in once. Only its digest is kept, so that nobody who reads the table can use it."""

    keep: ClassVar[Keep] = Keep("Lets a family in without a password", Until.DONE_PLUS_1)

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    way = models.CharField(max_length=6, choices=[(w, w) for w in rules.Way])
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-made_at"], name="key_of_person"),)
