"""Cycles on paper: the plan, its outcomes and provision, the review, and what the family said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from alongside.areas.provision import kinds as provided
from alongside.areas.provision.catalogue import seed_catalogue
from alongside.areas.provision.models import Line, ProvisionType
from alongside.areas.support import kinds
from alongside.areas.support.models import Cycle, FamilyAnswer, Outcome, PlanLine, Review
from alongside.areas.support.rules import ANSWER_WORDS, CHOICE_WORDS, RESULT_WORDS, Answer, Result
from alongside.base.history.kinds import Kind
from alongside.config.demo import shape
from alongside.config.demo.aims import CycleWords
from alongside.config.demo.pen import DAY, Pen, Somebody
from alongside.config.demo.roll import Child
from alongside.config.demo.rounds import Round
from alongside.config.demo.staff import Staff
from alongside.config.demo.stories import Given, Story, provisions
from alongside.config.demo.wording import phrase

_ANSWERS = {Answer.AGREE: 78.0, Answer.CHANGE: 15.0, Answer.DISAGREE: 7.0}
Promised = tuple[int, Given, date, date | None]  # a line's number, what it is, from and to


class Plans:
    """Writes one school's cycles. `types` are the catalogue's numbers by the key that stories use."""

    def __init__(self, pen: Pen, staff: Staff, types: Mapping[str, int]) -> None:
        self._pen, self._staff, self._types = pen, staff, types

    def write(
        self, child: Child, story: Story, need: str, cycles: Sequence[Round], words: Sequence[CycleWords],
        *, until: date | None,
    ) -> list[Promised]:  # fmt: skip
        """All of a pupil's cycles; returns the lines of provision, for their sessions."""
        promised: list[Promised] = []
        running: list[int] = []
        for number, (cycle, told) in enumerate(zip(cycles, words, strict=True), start=1):
            following = next((c.started for c in cycles[number:] if c.started), None)
            row = self._cycle(child, story, need, number, cycle, told)
            outcomes = self._outcomes(child, row, need, cycle, told)
            if cycle.started:
                lines = self._lines(child, story, number, cycle, following, until)
                promised += lines
                running = [line for line, *_ in lines]
            self._serve(child, row, running if cycle.assessed else (), outcomes if cycle.started else ())
            self._tell(child, row, number, cycle, told)
            if cycle.reviewed:
                self._review(child, row, number, cycle, told)
            elif cycle.started and child.parent.person:
                self._answers(child, story, row, outcomes, told, cycle.started)
        return promised

    def _cycle(self, child: Child, story: Story, need: str, number: int, cycle: Round, told: CycleWords) -> int:
        pen = self._pen
        planned = cycle.started is not None or cycle.assessed is not None
        sent = None
        if cycle.started:
            sent = pen.days.before(cycle.started - DAY)
        elif planned and pen.chance(0.4):
            sent = pen.ago(0, 3)
        value = _texts(child, story, told) if planned else {}
        return pen.bulk.add(
            Cycle, pupil_id=child.id, school_id=pen.site.id, number=number, lead_id=child.lead.id,
            opened_on=cycle.opened, opened_by_id=self._staff.senco.id, assessed_on=cycle.assessed,
            sent_on=max(sent, cycle.opened) if sent else None, started_on=cycle.started, reviewed_on=cycle.reviewed,
            closed_on=cycle.closed, closed_because="reviewed" if cycle.closed else "", needs_summary=story.summary,
            review_on=cycle.review_on, version=3 if cycle.started else 1,
            agreed_by=f"{child.parent.formal}, {child.liked} and {child.lead.formal}" if cycle.started else "", **value,
        )  # fmt: skip

    def _outcomes(self, child: Child, row: int, need: str, cycle: Round, told: CycleWords) -> list[int]:
        if cycle.assessed is None:
            return []
        return [
            self._pen.bulk.add(
                Outcome, cycle_id=row, pupil_id=child.id, school_id=self._pen.site.id, number=number, need=need,
                text=aim.text, baseline=aim.baseline, measure=aim.measure, target=aim.target,
                due=cycle.review_on or self._pen.days.before(self._pen.on + 90 * DAY), result=aim.result,
                exit_measure=aim.exit_measure, no_measure_because=aim.no_measure_because,
            )
            for number, aim in enumerate(told.aims, start=1)
        ]  # fmt: skip

    def _lines(
        self, child: Child, story: Story, number: int, cycle: Round, following: date | None, until: date | None
    ) -> list[Promised]:
        """The provision of a started cycle: it runs until the next cycle's begins."""
        pen = self._pen
        assert cycle.started is not None
        most = 3 if child.cast.get("hero") else 2 if number > 1 or child.code == "E" else 1
        end = following - DAY if following else until
        lines = []
        for key in story.provision[:most]:
            given = provisions()[key]
            adult = child.lead if given.given_by == "teacher" else child.helper
            line = pen.bulk.add(
                Line, pupil_id=child.id, school_id=pen.site.id, type_id=self._types[key], aim="",
                minutes=given.minutes, times_a_week=given.times, group_size=given.group, adult_id=adult.id,
                given_by=given.given_by, since=cycle.started, until=max(end, cycle.started) if end else None,
                ended_because=phrase(pen, child, "missed", "stopped") if end and end < pen.on else "",
            )  # fmt: skip
            often = f"{given.times} × {given.minutes} minutes a week"
            pen.event(provided.PROMISED, self._staff.senco, cycle.started, about=line, pupil=child.id,
                      what=given.name, often=often)  # fmt: skip
            lines.append((line, given, cycle.started, end))
        return lines

    def _serve(self, child: Child, cycle: int, lines: Sequence[int], outcomes: Sequence[int]) -> None:
        """Which outcome each line of provision is for; none while the plan is being written."""
        for index, line in enumerate(lines):
            outcome = outcomes[index % len(outcomes)] if outcomes else None
            self._pen.bulk.add(PlanLine, cycle_id=cycle, pupil_id=child.id, school_id=self._pen.site.id, line_id=line,
                               outcome_id=outcome)  # fmt: skip

    def _tell(self, child: Child, row: int, number: int, cycle: Round, told: CycleWords) -> None:
        """The cycle in the pupil's history."""
        pen, senco = self._pen, self._staff.senco

        def event(kind: Kind, by: Somebody, on: date, **facts: str) -> None:
            pen.event(kind, by, on, about=row, pupil=child.id, number=number, **facts)

        event(kinds.OPENED, senco, cycle.opened)
        if cycle.assessed:
            event(kinds.ASSESSED, child.lead, cycle.assessed)
        if cycle.started and cycle.review_on:
            event(kinds.STARTED, senco, cycle.started, agreed_by=f"{child.parent.formal} and {child.liked}",
                  review_on=f"{cycle.review_on:%d %B %Y}")  # fmt: skip
        if cycle.reviewed:
            results = ", ".join(RESULT_WORDS[Result(aim.result)].lower() for aim in told.aims)
            event(kinds.REVIEWED, child.lead, cycle.reviewed, results=results, choice=CHOICE_WORDS[told.choice].lower())
        if cycle.closed:
            event(kinds.CLOSED, senco, cycle.closed, reason="reviewed")

    def _review(self, child: Child, row: int, number: int, cycle: Round, told: CycleWords) -> None:
        pen = self._pen
        assert cycle.reviewed is not None
        heard = pen.chance(0.94)
        pen.bulk.add(
            Review, cycle_id=row, pupil_id=child.id, school_id=pen.site.id, held_on=cycle.reviewed,
            held_by_id=child.lead.id, present=f"{child.parent.formal}, {child.lead.formal}, {self._staff.senco.formal}",
            findings=told.findings, parents_view=told.parents if heard else "",
            pupils_view=told.pupil if heard else "", pupil_helped_by=child.helper.formal,
            no_views_because="" if heard else "The family could not come twice. We will ring again.",
            choice=told.choice.value, change=told.change, at=pen.moment(cycle.reviewed),
        )  # fmt: skip

    def _answers(
        self, child: Child, story: Story, cycle: int, outcomes: Sequence[int], told: CycleWords, started: date
    ) -> None:
        """What the family said to the outcomes of today's plan: most agree, some want a change."""
        pen = self._pen
        if child.cast.get("hero"):
            self._answers_told(child, story, cycle, outcomes, told)
        elif pen.chance(0.7):
            asked = False
            for outcome, aim in zip(outcomes, told.aims, strict=True):
                kind = Answer.AGREE if asked else shape.weighted(pen.draw, _ANSWERS)
                asked = asked or kind is not Answer.AGREE
                lately = kind is not Answer.AGREE and pen.chance(0.5)
                on = pen.ago(0, 13) if lately else pen.days.after(started + 4 * DAY)
                on = max(started, min(on, pen.on))
                waiting = on > pen.on - 14 * DAY and pen.chance(0.65)
                words = self._said(child, story, kind)
                self.answer(child, outcome, cycle, aim.text, kind, words, on, waiting=waiting)

    def _answers_told(self, child: Child, story: Story, cycle: int, outcomes: Sequence[int], told: CycleWords) -> None:
        """The hero's mother agreed to two, and waits for an answer about the third: today is the tenth school day."""
        on = self._pen.days.back(self._pen.on, 10)
        for outcome, aim in zip(outcomes, told.aims, strict=True):
            kind = Answer(aim.answer)
            words, language = (story.change, "POL") if kind is Answer.CHANGE else ("", "")
            self.answer(child, outcome, cycle, aim.text, kind, words, on, waiting=True, language=language)

    def answer(
        self, child: Child, outcome: int, cycle: int, text: str, kind: Answer, words: str, on: date, *, waiting: bool,
        language: str = "",
    ) -> None:  # fmt: skip
        """One answer of a parent, and the school's reply unless the family is still waiting for it."""
        pen, parent = self._pen, child.parent.person
        assert parent is not None
        replied = kind is not Answer.AGREE and not waiting
        back = min(pen.on, pen.days.after(on + 3 * DAY)) if replied else None
        reply = phrase(pen, child, "parents", "reply")
        row = pen.bulk.add(
            FamilyAnswer, outcome_id=outcome, pupil_id=child.id, school_id=pen.site.id, by_id=parent.id,
            answer=kind.value, words=words, on=on, at=pen.moment(on), reply=reply if replied else "", replied_on=back,
            replied_by_id=child.lead.id if replied else None, language=language,
        )  # fmt: skip
        pen.event(kinds.ANSWERED, parent, on, about=row, pupil=child.id, answer=ANSWER_WORDS[kind], outcome=text)
        if on > pen.on - 21 * DAY:
            says = f"{parent.name} {ANSWER_WORDS[kind]}: {text}"
            pen.notice(child.lead, "family", says, f"/plans/{cycle}/", on, child.id)
        if back:
            pen.event(kinds.REPLIED, child.lead, back, about=row, pupil=child.id, to=parent.name, outcome=text)
            pen.notice(parent, "reply", f"We have answered you: {reply}", f"/family/{child.id}/", back, child.id)

    def _said(self, child: Child, story: Story, kind: Answer) -> str:
        if kind is Answer.CHANGE and story.change and self._pen.chance(0.6):
            return story.change
        return phrase(self._pen, child, "parents", kind.value)


def catalogue() -> Mapping[str, int]:
    """The trust's first catalogue; and its number for each kind that stories use, of which some are added."""
    seed_catalogue()
    found = dict(ProvisionType.objects.filter(school=None).values_list("name", "pk"))
    for given in provisions().values():
        if given.name not in found:
            row = ProvisionType.objects.create(
                name=given.name, plain_name=given.plain_name, wave=given.wave, area=given.area, evidence=given.evidence,
                given_by=given.given_by,
            )  # fmt: skip
            found[given.name] = row.pk
    return {key: found[given.name] for key, given in provisions().items()}


def _texts(child: Child, story: Story, told: CycleWords) -> dict[str, object]:
    """The words of a plan."""
    return {
        "strengths": list(story.strengths), "difficulties": story.difficulties, "strategies": list(story.strategies),
        "pastoral": story.pastoral, "communication": story.communication, "home": story.home,
        "parents_view": told.parents, "parents_said": f"{child.parent.formal}, {child.parent.word}, in the meeting",
        "pupils_view": told.pupil, "pupil_helped_by": child.helper.formal,
    }  # fmt: skip
