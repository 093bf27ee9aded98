"""INSERT OR REPLACE, on SQLite, takes a line away without waking the trigger of a deletion; TRUNCATE, on PostgreSQL, all
of them. Neither may rewrite nor empty what is only added to."""

from django.db import migrations

# By table, what a line that is there may not share with a new one.
TAKEN = {
    "contacts_consentevent": "id = NEW.id",
    "contacts_wording": "id = NEW.id OR (key = NEW.key AND version = NEW.version)",
}

SQLITE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})
BEGIN SELECT RAISE(ABORT, 'append-only: a line of {table} is never changed nor deleted'); END;
"""

POSTGRESQL = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION contacts_append_only();
"""


def install(apps, schema_editor):
    sql = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for table, taken in TAKEN.items():
        schema_editor.execute(sql.format(table=table, taken=taken))


def remove(apps, schema_editor):
    for table in TAKEN:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0011_whose_e_mail_opens")]

    operations = [migrations.RunPython(install, remove)]
