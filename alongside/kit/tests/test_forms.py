"""A verb behind a form: done, refused beside its field, refused on top."""

import pytest
from django import forms

from alongside.kit import Refused
from alongside.kit.forms import done


class OneField(forms.Form):
    name = forms.CharField()


def refusing(field: str) -> None:
    raise Refused("Not like this.", field)


def test_a_clean_form_does_its_verb() -> None:
    assert done(OneField({"name": "Kuba"}), lambda: 7) == 7


@pytest.mark.parametrize("data", [None, {"name": ""}])
def test_without_a_clean_form_nothing_is_done(data: dict[str, str] | None) -> None:
    assert done(OneField(data), lambda: pytest.fail("the verb was called")) is None


@pytest.mark.parametrize(("field", "beside"), [("name", "name"), ("other", "__all__"), ("", "__all__")])
def test_a_refusal_stands_beside_its_field_or_on_top(field: str, beside: str) -> None:
    form = OneField({"name": "Kuba"})
    assert done(form, lambda: refusing(field)) is None
    assert form.errors == {beside: ["Not like this."]}
