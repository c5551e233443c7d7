"""The bodies that a draft was sent to, kept as fixed as the draft itself."""

from django.db import migrations, models

from reports.freezing import fix_addressees, release_addressees


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_taken_over_reports"), ("tasks", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="editiondraft",
            name="addressees",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="tasks.body", verbose_name="bodies asked to comment"
            ),
        ),
        migrations.RunPython(fix_addressees, release_addressees),
    ]
