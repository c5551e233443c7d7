"""The Vietnamese catalogue: every string has its translation, and the compiled file is the one of the catalogue."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from plan_tracker import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")


@pytest.fixture(scope="module")
def built() -> polib.POFile:
    return catalogue.built(settings.BASE_DIR)


def test_every_string_has_a_vietnamese_translation(built: polib.POFile) -> None:
    missing = catalogue.untranslated(built)
    assert not missing, f"{len(missing)} strings, such as {missing[:5]}; `make catalogue` names them all"


def test_the_catalogue_and_its_compiled_form_are_in_step_with_the_code(built: polib.POFile) -> None:
    assert catalogue.in_step(built), "run `make catalogue` and commit what it wrote"


def test_the_catalogue_has_no_leftovers() -> None:
    written = polib.pofile(str(catalogue.CATALOGUE))
    assert written.obsolete_entries() == []
    assert written.fuzzy_entries() == []


def test_no_translation_stands_for_a_string_that_is_gone(built: polib.POFile) -> None:
    living = {(entry.msgid, entry.msgctxt or "") for entry in built}
    assert sorted(set(catalogue.translations()) - living) == []


def test_a_translation_keeps_its_placeholders(built: polib.POFile) -> None:
    different = [
        entry.msgid
        for entry in built
        for text in [entry.msgstr or entry.msgstr_plural.get(0, "")]
        if text
        and sorted(set(PLACEHOLDER.findall(text)))
        != sorted(set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)))
    ]
    assert different == []


def test_two_parts_never_translate_one_string_in_two_ways() -> None:
    seen: dict[tuple[str, str], str] = {}
    different = []
    for path in sorted(set(catalogue.PARTS.glob("*.po")) - {catalogue.THIRD_PARTY}):
        for entry in catalogue.read(path):
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            if seen.setdefault((entry.msgid, entry.msgctxt or ""), text) != text:
                different.append(f"{path.name}: {entry.msgid}")
    assert different == []


def test_strings_are_found_in_code_and_in_templates() -> None:
    code = 'x = _("one"); y = npgettext_lazy("paper", "sheet", "sheets", 2)\n'
    template = (
        "{% load i18n %}\n  {% translate 'two' context 'of days' %}{{ _('three')|upper }}\n"
        " {# no #} it's 5 % {% blocktranslate %}a {{ b }} % c{% endblocktranslate %}"
    )
    found = {*catalogue.messages_in(code), *catalogue.messages_in(catalogue.python_like(template))}
    assert found == {
        catalogue.Message("one"),
        catalogue.Message("sheet", "paper", "sheets"),
        catalogue.Message("two", "of days"),
        catalogue.Message("three"),
        catalogue.Message("a %(b)s %% c"),
    }


def test_what_other_packages_leave_in_english_is_vietnamese_too() -> None:
    with override("vi"):
        assert gettext("Confirm import") == "Xác nhận nhập dữ liệu"
        assert ngettext("%(num)d week", "%(num)d weeks", 3) == "%(num)d tuần"
