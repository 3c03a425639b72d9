"""A form field for a list with one thing a line. Fields for dates are in `design.fields`."""

from __future__ import annotations

from typing import Any

from django import forms


class Lines(forms.CharField):
    """A list, typed one thing a line."""

    def __init__(self, *, most: int = 8, longest: int = 160, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)
        self.most, self.longest = most, longest

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(value)
        lines = [line.strip(" •-\t") for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.most:
            raise forms.ValidationError(f"Keep to {self.most} lines, one thing a line.")
        for line in value:
            if len(line) > self.longest:
                raise forms.ValidationError(f"'{line[:30]}…' is too long: keep a line under {self.longest} letters.")

    def run_validators(self, value: Any) -> None:
        """Lines are checked in `validate`."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value
