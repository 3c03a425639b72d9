from django.apps import AppConfig


class Portal(AppConfig):
    name = "alongside.fronts.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base the sentences of this front's history."""
        from alongside.fronts.portal import kinds  # noqa: F401
