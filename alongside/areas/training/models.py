"""Ratings, courses and who came, coaching, appraisal ticks, and what the central team answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.areas.training import rules
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.base.access.actor import Actor


def _codes(words: Iterable[str]) -> list[tuple[str, str]]:
    """The codes of a list, without their words: words may change and no table with them."""
    return [(str(code), str(code)) for code in words]


class OwnQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, actor: Actor) -> OwnQuerySet:
        """One's own, and those of colleagues where this person sees what the staff can do."""
        return self.filter(Q(person=actor.person_id) | Q(school__in=actor.schools(Permission.TRAINING_GRID)))


@tracked()
class Rating(Record):
    """How far somebody is in an area of need, by themselves or by the SENCO. For development, never for pay."""

    keep: ClassVar[Keep] = Keep("Shows what somebody can do and wants to learn", Until.LEFT_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    area = models.CharField(max_length=4, choices=_codes(rules.AREAS))
    source = models.CharField(max_length=5, choices=[(s, s) for s in rules.Source])
    level = models.PositiveSmallIntegerField(choices=[(level.value, str(level.value)) for level in rules.Level])
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "school", "area", "source", "on"], name="one_rating_a_day"),
        )
        indexes = (models.Index(fields=["school", "person"], name="rating_at_school"),)


class Colleague(Record):
    """Somebody who works at a school and holds no role here: lunch and site staff, volunteers."""

    keep: ClassVar[Keep] = Keep("Counts colleagues without an account in training", Until.LEFT_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.CharField(max_length=10, choices=_codes(rules.GROUP_WORDS))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "person"], name="one_colleague_at_school"),)


class Team(Record):
    """A department or year team that a SENCO guides."""

    keep: ClassVar[Keep] = Keep("Names the teams of a school", Until.WHILE_NEEDED, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="one_team_of_a_name"),)


@tracked()
class Coaching(Record):
    """That the SENCO guided colleagues of a team: how, about what, how many."""

    keep: ClassVar[Keep] = Keep("Shows how a SENCO guides colleagues", Until.YEAR_PLUS_6, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, related_name="coached")
    how = models.CharField(max_length=8, choices=_codes(rules.COACHED_WORDS))
    area = models.CharField(max_length=4, blank=True, choices=_codes(rules.AREAS_AND_ALL))
    people = models.PositiveSmallIntegerField()
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-day", "-pk")
        indexes = (models.Index(fields=["team", "day"], name="coaching_of_team"),)


@tracked()
class Course(Record):
    """A course of a school, or of the trust. A draft until the need, the objective, the evaluation and a yes are there."""

    keep: ClassVar[Keep] = Keep("Shows what training there is and what it is for", Until.YEAR_PLUS_6, personal=False)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    provider = models.CharField(max_length=120)
    area = models.CharField(max_length=4, blank=True, choices=_codes(rules.AREAS_AND_ALL))
    aim = models.CharField(max_length=11, choices=_codes(rules.AIM_WORDS))
    depth = models.CharField(max_length=9, choices=_codes(rules.DEPTH_WORDS))
    audience = ArrayField(models.CharField(max_length=10, choices=_codes(rules.GROUP_WORDS)))
    need = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-written_on", "title")

    def facts(self) -> rules.CourseFacts:
        return rules.CourseFacts(self.title, self.provider, self.need, self.objective, self.evaluation, self.audience)


class Session(Record):
    """A course on a day."""

    keep: ClassVar[Keep] = Keep("Shows when training was given", Until.YEAR_PLUS_6, personal=False)

    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")  # as its course
    held_on = models.DateField()
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("held_on",)
        indexes = (models.Index(fields=["held_on"], name="session_by_day"),)


@tracked()
class Booking(Record):
    """Somebody's place in a session: booked, came or not, what changed, and who signs it off."""

    keep: ClassVar[Keep] = Keep("Shows what training somebody had and what came of it", Until.LEFT_PLUS_6)

    session = models.ForeignKey(Session, models.CASCADE, related_name="bookings")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")  # where they work
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.CharField(max_length=10, blank=True, choices=_codes(rules.GROUP_WORDS))
    booked_on = models.DateField()
    came = models.BooleanField(null=True, blank=True)
    changed = models.TextField(blank=True)
    changed_on = models.DateField(null=True, blank=True)
    signer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "person"], name="one_place_in_a_session"),
            models.CheckConstraint(condition=Q(signed_on=None) | Q(signer__isnull=False), name="signed_by_somebody"),
        )
        indexes = (
            models.Index(fields=["person"], name="bookings_of_person"),
            models.Index(fields=["school"], name="bookings_at_school"),
        )


class Appraised(Record):
    """That a colleague's appraisal covered teaching of pupils at risk. A day and nothing else, on purpose."""

    keep: ClassVar[Keep] = Keep("Shows that appraisals cover pupils at risk", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "person", "on"], name="one_tick_a_day"),)


class Answered(Record):
    """What the central team says to a need that several schools have. About no school and nobody."""

    keep: ClassVar[Keep] = Keep("Shows what the trust does about shared needs", Until.YEAR_PLUS_6, personal=False)

    area = models.CharField(max_length=4, choices=_codes(rules.AREAS))
    answer = models.CharField(max_length=6, choices=_codes(rules.ANSWER_WORDS))
    course = models.ForeignKey(Course, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-pk")


class Line(Record):
    """To whom of the trust's executives a central colleague's training goes for sign-off."""

    keep: ClassVar[Keep] = Keep("Says who signs off for central staff", Until.LEFT_PLUS_6)

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    executive = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
