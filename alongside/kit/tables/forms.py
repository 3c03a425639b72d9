"""The two questions that every file is met with: which file for which school, and what each column of it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


class UploadForm(forms.Form):
    """A file for one of the schools that may be chosen; a single one is not asked for. `says` is what may be brought."""

    says = ""

    school = forms.TypedChoiceField(label="For which school?", coerce=int)
    file = forms.FileField(
        label="The file", error_messages={"required": "Choose the file.", "empty": "The file is empty."}
    )

    def __init__(self, *args: Any, schools: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = self.says
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A column to be told: the name of its field, its heading, what it is taken for, and a value out of it."""

    key: str
    heading: str
    taken: str
    sample: str


class ColumnsForm(forms.Form):
    """One choice for each column of a file, and each meaning once."""

    empty = "Empty"  # in place of a value, for a column without one
    twice = "‘{heading}’ is taken for the same. Choose one of the two."

    def __init__(self, *args: Any, columns: Iterable[Asked], choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings: dict[str, str] = {}
        for column in columns:
            self.headings[column.key] = column.heading
            self.fields[column.key] = forms.ChoiceField(
                label=column.heading, choices=choices, initial=column.taken, required=False,
                help_text=f"For example: {column.sample}" if column.sample else self.empty,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for key, field in list(data.items()):
            if field and field in taken:
                self.add_error(key, self.twice.format(heading=self.headings[taken[field]]))
            taken.setdefault(field, key)
        return data
