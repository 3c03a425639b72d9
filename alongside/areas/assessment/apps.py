from django.apps import AppConfig


class Assessment(AppConfig):
    name = "alongside.areas.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks, the sentences of its history, its proofs, and the scales it brings."""
        from alongside.areas.assessment import deadlines, evidence, kinds, shipped  # noqa: F401
