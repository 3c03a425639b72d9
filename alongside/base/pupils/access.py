"""The first wall's row rules: which pupils a person reaches as staff. Every other slice builds on these three."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.models import AdultLink, Membership, Pupil
from alongside.kit.spans import holds_on


def may_see(actor: Actor, on: date) -> Q:
    """Pupils whose brief this person may read (band 1), or whose name they may find for school business."""
    return _reach(actor, on, Permission.BRIEF) | _reach(actor, on, Permission.FIND_PUPILS)


def may_read_brief(actor: Actor, on: date) -> Q:
    """Band 1: the classroom brief."""
    return _reach(actor, on, Permission.BRIEF)


def may_read_plan(actor: Actor, on: date) -> Q:
    """Band 2: support plan and reviews."""
    return _reach(actor, on, Permission.PLAN)


def may_read_file(actor: Actor, on: date) -> Q:
    """Band 3: the full SEN file."""
    return _reach(actor, on, Permission.FILE)


def may_draft_plan(actor: Actor, on: date) -> Q:
    """Pupils whose plan this person writes, which is not each one whose plan they read: a DSL may teach a class."""
    return _reach(actor, on, Permission.PLAN) & _reach(actor, on, Permission.SUPPORT_DRAFT)


def may_write_brief(actor: Actor, on: date) -> Q:
    """Pupils whose brief this person writes."""
    return _reach(actor, on, Permission.BRIEF) & _reach(actor, on, Permission.BRIEF_WRITE)


def may_read_results(actor: Actor, on: date) -> Q:
    """Pupils whose results of assessments this person reads."""
    return _reach(actor, on, Permission.RESULTS)


def may_enter_results(actor: Actor, on: date) -> Q:
    """Pupils whose results this person enters by hand."""
    return _reach(actor, on, Permission.RESULTS_WRITE)


def may_import_results(actor: Actor, on: date) -> Q:
    """Pupils whose results this person brings in from a file."""
    return _reach(actor, on, Permission.RESULTS_IMPORT)


def may_answer_flags(actor: Actor, on: date) -> Q:
    """Pupils whose progress this person reads and whose flags they answer."""
    return _reach(actor, on, Permission.FLAGS_ANSWER)


def permissions_over(actor: Actor, pupil: Pupil, *, on: date) -> frozenset[Permission]:
    """What a person may do with one pupil whom they have been let see.

    `Actor.may` asks about a school. Somebody with two posts there, in the office and as a class teacher, finds every
    pupil by the one and reads the plans of some by the other: the second has to be asked about the pupil.
    """
    if pupil.pk in actor.own_children:
        return frozenset()
    whole = {permission for permission in Permission if pupil.school_id in actor.schools(permission)}
    linked = {permission for permission in Permission if pupil.school_id in actor.linked_schools(permission)} - whole
    if whole and linked and not Pupil.objects.filter(linked_to(actor.person_id, on), pk=pupil.pk).exists():
        return frozenset(whole)
    return frozenset(whole | linked)


def _reach(actor: Actor, on: date, permission: Permission) -> Q:
    whole = actor.schools(permission)
    linked = actor.linked_schools(permission) - whole
    reach = Q(school_id__in=whole)
    if linked:
        reach |= Q(school_id__in=linked) & linked_to(actor.person_id, on)
    if actor.own_children:
        reach &= ~Q(pk__in=actor.own_children)
    return reach


def linked_to(person_id: int, on: date) -> Q:
    """Pupils this person teaches, supports or covers on a day, by group or by name. A timetable change moves it."""
    held = holds_on(on)
    mine = AdultLink.objects.filter(held, person_id=person_id)
    in_group = Membership.objects.filter(held, group__in=mine.exclude(group=None).values("group"))
    return Q(pk__in=in_group.values("pupil")) | Q(pk__in=mine.exclude(pupil=None).values("pupil"))
