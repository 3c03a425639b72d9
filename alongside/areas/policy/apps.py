from django.apps import AppConfig


class Policy(AppConfig):
    name = "alongside.areas.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach the base what this area leaves in history and proves, and bring the text as issued after a migration."""
        from alongside.areas.policy import evidence, kinds, shipped  # noqa: F401
