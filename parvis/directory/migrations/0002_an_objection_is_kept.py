from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def in_doubt_the_unit_s(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Nobody wrote down who had objected: only a units file may lift what is masked today."""
    apps.get_model("directory", "Business").objects.filter(masked=True).update(masked_by_unit=True)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.AddField("business", "masked_by_unit", models.BooleanField(default=False)),
        migrations.RunPython(in_doubt_the_unit_s, migrations.RunPython.noop),
    ]
