"""A form, a verb, and the rule's sentence beside the field it is about."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from alongside.kit.errors import Refused

Made = TypeVar("Made")


def done(form: forms.Form, verb: Callable[[], Made]) -> Made | None:
    """Do a verb when the form is clean, and give what it made.

    None when nothing was done: the form has faults, or a rule refused and its sentence now stands beside its field.
    """
    if not form.is_valid():
        return None
    try:
        return verb()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        return None
