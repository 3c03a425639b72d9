from django.apps import AppConfig


class Pupils(AppConfig):
    name = "alongside.base.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"
