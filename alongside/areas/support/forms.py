"""What is typed about a cycle, cleaned into drafts. Nothing here saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.areas.support import rules
from alongside.areas.support.actions import OutcomeDraft, PlanDraft, ReviewDraft
from alongside.areas.support.models import Cycle, Outcome
from alongside.design.fields import TypedDayField
from alongside.design.words import Side
from alongside.kit import reading
from alongside.kit.fields import Lines
from alongside.law import codes, thresholds


def _text(label: str, *, rows: int = 2, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


def _line(label: str, most: int, *, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=hint)


class OpenCycle(forms.Form):
    """Who leads. What is known of the needs goes with the cycle by itself, and is asked once: when assessing."""

    lead_id = forms.TypedChoiceField(label="Who leads this plan?", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, leads: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_id"].choices = [("", "I do"), *leads]  # type: ignore[attr-defined]


class Assess(forms.Form):
    needs_summary = _text("What do you know about the needs?", rows=6)  # required, by the verb's own sentence


class Plan(forms.Form):
    """The words of a plan, in the order in which people think: strengths first."""

    strengths = Lines(
        label="What goes well",
        required=False,
        help_text="Two at least, one a line. They stand before any need.",
    )
    difficulties = _text("What gets in the way", rows=3)
    strategies = Lines(label="What every adult does", required=False, help_text="One a line.")
    pastoral = _text("Feelings and friendships")
    communication = _text("How the pupil makes themselves understood")
    home = _text("What home will do, if they wish", hint="One thing a line.")
    pupils_view = _text("What the pupil says, in their own words")
    pupil_helped_by = _line("Who helped the pupil to say it", 80)
    parents_view = _text("What the parents say, in their own words")
    parents_said = _line("Who said it, and how", 80)
    no_views_because = _text("If you could not ask: why, and when you will", rows=1)
    agreed_by = _line("Who agreed the plan", 200)
    review_on = TypedDayField(side=Side.FUTURE, label="Review on", required=False)
    reading_reason = _line("If hard words must stay: why", 200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def draft(self, cycle: Cycle) -> PlanDraft:
        """What to save; a field that the page did not have keeps what stands."""
        clean = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return PlanDraft(needs_summary=cycle.needs_summary, **clean)

    @staticmethod
    def initial_of(cycle: Cycle) -> dict[str, object]:
        return {name: getattr(cycle, name) for name in Plan.base_fields}


class OutcomeForm(forms.Form):
    """One outcome: the sentence, and the four small fields in the order people think."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = _text("What will be different", rows=2)
    need = forms.ChoiceField(label="For which need", required=False)
    baseline = _line("Where are they now?", 120)
    measure = _line("How will we tell?", 160, hint="Something two people would count the same way.")
    target = _line("What do we aim for?", 120)
    due = TypedDayField(side=Side.FUTURE, label="By when?", required=False)

    def __init__(self, *args: Any, needs: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [  # type: ignore[attr-defined]
            ("", "No one need"), *((code, codes.NEED_TYPES.words(code)) for code in needs)
        ]  # fmt: skip

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("text", "baseline", "measure", "target"))

    def draft(self) -> OutcomeDraft:
        data = self.cleaned_data
        return OutcomeDraft(
            data["text"],
            data["baseline"],
            data["measure"],
            data["target"],
            data["due"],
            data["need"],
            data["id"],
        )


def outcome_forms(
    data: Mapping[str, Any] | None, outcomes: Sequence[Outcome], *, needs: Sequence[str], due: date
) -> list[OutcomeForm]:
    """A form for each outcome that stands, and an empty one while there is room for more.

    `due` stands in each that has no day yet, to be changed.
    """
    most = int(thresholds.MOST_OUTCOMES.value)
    standing: list[dict[str, Any]] = [
        {"id": row.pk, "text": row.text, "need": row.need, "baseline": row.baseline, "measure": row.measure,
         "target": row.target, "due": row.due or due}
        for row in outcomes
    ]  # fmt: skip
    empty: list[dict[str, Any]] = [{"due": due}] * max(0, min(most - len(standing), max(1, 2 - len(standing))))
    if data is not None:
        shown = sum(f"outcome-{number}-text" in data for number in range(1, most + 1))
        empty = [{"due": due}] * max(0, shown - len(standing))
    return [
        OutcomeForm(data, prefix=f"outcome-{number}", initial=initial, needs=needs)
        for number, initial in enumerate(standing + empty, start=1)
    ]


def swapped(data: Mapping[str, Any], word: str) -> dict[str, Any]:
    """What was typed, with one piece of jargon changed to plain words wherever the family will read it."""
    plain = reading.PLAIN_WORDS.get(word.casefold())
    read_by_family = ("strengths", "difficulties", "home")
    changed = dict(data.items())
    if plain is None:
        return changed
    for name, value in changed.items():
        if name in read_by_family or name.endswith(("-text", "-baseline", "-target")):
            changed[name] = reading.swap(str(value), word, plain)
    return changed


class PutIn(forms.Form):
    """Which outcome a line of provision serves."""

    outcome = forms.TypedChoiceField(
        label="Which outcome is it for?", required=False, widget=forms.RadioSelect, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, outcomes: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [*outcomes, ("", "The whole plan")]  # type: ignore[attr-defined]


class Review(forms.Form):
    held_on = TypedDayField(side=Side.PAST, label="When was the review?")
    present = _line("Who was there", 200)
    findings = _text("What did we learn?", rows=3)
    pupils_view = _text("What the pupil says, in their own words")
    pupil_helped_by = _line("Who helped the pupil to say it", 80)
    parents_view = _text("What the parents say, in their own words")
    no_views_because = _text("If you could not ask: why, and when you will", rows=1)
    choice = forms.ChoiceField(
        label="What happens next?",
        required=False,
        widget=forms.RadioSelect,
        choices=list(rules.CHOICE_WORDS.items()),
    )
    change = _text("What do we change?")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def draft(self, results: Sequence[ResultForm]) -> ReviewDraft:
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ReviewDraft(results={form.outcome.id: form.facts() for form in results}, **data)


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        label="Was it met?",
        required=False,
        widget=forms.RadioSelect,
        choices=list(rules.RESULT_WORDS.items()),
    )
    exit_measure = _line("The measure now", 120)
    no_measure_because = _line("Or why there is none", 200)

    def __init__(self, *args: Any, outcome: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"outcome-{outcome.number}"})
        self.outcome = outcome

    def facts(self) -> rules.ResultFacts:
        data = self.cleaned_data
        return rules.ResultFacts(self.outcome.number, data["result"], data["exit_measure"], data["no_measure_because"])


class Close(forms.Form):
    reason = forms.CharField(
        label="Why does this cycle end?", required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class Reply(forms.Form):
    words = _text("Our answer", rows=4, hint="The family reads this. Plain words, one idea a sentence.")


def put_error(reason: str, field: str, plan: forms.Form, parts: Sequence[forms.Form]) -> None:
    """Set a rule's sentence beside the field it is about, in the plan or in the numbered part it names."""
    if field.startswith("outcome_"):
        _, number, name = field.split("_", 2)
        for part in parts:
            if part.prefix == f"outcome-{number}":
                part.add_error(name if name in part.fields else None, reason)
                return
    plan.add_error(field if field in plan.fields else None, reason)
