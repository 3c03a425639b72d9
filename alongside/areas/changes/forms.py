"""What is typed about changes, cleaned. Nothing here saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.areas.changes import rules
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


def _words(label: str, hint: str = "", *, rows: int = 4, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=4_000, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: str, most: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=hint)


class NoticeForm(forms.Form):
    """A notice, whole or not: what is still missing is said when it is published."""

    title = _line("Title", 120)
    reach = forms.ChoiceField(
        label="Whose change is it?", choices=list(rules.REACH_WORDS.items()), widget=forms.RadioSelect, required=False,
        initial=rules.Reach.NATIONAL,
    )  # fmt: skip
    council = _line("Council or partnership, for a local change", 120)
    la = forms.ChoiceField(
        label="Local authority, for a local change", required=False, help_text="The notice goes to its schools."
    )
    schools = forms.TypedMultipleChoiceField(
        label="Schools, for a local change", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="The local authority of these is not known, so tick those that it concerns.",
    )  # fmt: skip
    summary = _words("What changes?")
    source = _line("Where is it written?", 200, "The law, the guidance or the letter, with its date.")
    link = _line("Address of it", 300, "Beginning with https://. It is shown as a link and nothing is loaded from it.")
    effective_on = TypedDayField(label="Takes effect on", side=Side.NEAREST, required=False)
    todo = _words("What is each school to do?")
    due_on = TypedDayField(
        label="To be done by", side=Side.FUTURE, required=False, help_text="Up to the day it takes effect."
    )
    why_late = _line("If it is to be done later than it takes effect: why?", 300)

    def __init__(
        self, *args: Any, authorities: Sequence[tuple[str, str]], unknown: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["la"].choices = [("", "Choose"), *authorities]  # type: ignore[attr-defined]
        self.fields["schools"].choices = list(unknown)  # type: ignore[attr-defined]
        if not unknown:
            del self.fields["schools"]

    def draft(self) -> rules.Draft:
        clean = dict(self.cleaned_data)
        return rules.Draft(**{**clean, "schools": tuple(clean.get("schools", ()))})


class FinishForm(forms.Form):
    words = _words("What was done?", "The central team reads it. No pupil’s name.", rows=3)


class AskForm(forms.Form):
    words = _words(
        "Your question", "Every school that has this notice reads it and its answer. No pupil’s name.", rows=3
    )


class AnswerForm(forms.Form):
    words = _words("The answer", "Every school that has this notice reads it. No pupil’s name.")


class AddForm(forms.Form):
    words = _words("What is to be added?", "It stands below the notice with today’s date. The schools are told.")


class WithdrawForm(forms.Form):
    reason = _line("Why is it withdrawn?", 300, "The schools read it.")
