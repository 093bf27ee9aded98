from django.apps import AppConfig


class SireneConfig(AppConfig):
    name = "parvis.sirene"
    label = "sirene"
