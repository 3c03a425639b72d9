"""Give a post; end one. Whether somebody may is asked by the verb that calls: structure, or handing over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.transaction import atomic

from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import ROLES
from alongside.base.history import actions as history
from alongside.base.people.models import Person
from alongside.base.posts import kinds
from alongside.kit.jobs import enqueue


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be given; no school for one held at the trust."""

    role: str
    school_id: int | None
    since: date
    until: date | None = None


@atomic
def give(*, person: Person, post: NewPost, by: Actor, on: date) -> Post:
    """Give somebody a post. It opens by itself on its first day and closes at midnight after its last."""
    given = Post.objects.create(
        person=person, role=post.role, school_id=post.school_id, since=post.since, until=post.until
    )
    history.record(kinds.POST_GIVEN, by=by, on=on, about=given.pk, facts=words(given))
    _owners_changed(given)
    return given


@atomic
def end(*, post: Post, last_day: date, by: Actor, on: date) -> Post:
    """End a post on a day. One that would end before it began never was: its row goes, and the row history keeps it."""
    said = {"last_day": f"{last_day:%d %B %Y}", **words(post)}
    history.record(kinds.POST_ENDED, by=by, on=on, about=post.pk, facts=said)
    if last_day < post.since:
        post.delete()
    else:
        post.until = last_day
        post.save(update_fields=["until"])
    _owners_changed(post)
    return post


def words(post: Post) -> dict[str, str]:
    """A post as the facts of a sentence."""
    where = post.school.name if post.school else "the trust"
    return {"who": post.person.name, "role": ROLES[post.role].title, "where": where}


def _owners_changed(post: Post) -> None:
    """Who answers for which duty follows from posts. A job sees to it: an administrator reaches no school's row."""
    enqueue("states.recompute", schools=[post.school_id] if post.school_id else [])
