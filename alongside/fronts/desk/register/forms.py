"""What is typed about a view of the register."""

from django import forms


class KeepView(forms.Form):
    name = forms.CharField(label="Name of the view", max_length=40)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
