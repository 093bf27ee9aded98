"""Someone at their own page, or on the way to it."""

import re

from django.test import Client
from django.urls import reverse

from parvis.contacts.models import Person
from tests.letterbox import code_for

from .page import words

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def inside(email: str, client: Client | None = None) -> Client:
    """A browser that has read back the code sent to this address."""
    browser = client or Client()
    browser.post(reverse("pages:me-enter"), {"email": email})
    answer = browser.post(reverse("pages:me-code"), {"code": code_for(email)})
    assert answer.headers["Location"] == reverse("pages:me"), words(answer.content)
    return browser


def visiting(person: Person) -> Client:
    return inside(person.contact_points.get(kind="email").value)


def without_token(page: bytes) -> str:
    return TOKEN.sub("", page.decode())
