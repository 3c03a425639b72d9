from django.apps import AppConfig


class Concerns(AppConfig):
    name = "alongside.areas.concerns"
    label = "concerns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks and the sentences of its history."""
        from alongside.areas.concerns import deadlines, evidence, kinds  # noqa: F401
