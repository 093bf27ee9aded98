from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("", views.index, name="index"),
    path("a/<slug:slug>/", views.commune, name="commune"),
    path("metier/<slug:slug>/", views.category, name="category"),
    path("<str:siret>/", views.business, name="business"),
    path("<str:siret>/retirer/", views.delist, name="delist"),
]
