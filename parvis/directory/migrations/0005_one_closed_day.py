from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Min


def drop_twins(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Two savings at once could write one closed day twice."""
    closed = apps.get_model("directory", "SpecialDay")._default_manager.filter(opens=None)
    first = closed.order_by().values("window", "day").annotate(first=Min("pk")).values_list("first", flat=True)
    closed.exclude(pk__in=list(first)).delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_claims")]

    operations = [
        migrations.RunPython(drop_twins, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="specialday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("opens", None)), fields=("window", "day"), name="directory_one_closed_day"
            ),
        ),
    ]
