"""What every page's frame needs: who, where, and the words of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.kit.time import today


@dataclass(frozen=True, slots=True)
class Place:
    """One word of the menu. `stem` is the start of every address that belongs to it."""

    label: str
    url: str
    permission: Permission
    icon: str
    stem: str
    unless: Permission | None = None  # whoever has this finds the place on another page


_P = Permission
MENU = (  # in the order of use: what comes after the seventh stands under More
    Place("This week", "desk:week", _P.WEEK, "list", "/week/"),
    Place("Today", "desk:today", _P.TODAY, "calendar", "/today/"),
    Place("My classes", "classroom:classes", _P.SESSION_LOG, "people", "/classes/"),
    Place("Notes", "classroom:notes", _P.NOTES_ANSWER, "speech", "/classes/notes/", unless=_P.TODAY),
    Place("Pupils", "register:register", _P.REGISTER, "list", "/pupils/"),
    Place("Concerns", "concerns:queue", _P.CONCERN_RAISE, "pencil", "/concerns/"),
    Place("Flags", "identification:flags", _P.FLAGS_ANSWER, "list", "/progress/"),
    Place("Progress", "identification:counts", _P.COUNTS, "list", "/progress/", unless=_P.FLAGS_ANSWER),
    Place("Plans", "support:board", _P.PLAN, "book", "/plans/"),
    Place("Provision", "provision:map", _P.PROVISION_KEEP, "grid", "/provision/"),
    Place("Sessions", "provision:sessions", _P.SESSION_LOG, "clock", "/sessions/"),
    Place("Results", "assessment:board", _P.POINTS, "level-arrow", "/assessment/"),
    Place("Results", "assessment:counts", _P.COUNTS, "level-arrow", "/assessment/", unless=_P.POINTS),
    Place("Duties", "duties:board", _P.DUTIES, "tick", "/duties/"),
    Place("Policy", "policy:home", _P.POLICY_READ, "book", "/policy/", unless=_P.TODAY),
    Place("Clocks", "clocks:monitor", _P.CLOCKS, "clock", "/clocks/", unless=_P.TODAY),
    Place("Training", "training:own", _P.TRAINING_OWN, "book", "/training/"),
    Place("Changes", "changes:home", _P.CHANGES_KEEP, "list", "/changes/"),
    Place("Changes", "changes:home", _P.CHANGES, "list", "/changes/", unless=_P.CHANGES_KEEP),
    Place("SENCO’s post", "workforce:post", _P.DUTIES, "person", "/senco/", unless=_P.TODAY),
    Place("Bring pupils in", "exchange:batches", _P.PUPILS_IMPORT, "upload", "/exchange/"),
    Place("People", "people:posts", _P.STRUCTURE, "people", "/people/"),
    Place("My child", "portal:home", _P.OWN_CHILD, "people", "/family/"),
)
# What stands under one's own name.
OWN = (
    Place("The SEND policy", "policy:home", _P.POLICY_READ, "book", "/policy/"),
    Place("Your calendar", "morning:calendar", _P.CALENDAR, "calendar", "/calendar/"),
    Place("Morning mail", "morning:mail", _P.CALENDAR, "speech", "/mail/"),
)
_PHONE_WORDS = 4


address = cache(reverse)  # the menu's addresses never change while the product runs


@dataclass(frozen=True, slots=True)
class Frame:
    """The actor as the page's frame shows them."""

    name: str
    where: str
    nav: tuple[tuple[str, str, bool], ...]
    foot: tuple[tuple[str, str, str, bool], ...]
    own: tuple[tuple[str, str], ...]
    can_find: bool
    shortcuts: bool
    unread: int


def page(request: HttpRequest) -> dict[str, object]:
    """Context for every template: the frame, today's date, and whether this is a copy to play in."""
    actor: Actor | None = getattr(request, "actor", None)
    frame = SimpleLazyObject(lambda: _frame(actor, request.path)) if actor and actor.person_id else None
    return {"actor": frame, "demo": settings.DEMO, "today": today(), "oidc": settings.SOCIALACCOUNT_PROVIDERS}


def _frame(actor: Actor, path: str) -> Frame:
    places = [p for p in MENU if actor.may(p.permission) and not (p.unless and actor.may(p.unless))]
    here = [(place, path.startswith(place.stem)) for place in places]
    role = actor.main_role
    return Frame(
        name=f"{actor.name}, {role.title}" if role else actor.name,
        where=actor.where,
        nav=tuple((place.label, address(place.url), current) for place, current in here),
        foot=tuple((p.label, address(p.url), p.icon, current) for p, current in here[:_PHONE_WORDS]),
        own=tuple((place.label, address(place.url)) for place in OWN if actor.may(place.permission)),
        can_find=actor.may(_P.FIND_PUPILS),
        shortcuts=actor.shortcuts,
        unread=actor.unread,
    )
