"""How a task is asked of a kind of body, or of one body: a proposal until the client confirms it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.choices import Basis, BodyKind, ScopeMode
from tasks.models.bodies import Body
from tasks.models.plan import Task
from tasks.querysets import CodeManager


class ScopeRule(models.Model):
    """How a task is asked of a kind of body, or of one body (which goes before its kind)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="scope_rules", verbose_name=_("task"))
    body_kind = models.CharField(_("kind of body"), max_length=30, choices=BodyKind.choices, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="scope_rules", verbose_name=_("body")
    )
    mode = models.CharField(_("how it is asked"), max_length=20, choices=ScopeMode.choices)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices, default=Basis.PROPOSED)

    objects = CodeManager["ScopeRule"]("task__group__plan__code", "task__code", "body_kind", "body__code")

    class Meta:
        verbose_name = _("scope rule")
        verbose_name_plural = _("scope rules")
        ordering = ("task", "body_kind", "body")
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=True) ^ Q(body_kind=""),
                name="tasks_scope_kind_or_body",
                violation_error_message=_("Name a kind of body or one body, not both."),
            ),
            models.UniqueConstraint(
                fields=("task", "body_kind"), condition=Q(body__isnull=True), name="tasks_scope_one_a_kind"
            ),
            models.UniqueConstraint(
                fields=("task", "body"), condition=Q(body__isnull=False), name="tasks_scope_one_a_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} · {self.body or self.get_body_kind_display()} · {self.get_mode_display()}"

    def natural_key(self) -> tuple[str, str, str, str | None]:
        """Return the key that fixtures use."""
        return (self.task.group.plan.code, self.task.code, self.body_kind, self.body.code if self.body else None)
