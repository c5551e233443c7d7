"""Keeps who saw that the source of a passage had changed and kept its words; issued editions stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from reports.freezing import fix, release


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0020_delegated_edition_steps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(release, fix),
        migrations.AddField(
            model_name="sectionsource",
            name="seen_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="words kept at"),
        ),
        migrations.AddField(
            model_name="sectionsource",
            name="seen_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="words kept by",
            ),
        ),
        migrations.AddField(
            model_name="sectionsource",
            name="seen_digest",
            field=models.CharField(blank=True, max_length=20, verbose_name="what was seen and not taken"),
        ),
        migrations.AddConstraint(
            model_name="sectionsource",
            constraint=models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True, seen_digest="")
                | (~Q(seen_digest="") & Q(seen_at__isnull=False, seen_by__isnull=False)),
                name="reports_sectionsource_seen_whole",
            ),
        ),
        migrations.RunPython(fix, release),
    ]
