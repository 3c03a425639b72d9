"""Pages of the classroom. Each function reads one page and answers a frozen dataclass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from alongside.areas.classroom import rules
from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote, StrategyUse
from alongside.areas.register.models import Need
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post, Tie
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.people.models import Person
from alongside.base.pupils.access import may_read_brief, may_write_brief
from alongside.base.pupils.models import AdultLink, Contact, Group, Membership, Pupil
from alongside.base.pupils.names import called
from alongside.base.pupils.queries import PupilHead, find_pupil, head_of, open_pupil
from alongside.kit import NotFound, sql
from alongside.kit.spans import holds_on
from alongside.law import codes

_CARDS = 5  # what changed, before the rest is left to the list
_JUST_JOINED = timedelta(days=7)
_OPEN_GROUPS = 2  # more groups than this are folded on My classes


def held_on(day: date) -> Q:
    """Rows with `since` and `until` that hold on a day; the last day counts."""
    return holds_on(day)


# --- My classes ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that changed: who, what kind of change, and what to know before the brief is opened."""

    pupil_id: int
    liked: str
    mark: str  # "New", "Changed" or "Safety"
    is_safety: bool
    first: str
    then: str


class PupilRow(NamedTuple):
    """One line of the register of a group."""

    pupil_id: int
    name: str
    status: str  # K, E, or N for a pupil with a brief and no SEN
    hint: str
    seen: rules.Seen | None  # None: there is no brief to read
    just_joined: bool


@dataclass(frozen=True, slots=True)
class GroupRows:
    """A group on this person's timetable, or the pupils they support by name (no id)."""

    id: int | None
    name: str
    covers: bool
    size: int
    rows: tuple[PupilRow, ...]


@dataclass(frozen=True, slots=True)
class ClassesPage:
    groups: tuple[GroupRows, ...]
    cards: tuple[Card, ...]
    more: int
    pupils: int
    folded: bool

    @property
    def changes(self) -> int:
        return len(self.cards) + self.more


_LINKS = """
select l.group_id, coalesce(g.name, ''), coalesce(g.subject, ''), l.part, l.pupil_id, l.since
  from pupils_adultlink l left join pupils_group g on g.id = l.group_id
 where l.person_id = %(person)s and l.since <= %(on)s and (l.until is null or l.until >= %(on)s)
 order by g.name, g.subject, l.id
"""

_MEMBERS = """
select group_id, pupil_id, since from pupils_membership
 where group_id = any(%(groups)s) and since <= %(on)s and (until is null or until >= %(on)s)
   and pupil_id <> all(%(own)s)
"""

_KNOWN = """
select p.id, p.given_name, p.liked_name, p.family_name, p.liked_family, s.code,
       b.number, b.helps, b.safety, b.changes_safety, b.what_changed,
       (select max(x.number) from classroom_acknowledgement a join classroom_brief x on x.id = a.brief_id
         where a.pupil_id = p.id and a.person_id = %(person)s and a.confirmed_at is not null)
  from pupils_pupil p
  left join classroom_brief b on b.pupil_id = p.id and b.current
  left join register_status s on s.pupil_id = p.id and s.since <= %(on)s and (s.until is null or s.until >= %(on)s)
 where p.id = any(%(pupils)s) and (b.id is not null or s.id is not null)
 order by p.sort_key, p.id
"""


class _Known(NamedTuple):
    """A pupil on the register or with a brief, and which version of it this adult has confirmed."""

    id: int
    given_name: str
    liked_name: str
    family_name: str
    liked_family: str
    code: str | None
    number: int | None
    helps: list[str] | None
    safety: str | None
    changes_safety: bool | None
    what_changed: str | None
    confirmed: int | None

    @property
    def liked(self) -> str:
        return self.liked_name or self.given_name

    @property
    def name(self) -> str:
        """As a teacher calls them: first name first, and sorted by it."""
        return called(self.liked_name, self.given_name, self.liked_family, self.family_name)

    @property
    def seen(self) -> rules.Seen | None:
        return None if self.number is None else rules.seen(number=self.number, confirmed=self.confirmed)


def classes_page(actor: Actor, *, on: date) -> ClassesPage:
    """The groups and pupils on this person's timetable today, and what of them they have not confirmed yet."""
    links = sql.rows(_LINKS, {"person": actor.person_id, "on": on})
    groups = {group: f"{name} {subject.lower()}".strip() for group, name, subject, *_ in links if group}
    covered = {group for group, _, _, part, *_ in links if part == AdultLink.Part.COVER}
    by_name = {pupil: since for *_, pupil, since in links if pupil and pupil not in actor.own_children}
    members = _members(groups, actor.own_children, on)
    everybody = {pupil for group in members.values() for pupil in group} | set(by_name)
    known = _with_briefs(actor, everybody, on) if everybody else []
    recent = on - _JUST_JOINED
    made = [
        GroupRows(group, name, group in covered, len(members[group]), _rows(members[group], known, recent))
        for group, name in groups.items()
    ]
    if by_name:
        made.append(GroupRows(None, "Pupils you support", False, len(by_name), _rows(by_name, known, recent)))
    cards = _cards(known)
    return ClassesPage(
        tuple(made), tuple(cards[:_CARDS]), len(cards[_CARDS:]), len(everybody), len(made) > _OPEN_GROUPS
    )


def _members(groups: Iterable[int], own: Iterable[int], on: date) -> dict[int, dict[int, date]]:
    """The pupils of each group today, and since when."""
    found: dict[int, dict[int, date]] = {group: {} for group in groups}
    if found:
        for group, pupil, since in sql.rows(_MEMBERS, {"groups": list(found), "own": list(own), "on": on}):
            found[group][pupil] = since
    return found


def _with_briefs(actor: Actor, pupils: Iterable[int], on: date) -> list[_Known]:
    """Of these pupils those on the register or with a brief; one statement whatever their number."""
    return list(map(_Known._make, sql.rows(_KNOWN, {"pupils": list(pupils), "person": actor.person_id, "on": on})))


def _rows(members: Mapping[int, date], known: Sequence[_Known], recent: date) -> tuple[PupilRow, ...]:
    mine = [row for row in known if row.id in members]
    return tuple(
        PupilRow(
            pupil_id=row.id,
            name=row.name,
            status=row.code or "N",
            hint=row.helps[0] if row.helps else "No brief yet",
            seen=row.seen,
            just_joined=members[row.id] > recent,
        )
        for row in sorted(mine, key=lambda row: row.name.casefold())
    )


def _cards(rows: Iterable[_Known]) -> list[Card]:
    """Briefs this person has not confirmed: safety first, then changed ones, then new ones."""
    cards = [_card(row) for row in rows if row.seen in (rules.Seen.NEW, rules.Seen.CHANGED)]
    order = {"Safety": 0, "Changed": 1, "New": 2}
    return sorted(cards, key=lambda card: order[card.mark])


def _card(row: _Known) -> Card:
    changed = row.seen is rules.Seen.CHANGED
    is_safety = bool(row.safety) and (bool(row.changes_safety) or not changed)
    first = (row.safety or "") if is_safety else row.helps[0] if row.helps else ""
    then = "Everyone with them reads this today." if is_safety else _sentence(row.what_changed or "") if changed else ""
    mark = "Safety" if is_safety else "Changed" if changed else "New"
    return Card(row.id, row.liked, mark, is_safety, first, then)


def _sentence(words: str) -> str:
    """Typed words as a sentence of their own."""
    text = words.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text[-1:] in ".!?" else ".")


# --- The brief -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Help:
    """One thing that helps; `is_new` since the version before. `tap` is what this adult tapped today."""

    text: str
    is_new: bool
    tap: str  # "helped", "did not" or ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A pupil's own words. Never edited."""

    words: str
    by: str
    helped: bool


@dataclass(frozen=True, slots=True)
class BriefPage:
    """What an adult uses in 30 seconds. `brief` is the row that actions take; None when there is none yet."""

    head: PupilHead
    pupil: Pupil
    brief: Brief | None
    number: int
    made_on: date | None
    what_changed: str
    voice: Voice | None
    helps: tuple[Help, ...]
    avoid: str
    safety: str
    communication: str
    adjustments: tuple[str, ...]
    good_at: tuple[str, ...]
    matters: tuple[str, ...]
    stuck: tuple[str, ...]
    diagnosis: str
    confirmed_at: datetime | None
    tells: str  # the SENCO whom 'Got it' tells
    look_again: tuple[str, ...]
    may: frozenset[str]


def brief_page(actor: Actor, pupil_id: int, *, on: date) -> BriefPage:
    """A pupil's brief, and the record that this person opened the page. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="brief", may=may_read_brief)
    brief, before = _two_versions(pupil_id)
    taps = _taps(pupil_id, on)
    mine = {tap.strategy: tap for tap in taps if tap.by_id == actor.person_id and tap.day == on}
    return BriefPage(
        head=head_of(pupil, on=on),
        pupil=pupil,
        brief=brief,
        number=brief.number if brief else 0,
        made_on=brief.made_on if brief else None,
        what_changed=brief.what_changed if brief and before else "",
        voice=voice_of(brief, pupil.liked) if brief else None,
        helps=tuple(
            Help(text, before is not None and text not in before.helps, _tapped(mine.get(text)))
            for text in (brief.helps if brief else ())
        ),
        avoid=brief.avoid if brief else "",
        safety=brief.safety if brief else "",
        communication=brief.communication if brief else "",
        adjustments=tuple(brief.adjustments) if brief else (),
        good_at=tuple(brief.good_at) if brief else (),
        matters=tuple(brief.matters) if brief else (),
        stuck=tuple(brief.stuck) if brief else (),
        diagnosis=_needs(pupil_id, on) if brief and brief.may_name_diagnosis else "",
        confirmed_at=_confirmed(brief, actor) if brief else None,
        tells=senco_of(pupil.school_id, on=on),
        look_again=_look_again(taps, on),
        may=frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
    )


def current_brief(actor: Actor, pupil_id: int, *, on: date) -> Brief:
    """The brief that stands, for an action on it. Raises NotFound for others' pupils and where there is none."""
    pupils = Pupil.objects.filter(may_read_brief(actor, on), pk=pupil_id)
    brief = Brief.objects.filter(pupil__in=pupils, current=True).select_related("pupil").first()
    if brief is None:
        raise NotFound
    return brief


def _two_versions(pupil_id: int) -> tuple[Brief | None, Brief | None]:
    """The brief that stands and the one before it."""
    rows = list(Brief.objects.filter(pupil=pupil_id).order_by("-number")[:2])
    return (rows[0] if rows else None), (rows[1] if len(rows) > 1 else None)


def voice_of(brief: Brief, liked: str) -> Voice | None:
    """A pupil's own words, with who, when and how; None when nobody has written any down."""
    if not brief.own_words:
        return None
    when = f", {brief.own_words_on.day} {brief.own_words_on:%B}" if brief.own_words_on else ""
    helper = f", helped by {brief.helped_by}" if brief.helped_by else ""
    return Voice(brief.own_words, f"{liked}{when}{helper}", bool(brief.helped_by))


def _confirmed(brief: Brief, actor: Actor) -> datetime | None:
    row = Acknowledgement.objects.filter(brief=brief, person_id=actor.person_id).values_list("confirmed_at").first()
    return row[0] if row else None


def _needs(pupil_id: int, on: date) -> str:
    """Need types in words, main need first."""
    rows = Need.objects.filter(held_on(on), pupil=pupil_id).order_by("rank").values_list("code", flat=True)
    return ", ".join(codes.NEED_TYPES.words(code) for code in rows)


def _taps(pupil_id: int, on: date) -> list[StrategyUse]:
    return list(
        StrategyUse.objects.filter(pupil=pupil_id, day__gt=on - rules.FORTNIGHT, day__lte=on).only(
            "strategy", "helped", "day", "by_id"
        )
    )


def _tapped(tap: StrategyUse | None) -> str:
    return "" if tap is None else "helped" if tap.helped else "did not"


def _look_again(taps: Iterable[StrategyUse], on: date) -> tuple[str, ...]:
    return tuple(rules.not_helping(((tap.strategy, tap.day) for tap in taps if not tap.helped), on=on))


def not_helping(pupil_id: int, *, on: date) -> tuple[str, ...]:
    """Strategies that did not help twice in the fortnight before a day: what a review should look at."""
    return _look_again(_taps(pupil_id, on), on)


def senco_of(school_id: int, *, on: date) -> str:
    """The SENCO of a school as pages name them; 'the SENCO' when there is none on record."""
    people = post_holders(school_id, ("senco", "cover_senco"), on=on)
    return people[0].formal if people else "the SENCO"


def post_holders(school_id: int, roles: Sequence[str], *, on: date) -> list[Person]:
    """Who holds any of these roles at a school on a day; the first role's holders first, nobody twice."""
    posts = Post.objects.filter(held_on(on), school=school_id, role__in=roles).select_related("person").order_by("pk")
    ordered = sorted(posts, key=lambda post: roles.index(post.role))
    return list({post.person_id: post.person for post in ordered}.values())


# --- Who has read it -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    part: str
    state: str  # met: said 'Got it'; due: opened it; not_evidenced: neither
    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadersPage:
    head: PupilHead
    number: int
    made_on: date
    what_changed: str
    changes_safety: bool
    readers: tuple[Reader, ...]
    waiting: int
    may: frozenset[str]


def readers_page(actor: Actor, pupil_id: int, *, on: date) -> ReadersPage:
    """Every adult linked to a pupil today, and whether they have read the brief. Raises NotFound without a brief."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may_read_brief)
    brief = Brief.objects.filter(pupil=pupil, current=True).first()
    if brief is None:
        raise NotFound
    read = {row.person_id: row for row in brief.acknowledgements.all()}
    parts = adults_of([pupil.pk], [pupil.school_id], on=on).get(pupil.pk, {})
    people = Person.objects.in_bulk(list(parts))
    readers = sorted(
        (_reader(people[person], part, read.get(person)) for person, part in parts.items()),
        key=lambda reader: (reader.state == "met", reader.name),
    )
    history.viewed(pupil=pupil.pk, school=pupil.school_id, by=actor, page="who has read the brief")
    return ReadersPage(
        head_of(pupil, on=on), brief.number, brief.made_on, brief.what_changed, brief.changes_safety, tuple(readers),
        sum(reader.state != "met" for reader in readers),
        frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
    )  # fmt: skip


def _reader(person: Person, part: str, row: Acknowledgement | None) -> Reader:
    words = AdultLink.Part(part).label
    if row is None:
        return Reader(person.formal, words, "not_evidenced", "has not opened it", None)
    if row.confirmed_at is None:
        return Reader(person.formal, words, "due", "opened it, has not said ‘Got it’", row.opened_at)
    return Reader(person.formal, words, "met", "has read it", row.confirmed_at)


def adults_of(pupils: Collection[int], schools: Collection[int], *, on: date) -> dict[int, dict[int, str]]:
    """For each pupil the adults linked to them on a day, by group or by name, and the part each plays.

    An adult who belongs to the pupil's family is left out: the brief is closed to them as staff, so nobody waits
    for them to read it. Three statements.
    """
    found: dict[int, dict[int, str]] = {}
    in_group: dict[int, dict[int, str]] = {}
    links = AdultLink.objects.filter(held_on(on), school__in=schools)
    for person, group, pupil, part in links.values_list("person_id", "group_id", "pupil_id", "part"):
        (in_group.setdefault(group, {}) if group else found.setdefault(pupil, {}))[person] = part
    members = Membership.objects.filter(held_on(on), pupil__in=pupils, group__in=list(in_group))
    for pupil, group in members.values_list("pupil_id", "group_id"):
        found[pupil] = {**in_group[group], **found.get(pupil, {})}
    for person, pupil in Tie.objects.filter(held_on(on), pupil_id__in=pupils).values_list("person_id", "pupil_id"):
        found.get(pupil, {}).pop(person, None)
    return {pupil: adults for pupil, adults in found.items() if pupil in pupils}


# --- Writing a brief -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EditPage:
    """A brief to be written: the version that stands, and what was tried without effect."""

    head: PupilHead
    pupil: Pupil
    brief: Brief | None
    look_again: tuple[str, ...]
    readers: int
    may: frozenset[str]


def edit_page(actor: Actor, pupil_id: int, *, on: date) -> EditPage:
    """The brief that stands, ready to be changed. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="brief", may=may_write_brief)
    return EditPage(
        head_of(pupil, on=on), pupil, Brief.objects.filter(pupil=pupil, current=True).first(),
        not_helping(pupil_id, on=on), len(adults_of([pupil.pk], [pupil.school_id], on=on).get(pupil.pk, {})),
        frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
    )  # fmt: skip


# --- Notes -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WritePage:
    """A note to be written: about whom, and to whom it goes."""

    head: PupilHead
    pupil: Pupil
    readers: str
    dsl: str


def write_page(actor: Actor, pupil_id: int, *, on: date) -> WritePage:
    """Whom a note about this pupil will reach. Raises NotFound."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may_read_brief)
    return WritePage(
        head_of(pupil, on=on), pupil, _names(note_readers(pupil, restricted=False, on=on)),
        _names(post_holders(pupil.school_id, ("dsl",), on=on)) or "the headteacher",
    )  # fmt: skip


def note_readers(pupil: Pupil, *, restricted: bool, on: date) -> list[Person]:
    """Whom a note goes to: SENCO and headteacher; for safeguarding the DSL and headteacher alone.

    Whoever belongs to the pupil's family is left out: their own child's notes are closed to them.
    """
    roles = ("dsl", "head") if restricted else ("senco", "cover_senco", "head")
    family = set(Tie.objects.filter(held_on(on), pupil_id=pupil.pk).values_list("person_id", flat=True))
    return [person for person in post_holders(pupil.school_id, roles, on=on) if person.pk not in family]


def is_family(person_id: int, pupil_id: int) -> bool:
    """Whether a person is, or was, tied to a pupil as family."""
    return Tie.objects.filter(person=person_id, pupil_id=pupil_id).exclude(kind=Tie.Kind.CASE).exists()


def _names(people: Sequence[Person]) -> str:
    """'Ms Adeyemi', 'Ms Adeyemi and Mr Bright', 'Ms Adeyemi, Mr Bright and Mrs Doyle'."""
    names = [person.formal for person in people]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


@dataclass(frozen=True, slots=True)
class NoteLine:
    id: int
    pupil: str
    pupil_id: int
    kind: str
    text: str
    by: str
    on: date
    restricted: bool
    seen_on: date | None
    seen_by: str
    action: str


@dataclass(frozen=True, slots=True)
class NotesPage:
    waiting: tuple[NoteLine, ...]
    answered: tuple[NoteLine, ...]
    restricted: bool  # this person reads safeguarding notes


def notes_page(actor: Actor) -> NotesPage:
    """Notes this person answers, those that wait first, oldest first. Two statements."""
    rows = QuickNote.objects.visible_to(actor).select_related("pupil", "by", "seen_by").exclude(by=actor.person_id)
    return NotesPage(
        tuple(_line(note) for note in rows.filter(seen_on=None).order_by("-restricted", "on", "pk")),
        tuple(_line(note) for note in rows.exclude(seen_on=None).order_by("-seen_on", "-pk")[:50]),
        bool(actor.schools(Permission.RESTRICTED)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note. `reached` is where it went; `may_answer` whether this person answers it."""

    line: NoteLine
    note: QuickNote
    reached: str
    is_mine: bool
    may_answer: bool


def note_page(actor: Actor, note_id: int, *, on: date) -> NotePage:
    """A note, for whoever wrote it and whoever answers it. Raises NotFound for everybody else."""
    note = QuickNote.objects.visible_to(actor).select_related("pupil", "by", "seen_by").filter(pk=note_id).first()
    if note is None:
        raise NotFound
    needed = Permission.RESTRICTED if note.restricted else Permission.FILE
    answers = {Permission.NOTES_ANSWER, needed}
    may_answer = all(note.school_id in actor.schools(permission) for permission in answers)
    return NotePage(
        _line(note), note, _names(note_readers(note.pupil, restricted=note.restricted, on=on)),
        note.by_id == actor.person_id, may_answer,
    )  # fmt: skip


def _line(note: QuickNote) -> NoteLine:
    return NoteLine(
        note.pk, note.pupil.name, note.pupil_id, rules.NOTE_WORDS[rules.NoteKind(note.kind)], note.text, note.by.formal,
        note.on, note.restricted, note.seen_on, note.seen_by.formal if note.seen_by else "", note.action,
    )  # fmt: skip


# --- The one-page profile --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """A pupil's one-page profile, in their own voice: for the screen, the printer, PDF and Word alike."""

    head: PupilHead
    pupil: Pupil
    number: int
    made_on: date
    line: str  # 'Class 4W. I speak Polish and English. You say it KOO-ba.'
    said_as: str
    own_words: str
    own_words_by: str
    helped: bool
    good_at: tuple[str, ...]
    matters: tuple[str, ...]
    helps: tuple[str, ...]
    stuck: tuple[str, ...]
    please_do_not: str
    people: str
    home: str


def profile_page(actor: Actor, pupil_id: int, *, on: date) -> ProfilePage:
    """The one-page profile of a pupil, and the record that it was opened. Raises NotFound without a brief."""
    pupil = open_pupil(actor, pupil_id, on=on, page="profile", may=may_read_brief)
    brief = Brief.objects.filter(pupil=pupil, current=True).first()
    if brief is None:
        raise NotFound
    return ProfilePage(
        head=head_of(pupil, on=on),
        pupil=pupil,
        number=brief.number,
        made_on=brief.made_on,
        line=_first_line(pupil),
        said_as=pupil.said_as,
        own_words=brief.own_words,
        own_words_by=_own_words_by(brief),
        helped=bool(brief.helped_by),
        good_at=tuple(brief.good_at),
        matters=tuple(brief.matters),
        helps=tuple(brief.helps),
        stuck=tuple(brief.stuck),
        please_do_not=brief.avoid,
        people=brief.people,
        home=_home(pupil),
    )


def _first_line(pupil: Pupil) -> str:
    place = f"Class {pupil.class_name}." if pupil.class_name else f"{pupil.year}."
    if pupil.language in codes.ENGLISH_OR_UNSAID or pupil.language in {"OTB", "OTH"}:
        return place
    return f"{place} I speak {codes.LANGUAGES.words(pupil.language)} and English."


def _own_words_by(brief: Brief) -> str:
    when = f", {brief.own_words_on.day} {brief.own_words_on:%B %Y}" if brief.own_words_on else ""
    return f"My own words{when}." + (f" {brief.helped_by} wrote down what I said." if brief.helped_by else "")


def _home(pupil: Pupil) -> str:
    """Whom to ask at home and how to reach them; no number, because a profile is carried about."""
    contact = Contact.objects.filter(pupil=pupil, barred=False, responsibility=True).order_by("order").first()
    if contact is None:
        return ""
    part = {"PAM": "my mum", "PAF": "my dad"}.get(
        contact.relationship, f"my {contact.part}" if contact.relationship else ""
    )
    who = f"{part} ({contact.given})" if part and contact.given else part or contact.name
    return f"{who}. {contact.reach}." if contact.reach else f"{who}."


def class_of(actor: Actor, group_id: int, *, on: date) -> Group:
    """A group this person teaches, supports or covers today, or any of a school they lead. Raises NotFound."""
    mine = Exists(AdultLink.objects.filter(held_on(on), person=actor.person_id, group=OuterRef("pk")))
    whole, linked = actor.schools(Permission.BRIEF), actor.linked_schools(Permission.BRIEF)
    reach = Q(school__in=whole) | Q(school__in=linked) & mine
    group = Group.objects.filter(reach, pk=group_id).first()
    if group is None:
        raise NotFound
    return group
