"""The support plan on paper: for staff, and for the family in plain words. Read from the plan, never written twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from alongside.areas.support import family_copy, queries
from alongside.areas.support.models import Cycle
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.documents.papers import Printed, Said
from alongside.base.documents.word import Word
from alongside.base.pupils.models import Pupil
from alongside.design.words import full_day, year_day
from alongside.kit import NotFound
from alongside.kit.spans import holds_on


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    number: int
    text: str
    baseline: str
    measure: str
    target: str
    by_when: str
    came_to: str
    family: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The staff copy of a plan."""

    kind: ClassVar[str] = "support-plan"

    pupil: Pupil
    cycle: int
    number: int
    liked: str
    line: str
    strengths: tuple[str, ...]
    needs: str
    difficulties: str
    outcomes: tuple[OutcomeRow, ...]
    given: tuple[str, ...]
    strategies: tuple[str, ...]
    around: tuple[tuple[str, str], ...]  # feelings, communication, home
    said: tuple[Said, ...]
    not_asked: str
    facts: tuple[tuple[str, str], ...]  # who leads, who agreed, the review
    foot: str
    school: str
    printed: Printed

    @property
    def title(self) -> str:
        return f"Support plan, {self.liked}"

    @property
    def listed(self) -> str:
        """Its line in the list of papers."""
        return f"Support plan {self.number}"

    @property
    def judged(self) -> bool:
        """True when a review has said what the outcomes came to."""
        return any(outcome.came_to for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Points:
    """A heading of the family copy, and its points: each a sentence with what belongs to it."""

    heading: str
    points: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FamilyPaper:
    """The family copy of a plan."""

    kind: ClassVar[str] = "family-plan"

    pupil: Pupil
    cycle: int
    number: int
    liked: str
    line: str
    parts: tuple[Points, ...]
    said: tuple[Said, ...]
    review: str
    ring: tuple[str, ...]
    foot: str
    school: str
    printed: Printed

    @property
    def title(self) -> str:
        return f"{self.liked}’s plan"

    @property
    def listed(self) -> str:
        """Its line in the list of papers."""
        return f"Support plan {self.number}, family copy"


def plan_paper(actor: Actor, cycle_id: int, *, on: date, at: datetime) -> PlanPaper:
    """The staff copy. Raises NotFound unless this person may read the plan and issue papers at its school."""
    page = queries.cycle_page(actor, cycle_id, on=on)
    cycle = page.cycle
    if not actor.may(Permission.DOCUMENTS, cycle.school_id):
        raise NotFound
    school = cycle.pupil.school.name
    return PlanPaper(
        pupil=cycle.pupil,
        cycle=cycle.pk,
        number=cycle.number,
        liked=page.head.liked,
        line=f"{page.head.full_name}, {page.head.class_name or page.head.year}, {school}. "
        f"Support plan {cycle.number}{_state(cycle)}.",
        strengths=tuple(cycle.strengths),
        needs=cycle.needs_summary,
        difficulties=cycle.difficulties,
        outcomes=tuple(map(_row, page.outcomes)),
        given=tuple(map(_given, page.lines)),
        strategies=tuple(cycle.strategies),
        around=_filled(
            ("Feelings and friendships", cycle.pastoral),
            ("Communication", cycle.communication),
            ("At home", cycle.home),
        ),
        said=_said(cycle, page.head.liked),
        not_asked=cycle.no_views_because,
        facts=_filled(
            ("Led by", page.lead),
            ("Agreed by", cycle.agreed_by),
            ("Review", year_day(cycle.review_on) if cycle.review_on else ""),
        ),
        foot=f"Support plan {cycle.number}, version {cycle.version}. For staff who work with {page.head.liked}.",
        school=school,
        printed=Printed(actor.name, on, at),
    )


def family_paper(actor: Actor, cycle_id: int, *, on: date, at: datetime) -> FamilyPaper:
    """The family copy, for staff who may issue it and, once the plan is agreed, for the family itself.

    Raises NotFound for everybody else.
    """
    page = _family_page(actor, cycle_id, on=on)
    cycle, liked = page.cycle, page.head.liked
    school = cycle.pupil.school
    return FamilyPaper(
        pupil=cycle.pupil,
        cycle=cycle.pk,
        number=cycle.number,
        liked=liked,
        line=f"{liked}’s plan at {school.name}. It says what goes well, what we want, and what school gives.",
        parts=tuple(map(_points, page.family.parts)),
        said=_said(cycle, liked),
        review=f"We meet on {full_day(cycle.review_on)} to look at it together."
        if cycle.review_on
        else "We have not agreed a day to look at it together yet.",
        ring=_ring(cycle, page.lead, on=on),
        foot=f"{liked}’s plan, version {cycle.version}.",
        school=school.name,
        printed=Printed(actor.name, on, at),
    )


def _family_page(actor: Actor, cycle_id: int, *, on: date) -> queries.CyclePage:
    own = Cycle.objects.filter(pk=cycle_id, pupil_id__in=actor.child_ids, started_on__isnull=False)
    if actor.child_ids and own.exists():
        return queries.page_of(own, actor, on=on)
    page = queries.cycle_page(actor, cycle_id, on=on)
    if not actor.may(Permission.DOCUMENTS, page.cycle.school_id):
        raise NotFound
    return page


def _points(part: family_copy.Part) -> Points:
    """'Now' and 'We want' stand under the outcome that they are about."""
    points: list[list[str]] = []
    for line in part.lines:
        if points and line.startswith(family_copy.UNDER_AN_OUTCOME):
            points[-1].append(line)
        else:
            points.append([line])
    return Points(part.heading, tuple(map(tuple, points)))


def _state(cycle: Cycle) -> str:
    """', draft' until it is agreed, and then since when it runs."""
    if cycle.started_on is None:
        return ", a draft that nobody has agreed yet"
    return f", from {year_day(cycle.started_on)}"


def _row(outcome: queries.OutcomeLine) -> OutcomeRow:
    answer = outcome.answer
    came_to = ": ".join(filter(None, (outcome.result_words, outcome.exit_measure or outcome.no_measure_because)))
    return OutcomeRow(
        outcome.number, outcome.text, outcome.baseline, outcome.measure, outcome.target,
        year_day(outcome.due) if outcome.due else "", came_to,
        f"{answer.who} {answer.says}, {year_day(answer.on)}." if answer else "",
    )  # fmt: skip


def _given(line: queries.GivenLine) -> str:
    adult = f", with {line.adult}" if line.adult else ""
    return f"{line.name}, {line.often}{adult}{f', for {line.outcome}' if line.outcome else ''}"


def _said(cycle: Cycle, liked: str) -> tuple[Said, ...]:
    """The pupil first, then the parents."""
    helped = cycle.pupil_helped_by
    found = (
        Said(cycle.pupils_view, ", ".join(filter(None, (liked, helped))), helped=bool(helped)),
        Said(cycle.parents_view, cycle.parents_said or "The parents"),
    )
    return tuple(said for said in found if said.words.strip())


def _ring(cycle: Cycle, lead: str, *, on: date) -> tuple[str, ...]:
    """Whom a family may ring: the teacher who leads the plan, and the SENCO."""
    held = holds_on(on)
    sencos = Post.objects.filter(held, school_id=cycle.school_id, role="senco").select_related("person").order_by("pk")
    names = tuple(dict.fromkeys((lead, *(f"{post.person.formal} (SENCO)" for post in sencos))))
    phone = cycle.pupil.school.phone
    how = f"Ring {cycle.pupil.school.name} on {phone}." if phone else f"Ring {cycle.pupil.school.name}."
    return (f"{how} Ask for {' or '.join(names)}.",)


def _filled(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows if value.strip())


# --- As Word documents -----------------------------------------------------------------------------------

_ANSWERS = ("☐ I agree with this plan.", "☐ I would like to change something.", "☐ I do not agree.")
_HEADS = ("Outcome", "Now", "How we will tell", "We aim for", "By when")
_WIDTHS = (58.0, 30.0, 34.0, 30.0, 22.0)
_JUDGED_WIDTHS = (48.0, 26.0, 28.0, 26.0, 20.0, 26.0)


def plan_word(paper: PlanPaper) -> bytes:
    """The staff copy as a Word document."""
    word = Word(paper.title, author=paper.school, made=paper.printed.at)
    word.heading(paper.liked)
    word.text(paper.line)
    if paper.strengths:
        word.heading(f"What {paper.liked} does well", 2)
        word.lines(paper.strengths)
    if paper.needs.strip() or paper.difficulties.strip():
        word.heading("What gets in the way", 2)
        word.text(paper.needs)
        word.text(paper.difficulties)
    word.heading("Outcomes", 2)
    _outcomes(word, paper)
    for heading, lines in (("What we give", paper.given), ("What every adult does", paper.strategies)):
        if lines:
            word.heading(heading, 2)
            word.lines(lines)
    _named(word, "How things are", paper.around)
    _voices(word, paper.said, heading="In their own words", not_asked=paper.not_asked)
    _named(word, "Agreed", paper.facts)
    word.foot(f"{paper.foot} {paper.printed}")
    return word.content()


def _outcomes(word: Word, paper: PlanPaper) -> None:
    if not paper.outcomes:
        word.text("No outcome has been written yet.")
        return
    heads = (*_HEADS, "What came of it") if paper.judged else _HEADS
    rows = [
        (
            f"{o.number}. {o.text}" + (f"\n{o.family}" if o.family else ""), o.baseline, o.measure, o.target, o.by_when,
            *((o.came_to,) if paper.judged else ()),
        )
        for o in paper.outcomes
    ]  # fmt: skip
    word.table("The outcomes of the plan, one a row", heads, rows, _JUDGED_WIDTHS if paper.judged else _WIDTHS)


def _named(word: Word, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        word.heading(heading, 2)
    for name, value in rows:
        word.text(value, bold=f"{name}:")


def _voices(word: Word, said: Sequence[Said], *, heading: str, not_asked: str = "") -> None:
    if said or not_asked:
        word.heading(heading, 2)
    for one in said:
        word.voice(one.words, one.by)
    if not_asked:
        word.text(not_asked, bold="Not asked yet:")


def family_word(paper: FamilyPaper) -> bytes:
    """The family copy as a Word document, in large type."""
    word = Word(paper.title, author=paper.school, made=paper.printed.at, size=14)
    word.heading(paper.title)
    word.text(paper.line)
    for part in paper.parts:
        word.heading(part.heading, 2)
        word.lines(["\n".join(point) for point in part.points])
    _voices(word, paper.said, heading="In your own words")
    word.heading("When we meet", 2)
    word.text(paper.review)
    word.heading("Do you want to talk?", 2)
    for line in paper.ring:
        word.text(line)
    word.heading("What do you think?", 2)
    word.text("\n".join(_ANSWERS))
    word.text("Tell us more, if you like. Give this page to any adult at school.")
    word.foot(f"{paper.foot} {paper.printed}")
    return word.content()
