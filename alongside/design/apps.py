from django.apps import AppConfig


class Design(AppConfig):
    name = "alongside.design"
    label = "design"
