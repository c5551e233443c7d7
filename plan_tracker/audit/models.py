"""The entries of the audit trail, the daily seals and the redactions; all are only added to, as triggers hold."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from plan_tracker.audit.choices import Action


class Entry(models.Model):
    """One thing done to one record, as plain values: no key leads anywhere, so nothing that goes takes it along.

    `old` and `new` are JSON texts {column: value}: of a change only the columns that differ. An empty `actor` is the
    system itself: a command, or somebody at the database.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor_id = models.BigIntegerField(_("number of the account"), null=True)
    actor = models.CharField(_("user name"), max_length=150, blank=True)
    actor_name = models.CharField(_("name"), max_length=150, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=150, blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    source = models.CharField(_("page or command"), max_length=300, blank=True)
    request = models.CharField(_("request"), max_length=16, blank=True)
    action = models.CharField(_("action"), max_length=20, choices=Action.choices)
    table = models.CharField(_("table"), max_length=80, blank=True)
    record = models.CharField(_("record"), max_length=80, blank=True)
    note = models.TextField(_("note"), blank=True)
    old = models.TextField(_("old values"), blank=True)
    new = models.TextField(_("new values"), blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=("table", "record"), name="audit_entry_record"),
            models.Index(fields=("actor", "at"), name="audit_entry_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="audit_entry_action_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {self.table} {self.record}"


class Seal(models.Model):
    """The digest of one day's entries, with the digest of the day before in it: a chain that shows tampering."""

    day = models.DateField(_("day"), unique=True)
    entries = models.PositiveIntegerField(_("entries"))
    last_entry = models.BigIntegerField(_("number of the last entry"))
    previous = models.CharField(_("digest of the seal before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("seal of the audit trail")
        verbose_name_plural = _("seals of the audit trail")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.digest[:12]}"


class Redaction(models.Model):
    """One entry out of which a secret was taken: the digest that it is sealed under, and the one it has since.

    `act` names the decision, as in tombstone:5; an entry of the trail with that `record` says who took it.
    """

    entry_number = models.BigIntegerField(_("number of the entry"), db_index=True)
    act = models.CharField(_("decision"), max_length=80)
    before = models.CharField(_("digest before"), max_length=64)
    after = models.CharField(_("digest after"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("redaction of an audit entry")
        verbose_name_plural = _("redactions of audit entries")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.act} · {self.entry_number}"
