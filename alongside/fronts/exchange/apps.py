from django.apps import AppConfig


class Exchange(AppConfig):
    name = "alongside.fronts.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach history the sentences of this front, and say which duties files prove."""
        from alongside.fronts.exchange import evidence, kinds  # noqa: F401
