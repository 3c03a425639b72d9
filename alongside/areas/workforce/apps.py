from django.apps import AppConfig


class Workforce(AppConfig):
    name = "alongside.areas.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks, proofs and the sentences of its history."""
        from alongside.areas.workforce import deadlines, evidence, kinds  # noqa: F401
