from django.apps import AppConfig


class Training(AppConfig):
    name = "alongside.areas.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks, proofs and the sentences of its history."""
        from alongside.areas.training import deadlines, evidence, kinds  # noqa: F401
