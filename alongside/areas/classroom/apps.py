from django.apps import AppConfig


class Classroom(AppConfig):
    name = "alongside.areas.classroom"
    label = "classroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks and the sentences of its history."""
        from alongside.areas.classroom import deadlines, evidence, kinds  # noqa: F401
