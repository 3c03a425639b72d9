from django.apps import AppConfig


class Documents(AppConfig):
    name = "alongside.base.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach history the sentence of an issued paper."""
        from alongside.base.documents import actions  # noqa: F401
