from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "parvis.directory"
    label = "directory"

    def ready(self) -> None:
        from parvis.photos import showing

        from .queries import use_of

        showing.register("directory", use_of)
