from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "parvis.photos"
    label = "photos"
