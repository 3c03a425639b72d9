"""What families' pages ask for, and staff who let them in."""

from django import forms

from alongside.areas.support.rules import Answer


class AskForm(forms.Form):
    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Write your e-mail address.", "invalid": "Write it like name@example.com."},
    )  # fmt: skip


class CodeForm(forms.Form):
    code = forms.CharField(
        label="The code from your letter", max_length=40, help_text="12 letters and numbers. Spaces do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Write the code from your letter."},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """One of three answers of the same weight; words for the two that ask for something."""

    answer = forms.ChoiceField(
        choices=[(answer.value, answer.value) for answer in Answer],
        error_messages={"required": "Choose one of the three."},
    )
    words = forms.CharField(
        label="What would you like instead?", required=False, max_length=2000, widget=forms.Textarea
    )


class WorryForm(forms.Form):
    words = forms.CharField(
        label="What would you like to tell us?", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Use your own words. Write in the language you like.",
        error_messages={"required": "Write a few words."},
    )  # fmt: skip
