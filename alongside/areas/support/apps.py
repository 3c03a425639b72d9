from django.apps import AppConfig


class Support(AppConfig):
    name = "alongside.areas.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks and the sentences of its history."""
        from alongside.areas.support import deadlines, evidence, kinds  # noqa: F401
