from django.apps import AppConfig


class Departures(AppConfig):
    name = "alongside.areas.departures"
    label = "departures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area’s proofs and the sentences of its history."""
        from alongside.areas.departures import evidence, kinds  # noqa: F401
