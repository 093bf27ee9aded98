from django.urls import path, register_converter

from . import views
from .rules import EXTENSIONS, SIZES


class KeyConverter:
    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SizeConverter:
    regex = "|".join(str(size) for size in SIZES)

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class ExtensionConverter(KeyConverter):
    regex = "|".join(EXTENSIONS)


register_converter(KeyConverter, "photo_key")
register_converter(SizeConverter, "photo_size")
register_converter(ExtensionConverter, "photo_extension")

app_name = "photos"
urlpatterns = [
    path("<photo_key:key>/<photo_size:size>.<photo_extension:extension>", views.file, name="file"),
]
