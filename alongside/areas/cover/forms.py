"""What is typed about a handover, cleaned. Nothing here saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.areas.cover.actions import Draft
from alongside.areas.cover.rules import Span
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


class HandForm(forms.Form):
    to = forms.TypedChoiceField(label="To whom?", coerce=int)
    first = TypedDayField(side=Side.NEAREST, label="First day")
    last = TypedDayField(side=Side.FUTURE, label="Last day", help_text="It counts; access ends by itself at midnight.")
    why = forms.CharField(label="Why?", max_length=200, help_text="Such as: on a course, on leave.")
    words = forms.CharField(
        label="What should they know first?", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1_000
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.TypedChoiceField)
        to.choices = [("", "Choose a colleague"), *people]

    def draft(self) -> Draft:
        typed = self.cleaned_data
        return Draft(typed["to"], Span(typed["first"], typed["last"]), typed["why"], typed["words"])


class NoteForm(forms.Form):
    row = forms.IntegerField(min_value=1)
    words = forms.CharField(required=False, max_length=300)
