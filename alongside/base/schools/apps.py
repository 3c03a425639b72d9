from django.apps import AppConfig


class Schools(AppConfig):
    name = "alongside.base.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"
