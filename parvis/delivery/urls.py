from django.urls import path

from . import views

app_name = "delivery"
urlpatterns = [
    path("<str:token>/", views.why, name="why"),
    path("<str:token>/moins/", views.fewer, name="fewer"),
    path("<str:token>/arreter/", views.stop, name="stop"),
    path("<str:token>/un-clic/", views.one_click, name="one-click"),
]
