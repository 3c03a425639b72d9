from django.apps import AppConfig


class Duties(AppConfig):
    name = "alongside.areas.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base what this area leaves in history, and bring the catalogue up to date after a migration."""
        from alongside.areas.duties import evidence, kinds, shipped  # noqa: F401
