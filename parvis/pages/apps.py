from django.apps import AppConfig
from django.core.checks import register


class PagesConfig(AppConfig):
    name = "parvis.pages"
    label = "pages"

    def ready(self) -> None:
        from .legal import missing_settings

        register(missing_settings)
