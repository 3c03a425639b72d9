from django.apps import AppConfig


class Provision(AppConfig):
    name = "alongside.areas.provision"
    label = "provision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks and the sentences of its history."""
        from alongside.areas.provision import deadlines, evidence, kinds  # noqa: F401
