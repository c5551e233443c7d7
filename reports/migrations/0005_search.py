"""The index that the search reads."""

from django.db import migrations

from plan_tracker.lib.search_index import installed
from reports.searched import INDEXES


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_recommendations")]

    operations = [migrations.RunPython(*installed(INDEXES))]
