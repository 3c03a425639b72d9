from django.apps import AppConfig


class History(AppConfig):
    name = "alongside.base.history"
    label = "history"
    default_auto_field = "django.db.models.BigAutoField"
