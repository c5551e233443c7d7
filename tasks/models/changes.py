"""A change of bodies as one act: what was decided and when, and a journal of every row that it touched."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tasks.choices import Certainty, ChangeState
from tasks.querysets import CodeManager


class BodyChange(models.Model):
    """Bodies that end, merge, split or go on under another name on one day.

    `proposal` holds what is to happen until it is confirmed: `pairs` of [code before, code after, kind, certainty,
    note], `ends` (codes of bodies that end with nobody to follow), `go_on` (codes of bodies before that go on),
    `bodies` (fields of bodies to be made) and `parents` (what a body that goes on belongs to from now on).
    Confirming writes the successions and the journal; undoing takes both back.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(pgettext_lazy("of a change of bodies", "title"), max_length=200)
    happened_on = models.DateField(_("day of the change"))
    is_day_known = models.BooleanField(
        _("the day is confirmed"),
        default=True,
        help_text=_("Not ticked: the portal counts from this day until the deciding document is found."),
    )
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices, default=Certainty.UNKNOWN)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=ChangeState.choices, default=ChangeState.DRAFT, db_index=True
    )
    proposal = models.JSONField(_("what is to happen"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a change of bodies", "drawn up by"),
    )
    created_at = models.DateTimeField(_("created at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = CodeManager["BodyChange"]("code")

    class Meta:
        verbose_name = _("change of bodies")
        verbose_name_plural = _("changes of bodies")
        ordering = ("-happened_on", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ChangeState.DRAFT, confirmed_at__isnull=True)
                | Q(state=ChangeState.CONFIRMED, confirmed_at__isnull=False),
                name="tasks_bodychange_confirmed_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return the key that fixtures use."""
        return (self.code,)

    @property
    def is_confirmed(self) -> bool:
        """Return whether the change is in force."""
        return self.state == ChangeState.CONFIRMED


class ChangeEntry(models.Model):
    """One row that a change made (`before` is null), altered, or took away (`after` is null), to be undone from."""

    change = models.ForeignKey(BodyChange, on_delete=models.CASCADE, related_name="entries", verbose_name=_("change"))
    order = models.PositiveIntegerField(_("order"))
    table = models.CharField(_("table"), max_length=60, help_text=_("As in tasks.body."))
    row = models.BigIntegerField(_("row"))
    before = models.JSONField(_("values before"), null=True, blank=True)
    after = models.JSONField(_("values after"), null=True, blank=True)

    class Meta:
        verbose_name = _("row touched by a change of bodies")
        verbose_name_plural = _("rows touched by changes of bodies")
        ordering = ("change", "order")
        constraints = [
            models.UniqueConstraint(fields=("change", "order"), name="tasks_changeentry_one_a_place"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="tasks_changeentry_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
