"""Administration screens of two kinds: tables that somebody loads from files, and ledgers that are only read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin, ImportExportModelAdmin, ImportMixin
from import_export.forms import SelectableFieldsExportForm
from import_export.resources import modelresource_factory

from plan_tracker.jobs.models import Job
from plan_tracker.jobs.queue import ask, keep_file
from plan_tracker.lib.spreadsheets import XLSX_TYPE, SpreadsheetError
from plan_tracker.lib.table_formats import SafeCsv, SafeXlsx
from plan_tracker.loading.blank import blank_workbook
from plan_tracker.loading.rejected import located, rejected_rows
from plan_tracker.loading.resources import KeyedResource
from plan_tracker.loading.upload_form import TableUploadForm

FORMATS = (SafeCsv, SafeXlsx)
ROWS_A_PAGE = 50
# A file with more rows is loaded, a table with more is saved, in the background.
ROWS_AT_ONCE = 1000
CHANGED_SINCE = gettext_lazy("Something has changed since the preview: nothing was saved. Please try the file again.")


class TriedImport(ImportMixin):
    """An import that is tried out first, says why a file is not read, and saves all or nothing.

    Large files are loaded by a worker: the confirmation then leads to the page of the job.
    """

    import_form_class = TableUploadForm

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Let only those load who may both add and change rows."""
        names = [get_permission_codename(act, self.opts) for act in ("add", "change")]
        return bool(request.user.has_perms([f"{self.opts.app_label}.{name}" for name in names]))

    def resource_arguments(self, request: HttpRequest) -> dict[str, str]:
        """Return what the reading of a file is told of the request; a job keeps it."""
        return {}

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the resource what it needs."""
        return self.resource_arguments(request)

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the template."""
        name = "{}_{}_template".format(*self.get_model_info())
        view = self.admin_site.admin_view(self.template_file)
        own = [path("import/bieu-mau.xlsx", view, name=name)]
        return [*own, *super().get_urls()]

    def template_file(self, request: HttpRequest) -> HttpResponse:
        """Give the empty workbook of this table."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        resource = self.get_import_resource_classes(request)[0]()
        title = capfirst(str(self.model._meta.verbose_name_plural))
        name = f"bieu-mau-{slugify(self.model.__name__)}.xlsx"
        return HttpResponse(
            blank_workbook(title, list(resource.told_columns())),
            content_type=XLSX_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say why a file is not read."""
        if isinstance(e, SpreadsheetError):
            form.add_error("import_file", str(e))
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Try a file out; what was refused can be taken home as a file."""
        answer: Any = super().import_action(request, **kwargs)
        context = getattr(answer, "context_data", None)
        if context is None:
            return answer  # type: ignore[no-any-return]
        resource = self.get_import_resource_classes(request)[0]()
        context["template_url"] = reverse("admin:{}_{}_template".format(*self.get_model_info()))
        context["fields_list"] = [(resource.get_display_name(), [told.label for told in resource.told_columns()])]
        result = context.get("result")
        if result is not None:
            located(result, resource)
            if rejected := rejected_rows(result):
                context["rejected_url"] = self._keep(rejected, request)
        return answer  # type: ignore[no-any-return]

    def _keep(self, rejected: bytes, request: HttpRequest) -> str:
        """Keep the refused rows for the person who sent them, and return where they are."""
        what = str(self.model._meta.verbose_name_plural)
        title = _("Rejected rows: %(table)s") % {"table": what}
        name = f"dong-bi-loai-{slugify(self.model.__name__)}.xlsx"
        job = keep_file("import", title, owner=request.user, at=timezone.now(), made=rejected, made_name=name)
        return reverse("jobs:job_file", args=[job.pk])

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Load a file at once, or hand a large one to a worker: then the job is returned."""
        if len(dataset) <= ROWS_AT_ONCE:
            return super().process_dataset(dataset, form, request, **kwargs)
        file_name = form.cleaned_data.get("original_file_name") or ""
        what = str(self.model._meta.verbose_name_plural)
        return ask(
            "import",
            _("Import of %(file)s: %(table)s") % {"file": file_name or "–", "table": what},
            owner=request.user,
            at=timezone.now(),
            arguments={
                "model": self.model._meta.label_lower,
                "format": int(form.cleaned_data["format"]),
                "file_name": file_name,
                "resource": self.resource_arguments(request),
            },
            given=dataset.content,
        )

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say what was saved, or that nothing was, where something changed since the preview."""
        if isinstance(result, Job):
            return redirect("jobs:job_detail", result.pk)
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, str(CHANGED_SINCE))
            return redirect(request.path.replace("/process_import/", "/import/"))
        answer: HttpResponse = super().process_result(result, request)
        return answer


class ColumnsForm(SelectableFieldsExportForm):
    """The columns of an export by what they are called in the file."""

    def _get_field_label(self, resource: Any, field_name: str) -> str:
        """Return the label of a column."""
        made = resource()
        name = str(made.fields[field_name].column_name)
        return str(made.labels().get(name, name))


class SavedTable(ExportMixin):
    """An export; a large table is written by a worker, and the answer then leads to the page of the job."""

    export_form_class = ColumnsForm

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Let those save a table who may read it."""
        return bool(self.has_view_permission(request))

    def get_export_resource_classes(self, request: HttpRequest) -> list[Any]:
        """Return how rows are written; a table without a way of its own is written under the labels of its columns."""
        own = super().get_export_resource_classes(request)
        return [
            one if issubclass(one, KeyedResource) else modelresource_factory(self.model, resource_class=KeyedResource)
            for one in own
        ]

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: QuerySet[Any], export_form: Any = None
    ) -> HttpResponse:
        """Answer with the file, or with the job that makes it."""
        if getattr(request, "in_background", False) or queryset.count() <= ROWS_AT_ONCE:
            answer: HttpResponse = super()._do_file_export(file_format, request, queryset, export_form)
            return answer
        job = ask(
            "export",
            _("Export: %(table)s") % {"table": str(self.model._meta.verbose_name_plural)},
            owner=request.user,
            at=timezone.now(),
            arguments={
                "model": self.model._meta.label_lower,
                "query": request.GET.urlencode(),
                "form": request.POST.urlencode(),
            },
        )
        return redirect("jobs:job_detail", job.pk)


class LoadedTable(TriedImport, SavedTable, ImportExportModelAdmin):
    """A table that an administrator loads from a file or corrects by hand; the dry run comes first."""

    formats = FORMATS
    list_per_page = ROWS_A_PAGE
    show_full_result_count = False
    skip_import_confirm = False


class Ledger(SavedTable, admin.ModelAdmin):
    """A table that records what happened: it can be read and exported, and nobody writes in it here."""

    formats = FORMATS
    list_per_page = ROWS_A_PAGE
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is taken away."""
        return False
