"""A pupil moves between schools of the trust, and the whole file goes with them."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db import models

from alongside.base.pupils.models import AdultLink, Membership, Pupil


def rehome(pupils: Collection[int], school_id: int) -> None:
    """Make a school the holder of everything the trust keeps about these pupils.

    Every table with a pupil and a school is written, so that the old school's staff lose the file and the new
    school's gain it on the same day; who did what at which school stays in the history's own words. Links to
    the old school's groups and adults must have been ended before. Part of a verb, not one itself.
    """
    for model in _tables():
        column = "pupil_id" if "pupil" not in _names(model) else "pupil"
        model._default_manager.filter(**{f"{column}__in": pupils}).update(school_id=school_id)
    Pupil.objects.filter(pk__in=pupils).update(school_id=school_id)


def _tables() -> list[type[models.Model]]:
    """Tables about one pupil that say which school holds them; never history, which is not rewritten."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("alongside.")
        and not hasattr(model, "pgh_tracked_model")
        and model._meta.app_label != "history"
        and model not in (Membership, AdultLink)
        and {"pupil", "school"} <= _names(model)
    ]


def _names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}
