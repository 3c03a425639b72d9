from django.apps import AppConfig


class Morning(AppConfig):
    name = "alongside.areas.morning"
    label = "morning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base what this area leaves in history."""
        from alongside.areas.morning import kinds  # noqa: F401
