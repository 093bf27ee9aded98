from django.apps import AppConfig


class SlipsConfig(AppConfig):
    name = "parvis.slips"
    label = "slips"
