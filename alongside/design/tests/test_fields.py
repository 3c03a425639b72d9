import datetime as dt

import pytest
from django import forms

from alongside.design.fields import DayField, TypedDayField
from alongside.design.words import Side


class Boxes(forms.Form):
    on = DayField()


class Typed(forms.Form):
    on = TypedDayField(required=False)


def boxes(day: str, month: str, year: str) -> Boxes:
    return Boxes({"on_day": day, "on_month": month, "on_year": year})


@pytest.mark.parametrize("month", ["11", "Nov", "november"])
def test_three_boxes_make_a_date(month: str) -> None:
    form = boxes("27", month, "2026")

    assert form.is_valid()
    assert form.cleaned_data["on"] == dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("", "", ""), "Give a date."),
        (("27", "", "2026"), "The date needs a month as well."),
        (("27", "", ""), "The date needs a month and a year as well."),
        (("31", "11", "2026"), "There is no 31 November in 2026. Check the day."),
    ],
)
def test_boxes_say_what_is_wrong(typed: tuple[str, str, str], why: str) -> None:
    assert boxes(*typed).errors["on"] == [why]


def test_what_was_typed_stays() -> None:
    html = str(boxes("31", "11", "2026")["on"])

    assert 'name="on_day" value="31"' in html
    assert 'name="on_year" value="2026"' in html


def test_a_date_fills_its_boxes() -> None:
    html = str(Boxes(initial={"on": dt.date(2026, 9, 2)})["on"])

    assert 'value="2"' in html
    assert 'value="9"' in html


def test_each_box_has_a_label_of_its_own() -> None:
    html = str(Boxes()["on"])

    assert '<label for="id_on_month">Month</label><input class="input" id="id_on_month"' in html


def test_typed_values_are_escaped() -> None:
    assert "<b>" not in str(boxes("<b>", "1", "2026")["on"])


def test_a_date_typed_freely() -> None:
    form = Typed({"on": "Fri 27th Nov 26"})

    assert form.is_valid()
    assert form.cleaned_data["on"] == dt.date(2026, 11, 27)


def test_a_free_date_may_be_left_out() -> None:
    form = Typed({"on": " "})

    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def test_a_free_date_that_cannot_be_read_says_how_to_write_it() -> None:
    assert Typed({"on": "the twelfth"}).errors["on"] == ["Write the date like 27 11 2026 or 27 Nov 2026."]


@pytest.mark.parametrize("form_class", [Boxes, Typed])
def test_a_form_that_was_not_touched_has_not_changed(form_class: type[forms.Form]) -> None:
    on = dt.date(2026, 11, 27)
    data = {"on_day": "27", "on_month": "11", "on_year": "2026"} if form_class is Boxes else {"on": "27 Nov 2026"}

    assert not form_class(data, initial={"on": on}).has_changed()
    assert form_class(data, initial={"on": dt.date(2026, 11, 28)}).has_changed()


class WithoutYear(forms.Form):
    on = TypedDayField(side=Side.PAST, required=False)
    note = forms.CharField()


def test_a_day_typed_without_a_year_is_shown_again_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_TODAY", "2026-11-24")
    form = WithoutYear({"on": "3 Dec", "note": ""})

    assert not form.is_valid()  # the note is missing, so the form comes back
    assert form.cleaned_data["on"] == dt.date(2025, 12, 3)
    assert 'value="3 Dec 2025"' in str(form["on"])


def test_a_day_that_cannot_be_read_stays_as_it_was_typed() -> None:
    assert 'value="31 Nov"' in str(WithoutYear({"on": "31 Nov"})["on"])
