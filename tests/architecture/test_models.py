"""Every table says why it is kept, and every row about a pupil says at which school."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from alongside.base.pupils.models import Pupil
from alongside.kit.keep import Keep

OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
ROWS = [model for model in OURS if not hasattr(model, "pgh_tracked_model")]  # not the history of other rows


def name(model: type[models.Model]) -> str:
    return model._meta.label


def test_there_are_models() -> None:
    assert len(ROWS) > 25


@pytest.mark.parametrize("model", ROWS, ids=name)
def test_a_model_says_why_it_is_kept_and_until_when(model: type[models.Model]) -> None:
    keep = vars(model).get("keep")
    assert isinstance(keep, Keep), f"{name(model)} declares no `keep` of its own"
    assert len(keep.why.split()) >= 2 and keep.erase


@pytest.mark.parametrize("model", ROWS, ids=name)
def test_what_is_about_a_pupil_is_at_a_school(model: type[models.Model]) -> None:
    """The wall in the database reads the school of a row from the row itself."""
    columns = {field.column for field in model._meta.local_concrete_fields}
    if "pupil_id" in columns:
        assert "school_id" in columns
    if model is Pupil:
        assert "school_id" in columns


@pytest.mark.parametrize("model", ROWS, ids=name)
def test_what_is_about_a_pupil_is_personal(model: type[models.Model]) -> None:
    keep: Keep = model.keep  # type: ignore[attr-defined]
    if "pupil_id" in {field.column for field in model._meta.local_concrete_fields}:
        assert keep.personal


_CODED = {"answer", "choice", "evidence", "missed_because", "result", "wave", "went"}


def test_no_choice_is_free_text() -> None:
    """A column of codes lists them, so that a form and the reference can."""
    for model in ROWS:
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.CharField) and field.name in _CODED:
                assert field.choices, f"{name(model)}.{field.name}"
