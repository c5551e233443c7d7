"""Triggers that refuse every change of a reminder that was sent."""

from django.db import migrations

from reports.append_only import keep, release


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_reminders")]

    operations = [migrations.RunPython(keep, release)]
