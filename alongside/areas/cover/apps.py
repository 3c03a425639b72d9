from django.apps import AppConfig


class Cover(AppConfig):
    name = "alongside.areas.cover"
    label = "cover"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base what this area leaves in history."""
        from alongside.areas.cover import kinds  # noqa: F401
