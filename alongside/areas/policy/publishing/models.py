"""The approved files, where the website offers the policy, and what was found there on each day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.areas.policy.publishing import rules
from alongside.base.people.models import Person
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class ApprovedFile(Record):
    """The file that the board approved, byte for byte. Never edited: another file is another row, with its reason."""

    keep: ClassVar[Keep] = Keep("Shows which file the board approved, to compare with the website", Until.WHILE_NEEDED)

    version = models.ForeignKey("policy.Version", models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)  # as it was called when it was brought
    media_type = models.CharField(max_length=80, choices=[(code, words) for code, words in rules.TYPE_WORDS.items()])
    body = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_on = models.DateField()

    class Meta:
        ordering = ("-pk",)  # the newest counts
        constraints = (
            models.CheckConstraint(condition=~Q(sha256="") & Q(size__gt=0), name="approved_file_has_its_hash"),
        )


@tracked()
class Publication(Record):
    """Where the trust's website offers the policy, and whether the web version is on. One row."""

    keep: ClassVar[Keep] = Keep("Says where the policy is published", Until.WHILE_NEEDED, personal=False)

    only = models.BooleanField(default=True, unique=True, editable=False)
    address = models.CharField(max_length=400, blank=True)
    web_on = models.BooleanField(default=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(only=True), name="one_publication"),)


class Look(Record):
    """What stood at the address on a day, beside the approved file."""

    keep: ClassVar[Keep] = Keep(
        "Shows that the published policy is the approved one", Until.YEAR_PLUS_6, personal=False
    )

    looked_on = models.DateField(unique=True)
    address = models.CharField(max_length=400)
    file = models.ForeignKey(ApprovedFile, models.PROTECT, related_name="+")
    found = models.CharField(max_length=8, choices=[(f.value, rules.FOUND_WORDS[f]) for f in rules.Found])
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    wrong = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("-looked_on",)

    def looked(self) -> rules.Looked:
        return rules.Looked(self.looked_on, rules.Found(self.found), self.sha256)
