from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("langue/", set_language, name="set_language"),
    path("", include("parvis.pages.urls")),
    path("", include("parvis.accounts.urls")),
    path("commerces/", include("parvis.directory.urls")),
    path("annonces/", include("parvis.announcements.urls")),
    path("photos/", include("parvis.photos.urls")),
    path("m/", include("parvis.delivery.urls")),
    path("demo/", include("parvis.demo.urls")),
]

handler403 = "parvis.pages.views.errors.forbidden"
handler404 = "parvis.pages.views.errors.missing"
handler500 = "parvis.pages.views.errors.broken"
