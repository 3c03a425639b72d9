from django.apps import AppConfig


class Deadlines(AppConfig):
    name = "alongside.base.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which duties these records prove."""
        from alongside.base.deadlines import evidence  # noqa: F401
