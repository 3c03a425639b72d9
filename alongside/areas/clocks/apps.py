from django.apps import AppConfig


class Clocks(AppConfig):
    name = "alongside.areas.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base what this area leaves in history."""
        from alongside.areas.clocks import kinds  # noqa: F401
