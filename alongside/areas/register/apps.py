from django.apps import AppConfig


class Register(AppConfig):
    name = "alongside.areas.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks and the sentences of its history."""
        from alongside.areas.register import deadlines, evidence, kinds  # noqa: F401
