from django.apps import AppConfig


class Access(AppConfig):
    name = "alongside.base.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
