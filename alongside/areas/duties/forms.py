"""What is typed about a duty, cleaned. Nothing here saves, and no form has a field for a state."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.areas.duties import rules
from alongside.areas.duties.actions import Sighting
from alongside.base.access.roles import ROLES
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


class SignOffForm(forms.Form):
    """A headteacher's word on a term; which term it is comes from the page."""

    term = forms.RegexField(regex=r"^[0-9]{4}-(?:autumn|spring|summer)$", widget=forms.HiddenInput)
    comment = _text(
        "How the term went", "What is late, and what you do about it. No pupil’s name: governors may read it."
    )

    def said(self) -> dict[str, Any]:
        year, _, season = self.cleaned_data["term"].partition("-")
        return {"term": (int(year), season), "comment": self.cleaned_data["comment"]}


class ExemptForm(forms.Form):
    reason = _text("Why does this duty not apply here?")
    until = TypedDayField(side=Side.FUTURE, label="Until when?")

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


_OWNERS = [(code, role.title) for code, role in ROLES.items() if role.staff]


class VersionForm(forms.Form):
    """A version of a duty of the trust's own: what is different, and from which day. Its number stays."""

    title = forms.CharField(label="Title", max_length=80)
    says = _text("What the policy asks, in plain words")
    rule = _text("When it is met, due, overdue or at risk")
    owner = forms.ChoiceField(label="Who answers for it?", choices=_OWNERS)
    limit = forms.CharField(label="Time limit", max_length=80, required=False)
    valid_from = TypedDayField(side=Side.FUTURE, label="From which day?", help_text="Today or later.")

    def changes(self) -> dict[str, str]:
        """What is not as it stands."""
        new = {name: _line(value) for name, value in self.cleaned_data.items() if name != "valid_from"}
        return {name: value for name, value in new.items() if value != _line(self.initial.get(name, ""))}


def _line(value: object) -> str:
    """Without the line ends that a browser and a file put in."""
    return " ".join(str(value).split())


class DelegateForm(forms.Form):
    """A line of the scheme: what, to whom, where, from when until when."""

    family = forms.TypedChoiceField(
        label="Which family of duties?", coerce=int, empty_value=None, required=False,
        choices=[("", "One duty alone"), *((number, name) for number, name in rules.FAMILIES.items())],
    )  # fmt: skip
    duty = forms.CharField(label="Or the number of one duty", max_length=8, required=False, help_text="Such as S03-44.")
    role = forms.ChoiceField(label="Who is to answer?", choices=_OWNERS)
    school = forms.TypedChoiceField(label="Where?", coerce=int, empty_value=None, required=False)
    since = TypedDayField(side=Side.FUTURE, label="From which day?", help_text="Today or later.")
    until = TypedDayField(side=Side.FUTURE, label="Until when?", required=False)

    def __init__(self, *args: Any, schools: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["school"].choices = [("", "Everywhere"), *schools]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "duty": self.cleaned_data["duty"].strip().upper()}


class AskForm(forms.Form):
    family = forms.TypedChoiceField(label="About what?", coerce=int, choices=tuple(rules.FAMILIES.items()))
    words = _text("What do you want to know?", "Whoever answers has two weeks. No pupil’s name.")

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AnswerForm(forms.Form):
    words = _text("Your answer", "It stands as you give it. Governors and trustees read it. No pupil’s name.")

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
