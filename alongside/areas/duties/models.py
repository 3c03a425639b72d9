"""The catalogue in versions, how each duty stands and stood, and what people said about it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.areas.duties import rules, signing
from alongside.base.evidence.proofs import Evidence, State
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


class Duty(Record):
    """One version of one duty. The latest version whose day has come holds; a trust's own stands before the first."""

    keep: ClassVar[Keep] = Keep("Says what the policy binds the trust to", Until.WHILE_NEEDED, personal=False)

    code = models.CharField(max_length=8)
    valid_from = models.DateField()
    own = models.BooleanField(default=False)  # the trust's own version
    section = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    says = models.TextField()  # the duty in plain words
    rule = models.TextField()  # when it is met, due, overdue, at risk
    family = models.PositiveSmallIntegerField(choices=tuple(rules.FAMILIES.items()))
    holds_for = models.CharField(max_length=6, choices=[(h, h) for h in rules.HoldsFor])
    about = models.CharField(max_length=8)  # pupil, cohort, school, staff, document, trust
    kind = models.CharField(max_length=12)
    owner = models.CharField(max_length=24)  # a stable code of roles.py
    cadence = models.CharField(max_length=16)
    when = models.CharField(max_length=80)
    limit = models.CharField(max_length=80, blank=True)
    clock = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=8, choices=[(e, e) for e in Evidence])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "valid_from", "own"], name="one_duty_version_a_day"),)


class Delegation(Record):
    """A line of the scheme of delegation: another role answers for a duty, or a family of duties, from a day on."""

    keep: ClassVar[Keep] = Keep("Says who answers for what", Until.WHILE_NEEDED, personal=False)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")  # none: everywhere
    family = models.PositiveSmallIntegerField(null=True, blank=True)
    duty = models.CharField(max_length=8, blank=True)
    role = models.CharField(max_length=24)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(family=None) & ~Q(duty="") | Q(family__isnull=False, duty=""),
                name="delegation_is_of_a_duty_or_a_family",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="delegation_ends_after_start"
            ),
        )


class StandingQuerySet(models.QuerySet["Standing"]):
    def on(self, day: date) -> StandingQuerySet:
        """How things stood on a day: the period it falls in."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Standing(Record):
    """How a duty stands at a school, or at the trust, over a stretch of days. A copy: the truth is in the facts.

    Written only by `actions.refresh`. A state that changes ends its row and begins another, so that any past day can
    be read; figures are those of the stretch's last recomputation.
    """

    keep: ClassVar[Keep] = Keep("Shows how a duty stood on a day", Until.YEAR_PLUS_6, personal=False)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")  # none: the trust
    duty = models.CharField(max_length=8)
    state = models.CharField(max_length=14, choices=[(s, s) for s in State])
    evidence = models.CharField(max_length=8, choices=[(e, e) for e in Evidence])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    met = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0)
    at_risk = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    not_evidenced = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=240, blank=True)
    computed_on = models.DateField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school", "duty"], condition=Q(until=None), nulls_distinct=False, name="one_standing_now"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="standing_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["school", "until", "duty"], name="standing_at_school"),)

    @property
    def counts(self) -> rules.Counts:
        return rules.Counts(self.met, self.due, self.at_risk, self.overdue, self.not_evidenced, self.due_on)


class Touched(Record):
    """That a save changed records of a slice at a school since its duties were last worked out."""

    keep: ClassVar[Keep] = Keep("Brings states up to date", Until.WHILE_NEEDED, personal=False)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    slice = models.CharField(max_length=16)


@tracked()
class Attestation(Record):
    """Somebody's dated word that a duty is met: what shows it, in which role, until when."""

    keep: ClassVar[Keep] = Keep("Shows on whose word a duty counted as met", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    duty = models.CharField(max_length=8)
    item = models.TextField()
    role = models.CharField(max_length=24)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(expires_on__gt=F("on")), name="a_word_ends"),)
        indexes = (models.Index(fields=["school", "duty"], name="attested_at_school"),)


@tracked()
class Observation(Record):
    """What somebody other than the duty's owner saw."""

    keep: ClassVar[Keep] = Keep("Shows what was seen of a duty, and by whom", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    duty = models.CharField(max_length=8)
    words = models.TextField()
    found = models.CharField(max_length=6, choices=[(f, f) for f in rules.Found])
    role = models.CharField(max_length=24)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen_on = models.DateField()
    on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["school", "duty"], name="observed_at_school"),)


@tracked()
class Exemption(Record):
    """That a duty does not apply to a school for a while, why, and who approved it."""

    keep: ClassVar[Keep] = Keep("Shows why a duty was set aside", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    duty = models.CharField(max_length=8)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    until = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["school", "duty"], name="exempt_at_school"),)


@tracked()
class Explanation(Record):
    """What a school says about a state. It changes no state."""

    keep: ClassVar[Keep] = Keep("Lets a school explain how a duty stands", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    duty = models.CharField(max_length=8)
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["school", "duty"], name="explained_at_school"),)


class Acceptance(Record):
    """That whoever holds a role, at a school or at the trust, has accepted what the scheme of delegation gives it."""

    keep: ClassVar[Keep] = Keep("Shows who accepted which duties, and when", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["school", "role"], name="accepted_at_school"),)


@tracked()
class SignOff(Record):
    """That a headteacher signed off a term: what they said, and how many duties were late or at risk at that moment."""

    keep: ClassVar[Keep] = Keep("Shows that a headteacher looked at the term, and what they said", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()  # in which the school year began
    term = models.CharField(max_length=6, choices=tuple(signing.SEASON_WORDS.items()))
    comment = models.TextField()
    late = models.PositiveIntegerField()  # duties overdue on the day, as they were counted then
    at_risk = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "year", "term"], name="one_sign_off_a_term"),)


@tracked()
class Question(Record):
    """What a governor or trustee asks about a family of duties, and what they were answered."""

    keep: ClassVar[Keep] = Keep("Shows what a board asked and was told", Until.YEAR_PLUS_6)

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")  # none: the trust
    family = models.PositiveSmallIntegerField(choices=tuple(rules.FAMILIES.items()))
    words = models.TextField()
    role = models.CharField(max_length=24)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gt=F("on")), name="an_answer_is_due_after_the_question"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answered_by=None)
                | ~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False),
                name="an_answer_says_by_whom",
            ),
        )
        indexes = (models.Index(fields=["school", "answered_on"], name="asked_at_school"),)
