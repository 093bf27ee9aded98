from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "parvis.announcements"
    label = "announcements"

    def ready(self) -> None:
        from parvis.photos import showing

        from .queries import use_of

        showing.register("announcements", use_of)
