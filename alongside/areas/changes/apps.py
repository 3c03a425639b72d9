from django.apps import AppConfig


class Changes(AppConfig):
    name = "alongside.areas.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clock, its proof and the sentences of its history."""
        from alongside.areas.changes import deadlines, evidence, kinds  # noqa: F401
