"""Versions of the policy with their clauses, the law and guidance cited, reviews, and who was told what and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.areas.policy import rules
from alongside.areas.policy.publishing import models as _publishing  # noqa: F401  (its tables are this slice's)
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.base.pupils.models import Contact, Pupil
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from alongside.base.access.actor import Actor

_TEXT = Until.WHILE_NEEDED


def _codes() -> Any:
    """Numbers of duties in the catalogue."""
    return ArrayField(models.CharField(max_length=8), default=list, blank=True)


class VersionQuerySet(models.QuerySet["Version"]):
    def current(self) -> VersionQuerySet:
        """The one version in force, if there is one."""
        return self.filter(current_since__isnull=False, superseded_on=None)


@tracked()
class Version(Record):
    """One issue of the policy. Its state follows from these dates."""

    keep: ClassVar[Keep] = Keep("Says which policy bound the trust on a day", _TEXT, personal=False)

    reference = models.CharField(max_length=20)
    issue_on = models.DateField()
    issue_printed = models.CharField(max_length=40, blank=True)  # 'September 2024/25'
    next_review = models.DateField()  # the first day of the month that it prints
    next_review_printed = models.CharField(max_length=40, blank=True)
    corrected_review = models.DateField(null=True, blank=True)
    corrected_note = models.TextField(blank=True)
    as_issued = models.BooleanField(default=False)  # came with the product
    review = models.OneToOneField(
        "Review", models.PROTECT, null=True, blank=True, related_name="made"
    )  # the one that led to it
    body = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    minute = models.CharField(max_length=80, blank=True)
    current_since = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    staff_summary = models.TextField(blank=True)
    family_summary = models.TextField(blank=True)
    easy_summary = models.TextField(blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-issue_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["superseded_on"], condition=Q(current_since__isnull=False, superseded_on=None),
                nulls_distinct=False, name="one_current_policy",
            ),
            models.CheckConstraint(
                condition=Q(current_since=None) | Q(approved_on__isnull=False) & ~Q(minute="") & ~Q(body=""),
                name="current_policy_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(as_issued=True) | Q(next_review__gt=F("issue_on")), name="policy_is_reviewed_after_issue"
            ),
        )  # fmt: skip

    def facts(self) -> rules.VersionFacts:
        return rules.VersionFacts(
            issue=self.issue_on, next_review=self.next_review, as_issued=self.as_issued, approved_on=self.approved_on,
            asked_on=self.review.opened_on if self.review else None, body=self.body, minute=self.minute,
            current_since=self.current_since, superseded_on=self.superseded_on, corrected=self.corrected_review,
        )  # fmt: skip

    @property
    def name(self) -> str:
        """'TB15 of September 2024'."""
        return f"{self.reference} of {self.issue_on:%B %Y}"

    @property
    def summaries(self) -> dict[str, str]:
        return {
            rules.Reader.STAFF: self.staff_summary, rules.Reader.FAMILY: self.family_summary,
            rules.Reader.EASY: self.easy_summary,
        }  # fmt: skip


@tracked()
class Section(Record):
    """A section of a version: our number, and those that its contents page and its heading print."""

    keep: ClassVar[Keep] = Keep("Lets every clause be found by any number it had", _TEXT, personal=False)

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)  # as printed
    listed = models.PositiveSmallIntegerField(null=True, blank=True)
    printed = models.PositiveSmallIntegerField(null=True, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    resolved_note = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["version", "number"], name="one_section_a_number"),)

    def numbered(self) -> rules.Numbered:
        return rules.Numbered(self.number, self.heading, self.listed, self.printed, self.resolved_on is not None)


@tracked()
class Clause(Record):
    """A clause of a section, by our number in it, with the duties that rest on it."""

    keep: ClassVar[Keep] = Keep("Ties each duty to the words that it rests on", _TEXT, personal=False)

    section = models.ForeignKey(Section, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    duties = _codes()

    class Meta:
        ordering = ("section", "number")
        constraints = (models.UniqueConstraint(fields=["section", "number"], name="one_clause_a_number"),)

    @property
    def code(self) -> str:
        """'15.3'; in the statement of intent '0.3'."""
        return f"{self.section.number}.{self.number}"


@tracked()
class OddityNote(Record):
    """That something odd in the text has been put right, and how."""

    keep: ClassVar[Keep] = Keep("Shows who settled an oddity of the text", Until.WHILE_NEEDED)

    number = models.PositiveSmallIntegerField(unique=True)  # of the list that the product brings
    note = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()


@tracked()
class Reference(Record):
    """A law or a piece of guidance: what the policy cites, and what is in force."""

    keep: ClassVar[Keep] = Keep("Keeps the law and guidance behind the policy current", _TEXT, personal=False)

    class Kind(models.TextChoices):
        LAW = "law", "Law"
        GUIDANCE = "guidance", "Guidance"

    key = models.CharField(max_length=24, blank=True)  # of those that came with the product
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=160)
    printed = models.CharField(max_length=160, blank=True)  # its title in the policy, where that is another
    cited = models.CharField(max_length=80, blank=True)  # the year or edition that the policy cites
    in_force = models.CharField(max_length=80, blank=True)
    superseded_by = models.CharField(max_length=160, blank=True)
    amended = models.CharField(max_length=240, blank=True)
    governs = models.CharField(max_length=160)
    left_out = models.BooleanField(default=False)  # in force, and the policy does not name it
    duties = _codes()
    checked_on = models.DateField(null=True, blank=True)
    noted_on = models.DateField(null=True, blank=True)  # a review has said what it does about the difference

    class Meta:
        ordering = ("-kind", "title")
        constraints = (
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_reference_a_key"),
            models.UniqueConstraint(fields=["title"], name="one_reference_a_title"),
        )

    @property
    def superseded(self) -> bool:
        return rules.superseded(cited=self.cited, in_force=self.in_force) or bool(self.superseded_by)


@tracked()
class Flowchart(Record):
    """A flowchart or appendix of a version; its steps stand as text as well."""

    keep: ClassVar[Keep] = Keep("Shows steps to whoever reads and whoever listens", _TEXT, personal=False)

    version = models.ForeignKey(Version, models.CASCADE, related_name="flowcharts")
    title = models.CharField(max_length=120)
    text = models.TextField()  # the same steps in words, one a line
    workflow = models.CharField(max_length=40)  # the name of the page whose steps it shows

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(text="") & ~Q(workflow=""), name="flowchart_has_its_words"),)


# --- The review -----------------------------------------------------------------------------------------------


@tracked()
class Review(Record):
    """The yearly review of a version, from the day it opened to the version it led to."""

    keep: ClassVar[Keep] = Keep("Shows who reviewed the policy, when, and what they found", Until.WHILE_NEEDED)

    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews")
    opened_on = models.DateField()
    due_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    completed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    found = models.TextField(blank=True)

    class Meta:
        ordering = ("-opened_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["completed_on"], condition=Q(completed_on=None), nulls_distinct=False, name="one_open_review"
            ),
        )


@tracked()
class AgendaPoint(Record):
    """Something gathered for a review to look at, and what it says to it."""

    keep: ClassVar[Keep] = Keep("Shows what a review looked at", Until.WHILE_NEEDED)

    review = models.ForeignKey(Review, models.CASCADE, related_name="agenda")
    kind = models.CharField(max_length=10)  # law, reference, numbering, oddity, duty
    about = models.CharField(max_length=24)
    says = models.TextField()
    note = models.TextField(blank=True)
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["review", "kind", "about"], name="one_agenda_point"),)


@tracked()
class Decided(Record):
    """What a review does with one clause, and why."""

    keep: ClassVar[Keep] = Keep("Shows why a clause was kept, changed or removed", Until.WHILE_NEEDED)

    review = models.ForeignKey(Review, models.CASCADE, related_name="decided")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    kept = models.CharField(max_length=8, choices=[(k, k) for k in rules.Kept])
    says = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["review", "clause"], name="one_decision_a_clause"),)


@tracked()
class Comment(Record):
    """What somebody of the central team or of the trustees said to a review, or that they had nothing to add."""

    keep: ClassVar[Keep] = Keep("Shows who was heard before a policy was approved", Until.WHILE_NEEDED)

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    side = models.CharField(max_length=8, choices=[(s, s) for s in rules.Side])
    role = models.CharField(max_length=24)
    declined = models.BooleanField(default=False)
    says = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)


# --- Who was told, and who has read -----------------------------------------------------------------------------


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, actor: Actor) -> ReadingQuerySet:
        """The one door: one's own, and those of the schools whose confirmations one sees or whose sheet one keeps."""
        mine = Q(person=actor.person_id) if actor.person_id else Q(pk__in=())
        schools = actor.schools(Permission.POLICY_CONFIRMATIONS) | actor.schools(Permission.POLICY_SHEET)
        return self.filter(mine | Q(school__in=schools))


@tracked()
class Reading(Record):
    """That somebody on the staff was told of a version, opened it, and confirmed that they had read it."""

    keep: ClassVar[Keep] = Keep("Shows who knew the policy, and since when", Until.LEFT_PLUS_6)

    version = models.ForeignKey(Version, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=124, blank=True)  # of somebody without an account, from the sheet
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")  # none: the trust's
    on_sheet = models.BooleanField(default=False)
    starter = models.BooleanField(default=False)  # read at induction
    told_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)
    summary_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # who kept the sheet

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "person"], name="one_reading_of_a_version"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="reading_is_somebodys"),
        )
        indexes = (models.Index(fields=["school", "version"], name="readings_at_school"),)

    @property
    def who(self) -> str:
        return self.person.name if self.person else self.name


class FamilyNoticeQuerySet(models.QuerySet["FamilyNotice"]):
    def visible_to(self, actor: Actor) -> FamilyNoticeQuerySet:
        """The one door: families of the schools whose register this person keeps; never one's own child's."""
        schools = actor.schools(Permission.FAMILY_INVITE)
        return self.filter(school__in=schools).exclude(pupil__in=actor.own_children)


class FamilyNotice(Record):
    """That a register family was told of a version, how, and whether it arrived."""

    keep: ClassVar[Keep] = Keep("Shows that a family was told of a change of policy", Until.YEAR_PLUS_6)

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+"
    )  # with a page of their own
    way = models.CharField(max_length=8, choices=[(w, w) for w in rules.Way])
    listed_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    failed_on = models.DateField(null=True, blank=True)
    letter_on = models.DateField(null=True, blank=True)  # the letter that followed a failure

    objects = FamilyNoticeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "pupil", "contact"], nulls_distinct=False, name="one_policy_notice_a_contact"
            ),
        )
        indexes = (models.Index(fields=["school", "version"], name="policy_notices_at_school"),)


@tracked()
class Stakeholder(Record):
    """Somebody outside who hears of a change: a council, a board, an agency. An address of a role, not of a person."""

    keep: ClassVar[Keep] = Keep("Lists who outside is told of a change of policy", _TEXT, personal=False)

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)  # 'Local authority', 'Health', 'Union'
    address = models.CharField(max_length=160)  # e-mail or place, of the role
    checked_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "name")


@tracked()
class StakeholderNotice(Record):
    """That somebody outside was told of a version."""

    keep: ClassVar[Keep] = Keep("Shows that partners were told of a change of policy", Until.YEAR_PLUS_6)

    version = models.ForeignKey(Version, models.CASCADE, related_name="told")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="told")
    told_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "stakeholder"], name="one_notice_a_stakeholder"),)
