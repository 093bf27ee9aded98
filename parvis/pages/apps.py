from django.apps import AppConfig
from django.core.checks import register


class PagesConfig(AppConfig):
    name = "parvis.pages"
    label = "pages"

    def ready(self) -> None:
        from .legal import missing_settings

        # At each command it would stand before every answer: told when a host asks, before opening to the public.
        register(missing_settings, deploy=True)
