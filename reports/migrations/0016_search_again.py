"""The index of the search once more: SQLite made some of its tables anew and lost the triggers that keep it in step."""

from django.db import migrations

from plan_tracker.lib.search_index import installed
from reports.searched import INDEXES


class Migration(migrations.Migration):
    dependencies = [("reports", "0015_calendar")]

    operations = [migrations.RunPython(installed(INDEXES)[0], migrations.RunPython.noop)]
