"""The database itself refuses to change or delete a line of the consent ledger, or a wording that someone agreed to."""

from django.db import migrations

TABLES = ("contacts_consentevent", "contacts_wording")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only: a line of {table} is never changed nor deleted'); END;
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION contacts_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only: a line of %% is never changed nor deleted', TG_TABLE_NAME
USING ERRCODE = 'restrict_violation'; END; $$ LANGUAGE plpgsql;
"""

POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION contacts_append_only();
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb))
        return
    schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        schema_editor.execute(POSTGRESQL.format(table=table))


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    schema_editor.execute("DROP FUNCTION contacts_append_only()")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
