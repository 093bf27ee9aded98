from django.urls import path

from . import views

app_name = "announcements"
urlpatterns = [
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/signaler/", views.report, name="report"),
]
