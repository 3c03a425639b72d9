"""What is typed about waiting, a missed date and a school's steps, cleaned. Nothing here saves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.areas.clocks import rules
from alongside.areas.clocks.actions import Reason
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


class WaitForm(forms.Form):
    until = TypedDayField(side=Side.FUTURE, label="On which day is it back?")
    why = forms.CharField(label="Why can it wait?", max_length=300)


class ReasonForm(forms.Form):
    because = forms.ChoiceField(
        label="Why was it not done by its day?", choices=tuple(rules.BECAUSE_WORDS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In a sentence", widget=forms.Textarea(attrs={"rows": 3}), max_length=1_000,
        help_text="What happened, and what is different now.",
    )  # fmt: skip
    ground = forms.ChoiceField(
        label="Does the law excuse it?", required=False,
        help_text="A ground stands beside the date and never moves it.",
    )  # fmt: skip

    def __init__(self, *args: Any, grounds: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [("", "No"), *grounds]

    def reason(self) -> Reason:
        return Reason(**self.cleaned_data)


class StepsForm(forms.Form):
    """Days before a date, with commas between them; a minus sign for days after it."""

    days = forms.CharField(label="Days before the date", max_length=60)

    def clean_days(self) -> list[int]:
        typed = self.cleaned_data["days"].replace("−", "-").replace("–", "-")
        parts = [part for part in re.split(r"[,;\s]+", typed) if part]
        if not parts or any(not re.fullmatch(r"-?\d{1,4}", part, re.ASCII) for part in parts):
            raise forms.ValidationError("Write days with commas between them, such as 10, 5, 1, -1.")
        return [int(part) for part in parts]
