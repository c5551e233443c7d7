"""Who answers: bodies with their names over time, the sets the plan names, succession and membership."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tasks.choices import BodyKind, BodyLevel, Certainty, Role, SuccessionKind
from tasks.querysets import BodyQuerySet, CodeManager, MembershipQuerySet


class Body(models.Model):
    """A committee or organisation. `name` is the one it bears now (or bore last); `BodyName` keeps them all."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=30, choices=BodyKind.choices)
    level = models.CharField(pgettext_lazy("of a body", "level"), max_length=20, choices=BodyLevel.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    reports_through = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports_for",
        verbose_name=_("reports through"),
        help_text=_("Two legal bodies that send one report: the body that sends it."),
    )
    order = models.PositiveIntegerField(_("place in the official order"))
    symbol = models.CharField(_("symbol in documents"), max_length=30, blank=True, help_text=_("As in BC/HU: HU."))
    head_superior = models.CharField(_("superior body in the document head"), max_length=200, blank=True)
    head_name = models.CharField(_("own name in the document head"), max_length=200, blank=True)
    place = models.CharField(_("place name in documents"), max_length=80, blank=True)
    area_code = models.CharField(_("official area code"), max_length=10, blank=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices, default=Certainty.UNKNOWN)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_summarizer = models.BooleanField(
        _("draws up the summary report"),
        default=False,
        help_text=_("The body that reviews the reports of others and issues the summary (item IV.6 of the plan)."),
    )

    objects: ClassVar[BodyQuerySet] = BodyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ("order", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="tasks_body_starts_before_it_ends",
                violation_error_message=_("The last day of a body cannot come before its first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the key that fixtures use."""
        return (self.code,)


class BodyName(models.Model):
    """The official name, short name and document symbol of a body for a span of time."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="names", verbose_name=_("body"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120)
    symbol = models.CharField(_("symbol in documents"), max_length=30, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = CodeManager["BodyName"]("body__code", "name")

    class Meta:
        verbose_name = _("name of a body")
        verbose_name_plural = _("names of bodies")
        ordering = ("body", F("valid_from").asc(nulls_first=True))
        constraints = [
            models.UniqueConstraint(fields=("body", "name"), name="tasks_bodyname_one_row_a_name"),
            models.UniqueConstraint(
                fields=("body",), condition=Q(valid_to__isnull=True), name="tasks_bodyname_one_open_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.body.code, self.name)


class BodyGroup(models.Model):
    """A set of bodies as the plan names it, such as “các huyện ủy”."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name as the plan prints it"), max_length=200)
    members = models.ManyToManyField(Body, related_name="body_groups", blank=True, verbose_name=_("members"))
    order = models.PositiveIntegerField(_("order"), default=0)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices, default=Certainty.UNKNOWN)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CodeManager["BodyGroup"]("code")

    class Meta:
        verbose_name = _("set of bodies")
        verbose_name_plural = _("sets of bodies")
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the key that fixtures use."""
        return (self.code,)


class BodyContact(models.Model):
    """An office address or telephone of a body; never a private one."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("body"))
    label = models.CharField(_("office or position"), max_length=120)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    email = models.EmailField(_("office e-mail"), blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("body", "label")

    def __str__(self) -> str:
        return f"{self.label}: {self.phone or self.email}"


class Succession(models.Model):
    """One body followed another; many to many, so a merge or a split is several rows."""

    predecessor = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="succeeded_by", verbose_name=_("body before the change")
    )
    successor = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="succeeds", verbose_name=_("receiving body")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind.choices)
    happened_on = models.DateField(_("day of the change"))
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices, default=Certainty.UNKNOWN)
    note = models.CharField(_("note"), max_length=300, blank=True)
    change = models.ForeignKey(
        "BodyChange",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successions",
        verbose_name=_("change of bodies"),
    )

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ("happened_on", "predecessor")
        constraints = [
            models.UniqueConstraint(
                fields=("predecessor", "successor", "happened_on"), name="tasks_succession_one_row_a_pair"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="tasks_succession_two_different_bodies"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Membership(models.Model):
    """What a person may do for a body, between two days; the only source of rights beside the admin flag."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("body"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("user", "body", "role")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "body", "role"),
                condition=Q(ends_on__isnull=True),
                name="tasks_membership_one_open",
                violation_error_message=_("This person already has this role at this body."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="tasks_membership_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.body}"
