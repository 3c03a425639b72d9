"""Rows that hold from a day until a day, or until further notice."""

from datetime import date

from django.db.models import Q


def holds_on(day: date) -> Q:
    """What holds on a day, of rows with `since` and `until`; the last day counts."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
