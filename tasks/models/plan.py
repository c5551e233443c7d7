"""What was promised: the plan's own text piece by piece, the documents it cites, and its tasks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tasks.choices import Confidence, CorrectionKind, PassageKind
from tasks.models.bodies import Body
from tasks.querysets import CodeManager


class Plan(models.Model):
    """A plan that is tracked. Its own number and date may be unknown; an administrator enters them."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.TextField(_("title"))
    short_title = models.CharField(_("short title"), max_length=200)
    resolution = models.CharField(_("resolution that it carries out"), max_length=200)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True, help_text=_("As in 128-KH/TU."))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans", verbose_name=_("issuer"))
    province = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("province"),
        help_text=_("The body that stands for the whole province in figures."),
    )
    organisation_note = models.CharField(_("note on the organisation shown"), max_length=200, blank=True)
    is_current = models.BooleanField(_("shown first"), default=True)

    objects = CodeManager["Plan"]("code")

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("-is_current", "code")

    def __str__(self) -> str:
        return self.short_title

    def natural_key(self) -> tuple[str]:
        """Return the key that fixtures use."""
        return (self.code,)

    @property
    def lacks_number_or_date(self) -> bool:
        """Return whether the plan's own number or date is still missing."""
        return not self.symbol or self.issued_on is None


class Passage(models.Model):
    """One paragraph of the plan. `received` is the pieces joined; `text` applies the approved corrections."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="passages", verbose_name=_("plan"))
    order = models.PositiveIntegerField(_("order"))
    code = models.CharField(_("code"), max_length=40, help_text=_("Stable address such as III.2.5."))
    section = models.CharField(_("section"), max_length=40, blank=True, help_text=_("The heading it stands under."))
    kind = models.CharField(_("kind"), max_length=20, choices=PassageKind.choices)
    level = models.PositiveSmallIntegerField(_("heading level"), default=0)
    received = models.TextField(_("text as received"))
    text = models.TextField(_("text"))
    italics = models.JSONField(_("italic spans of the text"), default=list, blank=True)
    footnote_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="footnotes", verbose_name=_("footnote to")
    )

    objects = CodeManager["Passage"]("plan__code", "code")

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("plan", "order")
        constraints = [
            models.UniqueConstraint(fields=("plan", "order"), name="tasks_passage_one_a_place"),
            models.UniqueConstraint(fields=("plan", "code"), name="tasks_passage_one_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.plan.code, self.code)


class PassagePiece(models.Model):
    """A run of characters of the received file: line (from 1), first column and the column after the last (from 0)."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="pieces", verbose_name=_("passage"))
    order = models.PositiveSmallIntegerField(_("order in the passage"))
    line = models.PositiveIntegerField(_("line of the file"))
    start = models.PositiveIntegerField(_("first column"))
    end = models.PositiveIntegerField(_("column after the last"))
    text = models.TextField(_("text as received"))
    glue = models.CharField(
        _("joined to the piece before by"), max_length=2, blank=True, help_text=_("A blank where a page break fell.")
    )

    objects = CodeManager["PassagePiece"]("passage__plan__code", "line", "start")

    class Meta:
        verbose_name = _("piece of a passage")
        verbose_name_plural = _("pieces of passages")
        ordering = ("passage", "order")
        constraints = [
            models.UniqueConstraint(fields=("passage", "order"), name="tasks_piece_one_a_place"),
            models.UniqueConstraint(fields=("passage", "line", "start"), name="tasks_piece_one_a_span"),
        ]

    def __str__(self) -> str:
        return f"{self.line}:{self.start}–{self.end}"

    def natural_key(self) -> tuple[str, int, int]:
        """Return the key that fixtures use."""
        return (self.passage.plan.code, self.line, self.start)


class TextCorrection(models.Model):
    """A slip of the received text: what stands at an offset of `received`, what it should be, and how sure that is."""

    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("passage")
    )
    offset = models.PositiveIntegerField(_("offset in the received text"))
    original = models.CharField(_("as received"), max_length=400, blank=True)
    replacement = models.CharField(_("proposed"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CorrectionKind.choices)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices)
    is_approved = models.BooleanField(_("applied"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CodeManager["TextCorrection"]("passage__plan__code", "passage__code", "offset", "replacement")

    class Meta:
        verbose_name = _("correction of the text")
        verbose_name_plural = _("corrections of the text")
        ordering = ("passage", "offset")
        constraints = [
            models.UniqueConstraint(fields=("passage", "offset", "replacement"), name="tasks_correction_one_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.original} → {self.replacement}"

    def natural_key(self) -> tuple[str, str, int, str]:
        """Return the key that fixtures use."""
        return (self.passage.plan.code, self.passage.code, self.offset, self.replacement)


class LegalDocument(models.Model):
    """A document that the plan cites; the date is kept as printed and, where it is one, as a day."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    doc_type = models.CharField(_("type"), max_length=60)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    title = models.TextField(pgettext_lazy("of a document", "title"), blank=True)
    date_printed = models.CharField(_("date as printed"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CodeManager["LegalDocument"]("code")

    class Meta:
        verbose_name = _("cited document")
        verbose_name_plural = _("cited documents")
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.doc_type} số {self.symbol}" if self.symbol else f"{self.doc_type} {self.title}".strip()

    def natural_key(self) -> tuple[str]:
        """Return the key that fixtures use."""
        return (self.code,)


class Citation(models.Model):
    """A place where the plan cites a document: the span of the passage's corrected text."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="citations", verbose_name=_("passage"))
    document = models.ForeignKey(
        LegalDocument, on_delete=models.CASCADE, related_name="citations", verbose_name=_("cited document")
    )
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("character after the last"))
    printed = models.CharField(_("as printed"), max_length=300)

    objects = CodeManager["Citation"]("passage__plan__code", "passage__code", "document__code", "start")

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("passage", "start")
        constraints = [
            models.UniqueConstraint(fields=("passage", "document", "start"), name="tasks_citation_one_a_place")
        ]

    def __str__(self) -> str:
        return self.printed

    def natural_key(self) -> tuple[str, str, str, int]:
        """Return the key that fixtures use."""
        return (self.passage.plan.code, self.passage.code, self.document.code, self.start)


class TaskGroup(models.Model):
    """One of the plan's groups of tasks; `lead` is a paragraph that belongs to the whole group."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="groups", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.TextField(_("title in the plan"))
    short_title = models.CharField(_("short title"), max_length=120)
    heading = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="headed_groups", verbose_name=_("heading")
    )
    lead = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_groups",
        verbose_name=_("lead paragraph"),
    )

    objects = CodeManager["TaskGroup"]("plan__code", "number")

    class Meta:
        verbose_name = _("task group")
        verbose_name_plural = _("task groups")
        ordering = ("plan", "number")
        constraints = [models.UniqueConstraint(fields=("plan", "number"), name="tasks_group_one_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.short_title}"

    def natural_key(self) -> tuple[str, int]:
        """Return the key that fixtures use."""
        return (self.plan.code, self.number)


class Task(models.Model):
    """One paragraph of section III that is tracked; `title` is ours, the words are the passage's."""

    group = models.ForeignKey(TaskGroup, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("task group"))
    number = models.PositiveSmallIntegerField(_("number in the group"))
    code = models.CharField(_("code"), max_length=10, help_text=_("As in 2.5."))
    title = models.CharField(_("short title"), max_length=160)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("passage"))

    objects = CodeManager["Task"]("group__plan__code", "code")

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("group", "number")
        constraints = [
            models.UniqueConstraint(fields=("group", "number"), name="tasks_task_one_a_number"),
            models.UniqueConstraint(fields=("group", "code"), name="tasks_task_one_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.group.plan.code, self.code)
