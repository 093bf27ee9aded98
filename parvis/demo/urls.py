from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("entrer/<str:token>/", views.enter, name="enter"),
    path("boite/", views.boxes, name="mailbox"),
    path("boite/<str:name>/", views.mail, name="mail"),
    path("boite/<str:name>/page/", views.body, name="body"),
    path("boite/<str:name>/piece/<str:cid>", views.piece, name="piece"),
]
