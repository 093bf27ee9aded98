"""Sign-in by a code or a passkey. The names of the first are allauth's, which reverses them itself; its password pages
are not mounted."""

from allauth.account.views import LogoutView
from django.urls import path

from . import views
from .sign_in import AddressView, CodeView

urlpatterns = [
    path("connexion/", AddressView.as_view(), name="account_login"),
    path("connexion/adresse/", AddressView.as_view(), name="account_request_login_code"),
    path("connexion/code/", CodeView.as_view(), name="account_confirm_login_code"),
    path("connexion/appareil/", views.enter, name="account_passkey_login"),
    path("compte/", views.devices, name="account_devices"),
    path("compte/appareils/", views.add, name="account_device_add"),
    path("compte/appareils/<int:pk>/retirer/", views.remove, name="account_device_remove"),
    path("deconnexion/", LogoutView.as_view(), name="account_logout"),
]
