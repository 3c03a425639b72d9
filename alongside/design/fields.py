"""Dates as people give them: three boxes, or one box typed freely. Both clean to a `date`."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from alongside.design.words import Side, read_day, year_day
from alongside.kit.time import today

PARTS = ("day", "month", "year")
NUMERIC = mark_safe(' inputmode="numeric"')


class DayBoxes(forms.Widget):
    """Three boxes named `<field>_day`, `<field>_month`, `<field>_year`. The month may be a word."""

    use_fieldset = True

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        """The first box, so that an error summary leads to it."""
        return f"{id_}_day" if id_ else ""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> tuple[str, str, str]:
        """What was typed, part by part, so that it stays as it was typed when it is wrong."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        return day, month, year

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Each box with its own label; `attrs` go to every box."""
        given = dict(attrs or {})
        stem = given.pop("id", None) or f"id_{name}"
        boxes = format_html_join(
            "",
            '<div><label for="{0}_{1}">{2}</label>'
            '<input class="input" id="{0}_{1}" name="{3}_{1}" value="{4}" autocomplete="off"{5}{6}></div>',
            (
                (stem, part, part.capitalize(), name, typed, "" if part == "month" else NUMERIC, flatatt(given))
                for part, typed in zip(PARTS, value or ("", "", ""), strict=True)
            ),
        )
        return format_html('<div class="day">{}</div>', boxes)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)


class DayField(forms.Field):
    """A day in three boxes. Says which part is missing, and why a day that does not exist is wrong."""

    widget: type[forms.Widget] = DayBoxes
    default_error_messages = {
        "required": "Give a date.",
        "missing": "The date needs a %(missing)s as well.",
        "unreadable": "%(reason)s",
    }

    def to_python(self, value: Any) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        if not any(value):
            return None
        missing = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if missing:
            raise ValidationError(
                self.error_messages["missing"], code="missing", params={"missing": " and a ".join(missing)}
            )
        return self.read(" ".join(value))

    def read(self, typed: str) -> dt.date:
        """The day in a text. Raises ValidationError with the sentence of `read_day`."""
        try:
            return self.day_of(typed)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["unreadable"], code="unreadable", params={"reason": str(error)}
            ) from None

    def day_of(self, typed: str) -> dt.date:
        """The day in a text, year and all. Raises ValueError."""
        return read_day(typed)

    def prepare_value(self, value: Any) -> tuple[str, str, str]:
        if isinstance(value, dt.date):
            return str(value.day), str(value.month), str(value.year)
        return value or ("", "", "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class TypedDayField(DayField):
    """A day in one box, typed freely: 27/11/26, 27 Nov 2026, Friday 27th November 2026; or 27 Nov, and the year follows.

    `side` says which year: of a day that was (`Side.PAST`), of one to come (`Side.FUTURE`), or the nearest.
    """

    widget = forms.TextInput

    def __init__(self, *, side: Side = Side.NEAREST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.side = side

    def to_python(self, value: Any) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        return self.read(value) if value.strip() else None

    def day_of(self, typed: str) -> dt.date:
        return read_day(typed, near=today(), side=self.side)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the box shows again: the day in full, year included, once it can be read; else what was typed."""
        try:
            return self.to_python(data) or data
        except ValidationError:
            return data

    def prepare_value(self, value: Any) -> Any:
        return year_day(value) if isinstance(value, dt.date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != self.prepare_value(data))
