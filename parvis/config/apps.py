from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    name = "parvis.config"
    label = "config"

    def ready(self) -> None:
        from .checks import placeholders

        register(placeholders)
