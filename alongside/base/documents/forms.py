"""What may come with a draft."""

from django import forms
from django.core.validators import RegexValidator


class DraftKey(forms.Form):
    """Which form is being typed into, about which thing: 'concern:12'."""

    form = forms.CharField(max_length=120, validators=[RegexValidator(r"\A[a-z_]+(:[A-Za-z0-9_-]+)*\Z")])
