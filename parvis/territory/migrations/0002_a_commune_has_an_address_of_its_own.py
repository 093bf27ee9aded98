from django.db import migrations, models


def tell_namesakes_apart(apps, schema_editor):
    """The first keeps its address; the others bear their INSEE code behind."""
    taken = set()
    for commune in apps.get_model("territory", "Commune").objects.order_by("insee"):
        if commune.slug in taken:
            commune.slug = f"{commune.slug}-{commune.insee.lower()}"
            commune.save(update_fields=["slug"])
        taken.add(commune.slug)


class Migration(migrations.Migration):

    dependencies = [("territory", "0001_initial")]

    operations = [
        migrations.RunPython(tell_namesakes_apart, migrations.RunPython.noop),
        migrations.AlterField("commune", "slug", models.SlugField(max_length=80, unique=True)),
    ]
