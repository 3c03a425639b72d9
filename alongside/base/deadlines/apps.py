from django.apps import AppConfig


class Deadlines(AppConfig):
    name = "alongside.base.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
