"""The house keeps its order: imports point one way, modules are named for what they decide, nothing is too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("tasks", "targets", "reports")
PACKAGES = ("plan_tracker", *APPS)
# From the bottom up; a module belongs to the longest name that it begins with and imports from its line or below.
HOUSE = (
    ("plan_tracker.lib",),
    ("plan_tracker.looks", "plan_tracker.widgets", "plan_tracker.templatetags", "plan_tracker.formats"),
    ("plan_tracker.audit",),
    ("plan_tracker.jobs",),
    ("plan_tracker.loading",),
    ("plan_tracker.accounts",),
    ("tasks",),
    ("targets",),
    ("reports",),
    ("plan_tracker",),
)
# Inside an app, from the bottom up; what is not named here decides something (workflow, progress, summaries …).
APP_ORDER = ("choices", "querysets", "models", "permissions", "", "forms", "views", "urls")
BESIDE_VIEWS = {"admin", "resources", "context", "management"}
BANNED = {"utils", "helpers", "services", "common", "core", "misc", "signals", "receivers"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 45


@dataclass(frozen=True)
class Import:
    """One import of one of our modules by another."""

    source: str
    target: str
    for_types_only: bool

    def __str__(self) -> str:
        return f"{self.source} imports {self.target}"


def files() -> list[Path]:
    """Return every file of our code and tests that somebody writes by hand."""
    found = [ROOT / "manage.py"]
    for package in (*PACKAGES, "tests"):
        found += sorted((ROOT / package).rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]


def module_name(path: Path) -> str:
    """Return the dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


MODULES = {module_name(path): path for path in files()}


def for_types(module: ast.Module) -> set[ast.AST]:
    """Return what stands under `if TYPE_CHECKING`."""
    guarded = [node for node in ast.walk(module) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    return {inner for node in guarded for child in node.body for inner in ast.walk(child)}


def imports() -> Iterator[Import]:
    """Yield every import between our modules, also those inside functions."""
    for name, path in MODULES.items():
        guarded = for_types(tree(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                targets = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                # `from tasks import workflow` means the module, `from tasks.models import Task` what is in it.
                inner = [f"{node.module}.{alias.name}" for alias in node.names]
                targets = [target if target in MODULES else str(node.module) for target in inner]
            else:
                continue
            for target in dict.fromkeys(targets):
                if target in MODULES and target != name:
                    yield Import(name, target, node in guarded)


ALL_IMPORTS = list(imports())
PRODUCT_IMPORTS = [found for found in ALL_IMPORTS if found.source.split(".")[0] in PACKAGES]


def storey(module: str) -> int:
    """Return the line of HOUSE that a module belongs to."""
    fitting = [
        (len(name), number)
        for number, names in enumerate(HOUSE)
        for name in names
        if module == name or module.startswith(f"{name}.")
    ]
    return max(fitting)[1]


def place_in_app(module: str) -> int:
    """Return the place of a module of an app in APP_ORDER."""
    # `views_plan` and `forms_periods` are views and forms that stand in a file of their own.
    part = [*module.split("."), ""][1].partition("_")[0]
    if part in BESIDE_VIEWS:
        part = "views"
    return APP_ORDER.index(part if part in APP_ORDER else "")


def test_imports_point_down_the_house() -> None:
    assert [str(found) for found in PRODUCT_IMPORTS if storey(found.target) > storey(found.source)] == []


def test_the_kit_imports_nothing_of_ours() -> None:
    assert [str(found) for found in PRODUCT_IMPORTS if storey(found.source) == 0 and storey(found.target) != 0] == []


def test_only_the_root_imports_reports() -> None:
    outside = [found for found in PRODUCT_IMPORTS if found.target.split(".")[0] == "reports"]
    assert {found.source.split(".")[0] for found in outside} <= {"reports", "plan_tracker"}
    assert [str(found) for found in outside if storey(found.source) < storey("reports")] == []


def test_nothing_of_the_product_imports_the_tests() -> None:
    assert [str(found) for found in PRODUCT_IMPORTS if found.target.split(".")[0] == "tests"] == []


@pytest.mark.parametrize("app", APPS)
def test_imports_inside_an_app_point_from_urls_to_choices(app: str) -> None:
    inside = [
        found
        for found in PRODUCT_IMPORTS
        if not found.for_types_only and {found.source.split(".")[0], found.target.split(".")[0]} == {app}
    ]
    wrong = [found for found in inside if app not in {found.source, found.target}]
    assert [str(found) for found in wrong if place_in_app(found.target) > place_in_app(found.source)] == []


def test_no_two_modules_import_each_other() -> None:
    graph: dict[str, set[str]] = {}
    for found in PRODUCT_IMPORTS:
        # A package's __init__ that gathers its modules is not a knot.
        if not found.for_types_only and not found.target.startswith(f"{found.source}."):
            graph.setdefault(found.source, set()).add(found.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' ← '.join(error.args[1])}")


def test_modules_are_named_for_what_they_decide() -> None:
    assert [name for name in MODULES if set(name.split(".")) & BANNED] == []
    assert "tasks.tasks" not in MODULES


def test_every_module_says_first_what_it_answers_for() -> None:
    silent = [name for name, path in MODULES.items() if tree(path).body and not ast.get_docstring(tree(path))]
    assert silent == []


def test_there_are_no_signals() -> None:
    banned = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")
    users = []
    for name, path in MODULES.items():
        if name.split(".")[0] not in PACKAGES:
            continue
        for node in ast.walk(tree(path)):
            names = [alias.name for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)]
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{found}" for found in names]
            if any(found.startswith(banned) for found in names):
                users.append(name)
    assert users == []


def test_no_file_and_no_function_is_too_long_to_read() -> None:
    long = []
    for name, path in MODULES.items():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST_FILE:
            long.append(f"{name}: {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > LONGEST_FUNCTION:
                long.append(f"{name}.{node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines")
    assert long == []
