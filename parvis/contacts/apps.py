from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContactsConfig(AppConfig):
    name = "parvis.contacts"
    label = "contacts"

    def ready(self) -> None:
        from parvis.core import personal

        from .actions import erase
        from .queries import personal_data
        from .reference import load_reference

        personal.register(
            "contacts",
            personal_data=personal_data,
            erase=erase,
            models=[
                "Person",
                "Resident",
                "ContactPoint",
                "AccessCode",
                "ConsentEvent",
                "Taste",
                "CustomerRecord",
                "RecordTaste",
                "CounterEntry",
                "CounterNotice",
            ],
        )
        post_migrate.connect(load_reference, sender=self)
