from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "parvis.announcements"
    label = "announcements"
