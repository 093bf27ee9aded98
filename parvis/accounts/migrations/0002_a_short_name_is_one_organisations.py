from django.db import migrations, models


def tell_namesakes_apart(apps, schema_editor):
    """The first keeps its short name; the others bear their territory's behind."""
    taken = set()
    for one in apps.get_model("accounts", "Organisation").objects.select_related("territory").order_by("pk"):
        if one.slug in taken:
            one.slug = f"{one.slug}-{one.territory.slug}"[:120]
            one.save(update_fields=["slug"])
        taken.add(one.slug)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(tell_namesakes_apart, migrations.RunPython.noop),
        migrations.RemoveConstraint("organisation", "accounts_organisation_slug"),
        migrations.AlterField("organisation", "slug", models.SlugField(max_length=120, unique=True)),
    ]
