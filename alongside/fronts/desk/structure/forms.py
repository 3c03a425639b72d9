"""What is typed about people and calendars, cleaned. Nothing here saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alongside.base.schools.models import Closure, School
from alongside.design.fields import TypedDayField
from alongside.fronts.desk.structure.actions import Newcomer
from alongside.fronts.desk.structure.lines import from_file
from alongside.fronts.desk.structure.rules import NewPost, roles_here


class PersonForm(forms.Form):
    """Somebody new, or a second post for somebody who is here."""

    title = forms.CharField(label="Title", required=False, max_length=12)
    given = forms.CharField(label="First name", max_length=60)
    family = forms.CharField(label="Family name", max_length=60)
    email = forms.CharField(label="Work e-mail", max_length=254)
    role = forms.ChoiceField(label="Role")
    school = forms.ModelChoiceField(
        School.objects.all(), to_field_name="urn", label="School", required=False, empty_label="The trust"
    )
    since = TypedDayField(label="First day")
    until = TypedDayField(label="Last day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [("", "Choose one"), *((role.code, role.title) for role in roles_here())]

    def newcomer(self) -> Newcomer:
        """Who is to be let in, from a form that is valid."""
        given = self.cleaned_data
        school: School | None = given["school"]
        post = NewPost(given["role"], school.pk if school else None, given["since"], given["until"])
        return Newcomer(given["given"], given["family"], given["email"], post, given["title"])


class EndForm(forms.Form):
    last_day = TypedDayField(label="Last day")


class TermForm(forms.Form):
    name = forms.CharField(label="Name", max_length=40)
    first = TypedDayField(label="First day")
    last = TypedDayField(label="Last day")


class ClosureForm(forms.Form):
    day = TypedDayField(label="Day")
    why = forms.ChoiceField(label="Why", choices=Closure.Why.choices)


class YearForm(forms.Form):
    """A school year as lines; or a file whose lines are to be looked over first."""

    file = forms.FileField(
        label="A file to begin with",
        required=False,
        help_text="A calendar file (.ics) or CSV, up to 1 MB. Nothing is saved until you have looked it over.",
    )
    text = forms.CharField(
        label="Terms and days off",
        required=False,
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=(
            "A line for each term: Autumn 1; 2 Sep 2026; 23 Oct 2026. A line for each weekday of term on which pupils do "
            "not come: training; 1 Sep 2026, or closed; 9 Oct 2026. Rows of a spreadsheet can be pasted as they are."
        ),
    )

    def brought(self) -> str | None:
        """The lines of a file, where one was sent. Raises ValueError for one that cannot be read."""
        file = self.files.get("file")
        if file is None:
            if "text" not in self.data:
                raise ValueError("Choose a file first.")
            return None
        if (file.size or 0) > LARGEST:
            raise ValueError("That file is larger than 1 MB. A school year is a few lines.")
        return from_file(file.read())


LARGEST = 1_000_000  # bytes


def day_words(day: date) -> str:
    """A day as it stands in a box to be typed over."""
    return f"{day.day} {day:%b} {day.year}"
