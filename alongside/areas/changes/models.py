"""Change notices, what was added to them, each school's task, and the thread of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.areas.changes import rules
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.kit.history import tracked
from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record

if TYPE_CHECKING:
    from alongside.base.access.actor import Actor

_WHOLE = (
    Q(effective_on__isnull=False) & Q(due_on__isnull=False) & ~Q(title="") & ~Q(summary="") & ~Q(source="") & ~Q(todo="")
)  # fmt: skip


class NoticeQuerySet(models.QuerySet["ChangeNotice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """All for whoever writes them; for a school those that were published to it."""
        if actor.may(Permission.CHANGES_KEEP):
            return self
        tasks = ChangeTask.objects.filter(school__in=actor.schools(Permission.CHANGES))
        return self.filter(published_on__isnull=False, pk__in=tasks.values("notice"))


@tracked()
class ChangeNotice(Record):
    """A change of law or guidance, as the central team tells schools of it. A draft until it is published."""

    keep: ClassVar[Keep] = Keep("Shows which changes schools were told of", Until.YEAR_PLUS_6, personal=False)

    title = models.CharField(max_length=120)
    reach = models.CharField(max_length=8, choices=[(code, code) for code in rules.REACH_WORDS])
    council = models.CharField(max_length=120, blank=True)  # whose change it is, where it is local
    la = models.CharField(max_length=3, blank=True)
    schools = ArrayField(models.BigIntegerField(), default=list, blank=True)  # ticked; their authority is not known
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    todo = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    why_late = models.CharField(max_length=300, blank=True)  # why it may be done after it takes effect
    written_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it was withdrawn

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(published_on=None) | _WHOLE, name="published_notice_is_whole"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | (Q(published_on__isnull=False) & ~Q(reason="")),
                name="withdrawn_notice_says_why",
            ),
        )

    @property
    def stands(self) -> bool:
        """Published, and not withdrawn."""
        return self.published_on is not None and self.withdrawn_on is None

    def draft(self) -> rules.Draft:
        """The notice as it was typed."""
        return rules.Draft(
            self.title, self.reach, self.council, self.la, tuple(self.schools), self.summary, self.source, self.link,
            self.effective_on, self.todo, self.due_on, self.why_late,
        )  # fmt: skip


class ChangeAddition(Record):
    """Something added to a published notice, with its day."""

    keep: ClassVar[Keep] = Keep("Shows what was added to a change notice", Until.YEAR_PLUS_6, personal=False)

    notice = models.ForeignKey(ChangeNotice, models.CASCADE, related_name="additions")
    words = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")


class TaskQuerySet(models.QuerySet["ChangeTask"]):
    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """Of the schools where this person puts changes into practice; of all for whoever writes notices."""
        return self.filter(school__in=actor.schools(Permission.CHANGES) | actor.schools(Permission.CHANGES_KEEP))


@tracked()
class ChangeTask(Record):
    """That a change is put into practice at a school: acknowledged, and done."""

    keep: ClassVar[Keep] = Keep("Shows how a school put a change into practice", Until.YEAR_PLUS_6)

    notice = models.ForeignKey(ChangeNotice, models.CASCADE, related_name="tasks")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)  # what was done

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["notice", "school"], name="one_task_a_school"),
            models.CheckConstraint(
                condition=Q(done_on=None) | (Q(acknowledged_on__isnull=False) & ~Q(words="")),
                name="done_task_says_what_was_done",
            ),
        )
        indexes = (models.Index(fields=["school", "done_on"], name="change_task_at_school"),)


class ChangeQuestion(Record):
    """A school's question about a change, and the answer. Every school that has the notice reads both."""

    keep: ClassVar[Keep] = Keep("Shows what schools asked and were told", Until.YEAR_PLUS_6)

    notice = models.ForeignKey(ChangeNotice, models.CASCADE, related_name="questions")
    asking = models.ForeignKey(School, models.CASCADE, related_name="+")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="answered_change_question_has_words",
            ),
        )
