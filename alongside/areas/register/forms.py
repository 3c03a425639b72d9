"""What is typed about a pupil's place on the register, cleaned. Nothing here saves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.areas.register import rules
from alongside.areas.register.actions import DecisionDraft, DisabilityDraft, Telling
from alongside.areas.register.queries import ConcernBehind, DisabilityNow, NeedNow, PlanNow, RecordPage
from alongside.design.fields import TypedDayField
from alongside.design.words import Side
from alongside.law import codes

_YES_NO = (("yes", "Yes"), ("no", "No"))
NOT_TOLD = "not"


def _text(label: str, *, rows: int = 2, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


def _yes_no(label: str, *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=_YES_NO, widget=forms.RadioSelect, help_text=hint)


def _answer(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


class NeedsForm(forms.Form):
    """Up to four ranked needs. An area is asked only for the two codes that have none of their own."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [("", "None"), *((entry.code, entry.words) for entry in codes.NEED_TYPES.valid(on))]
        areas = [("", "Its own"), *((area.value, words) for area, words in codes.AREA_WORDS.items())]
        for rank in range(1, rules.MOST_NEEDS + 1):
            first = rank == 1
            self.fields[f"need_{rank}"] = forms.ChoiceField(
                label="Main need" if first else f"Need {rank}", required=False,
                choices=[("", "Choose one"), *types[1:]] if first else types,
            )  # fmt: skip
            self.fields[f"area_{rank}"] = forms.ChoiceField(
                label="Area of the main need" if first else f"Area of need {rank}", required=False, choices=areas
            )

    @property
    def ranked(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each need beside its area."""
        return [(self[f"need_{rank}"], self[f"area_{rank}"]) for rank in range(1, rules.MOST_NEEDS + 1)]

    @property
    def more_open(self) -> bool:
        """Whether needs 3 and 4 stand open: something is in them, or wrong with them."""
        return any(bound.value() or bound.errors for pair in self.ranked[2:] for bound in pair)

    def drafts(self) -> list[rules.NeedDraft]:
        """The needs that were chosen, with their ranks as typed, so that a hole is seen by the rule."""
        data = self.cleaned_data
        return [
            rules.NeedDraft(data[f"need_{rank}"], rank, data[f"area_{rank}"])
            for rank in range(1, rules.MOST_NEEDS + 1)
            if data[f"need_{rank}"]
        ]

    @staticmethod
    def first_words(needs: Sequence[NeedNow]) -> dict[str, object]:
        """What stands, as initial values; an area only where it was chosen by hand."""
        values: dict[str, object] = {}
        for need in needs[: rules.MOST_NEEDS]:
            own = codes.default_area(need.code)
            values[f"need_{need.rank}"] = need.code
            values[f"area_{need.rank}"] = "" if own and own.value == need.area else need.area
        return values


class Decide(NeedsForm):
    """The two limbs, the needs, and what parent and pupil said."""

    provision = forms.ChoiceField(
        label="What is decided?", widget=forms.RadioSelect,
        choices=[(code, codes.PROVISIONS.words(code)) for code in "KE"],
        error_messages={"required": "Say whether this is SEN support or an EHC plan."},
    )  # fmt: skip
    difficulty = _yes_no("Is there a learning difficulty or a disability?")
    difficulty_says = _text(
        "What shows it?", rows=3, hint="A measure against others of the same age, or what was seen and when."
    )
    special = _yes_no("Does it call for something additional to, or different from, what every pupil may have?")
    special_says = _text("What is needed beyond ordinary teaching?", rows=3)
    evidence_on = TypedDayField(side=Side.PAST, label="Date of the evidence", required=False)
    parent_view = _text("What the parent says, in their own words")
    pupil_view = _text("What the pupil says, in their own words")
    no_views_because = _text("If you could not ask: why, and when you will", rows=1)

    @staticmethod
    def first_words_of(record: RecordPage, concern: ConcernBehind | None) -> dict[str, object]:
        """What is known already: an EHC plan that stands, the needs that hold, what a screening found."""
        has_plan = record.has_plan and (record.status is None or record.status.code != codes.Provision.PLAN)
        words: dict[str, object] = {"provision": "E" if has_plan else "K", **NeedsForm.first_words(record.needs)}
        if concern:
            seen = f"{concern.seen}\n{concern.evidence}".strip()
            words |= {"difficulty_says": seen, "parent_view": concern.parents, "pupil_view": concern.views}
        return words

    def draft(self, concern: ConcernBehind | None) -> DecisionDraft:
        data = self.cleaned_data
        return DecisionDraft(
            provision=data["provision"],
            limbs=rules.Limbs(
                _answer(data["difficulty"]), data["difficulty_says"], _answer(data["special"]), data["special_says"],
                data["evidence_on"],
            ),
            needs=self.drafts(),
            parent_view=data["parent_view"],
            pupil_view=data["pupil_view"],
            no_views_because=data["no_views_because"],
            concern_id=concern.id if concern else None,
        )  # fmt: skip


class Tell(forms.Form):
    how = forms.ChoiceField(
        label="How were they told?", required=False, widget=forms.RadioSelect,
        choices=[*rules.TOLD_WORDS.items(), (NOT_TOLD, "Not told, for a lawful reason")],
    )  # fmt: skip
    told_on = TypedDayField(side=Side.PAST, label="On which day?", required=False)
    not_told_because = _text(
        "The lawful reason", hint="For example: a court order, or telling would put the pupil at risk (ask the DSL)."
    )

    def telling(self) -> Telling:
        data = self.cleaned_data
        if data["how"] == NOT_TOLD:
            return Telling(not_told_because=data["not_told_because"])
        return Telling(data["told_on"], data["how"])


class Place(forms.Form):
    starts_on = TypedDayField(
        side=Side.PAST, label="From which day?", error_messages={"required": "Give the day on which it starts."}
    )


class Withdraw(forms.Form):
    why = _text("Why is the decision taken back?", rows=1)


class TakeOff(forms.Form):
    reason = _text("Why is special provision no longer needed?", rows=3)
    parent_view = _text("What the parent says, in their own words")
    pupil_view = _text("What the pupil says, in their own words")
    no_views_because = _text("If you could not ask: why, and when you will", rows=1)


class ChangeNeeds(NeedsForm):
    why = forms.CharField(label="What shows the change?", required=False, max_length=300)


class Plan(forms.Form):
    la = forms.CharField(label="Council that keeps the plan", max_length=80, required=False)
    made_on = TypedDayField(
        side=Side.PAST, label="Made on", error_messages={"required": "Give the day on which the plan was made."}
    )
    reviewed_on = TypedDayField(
        side=Side.PAST, label="Last review decided on", required=False,
        help_text="The day of the council's letter after the last annual review, not the day of the meeting.",
    )  # fmt: skip

    @staticmethod
    def first_words(plan: PlanNow | None) -> dict[str, object]:
        if plan is None or plan.ceased_on:
            return {}
        return {"la": plan.la, "made_on": plan.made_on, "reviewed_on": plan.reviewed_on}


class EndPlan(forms.Form):
    ceased_on = TypedDayField(
        side=Side.PAST, label="Ended on", error_messages={"required": "Give the day on which the plan ended."}
    )
    why = forms.CharField(label="The council's reason", required=False, max_length=300)


class DisabilityForm(forms.Form):
    known = forms.ChoiceField(
        label="Is a disability known?", widget=forms.RadioSelect,
        choices=[("no", "No disability known"), ("yes", "Yes")],
        error_messages={"required": "Choose an answer. 'No disability known' is one."},
    )  # fmt: skip
    impairment = forms.CharField(label="The impairment", max_length=120, required=False)
    substantial = forms.BooleanField(label="Its effect is more than minor", required=False)
    long_term = forms.BooleanField(label="It has lasted, or will last, 12 months or more", required=False)
    daily_effect = _text("What it changes in everyday life")
    adjustments = _text("Adjustments that are owed", hint="Owed whether or not there is SEN support.")
    source = forms.CharField(
        label="Who told us?", max_length=60, required=False, help_text="The family, a report, the pupil."
    )

    @staticmethod
    def first_words(answer: DisabilityNow | None) -> dict[str, object]:
        if answer is None:
            return {}
        return {
            "known": "yes" if answer.known else "no", "impairment": answer.impairment,
            "substantial": answer.substantial,
            "long_term": answer.long_term, "daily_effect": answer.daily_effect, "adjustments": answer.adjustments,
            "source": answer.source,
        }  # fmt: skip

    def draft(self) -> DisabilityDraft:
        data = self.cleaned_data
        known = data["known"] == "yes"
        if not known:
            return DisabilityDraft(known=False, source=data["source"])
        return DisabilityDraft(**{**data, "known": True})


class Check(forms.Form):
    note = forms.CharField(label="A note, if you like", max_length=200, required=False)
    sure = forms.BooleanField(label="I have read this record", required=False)
