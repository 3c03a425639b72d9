"""What is typed about a duty, cleaned. Nothing here saves, and no form has a field for a state."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.areas.duties import rules
from alongside.areas.duties.actions import Sighting
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


def _text(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), help_text=hint, max_length=2_000)


class AttestForm(forms.Form):
    item = _text("What shows it?", "The paper, its date and where it is kept, so that somebody can look.")
    expires_on = TypedDayField(side=Side.FUTURE, label="Until when does your word stand?", help_text="A year at most.")

    def said(self) -> dict[str, Any]:
        return {"item": self.cleaned_data["item"], "expires": self.cleaned_data["expires_on"]}


class ObserveForm(forms.Form):
    found = forms.ChoiceField(
        label="What did you find?", choices=[(found.value, words) for found, words in rules.FOUND_WORDS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = _text("What did you see, and where?", "No pupil’s name.")
    seen_on = TypedDayField(side=Side.PAST, label="On which day?")

    def said(self) -> dict[str, Any]:
        return {"draft": Sighting(**self.cleaned_data)}


class ExplainForm(forms.Form):
    words = _text("What should somebody who reads this know?", "It changes no state. No pupil’s name.")

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ExemptForm(forms.Form):
    reason = _text("Why does this duty not apply here?")
    until = TypedDayField(side=Side.FUTURE, label="Until when?")

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
