from django.apps import AppConfig


class Notices(AppConfig):
    name = "alongside.base.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
