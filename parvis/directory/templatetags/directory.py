"""Words of the directory for templates."""

from django import template

from parvis.sirene.activities import categories

register = template.Library()


@register.filter
def trade(slug: str) -> str:
    """A category's French name; « Commerce » where there is none."""
    category = categories().get(slug)
    return category.singular if category else "Commerce"
