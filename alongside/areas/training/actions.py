"""Rate, coach, write a course, book, note who came, say what changed, sign off, tick, answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db.transaction import atomic

from alongside.areas.duties.actions import touch
from alongside.areas.training import kinds, rules
from alongside.areas.training.models import (
    Answered,
    Appraised,
    Booking,
    Coaching,
    Colleague,
    Course,
    Line,
    Rating,
    Session,
    Team,
)
from alongside.areas.training.queries import (
    is_central,
    may_say,
    names_taught_by,
    sessions_open_to,
    signer_for,
    staff_of,
)
from alongside.areas.training.trust import executives
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.access.scope import all_schools
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.history.kinds import Kind
from alongside.base.notices.actions import tell
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.kit import NotFound, refuse
from alongside.kit.jobs import enqueue
from alongside.law.refusal import Refusal

P = Permission


# --- What somebody can do --------------------------------------------------------------------------------


@atomic
def rate_self(*, levels: Mapping[str, int], by: Actor, on: date) -> None:
    """Rate oneself, at each school where one works. It stands beside the SENCO's rating and never moves it."""
    by.must(P.TRAINING_OWN)
    refuse(rules.check_levels(levels))
    schools = sorted({post.school_id for post in by.posts if post.school_id is not None})
    places: list[int | None] = [*schools] or [None]
    for school in places:
        _keep_ratings(by.person_id, school, rules.Source.SELF, levels, by, on)
        history.record(
            kinds.RATED_SELF, by=by, on=on, about=by.person_id, school=_told_at(by, school), areas=_areas(levels)
        )


@atomic
def rate(*, school: School, person: int, levels: Mapping[str, int], by: Actor, on: date) -> None:
    """The SENCO's rating of a colleague."""
    by.must(P.TRAINING_RATE, school.pk)
    refuse(
        rules.check_levels(levels),
        Refusal("Your own level is for you to say under My training.") if person == by.person_id else None,
        None if person in staff_of(school.pk, on=on) else Refusal("This person does not work at the school."),
    )
    _keep_ratings(person, school.pk, rules.Source.SENCO, levels, by, on)
    who = Person.objects.get(pk=person).name
    history.record(kinds.RATED, by=by, on=on, about=person, school=school.pk, who=who, areas=_areas(levels))


def _keep_ratings(
    person: int, school: int | None, source: str, levels: Mapping[str, int], by: Actor, on: date
) -> None:  # fmt: skip
    place = School.objects.get(pk=school) if school is not None else None
    for area, level in levels.items():
        Rating.objects.update_or_create(
            person_id=person, school=place, area=area, source=source, on=on,
            defaults={"level": level, "by_id": by.person_id},
        )  # fmt: skip
    if school is not None:
        touch(school=school, slice_="training")


def _areas(levels: Collection[str]) -> str:
    return ", ".join(rules.AREAS[area].lower() for area in levels)


@atomic
def add_colleague(*, school: School, given: str, family: str, group: str, by: Actor, on: date) -> Colleague:
    """Note somebody who works at the school and has no account, so that training counts them."""
    by.must(P.TRAINING_BOOK, school.pk)
    refuse(rules.check_colleague(given, family, group))
    person = Person.objects.create(given=given.strip(), family=family.strip())
    row = Colleague.objects.create(school=school, person=person, group=group, since=on)
    words = rules.GROUP_WORDS[rules.Group(group)].lower()
    history.record(kinds.COLLEAGUE, by=by, on=on, about=person.pk, school=school.pk, who=person.name, group=words)
    touch(school=school.pk, slice_="training")
    return row


@atomic
def colleague_left(*, colleague: Colleague, last_day: date, by: Actor, on: date) -> Colleague:
    """Note the last day of somebody without an account; from the day after they are not counted."""
    by.must(P.TRAINING_BOOK, colleague.school_id)
    refuse(rules.check_left(colleague.since, last_day, on=on))
    colleague.until = last_day
    colleague.save(update_fields=["until"])
    said = {"who": colleague.person.name, "day": _day(last_day)}
    history.record(kinds.LEFT, by=by, on=on, about=colleague.person_id, school=colleague.school_id, facts=said)
    touch(school=colleague.school_id, slice_="training")
    return colleague


@dataclass(frozen=True, slots=True)
class CoachingDraft:
    """Guidance as typed: with which team, how, about what, with how many."""

    team: str
    how: str
    area: str
    people: int
    day: date


@atomic
def log_coaching(*, school: School, draft: CoachingDraft, by: Actor, on: date) -> Coaching:
    """Log that colleagues of a team were guided. A team that is not there yet is added."""
    by.must(P.TRAINING_RATE, school.pk)
    refuse(
        None if draft.team.strip() else Refusal("Say which department or year team.", "team"),
        Refusal("Log it when it has happened.", "day") if draft.day > on else None,
        None if draft.people > 0 else Refusal("Say how many colleagues were there.", "people"),
    )
    known = Team.objects.filter(school=school, name__iexact=draft.team.strip()).first()
    team = known or Team.objects.create(school=school, name=draft.team.strip())
    row = Coaching.objects.create(
        school=school, team=team, how=draft.how, area=draft.area, people=draft.people, day=draft.day, by_id=by.person_id
    )
    how = rules.COACHED_WORDS[rules.Coached(draft.how)].lower()
    history.record(kinds.COACHED, by=by, on=on, about=row.pk, school=school.pk, how=how, team=team.name)
    touch(school=school.pk, slice_="training")
    return row


# --- Courses ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course as typed."""

    title: str
    provider: str
    area: str
    aim: str
    depth: str
    audience: Sequence[str]
    need: str = ""
    objective: str = ""
    evaluation: str = ""


@atomic
def write_course(
    *, school: School | None, draft: CourseDraft, by: Actor, on: date, course: Course | None = None
) -> Course:
    """Write a course down, or more of it. What has been approved is approved again after a change."""
    _must_keep(by, school.pk if school else None)
    facts = rules.CourseFacts(
        draft.title, draft.provider, draft.need, draft.objective, draft.evaluation, draft.audience
    )
    refuse(rules.check_course(facts))
    values = {**asdict(draft), "audience": list(draft.audience), "approved_on": None, "approved_by": None}
    if course is None:
        course = Course.objects.create(school=school, written_on=on, by_id=by.person_id, **values)
    else:
        for name, value in values.items():
            setattr(course, name, value)
        course.save(update_fields=list(values))
    history.record(kinds.COURSE, by=by, on=on, about=course.pk, school=course.school_id, title=course.title)
    _touched(course)
    return course


@atomic
def approve_course(*, course: Course, by: Actor, on: date) -> Course:
    """Say yes to a course that has everything the training policy asks for. From then on it counts."""
    by.must(P.DUTY_KEEP if course.school_id is None else P.SENCO_APPOINT, course.school_id)
    refuse(rules.check_approval(course.facts()))
    course.approved_on, course.approved_by_id = on, by.person_id
    course.save(update_fields=["approved_on", "approved_by"])
    history.record(kinds.APPROVED, by=by, on=on, about=course.pk, school=course.school_id, title=course.title)
    _touched(course)
    return course


@atomic
def set_day(*, course: Course, held_on: date, place: str, by: Actor, on: date) -> Session:
    """Set a day for a course."""
    _must_keep(by, course.school_id)
    row = Session.objects.create(course=course, school_id=course.school_id, held_on=held_on, place=place.strip())
    said = {"title": course.title, "day": _day(held_on)}
    history.record(kinds.SESSION, by=by, on=on, about=row.pk, school=course.school_id, facts=said)
    _touched(course)
    return row


def _must_keep(by: Actor, school: int | None) -> None:
    """The trust's courses are kept by whoever plans for it, a school's by whoever books there."""
    by.must(P.TRAINING_PLAN if school is None else P.TRAINING_BOOK, school)


def _touched(course: Course) -> None:
    """A trust's course is about every school: a gap counts as trained by a course that is approved."""
    for school in [course.school_id] if course.school_id else all_schools():
        touch(school=school, slice_="training")


@atomic
def book(*, session: Session, school: School, people: Collection[int], by: Actor, on: date) -> int:
    """Book colleagues of a school; says how many were new."""
    by.must(P.TRAINING_BOOK, school.pk)
    staff = staff_of(school.pk, on=on)
    refuse(
        rules.check_booking(session.held_on, on=on),
        None if people else Refusal("Tick at least one colleague.", "people"),
        None if set(people) <= set(staff) else Refusal("Only colleagues of this school can be booked.", "people"),
    )
    standing = set(Booking.objects.filter(session=session).values_list("person", flat=True))
    fresh = sorted(set(people) - standing)
    Booking.objects.bulk_create(
        Booking(session=session, school=school, person_id=person, group=staff[person], booked_on=on) for person in fresh
    )
    _record_session(kinds.BOOKED, session, school, len(fresh), by, on)
    return len(fresh)


@atomic
def book_self(*, session_id: int, by: Actor, on: date) -> Booking:
    """Take a place oneself, in a session of one's school or of the trust."""
    by.must(P.TRAINING_OWN)
    session = sessions_open_to(by, on).filter(pk=session_id).first()
    if session is None:
        raise NotFound
    school = next((post.school_id for post in by.posts if post.school_id is not None), None)
    group = rules.group_of(post.role for post in by.posts) or ""
    row, _ = Booking.objects.get_or_create(
        session=session, person_id=by.person_id, defaults={"school_id": school, "group": group, "booked_on": on}
    )
    said = {"count": "themselves", "title": session.course.title, "day": _day(session.held_on)}
    history.record(kinds.BOOKED, by=by, on=on, about=session.pk, school=_told_at(by, school), facts=said)
    if school is not None:
        touch(school=school, slice_="training")
    return row


@atomic
def note_came(*, session: Session, school: School, came: Collection[int], by: Actor, on: date) -> int:
    """Note who of a school came; everybody booked who is not named did not. The grid follows from it."""
    by.must(P.TRAINING_BOOK, school.pk)
    staff = staff_of(school.pk, on=on)
    places = {row.person_id: row for row in Booking.objects.filter(session=session, school=school)}
    strangers = set(came) - set(staff) - set(places)
    refuse(
        rules.check_came(session.held_on, on=on),
        Refusal("Only colleagues of this school can be noted.", "people") if strangers else None,
    )
    for person, row in places.items():
        row.came = person in came or bool(row.changed_on)  # who has said what changed was there
        row.save(update_fields=["came"])
    Booking.objects.bulk_create(
        Booking(session=session, school=school, person_id=person, group=staff[person], booked_on=on, came=True)
        for person in sorted(set(came) - set(places))
    )
    _record_session(kinds.CAME, session, school, len(set(came)), by, on)
    refresh(schools=[school.pk], on=on, sources=["training"])
    return len(set(came))


def _record_session(kind: Kind, session: Session, school: School, count: int, by: Actor, on: date) -> None:
    said = {"count": f"{count} colleague{'' if count == 1 else 's'}", "title": session.course.title}
    said["day"] = _day(session.held_on)
    history.record(kind, by=by, on=on, about=session.pk, school=school.pk, facts=said)
    touch(school=school.pk, slice_="training")


@atomic
def say_changed(*, booking: Booking, words: str, by: Actor, on: date) -> Booking:
    """Say what one does differently since. It goes to the headteacher, or for central staff to the line executive."""
    by.must(P.TRAINING_OWN)
    signer = signer_for(booking.person_id, booking.school_id, on=on)
    central = is_central(by) and booking.school_id is None
    refuse(
        None if booking.person_id == by.person_id else Refusal("Everybody says this for themselves."),
        rules.check_changed(words, names_taught_by(by.person_id, on=on), came=may_say(booking, on)),
        Refusal("No line executive is noted for you, so nobody can sign this off. Ask the director to note one.", "words")
        if central and signer is None else None,
    )  # fmt: skip
    booking.changed, booking.changed_on, booking.signer_id = words.strip(), on, signer
    booking.came, booking.signed_on = True, None  # what was signed were other words
    booking.save(update_fields=["changed", "changed_on", "signer", "signed_on", "came"])
    place = _told_at(by, booking.school_id)
    history.record(kinds.CHANGED, by=by, on=on, about=booking.pk, school=place, title=booking.session.course.title)
    if booking.school_id is not None:
        _said(booking.school_id, by, on)
    elif signer is not None and by.wall_schools:
        # A notice stands at a school; one about central staff stands at the first that is open to them.
        tell(
            person_id=signer, school_id=min(by.wall_schools), kind="training.sign", on=on, url="/training/",
            says=f"{by.name} has said what changed since training, and asks you to sign it off.",
        )  # fmt: skip
    return booking


def _told_at(by: Actor, school: int | None) -> int | None:
    """Where a deed about oneself is told: at the school, unless its records are shut to this person by the second wall."""
    return school if school in by.wall_schools else None


def _said(school: int, by: Actor, on: date) -> None:
    """The school's clock moves; for somebody to whom its records are shut a job sees to it."""
    if school in by.wall_schools:
        refresh(schools=[school], on=on, sources=["training"])
    else:
        enqueue("deadlines.recompute", schools=[school])
    touch(school=school, slice_="training")


@atomic
def sign_off(*, booking: Booking, by: Actor, on: date) -> Booking:
    """Sign off somebody's training: the headteacher, or the line executive of central staff."""
    by.must(P.TRAINING_OWN)
    refuse(None if booking.signer_id == by.person_id else Refusal("This goes to somebody else for signing."))
    booking.signed_on = on
    booking.save(update_fields=["signed_on"])
    said = {"title": booking.session.course.title, "who": booking.person.name}
    history.record(kinds.SIGNED, by=by, on=on, about=booking.pk, school=booking.school_id, facts=said)
    return booking


# --- Appraisals, shared needs, lines ---------------------------------------------------------------------


@atomic
def tick_appraisals(*, school: School, people: Collection[int], by: Actor, on: date) -> int:
    """Tick that these colleagues' appraisals covered teaching of pupils at risk. There is nothing else to say."""
    by.must(P.APPRAISAL_TICK, school.pk)
    staff = staff_of(school.pk, on=on)
    refuse(None if set(people) <= set(staff) else Refusal("Only colleagues of this school can be ticked."))
    recent = Appraised.objects.filter(school=school, on__gt=rules.a_year_before(on))
    fresh = sorted(set(people) - set(recent.values_list("person", flat=True)))
    Appraised.objects.bulk_create(
        Appraised(school=school, person_id=person, on=on, by_id=by.person_id) for person in fresh
    )
    history.record(kinds.APPRAISED, by=by, on=on, school=school.pk, count=len(fresh))
    touch(school=school.pk, slice_="training")
    return len(fresh)


@atomic
def answer_need(*, area: str, answer: str, course: Course | None, reason: str, by: Actor, on: date) -> Answered:
    """Answer what several schools need alike: with a course, with something else, or with why not now."""
    by.must(P.TRAINING_PLAN)
    refuse(rules.check_answer(answer, course.pk if course else None, reason))
    row = Answered.objects.create(
        area=area, answer=answer, course=course if answer == rules.Answer.COURSE else None, reason=reason.strip(), on=on,
        by_id=by.person_id,
    )  # fmt: skip
    said = {"area": rules.AREAS[area].lower(), "answer": rules.ANSWER_WORDS[rules.Answer(answer)].lower()}
    history.record(kinds.ANSWERED, by=by, on=on, about=row.pk, facts=said)
    touch(school=min(all_schools()), slice_="training")  # the trust's duties are worked out when any school is
    return row


@atomic
def note_line(*, person: Person, executive: int, by: Actor, on: date) -> Line:
    """Note to which executive a central colleague's training goes, as a school's goes to its headteacher."""
    by.must(P.DUTY_KEEP)
    leaders = executives(on=on)
    refuse(rules.check_line(person.pk, executive, leaders))
    row, _ = Line.objects.update_or_create(person=person, defaults={"executive_id": executive, "since": on})
    waiting = Booking.objects.filter(person=person, school=None, signed_on=None, changed_on__isnull=False)
    waiting.update(signer_id=executive)
    history.record(kinds.LINE, by=by, on=on, about=person.pk, executive=leaders[executive], who=person.name)
    touch(school=min(all_schools()), slice_="training")
    return row


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
