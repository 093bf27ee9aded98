"""A shop finds its customers however it types them."""

import pytest

from parvis.contacts.finding import find_customers
from parvis.contacts.models import CustomerRecord
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        *("bérénice", "BERENICE", "lefèvre", "Lefevre Bérénice", "berenice lefevre", "  lefe  bere "),
        *("06 39 98 20 07", "0639982007", "06.39.98.20.07", "+33 6 39 98 20 07", "0033639982007", "98 20 07"),
        *("berenice@courriel.example", "Berenice@Courriel", "anne-bérénice"),
    ],
)
def test_a_customer_is_found_however_typed(typed: str) -> None:
    shop = builders.shop()
    wanted = builders.customer(
        shop,
        given_name="Anne-Bérénice",
        family_name="Lefèvre",
        email="berenice@courriel.example",
        phone="+33639982007",
    )
    builders.customer(shop, given_name="Paul", family_name="Daguenet", phone="+33639981111")
    assert find_customers(CustomerRecord.objects.all(), typed) == [wanted.pk]


@pytest.mark.parametrize("typed", ["zola", "06 39 98 99 99", "berenice paul", "?", "7"])
def test_nobody_is_found_by_what_nobody_is(typed: str) -> None:
    builders.customer(builders.shop(), given_name="Bérénice", family_name="Lefèvre", email="", phone="+33639982003")
    assert find_customers(CustomerRecord.objects.all(), typed) == []


def test_the_file_is_sorted_as_a_paper_one_accents_aside() -> None:
    shop = builders.shop()
    names = ["Zoé", "Élan", "aubrac", "Ecart"]
    pks = {name: builders.customer(shop, family_name=name).pk for name in names}
    order = [pks[name] for name in ("aubrac", "Ecart", "Élan", "Zoé")]
    assert find_customers(CustomerRecord.objects.all(), "") == order
