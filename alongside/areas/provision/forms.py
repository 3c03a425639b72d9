"""What the pages of provision ask for. Forms clean; rules and actions decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.areas.provision import rules
from alongside.areas.provision.actions import Arrangement, Attendance, EntryDraft, LineDraft
from alongside.areas.provision.models import Line
from alongside.areas.provision.queries import LogPage, Member
from alongside.design.fields import TypedDayField
from alongside.kit.numbers import whole
from alongside.law.codes import AREA_WORDS

_MOST_MINUTES, _MOST_TIMES, _MOST_PUPILS = 300, 25, 40


class _How(forms.Form):
    """How often, how long, in how large a group, and with whom."""

    times_a_week = forms.IntegerField(
        label="Times a week", min_value=1, max_value=_MOST_TIMES, initial=3,
        error_messages={"min_value": "At least once a week.", "max_value": f"{_MOST_TIMES} times a week is the most."},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="Minutes each time", min_value=1, max_value=_MOST_MINUTES, initial=30,
        error_messages={"min_value": "At least one minute.", "max_value": f"{_MOST_MINUTES} minutes is the most."},
    )  # fmt: skip
    group_size = forms.IntegerField(
        label="Pupils in the group", min_value=1, max_value=_MOST_PUPILS, initial=1, help_text="1 for one to one.",
        error_messages={"min_value": "At least this pupil.", "max_value": f"{_MOST_PUPILS} is the most."},
    )  # fmt: skip
    adult_id = forms.TypedChoiceField(label="Adult", required=False, coerce=int, empty_value=None)
    called = forms.CharField(
        label="Name of the group", required=False, max_length=40,
        help_text="Only where two groups have the same adult and times.",
    )  # fmt: skip

    def __init__(self, *args: Any, adults: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adult_id"].choices = [("", "Not arranged yet"), *adults]  # type: ignore[attr-defined]


class AddForm(_How):
    """A line of provision. `sure` is asked for only when the choice is ordinary classroom practice."""

    type_id = forms.TypedChoiceField(
        label="What", coerce=int, error_messages={"required": "Choose something from the catalogue."}
    )
    aim = forms.CharField(
        label="What it is for", required=False, max_length=200, help_text="In a few words: 'Tells a story in order.'"
    )
    since = TypedDayField(label="From", error_messages={"required": "Say when it starts."})
    until = TypedDayField(label="Until", required=False, help_text="Leave empty when it runs until the review.")
    sure = forms.BooleanField(label="Keep it as a strategy all the same", required=False)

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, Sequence[tuple[int, str]]]], adults: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, adults=adults, **kwargs)
        self.fields["type_id"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]

    def draft(self) -> LineDraft:
        return LineDraft(**{name: self.cleaned_data[name] for name in LineDraft.__dataclass_fields__})


class RearrangeForm(_How):
    def to(self) -> Arrangement:
        return Arrangement(**{name: self.cleaned_data[name] for name in Arrangement.__dataclass_fields__})

    @staticmethod
    def initial_of(line: Line) -> dict[str, object]:
        return {name: getattr(line, name) for name in Arrangement.__dataclass_fields__}


class StopForm(forms.Form):
    reason = forms.CharField(
        label="Why does it stop?", max_length=200, help_text="The family may read this.",
        error_messages={"required": "Say why it stops."},
    )  # fmt: skip


class EntryForm(forms.Form):
    """An entry of a school's own for the catalogue."""

    school_id = forms.TypedChoiceField(label="School", coerce=int)
    name = forms.CharField(label="Name for staff", max_length=80, error_messages={"required": "Give it a name."})
    plain_name = forms.CharField(
        label="What families read", max_length=80, help_text="'Talking group', not 'language intervention'.",
        error_messages={"required": "Say what families read."},
    )  # fmt: skip
    wave = forms.ChoiceField(label="Kind", choices=list(rules.WAVE_WORDS.items()), initial=rules.Wave.TARGETED)
    area = forms.ChoiceField(label="Area", required=False, choices=[("", "Any area"), *AREA_WORDS.items()])
    evidence = forms.ChoiceField(
        label="How much is known about it", choices=list(rules.EVIDENCE_WORDS.items()), initial=rules.Evidence.UNKNOWN
    )
    source = forms.CharField(label="Where that is from", required=False, max_length=160)
    given_by = forms.ChoiceField(label="Given by", help_text="Its cost follows from this.")

    def __init__(
        self, *args: Any, schools: Sequence[tuple[int, str]], roles: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_id"].choices = list(schools)  # type: ignore[attr-defined]
        self.fields["given_by"].choices = list(roles)  # type: ignore[attr-defined]

    def draft(self) -> EntryDraft:
        return EntryDraft(**{name: self.cleaned_data[name] for name in EntryDraft.__dataclass_fields__})


# --- A session, in three taps ----------------------------------------------------------------------------

HERE, AWAY = "here", "away"


class WhoForm(forms.Form):
    """Who was there: a switch a pupil, everyone here to begin with but those whom the register has away."""

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for member in members:
            there = HERE if (member.held is not False and not member.absent) or member.held else AWAY
            self.fields[f"p{member.line.pk}"] = forms.ChoiceField(
                label=member.liked,
                widget=forms.RadioSelect,
                choices=((HERE, "Here"), (AWAY, "Not here")),
                initial=there,
            )
        self.members = members

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for member in self.members:
            name = f"p{member.line.pk}"
            if member.absent and cleaned.get(name) == HERE:
                self.add_error(
                    name,
                    f"{member.liked} was marked absent that day, so a held session cannot be kept. Was it another day?",
                )
        return cleaned

    @property
    def here(self) -> list[Member]:
        return [member for member in self.members if self.cleaned_data[f"p{member.line.pk}"] == HERE]

    @property
    def away(self) -> list[Member]:
        """Those marked not here whom the school's register does not have away: why is asked of these."""
        return [member for member in self.members if member not in self.here and not member.absent]


class HowForm(forms.Form):
    """How it went, why somebody was not there, and a line if one likes."""

    went = forms.ChoiceField(
        label="How did it go?", widget=forms.RadioSelect, choices=list(rules.WENT_WORDS.items()),
        error_messages={"required": "Choose a face."},
    )  # fmt: skip
    note = forms.CharField(label="One line, if you like", required=False, max_length=200)
    about = forms.TypedChoiceField(
        label="About one child", required=False, widget=forms.RadioSelect, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, here: Sequence[Member], away: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(member.line.pk, member.liked) for member in here]  # type: ignore[attr-defined]
        for member in away:
            self.fields[f"why{member.line.pk}"] = forms.ChoiceField(
                label=f"Why was {member.liked} not there?", widget=forms.RadioSelect,
                choices=list(rules.PUPIL_MISSED.items()), initial=rules.Missed.ABSENT,
            )  # fmt: skip
        if not here:  # then nothing went well or badly
            self.fields["went"].required = False

    def whys(self) -> list[Any]:
        """The fields that ask why somebody was not there."""
        return [self[name] for name in self.fields if name.startswith("why")]


def entries(page: LogPage, who: WhoForm, how: HowForm) -> list[Attendance]:
    """What was ticked, as the action takes it. A note about one child is kept with that child alone."""
    note, about = how.cleaned_data["note"], how.cleaned_data["about"]
    made = []
    for member in page.members:
        here = who.cleaned_data[f"p{member.line.pk}"] == HERE
        because = "" if here else rules.Missed.ABSENT if member.absent else how.cleaned_data[f"why{member.line.pk}"]
        made.append(Attendance(member.line, here, because, note if about in (None, member.line.pk) else ""))
    return made


def did_not_happen(page: LogPage, because: str) -> list[Attendance]:
    """The whole group missed for one reason, but for those who were away anyway."""
    return [
        Attendance(member.line, False, rules.Missed.ABSENT if member.absent else because) for member in page.members
    ]


def read_number(data: Mapping[str, str]) -> int:
    """Which session of the day; the first unless a small number says otherwise."""
    typed = data.get("number", "1")
    return number if (number := whole(typed)) and number <= 9 else 1


def read_day(data: Mapping[str, str], on: date) -> date:
    """The day of a session in an address, yyyy-mm-dd; today when there is none that can be read."""
    try:
        return date.fromisoformat(data.get("day", ""))
    except ValueError:
        return on
