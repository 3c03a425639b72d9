"""What is typed about a file, cleaned. Nothing here saves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alongside.fronts.exchange.models import Choice
from alongside.fronts.exchange.queries import MatchPage
from alongside.kit.numbers import whole
from alongside.kit.tables.forms import Asked, ColumnsForm, UploadForm


class Upload(UploadForm):
    says = "A Common Transfer File (.xml), a report as CSV or Excel, or students from Wonde, Assembly or Arbor."


class Columns(ColumnsForm):
    """What each column of a report is."""

    empty = "Empty in the first rows"
    twice = "'{heading}' is matched to the same. Choose one of the two."

    def __init__(self, *args: Any, page: MatchPage, **kwargs: Any) -> None:
        asked = [Asked(column.key, column.heading, column.field, column.sample) for column in page.columns]
        super().__init__(*args, columns=asked, choices=[("", "Leave out"), *page.fields], **kwargs)

    @property
    def columns(self) -> dict[str, str]:
        """Heading → field, as chosen."""
        return {self.headings[key]: field for key, field in self.cleaned_data.items()}


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
