"""Words of the directory for templates."""

from django import template

from parvis.core.speech import mark, say
from parvis.sirene.activities import categories

register = template.Library()


@register.filter
def trade(slug: str) -> str:
    """A category's name; « Commerce » where there is none."""
    category = categories().get(slug)
    return say(category.singular if category else mark("Commerce"))
