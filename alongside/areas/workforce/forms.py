"""What is typed about the SENCO's post, cleaned. Nothing here saves; no form takes a state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from alongside.areas.workforce import rules
from alongside.areas.workforce.actions import Hours, WeekDraft
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


def _day(label: str, side: Side = Side.NEAREST, *, required: bool = True, hint: str = "") -> TypedDayField:
    return TypedDayField(side=side, label=label, required=required, help_text=hint)


def _hours(label: str, *, required: bool = True, hint: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=4, decimal_places=1, min_value=Decimal(0), required=required, help_text=hint
    )


class AppointForm(forms.Form):
    needed = ("status",)  # the rule refuses its absence with a sentence of its own

    person = forms.TypedChoiceField(label="Who", coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="As", choices=list(rules.KIND_WORDS.items()), initial=rules.Kind.SENCO)
    since = _day("First day")
    until = _day("Last day", required=False, hint="Cover always has one.")
    status = forms.ChoiceField(
        label="Teacher status", choices=list(rules.STATUS_WORDS.items()), widget=forms.RadioSelect, required=False
    )
    works_here = forms.BooleanField(
        label="Works as a teacher at this school, or is its headteacher", required=False, initial=True
    )
    leads = forms.BooleanField(label="Sits in the school’s leadership team", required=False)
    access = forms.CharField(
        label="If not: how do they reach the leadership?", max_length=200, required=False,
        help_text="For example: meets the headteacher each Monday.",
    )  # fmt: skip
    first_on = _day(
        "First day as SENCO at any school", Side.PAST, required=False, hint="Leave it empty when this is the first."
    )
    months_before = forms.IntegerField(
        label="Months as SENCO before this, all schools together", min_value=0, max_value=600, required=False, initial=0
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]

    def draft(self) -> rules.Appointed:
        """What is asked for; the first day is this one where no other is given."""
        clean = dict(self.cleaned_data)
        clean["first_on"] = clean["first_on"] or clean["since"]
        clean["months_before"] = clean["months_before"] or 0
        return rules.Appointed(**clean)


class EndForm(forms.Form):
    last_day = _day("Last day")


class CourseForm(forms.Form):
    award = forms.ChoiceField(
        label="Which", choices=[*rules.AWARD_WORDS.items(), (rules.OTHER, "Another course")], widget=forms.RadioSelect
    )
    provider = forms.CharField(label="Who gives it", max_length=120)
    started_on = _day("Began on", Side.PAST, required=False)
    expected_on = _day("Ends on, as far as one knows", required=False)
    awarded_on = _day("Awarded on", Side.PAST, required=False, hint="Leave it empty until then.")
    certificate = forms.CharField(label="Where the certificate is kept", max_length=120, required=False)

    def course(self) -> rules.Course:
        return rules.Course(**self.cleaned_data)


class AgreeForm(forms.Form):
    hours = _hours("Hours a week for the SENCO’s work")
    admin = _hours("Hours a week of administrative help", hint="0 when there is none.")
    limit = forms.IntegerField(
        label="Percent of the hours that may be lost before you are told", min_value=0, max_value=100,
        help_text=f"The trust allows {rules.MOST_LOST}. A school may allow less.",
    )  # fmt: skip
    since = _day("From")

    def draft(self) -> Hours:
        return Hours(**self.cleaned_data)


class WeekForm(forms.Form):
    """A week: hours used, help given, and for each reason the hours that were lost to it."""

    monday = _day("Week of", Side.PAST, hint="Any day of the week.")
    used = _hours("Hours you had for the role")
    admin_given = _hours("Hours of administrative help", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for why, words in rules.WHY_WORDS.items():
            self.fields[f"lost_{why}"] = _hours(f"Hours lost to: {words.lower()}", required=False)

    def draft(self) -> WeekDraft:
        clean: Mapping[str, Any] = self.cleaned_data
        lost = {why.value: clean[f"lost_{why}"] or Decimal(0) for why in rules.Why}
        monday: date = clean["monday"]
        return WeekDraft(monday, clean["used"], clean["admin_given"] or Decimal(0), lost)


class ViewForm(forms.Form):
    enough = forms.TypedChoiceField(
        label="Is your time enough for the role?", choices=[("yes", "Enough"), ("no", "Not enough")],
        widget=forms.RadioSelect, coerce=lambda said: said == "yes",
    )  # fmt: skip
    words = forms.CharField(
        label="What is there no time for?", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2_000,
        help_text="Your headteacher reads it. Governors see only how it stands. No pupil’s name.",
    )  # fmt: skip


class ConfirmForm(forms.Form):
    minuted_on = _day("The board’s meeting", Side.PAST)
    minute = forms.CharField(label="Which minute", max_length=120, help_text="For example: item 7, page 3.")
