from django.urls import path

from .views import claims, public

app_name = "directory"
urlpatterns = [
    path("", public.index, name="index"),
    path("a/<slug:slug>/", public.commune, name="commune"),
    path("metier/<slug:slug>/", public.category, name="category"),
    path("<str:siret>/", public.business, name="business"),
    path("<str:siret>/reprendre/", claims.claim, name="claim"),
    path("<str:siret>/retirer/", public.delist, name="delist"),
    path("<str:siret>/retiree/", public.taken_down, name="taken-down"),
]
