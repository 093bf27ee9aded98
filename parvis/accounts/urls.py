"""Sign-in by a code. The names are allauth's, which reverses them itself; its password pages are not mounted."""

from allauth.account.views import ConfirmLoginCodeView, LogoutView
from django.urls import path

from .views import AddressView

urlpatterns = [
    path("connexion/", AddressView.as_view(), name="account_login"),
    path("connexion/adresse/", AddressView.as_view(), name="account_request_login_code"),
    path("connexion/code/", ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("deconnexion/", LogoutView.as_view(), name="account_logout"),
]
