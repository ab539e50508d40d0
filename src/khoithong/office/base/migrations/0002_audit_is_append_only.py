"""The audit trail only grows: the database refuses to change or delete its rows."""

from django.db import migrations

from khoithong.office.base.append_only import operation


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [operation("base_auditentry")]
