from django.apps import AppConfig


class Identification(AppConfig):
    name = "alongside.areas.identification"
    label = "identification"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base this area's clocks, proofs and sentences, and concerns what stands beside one."""
        from alongside.areas.identification import beside, deadlines, evidence, kinds  # noqa: F401
