"""What is typed about a departure, cleaned. Nothing here saves; nobody types who they are."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.areas.departures import rules
from alongside.areas.departures.queries import FormPage
from alongside.areas.departures.rules import About, Decider, Draft
from alongside.design.fields import TypedDayField
from alongside.design.words import Side

_DECIDERS = [(Decider.HEAD.value, "The headteacher decides"), (Decider.SENCO.value, "I decided, as SENCO")]


def _text(label: str, hint: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint, required=required, max_length=2_000
    )


class DepartureForm(forms.Form):
    """A departure. Whom it concerns is asked only where the page does not say; who decides, of nobody who decides."""

    about = forms.ChoiceField(
        label="Whom does it concern?", choices=list(rules.ABOUT_WORDS.items()), widget=forms.RadioSelect
    )
    pupil = forms.TypedChoiceField(
        label="Which pupil", coerce=int, empty_value=None, required=False,
        help_text="From the SEN register. For any other pupil start from their duties page.",
    )  # fmt: skip
    group = forms.CharField(
        label="Which group", max_length=120, required=False, help_text="Without a name: Year 7, the nurture class."
    )
    rule = forms.ChoiceField(label="What the Code asks", required=False)
    paragraph = forms.CharField(
        label="If it is another paragraph: its number", max_length=10, required=False, help_text="For example: 6.44"
    )
    asks = _text("And what that paragraph asks", "As the Code puts it.", required=False, rows=2)
    instead = _text("What is done instead")
    reason = _text("Why", "A reason that you could give a tribunal. It cannot be changed later; a line can be added.")
    effect = _text("What it means for the pupil", "What is known today. If nothing is known yet, say so.", rows=2)
    follows = _text("What follows from it", "What is planned next, if anything.", required=False, rows=2)
    since = TypedDayField(side=Side.PAST, label="From which day")
    until = TypedDayField(
        side=Side.FUTURE, label="Until which day", required=False,
        help_text="A year at most. Leave it empty when you do not know; end it when it ends.",
    )  # fmt: skip
    decider = forms.ChoiceField(
        label="Who decides?", choices=_DECIDERS, widget=forms.RadioSelect, initial=Decider.HEAD,
        help_text="For a group or the whole school only the headteacher.",
    )  # fmt: skip

    def __init__(self, *args: Any, page: FormPage, duty: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.duty = page, duty
        _choose(self.fields["rule"], [("", "Choose, or give another paragraph below"), *_asked_of_schools()])
        _choose(self.fields["pupil"], [("", "Choose"), *((str(pk), name) for pk, name in page.pupils)])
        known = page.pupil is not None or page.missed is not None
        unasked = {"about", "pupil", "group"} if known else set()
        unasked |= {"rule", "paragraph", "asks"} if page.missed else set()
        unasked |= {"decider"} if page.decides else set()
        for name in unasked:
            del self.fields[name]

    def draft(self) -> Draft:
        clean = {name: value for name, value in self.cleaned_data.items() if name != "pupil"}
        if self.page.missed is not None:
            clean |= {"rule": self.page.missed.clock}
        if "about" not in clean:
            clean["about"] = About.PUPIL if self.page.pupil is not None else About.SCHOOL
        return Draft(**clean, duty=self.duty)


def _asked_of_schools() -> list[tuple[str, str]]:
    return [(code, f"{rule.source.place.replace('-', '–')}: {rule.name}") for code, rule in rules.OF_THE_CODE.items()]


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="Do you agree?", widget=forms.RadioSelect,
        choices=[(rules.Decision.AGREED.value, "I agree"), (rules.Decision.REFUSED.value, "I do not agree")],
    )  # fmt: skip
    words = _text("Why, or on what condition", "Needed when you do not agree.", required=False)


class AddForm(forms.Form):
    words = _text("What is to be added", "It stands below the entry, with your name and today’s day.")


class EndForm(forms.Form):
    last_day = TypedDayField(side=Side.PAST, label="Last day")
    words = _text("What came of it", "For the pupil, as far as you can say.")
