"""The index that finds words in editions: what was issued, what went out for comments, and what is being written."""

from django.db import migrations

from plan_tracker.lib.search_index import installed
from reports.searched import EDITION_INDEXES


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_tombstones")]

    operations = [migrations.RunPython(*installed(EDITION_INDEXES))]
