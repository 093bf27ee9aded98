from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "parvis.delivery"
    label = "delivery"

    def ready(self) -> None:
        from parvis.accounts.signals import organisation_suspended
        from parvis.core import personal
        from parvis.core.signals import notice_requested

        from .actions.door import on_organisation_suspended
        from .actions.erasure import erase, personal_data
        from .notices import on_notice_requested

        notice_requested.connect(on_notice_requested, dispatch_uid="delivery")
        organisation_suspended.connect(on_organisation_suspended, dispatch_uid="delivery")
        personal.register("delivery", personal_data=personal_data, erase=erase, models=["Message", "Part"])
