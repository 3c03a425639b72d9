"""A person's choice about mail, which mails went, and the secret address of their calendar. No pupil in any of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.areas.morning import rules
from alongside.base.people.models import Person
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class MailChoice(Record):
    """Whether somebody wants the morning mail. Nobody has a row until their first mail, or their first no."""

    keep: ClassVar[Keep] = Keep("Says who wants the morning mail", Until.LEFT_PLUS_6)

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    wants = models.BooleanField(default=True)
    stop = models.CharField(max_length=43, unique=True)  # stands in every mail; all it opens is 'no more mail'
    changed_on = models.DateField()


class MailSent(Record):
    """That a mail went to somebody on a day. What was in it is not kept: it was counts."""

    keep: ClassVar[Keep] = Keep("Keeps mail to one a day", Until.DONE_PLUS_1)

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in rules.Sending])
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "on", "kind"], name="one_mail_of_a_kind_a_day"),)


class Feed(Record):
    """The address of somebody's calendar: only its digest, so that nobody who reads the table can use it."""

    keep: ClassVar[Keep] = Keep("Shows a person's own dates in their calendar", Until.DONE_PLUS_1)

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    until = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)
    reads = models.PositiveIntegerField(default=0)
    window_from = models.DateTimeField(null=True, blank=True)
    window_reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_on=None), name="one_calendar_a_person"),
        )
