"""The index that the search reads."""

from django.db import migrations

from plan_tracker.lib.search_index import installed
from targets.searched import INDEXES


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]

    operations = [migrations.RunPython(*installed(INDEXES))]
