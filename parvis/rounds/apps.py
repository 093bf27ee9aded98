from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "parvis.rounds"
    label = "rounds"

    def ready(self) -> None:
        from parvis.core import personal

        from .actions import erase
        from .queries import personal_data

        personal.register("rounds", personal_data=personal_data, erase=erase, models=["Selection", "Crowd"])
