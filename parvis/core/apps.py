from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "parvis.core"
    label = "core"

    def ready(self) -> None:
        from django.utils.translation import get_language, gettext

        from . import speech

        speech.listen(language=lambda: get_language() or speech.FRENCH, translate=gettext)
