"""The index that the search reads."""

from django.db import migrations

from plan_tracker.lib.search_index import installed
from tasks.searched import INDEXES


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [migrations.RunPython(*installed(INDEXES))]
