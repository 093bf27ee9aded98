from django.apps import AppConfig
from django.core.checks import register


class AccountsConfig(AppConfig):
    name = "parvis.accounts"
    label = "accounts"

    def ready(self) -> None:
        from .visitors import uncounted_proxies

        register(uncounted_proxies, deploy=True)
