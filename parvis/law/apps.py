from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "parvis.law"
    label = "law"
