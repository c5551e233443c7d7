"""Redactions, and seals over the digests of the entries: those made over the entries themselves are made anew.

SQLite makes the table of the entries anew, so its refusals are lifted before and made after.
"""

from django.db import migrations, models

from plan_tracker.audit.guard import guard, unguard


def unseal(apps, schema_editor):
    """Lift the refusals and take away the seals; the next `audit_seal` seals every day that has ended."""
    unguard(schema_editor.connection)
    apps.get_model("audit.Seal").objects.all().delete()


def guard_again(apps, schema_editor):
    """Refuse every change again."""
    guard(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_trail'),
    ]

    operations = [
        migrations.RunPython(unseal, guard_again),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_number', models.BigIntegerField(db_index=True, verbose_name='number of the entry')),
                ('act', models.CharField(max_length=80, verbose_name='decision')),
                ('before', models.CharField(max_length=64, verbose_name='digest before')),
                ('after', models.CharField(max_length=64, verbose_name='digest after')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'redaction of an audit entry',
                'verbose_name_plural': 'redactions of audit entries',
                'ordering': ('pk',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='audit_entry_action_is_known',
        ),
        migrations.AlterField(
            model_name='entry',
            name='action',
            field=models.CharField(choices=[('created', 'created'), ('changed', 'changed'), ('deleted', 'deleted'), ('loaded', 'loaded from a file or a command'), ('signed_in', 'signed in'), ('sign_in_failed', 'failed to sign in'), ('signed_out', 'signed out'), ('unlocked', 'unlocked the screen'), ('session_ended', 'ended a session'), ('link_asked', 'asked for a password link'), ('exported', 'took a copy of the audit trail'), ('withdrawn', 'withdrew secret content')], max_length=20, verbose_name='action'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['created', 'changed', 'deleted', 'loaded', 'signed_in', 'sign_in_failed', 'signed_out', 'unlocked', 'session_ended', 'link_asked', 'exported', 'withdrawn'])), name='audit_entry_action_is_known'),
        ),
        migrations.RunPython(guard_again, unseal),
    ]
