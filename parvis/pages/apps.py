from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "parvis.pages"
    label = "pages"
