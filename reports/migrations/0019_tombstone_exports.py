"""Tables made for download can be withdrawn files too; SQLite makes the table anew, so its triggers are made again."""

from django.db import migrations, models

from reports.tombstone_keeping import keep, release


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0018_search_editions"),
    ]

    operations = [
        migrations.RunPython(release, keep),
        migrations.RemoveConstraint(
            model_name='tombstonefile',
            name='reports_tombstonefile_known_kind',
        ),
        migrations.AlterField(
            model_name='tombstonefile',
            name='kind',
            field=models.CharField(choices=[('attachment', 'attachment'), ('scan', 'scan of the signed copy'), ('workbook', 'uploaded workbook'), ('export', 'table that was made for download')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='tombstonefile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['attachment', 'scan', 'workbook', 'export'])), name='reports_tombstonefile_known_kind'),
        ),
        migrations.RunPython(keep, release),
    ]
