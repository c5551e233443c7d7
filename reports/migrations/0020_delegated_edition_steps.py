"""In whose place a step of an edition was taken; the refusals of the table are lifted while SQLite makes it anew."""

from django.db import migrations, models

from reports.freezing import fix, release


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0019_tombstone_exports"),
    ]

    operations = [
        migrations.RunPython(release, fix),
        migrations.AddField(
            model_name='editionstep',
            name='on_behalf_of',
            field=models.CharField(blank=True, max_length=150, verbose_name='on behalf of'),
        ),
        migrations.RunPython(fix, release),
    ]
