"""The world in which the access table is asked: one person a role, and a pupil in each relation to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from alongside.areas.assessment.actions import receive
from alongside.areas.assessment.rules import Season
from alongside.areas.assessment.tests.builders import a_point, a_sitting, enter
from alongside.areas.changes import actions as changes
from alongside.areas.changes.tests import builders as a_change
from alongside.areas.classroom.actions import BriefDraft, opened, write_brief, write_note
from alongside.areas.classroom.rules import NoteKind
from alongside.areas.clocks.actions import put_off
from alongside.areas.clocks.models import Missed, PutOff
from alongside.areas.concerns.actions import ConcernDraft, raise_concern
from alongside.areas.cover.models import Handover
from alongside.areas.departures.actions import log as depart
from alongside.areas.departures.rules import Draft as Otherwise
from alongside.areas.duties.actions import refresh as work_out_duties
from alongside.areas.duties.actions import refresh_trust
from alongside.areas.duties.models import Question
from alongside.areas.policy import actions as policy
from alongside.areas.policy.models import Clause, FamilyNotice, Reading, Reference, Version
from alongside.areas.policy.publishing import actions as publishing
from alongside.areas.policy.reviews import actions as reviews
from alongside.areas.policy.telling import actions as telling
from alongside.areas.register.actions import DecisionDraft, decide
from alongside.areas.register.rules import Limbs, NeedDraft
from alongside.areas.support.models import FamilyAnswer
from alongside.areas.support.rules import Answer, Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.areas.training.models import Course, Session
from alongside.areas.workforce.models import Appointment
from alongside.base.access.models import Tie
from alongside.base.access.roles import ROLES, Reach
from alongside.base.access.scope import actor_of, all_schools, scope
from alongside.base.deadlines.models import Deadline
from alongside.base.documents.actions import issue
from alongside.base.people.models import Person
from alongside.base.pupils.models import Group, Pupil
from alongside.base.schools.models import School
from tests.access.matrix import Row
from tests.people import SEPTEMBER, TODAY, a_class, a_parent, a_person, a_post, a_pupil, a_school, supports, teaches

NOWHERE = 987_654_321
_NOVEMBER: dict[str, Any] = {"opens_on": date(2026, 11, 2), "due_on": date(2026, 11, 20)}
_OCTOBER: dict[str, Any] = {"opens_on": date(2026, 10, 5), "due_on": date(2026, 10, 9), "season": Season.SPRING}
_WINDOWS = {"Ownchild": _NOVEMBER, "Samechild": _OCTOBER, "Otherchild": _NOVEMBER}  # two of a school do not overlap


@dataclass
class Case:
    """A pupil and one of everything that hangs from a pupil."""

    pupil: Pupil
    school: School
    group: Group
    things: dict[str, int]


@dataclass
class Places:
    people: dict[str, Person]
    cases: dict[str, Case]  # by school: 'own' and 'same' share Oakfield, 'other' is Brookside
    secrets: tuple[str, ...]
    _browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        if role not in self._browsers:
            browser = Client()
            if role in self.people:
                browser.force_login(self.people[role].account, backend="alongside.base.access.backends.Backend")
            self._browsers[role] = browser
        return self._browsers[role]

    def address(self, name: str, row: Row, relation: str, role: str) -> str:
        if not row.about:
            return reverse(name, args=[self._value(part, "own") for part in row.parts])
        return reverse(name, args=[self._value(part, relation) for part in row.parts])

    def _value(self, part: str, relation: str) -> Any:
        if part.startswith("="):
            return part[1:]
        if relation == "none":
            return NOWHERE
        return self.cases[relation].things[part]


def build_places() -> Places:
    oakfield, brookside = a_school("Oakfield Primary School"), a_school("Brookside Primary School")
    people: dict[str, Person] = {}
    teacher = a_person("Tilda")
    a_post(teacher, "teacher", brookside)
    for code, role in ROLES.items():
        people[code] = a_person(code.title())
        at_trust = role.reach in (Reach.TRUST, Reach.NONE)
        a_post(people[code], code, None if at_trust else oakfield)
    head_of_brookside = a_person("Brook")
    a_post(head_of_brookside, "senco", brookside)
    with scope(all_schools()):
        keeper = actor_of(people["senco"], on=TODAY)
        own = _case(oakfield, "Ownchild", "Linkedson", keeper, people)
        same = _case(oakfield, "Samechild", "Unlinked", keeper, {})
        other = _case(brookside, "Otherchild", "Elsewhere", actor_of(head_of_brookside, on=TODAY), {})
        ours, theirs = _staff_room(oakfield, people["senco"]), _staff_room(brookside, head_of_brookside)
        own.things.update(ours, adult=people["teacher"].pk)
        same.things.update(ours, adult=people["ta"].pk)
        other.things.update(theirs, adult=teacher.pk)
        for code in ("teacher",):
            teaches(people[code], own.group)
        supports(people["ta"], own.pupil)
        a_parent(people["parent"], own.pupil)
        for code, kind in (("pupil", Tie.Kind.PUPIL), ("young_person", Tie.Kind.YOUNG_PERSON)):
            Tie.objects.create(person=people[code], pupil_id=own.pupil.pk, school=oakfield, kind=kind, since=SEPTEMBER)
        cases = {"own": own, "same": same, "other": other}
        for code in ("teacher", "ta", "senco"):
            brief = own.pupil.briefs.get(current=True)
            opened(brief=brief, by=actor_of(people[code], on=TODAY))
        own.things |= _policy(people, cases)
        _changes(people, cases)
        # a few of each kind: papers with all of them are measured elsewhere
        work_out_duties(schools=all_schools(), on=TODAY, codes=("S02-08", "S03-27", "S03-44"))
        refresh_trust(on=TODAY)
    return Places(people, cases, ("Linkedson", "Unlinked", "Elsewhere"))


def _policy(people: dict[str, Person], cases: dict[str, Case]) -> dict[str, int]:
    """The policy as issued, in force; a review of it under way; everybody told."""
    by = actor_of(people["director"], on=TODAY)
    version = Version.objects.get(as_issued=True)
    policy.approve(version=version, draft=policy.ApprovalDraft("Trust Board", SEPTEMBER, "7"), by=by, on=TODAY)
    policy.summarise(version=version, staff="New dates", family="We meet.", easy="We meet.", by=by, on=TODAY)
    telling.publish(version=version, by=by, on=TODAY)
    review = reviews.open_review(version=version, by=by, on=TODAY)
    said = reviews.comment(
        review=review, says="It reads well now.", declined=False, by=actor_of(people["trustee"], on=TODAY), on=TODAY
    )
    partner = telling.add_stakeholder(name="Council", kind="Council", address="team@council.example", by=by, on=TODAY)
    for case in cases.values():
        notice, _ = FamilyNotice.objects.get_or_create(
            version=version, pupil=case.pupil, defaults={"school": case.school, "way": "letter", "listed_on": TODAY}
        )
        case.things["family"] = notice.pk
    file = publishing.keep_file(version=version, name="send.pdf", body=b"%PDF-1.7", reason="", by=by, on=TODAY)
    publishing.say_where(address="https://trust.example/send.pdf", by=by, on=TODAY)
    publishing.switch_web(web_on=True, by=by, on=TODAY)
    section = version.sections.get(number=17)
    return {
        "approved_file": file.pk,
        "version": version.pk, "review": review.pk, "comment": said.pk, "partner": partner.pk, "section": section.pk,
        "clause": Clause.objects.filter(section=section).earliest("pk").pk, "item": Reference.objects.earliest("pk").pk,
        "agenda": review.agenda.earliest("pk").pk, "reading": Reading.objects.get(person=people["teacher"]).pk,
    }  # fmt: skip


def _changes(people: dict[str, Person], cases: dict[str, Case]) -> None:
    """A change that every school has on its list, a question about it, and a draft of another."""
    by, draft = actor_of(people["central"], on=TODAY), a_change.WHOLE
    notice = changes.publish(draft=draft, by=by, on=TODAY)
    for case in cases.values():
        case.things["task"] = a_change.task_of(notice, case.school).pk
    own = a_change.task_of(notice, cases["own"].school)
    asked = changes.ask(task=own, words="From which day?", by=actor_of(people["senco"], on=TODAY), on=TODAY)
    begun = changes.write(draft=draft, by=by, on=TODAY)
    cases["own"].things |= {"change": notice.pk, "asked": asked.pk, "draft": begun.pk}


def _staff_room(school: School, senco: Person) -> dict[str, int]:
    """The SENCO's appointment, and a course of the school's own on a day."""
    appointment = Appointment.objects.create(
        school=school, person=senco, since=SEPTEMBER, status="qualified", leads=True, first_on=SEPTEMBER, noted_on=TODAY,
        by=senco,
    )  # fmt: skip
    course = Course.objects.create(
        school=school, title="Signs", provider="The school", aim="educating", depth="skill", audience=["teachers"],
        need="Four classes", objective="Use ten signs", evaluation="A visit", approved_on=TODAY, approved_by=senco,
        written_on=TODAY, by=senco,
    )  # fmt: skip
    session = Session.objects.create(course=course, school=school, held_on=TODAY + timedelta(days=9))
    return {"appointment": appointment.pk, "course": course.pk, "session": session.pk}


def _case(school: School, given: str, family: str, by: Any, people: dict[str, Person]) -> Case:
    pupil = a_pupil(school, given, family)
    group = a_class(school, pupil, name=f"Class {given}")
    when = TODAY - timedelta(weeks=6)
    cycle = a_cycle(pupil=pupil, by=by, at=Stage.DO, on=when)
    outcome = cycle.outcomes.first()
    assert outcome is not None
    answer = FamilyAnswer.objects.create(
        outcome=outcome, pupil=pupil, school=school, by_id=by.person_id, answer=Answer.CHANGE, words="Later", on=TODAY
    )
    need = DecisionDraft("K", Limbs(True, "Reads at 72", True, "Small group", when), [NeedDraft("SLCN", 1)])
    decision = decide(pupil=pupil, draft=need, by=by, on=TODAY)
    concern = raise_concern(pupil=pupil, draft=ConcernDraft("Loses his place"), by=by, on=TODAY)
    write_brief(
        pupil=pupil, draft=BriefDraft(good_at=["Maths", "Kind"], helps=["Wait ten seconds"]), what_changed="", version=0,
        by=by, on=TODAY,
    )  # fmt: skip
    note = write_note(pupil=pupil, kind=NoteKind.LEARNING, text="Read a whole page", by=by, on=TODAY)
    paper = issue(
        pupil=pupil, kind="plan", title="Support plan", media_type="application/pdf", body=b"%PDF-", by=by, on=TODAY
    )
    line = pupil.provision.get()
    point = a_point(school_id=school.pk, name=f"Autumn for {given}", **_WINDOWS[given])
    sitting = a_sitting(point)
    enter(by, point, group, {(pupil, sitting): "104"}, day=point.due_on)
    file = receive(
        school=school, name="results.csv", rows=[(1, ["UPN", "Reading"]), (2, [pupil.upn, "104"])], by=by, on=TODAY
    )
    question = Question.objects.create(
        school=school, family=3, words="How many groups run?", role="governor", by_id=by.person_id, on=TODAY,
        due_on=TODAY + timedelta(weeks=2),
    )  # fmt: skip
    row, waits, missed, handover = _of_a_list(pupil, by)
    otherwise = depart(
        school=school, pupil=pupil, by=by, on=TODAY,
        draft=Otherwise("pupil", "GA-09", "One long cycle instead", "The therapist asked for it", "None seen as yet", TODAY),
    )  # fmt: skip
    things = {
        "pupil": pupil.pk, "cycle": cycle.pk, "outcome": outcome.pk, "answer": answer.pk, "decision": decision.pk,
        "concern": concern.pk, "note": note.pk, "document": paper.pk, "line": line.pk, "group": group.pk,
        "school": school.pk, "point": point.pk, "sitting": sitting.pk, "file": file.pk, "scale": sitting.scale_id,
        "question": question.pk, "row": row.pk, "waits": waits.pk, "missed": missed.pk, "handover": handover.pk,
        "departure": otherwise.pk,
    }  # fmt: skip
    return Case(pupil, school, group, things)


def _of_a_list(pupil: Pupil, by: Any) -> tuple[Deadline, PutOff, Missed, Handover]:
    """A row of Today that may wait, one that waits, a legal date that was missed, and somebody who covered."""
    about = {
        "pupil_id": pupil.pk,
        "school": pupil.school,
        "what": "a talk with the family",
        "due": TODAY + timedelta(20),
    }
    row, other = (
        Deadline.objects.create(
            **about, clock="S04-WATCH", kind=kind, about_id=pupil.pk, band="rest", owner="senco", counted_from=TODAY,
            practical=TODAY, why="agreed", action="Open", url=f"/pupils/{pupil.pk}/",
        )
        for kind in ("row", "waits")
    )  # fmt: skip
    waits = put_off(row=other, until=TODAY + timedelta(5), why="After the holiday", by=by, on=TODAY)
    missed = Missed.objects.create(
        clock="AR-01", kind="plan", about_id=pupil.pk, due=TODAY - timedelta(3), pupil=pupil, school=pupil.school,
        what="annual review", noted_on=TODAY,
    )  # fmt: skip
    covers = a_person(f"Cover{pupil.given_name}")
    day = TODAY + timedelta(days=40 + pupil.pk % 1000)  # nobody covers twice on one day
    handover = Handover.objects.create(
        school=pupil.school, away_id=by.person_id, to=covers, since=day, until=day, why="A course", by_id=by.person_id,
        made_on=TODAY,
    )  # fmt: skip
    return row, waits, missed, handover
