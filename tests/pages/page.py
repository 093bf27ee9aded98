"""What a page says, and what it costs."""

import html
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

KNOWN = re.compile(r'"django_session"|FROM "accounts_user"|^(SAVEPOINT|RELEASE|BEGIN)')


def words(page: bytes) -> str:
    """The text that a reader sees, no-break spaces made plain."""
    bare = re.sub(r"<(script|style|title).*?</\1>|<[^>]+>", " ", page.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return words(response.content)


def queries(client: Client, address: str) -> int:
    """How many a page makes, apart from those that say who is asking."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    return sum(not KNOWN.search(query["sql"]) for query in captured.captured_queries)
