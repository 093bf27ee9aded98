from django.urls import path

from .views import compose, customers, desk, mandates, public, rounds

app_name = "pages"
urlpatterns = [
    path("", public.home, name="home"),
    path("vitrine/<slug:slug>/", public.window, name="window"),
    path("composants/", public.components, name="components"),
    path("bureau/", desk.desk, name="desk"),
    path("bureau/<slug:slug>/", desk.organisation, name="organisation"),
    path("bureau/<slug:slug>/dire/", compose.compose, name="compose"),
    path("bureau/<slug:slug>/annonces/<int:pk>/", compose.said, name="said"),
    path("bureau/<slug:slug>/annonces/<int:pk>/retirer/", compose.withdraw, name="withdraw"),
    path("bureau/<slug:slug>/clients/", customers.customers, name="customers"),
    path("bureau/<slug:slug>/clients/ouvrir/", customers.open_it, name="open-file"),
    path("bureau/<slug:slug>/clients/<int:pk>/", customers.customer, name="customer"),
    path("bureau/<slug:slug>/appels/", desk.calls, name="calls"),
    path("bureau/<slug:slug>/appels/<int:batch>/", desk.call_list, name="call-list"),
    path("bureau/<slug:slug>/feuilles/", desk.sheets, name="sheets"),
    path("bureau/<slug:slug>/feuilles/<int:pk>/", desk.sheet, name="sheet"),
    path("bureau/<slug:slug>/journal/", desk.journal, name="journal"),
    path("bureau/<slug:slug>/mandats/", mandates.mandates, name="mandates"),
    path("bureau/<slug:slug>/mandats/<int:pk>/reprendre/", mandates.revoke, name="revoke"),
    path("bureau/<slug:slug>/tournees/", rounds.rounds, name="rounds"),
    path("bureau/<slug:slug>/tournees/maintenant/", rounds.run_now, name="run-now"),
    path("bureau/<slug:slug>/tournees/<int:pk>/", rounds.round_page, name="round"),
]
