from django.apps import AppConfig


class Access(AppConfig):
    name = "alongside.base.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which duties these records prove."""
        from alongside.base.access import evidence  # noqa: F401
