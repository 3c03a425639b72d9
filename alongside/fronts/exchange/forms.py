"""What is typed about a file, cleaned. Nothing here saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from alongside.fronts.exchange.models import Choice
from alongside.fronts.exchange.queries import MatchPage
from alongside.kit.numbers import whole


class Upload(forms.Form):
    school = forms.TypedChoiceField(label="For which school?", coerce=int)
    file = forms.FileField(
        label="The file",
        help_text="A Common Transfer File (.xml), a report as CSV or Excel, or students from Wonde, Assembly or Arbor.",
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )

    def __init__(self, *args: Any, schools: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = schools  # type: ignore[attr-defined]
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = schools[0][0]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        most = settings.UPLOAD_LIMIT
        if file.size and file.size > most:
            raise forms.ValidationError(f"The file is larger than {most // 1_000_000} MB. Split it by year group.")
        return file


class Columns(forms.Form):
    """One choice for each column of a report."""

    def __init__(self, *args: Any, page: MatchPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._headings = {column.key: column.heading for column in page.columns}
        for column in page.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.heading, choices=[("", "Leave out"), *page.fields], initial=column.field, required=False,
                help_text=f"For example: {column.sample}" if column.sample else "Empty in the first rows",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for key, field in list(data.items()):
            if field and field in taken:
                self.add_error(key, f"'{self._headings[taken[field]]}' is matched to the same. Choose one of the two.")
            taken.setdefault(field, key)
        return data

    @property
    def columns(self) -> dict[str, str]:
        """Heading → field, as chosen."""
        return {self._headings[key]: field for key, field in self.cleaned_data.items()}


def decisions(data: Mapping[str, Any]) -> dict[Choice, list[int]]:
    """What was chosen for each conflict on a page: rows by choice. What is no choice is left aside."""
    found: dict[Choice, list[int]] = {}
    for name, value in data.items():
        key = name.removeprefix("row-")
        if name != key and whole(key) is not None and value in set(Choice):
            found.setdefault(Choice(value), []).append(int(key))
    return found


def choice_for_all(data: Mapping[str, Any]) -> Choice | None:
    """The choice of a button that decides every open question at once."""
    value = data.get("all", "")
    return Choice(value) if value in (Choice.FILE, Choice.OURS, Choice.LEAVE) else None
