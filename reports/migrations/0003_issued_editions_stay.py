"""Triggers that refuse every change of an issued edition."""

from django.db import migrations

from reports.freezing import fix, release


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_editions")]

    operations = [migrations.RunPython(fix, release)]
