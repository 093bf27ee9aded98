import datetime as dt

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0007_codes_by_visitor'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.RemoveField(model_name='counternotice', name='had_objected'),
        migrations.AddField(model_name='counternotice', name='asks', field=models.BooleanField(default=False)),
        # What waits already is due at once.
        migrations.AddField(
            model_name='counternotice',
            name='due_at',
            field=models.DateTimeField(default=dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='counternotice',
            name='state',
            field=models.CharField(choices=[('waiting', 'à envoyer'), ('sent', 'parti'), ('kept', 'gardé : il n’apprenait plus rien')], default='waiting', max_length=7),
        ),
        migrations.AddField(
            model_name='signup',
            name='commune',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='territory.commune'),
        ),
    ]
