"""Columns of files that name rows of a plan: by code, and which plan where the same codes stand in two."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from plan_tracker.loading.cells import CodeWidget
from plan_tracker.loading.resources import KeyedResource
from tasks.models import Plan


class InPlanWidget(CodeWidget):
    """A code that is unique within a plan: that of the row's `plan` column, else of the plan that one loads for."""

    def __init__(self, model: type[Model], field: str = "code", *, plan: str = "plan") -> None:
        super().__init__(model, field=field)
        self.plan = plan
        # The code of the plan that rows without one are about; "" for the plan shown first.
        self.meant = ""

    def place(self, row: Any) -> Any:
        """Return the plan of the row."""
        return str(row.get("plan") or "").strip() or self.meant

    def get_queryset(self, value: Any, row: Any, *_args: Any, **_kwargs: Any) -> QuerySet[Model]:
        """Return the rows of one plan."""
        code = InPlanWidget.place(self, row)
        plans = Plan.objects.filter(code=code) if code else Plan.objects.all()[:1]
        found: QuerySet[Model] = self.model._default_manager.filter(**{f"{self.plan}__in": list(plans)})
        return found


class PlanColumn(Field):
    """The plan of a row, by its code: it is read to find the others and never written."""

    help_text = gettext_lazy("It may be left out: then the plan shown first is meant, or that of the address.")

    def __init__(self, *paths: str) -> None:
        """Take the ways from the row to its plan; the first that leads somewhere counts."""
        super().__init__(paths[0], "plan", CodeWidget(Plan, field="code"), readonly=True)
        self.paths = paths

    def get_value(self, instance: Any) -> Any:
        """Return the plan, or None."""
        found = (Field(path).get_value(instance) for path in self.paths)
        return next((plan for plan in found if plan is not None), None)


class InPlanResource(KeyedResource):
    """Rows that belong to a plan, told in a column; where it is left out, the plan that one loads for is meant."""

    def __init__(self, *, plan: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, InPlanWidget):
                field.widget.meant = plan


def by_code(column: str, model: type[Model], field: str = "code") -> Field:
    """Return a column that names a row by its code."""
    return Field(attribute=column, column_name=column, widget=CodeWidget(model, field=field))


def in_plan(column: str, model: type[Model], field: str = "code", *, plan: str = "plan") -> Field:
    """Return a column that names a row of the plan by its code."""
    return Field(attribute=column, column_name=column, widget=InPlanWidget(model, field, plan=plan))
