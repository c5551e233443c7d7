"""Withdrawals of secrets, and the triggers that keep what was decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reports.tombstone_keeping import keep, release


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0016_search_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(blank=True, max_length=60, verbose_name='line')),
                ('scope', models.CharField(choices=[('line', 'The whole line: text, difficulties and proposals'), ('passage', 'Only a passage, given in its exact words'), ('files', 'Only files; the text stays')], max_length=20, verbose_name='what is withdrawn')),
                ('words', models.TextField(blank=True, verbose_name='passage')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the text')),
                ('reason', models.TextField(verbose_name='reason')),
                ('found', models.JSONField(blank=True, default=list, verbose_name='found when it was asked')),
                ('near', models.JSONField(blank=True, default=list, verbose_name='nearly the same')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refused at')),
                ('refusal', models.TextField(blank=True, verbose_name='why it was refused')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='refused by')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tombstones', to='reports.submission', verbose_name='report')),
            ],
            options={
                'verbose_name': 'withdrawal of secret content',
                'verbose_name_plural': 'withdrawals of secret content',
                'ordering': ('-asked_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='TombstoneFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('attachment', 'attachment'), ('scan', 'scan of the signed copy'), ('workbook', 'uploaded workbook')], max_length=20, verbose_name='kind')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='size in bytes')),
                ('path', models.CharField(blank=True, max_length=200, verbose_name='where it lies')),
                ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='deleted at')),
                ('tombstone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='reports.tombstone', verbose_name='withdrawal')),
            ],
            options={
                'verbose_name': 'withdrawn file',
                'verbose_name_plural': 'withdrawn files',
                'ordering': ('tombstone', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='TombstonePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=80, verbose_name='table')),
                ('record', models.CharField(max_length=80, verbose_name='record')),
                ('column', models.CharField(max_length=80, verbose_name='column')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('tombstone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='reports.tombstone', verbose_name='withdrawal')),
            ],
            options={
                'verbose_name': 'place of a withdrawal',
                'verbose_name_plural': 'places of withdrawals',
                'ordering': ('tombstone', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('refused_at__isnull', True)), fields=('submission', 'line'), name='reports_tombstone_one_open_a_line', violation_error_message='A request for this line is waiting already.'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['line', 'passage', 'files'])), name='reports_tombstone_known_scope'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='reports_tombstone_by_two', violation_error_message='Another administrator than the one who asked has to confirm.'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='reports_tombstone_confirmed_whole'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refused_at__isnull', True), ('refused_by__isnull', True)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False)), _connector='OR'), name='reports_tombstone_refused_whole'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('refused_at__isnull', True), _connector='OR'), name='reports_tombstone_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('refused_at__isnull', True)), ('words', ''), _connector='OR'), name='reports_tombstone_keeps_no_words'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reports_tombstone_has_a_reason', violation_error_message='Write the reason.'),
        ),
        migrations.AddConstraint(
            model_name='tombstonefile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['attachment', 'scan', 'workbook'])), name='reports_tombstonefile_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='tombstonefile',
            constraint=models.CheckConstraint(condition=models.Q(('deleted_at__isnull', True), ('path', ''), _connector='OR'), name='reports_tombstonefile_gone_has_no_path'),
        ),
        migrations.AddIndex(
            model_name='tombstoneplace',
            index=models.Index(fields=['table', 'record'], name='reports_tombstoneplace_row'),
        ),
        migrations.RunPython(keep, release),
    ]
