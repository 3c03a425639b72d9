"""Departures from the SEND Code, and lines added to them later. An entry is never deleted, nor what it says changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from alongside.areas.clocks.models import Missed
from alongside.areas.departures import rules
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from datetime import date

    from alongside.base.access.actor import Actor


class DepartureQuerySet(models.QuerySet["Departure"]):
    def visible_to(self, actor: Actor) -> DepartureQuerySet:
        """Those of the schools whose log this person reads, but for the family's own children."""
        from alongside.base.access.roles import Permission

        here = self.filter(school__in=actor.schools(Permission.DEPARTURES))
        return here.exclude(pupil__in=actor.own_children) if actor.own_children else here

    def standing(self, on: date) -> DepartureQuerySet:
        """Those that go on: not ended, and their last day has not passed."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on)).filter(Q(until=None) | Q(until__gte=on))


@tracked()
class Departure(Record):
    """That a school did otherwise than the Code asks: for whom, what instead, why, with what effect, by whose decision."""

    keep: ClassVar[Keep] = Keep(
        "Explains, to a tribunal too, where the school departed from the Code", Until.YEAR_PLUS_6
    )

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    about = models.CharField(max_length=6, choices=tuple(rules.ABOUT_WORDS.items()))
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=120, blank=True)  # in words, without a name
    duty = models.CharField(max_length=8, blank=True)  # the duty from whose page it was logged
    rule = models.CharField(max_length=20, blank=True)  # of the book; none for another paragraph
    paragraph = models.CharField(max_length=40)
    asks = models.TextField()  # what the Code asks, as it read on the day
    missed = models.ForeignKey(Missed, models.SET_NULL, null=True, blank=True, related_name="+")

    instead = models.TextField()
    reason = models.TextField()
    effect = models.TextField()
    follows = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()  # the day of the entry

    decider = models.CharField(max_length=5, choices=tuple(rules.DECIDER_WORDS.items()))
    decision = models.CharField(max_length=7, blank=True, choices=tuple(rules.DECISION_WORDS.items()))
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_words = models.TextField(blank=True)

    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    came_of_it = models.TextField(blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="a_departure_has_a_reason"),
            models.CheckConstraint(condition=Q(since__lte=F("on")), name="a_departure_has_happened"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_departure_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(about="pupil", pupil__isnull=False, group="")
                | Q(about="group", pupil=None) & ~Q(group="")
                | Q(about="school", pupil=None, group=""),
                name="a_departure_concerns_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None, decided_by=None)
                | ~Q(decision="") & Q(decided_on__isnull=False, decided_by__isnull=False),
                name="a_decision_has_its_day",
            ),
        )
        indexes = (
            models.Index(fields=["school", "-since"], name="departures_at_school"),
            models.Index(fields=["pupil", "-since"], name="departures_of_pupil"),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="what_was_logged_stays",
                fields=["rule", "paragraph", "asks", "instead", "reason", "effect", "follows", "since", "by", "on"],
            ),
        )

    @property
    def who(self) -> str:
        if self.pupil is not None:
            return self.pupil.name
        return self.group if self.about == rules.About.GROUP else "The whole school"

    @property
    def where(self) -> str:
        """'6.44' or '6.48-6.51', as the Code counts its paragraphs."""
        return self.paragraph.replace("-", "–")

    def stands(self, on: date) -> bool:
        return (self.ended_on is None or self.ended_on > on) and (self.until is None or self.until >= on)


@tracked()
class Addition(Record):
    """A dated line below a departure: what was learnt later. It changes nothing above it."""

    keep: ClassVar[Keep] = Keep("Keeps what was added to the log of departures, and when", Until.YEAR_PLUS_6)

    departure = models.ForeignKey(Departure, models.CASCADE, related_name="additions")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ("on", "pk")
        triggers = (pgtrigger.ReadOnly(name="what_was_added_stays", fields=["words", "by", "on"]),)
