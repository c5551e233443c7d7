"""Fifty hostile texts in every text field of every row: no page runs one of them as code, and every file opens."""

from __future__ import annotations

import os
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse

from tests.access_rows import READS
from tests.access_world import World, make_world

PAYLOADS = (
    "<xss>",
    "<xss/onload=1>",
    '"><xss>',
    "'><xss>",
    '" onfocus=xss() x="',
    "' onfocus=xss() x='",
    "<script>xss()</script>",
    "</script><script>xss()</script>",
    "</title><xss>",
    "</textarea><xss>",
    "</style><xss>",
    "</option></select><xss>",
    "--><xss>",
    "]]><xss>",
    "<img src=x onerror=xss()>",
    "<svg onload=xss()>",
    "<svg/onload=xss()>",
    "<svg><script>xss()</script>",
    "<math><xss>",
    "<body onload=xss()>",
    "<iframe src=javascript:xss()>",
    "<object data=javascript:xss()>",
    "<embed src=javascript:xss()>",
    "<a href=javascript:xss()>x</a>",
    "javascript:xss()",
    "JaVaScRiPt:xss()",
    "java\tscript:xss()",
    "&#106;avascript:xss()",
    "data:text/html,<script>xss()</script>",
    "vbscript:xss()",
    "<details open ontoggle=xss()>",
    "<video><source onerror=xss()>",
    "<audio src onerror=xss()>",
    "<input autofocus onfocus=xss()>",
    "<select autofocus onfocus=xss()>",
    "<marquee onstart=xss()>",
    "<form><button formaction=javascript:xss()>",
    "<base href=//example.com/>",
    "<link rel=stylesheet href=//example.com>",
    "<meta http-equiv=refresh content=0>",
    "<style>@import'//example.com'</style>",
    "<template><xss></template>",
    "{{ xss }}{% xss %}",
    "{{ request.user.password }}",
    "%3Cxss%3E",
    "&lt;xss&gt;",
    "&amp;lt;xss&amp;gt;",
    "\\u003cxss\\u003e",
    "<xss\x0b>",
    "＜xss＞",
)
LONG = os.environ.get("SOAK") == "1"
# The short form: out of an attribute, a text and a name of a sheet, and into a template at once.
CHOSEN = PAYLOADS if LONG else ("'\"/><img src=x onerror=xss()>{{ xss }}:\x0b",)
OURS = ("accounts", "tasks", "targets", "reports")
# What an address or a layer below is built from is checked where it is entered.
KEPT = {
    "code",
    "key",
    "username",
    "password",
    "digest",
    "token_hash",
    "language",
    "session_key",
    "session_data",
    "sha256",
}
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster"}
ROLES = ("preparer", "reviewer", "viewer", "admin") if LONG else ("preparer", "reviewer", "admin")

pytestmark = pytest.mark.django_db


class Inspector(HTMLParser):
    """Notes everything that a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element as a browser does."""
        values = dict(attrs)
        if tag.startswith("xss") or tag in {"iframe", "embed", "object", "base", "marquee"}:
            self.found.append(tag)
        if tag in {"script", "style"} and not values.get("src") and values.get("type") != "application/json":
            self.found.append(f"inline {tag}")
        self.found += [f"{tag} {name}" for name in values if name.startswith("on")]
        for name in ADDRESSES & values.keys():
            plain = "".join((values[name] or "").split()).lower()
            if plain.startswith(("javascript:", "vbscript:", "data:text", "//")):
                self.found.append(f"{tag} {name}={plain[:30]}")


def text_fields(model: type[models.Model]) -> list[str]:
    """Return the fields of a model into which people write."""
    return [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.unique
        and field.name not in KEPT
        and not field.name.endswith(("_key", "_hash", "_digest", "token", "_ref"))
    ]


def poison(payload: str) -> int:
    """Write a hostile text into every text field of every row that takes it; return how many did."""
    written = 0
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for row in model._default_manager.all():
                for name in text_fields(model):
                    size = getattr(model._meta.get_field(name), "max_length", None)
                    if size is not None and size < len(payload):
                        continue
                    try:
                        with transaction.atomic():
                            model._default_manager.filter(pk=row.pk).update(**{name: payload})
                        written += 1
                    except DatabaseError:
                        continue
    return written


def opened(content: bytes) -> None:
    """Open a file as an office does: every part of it that is XML is well formed."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return
    with zipfile.ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(file.read(name))  # noqa: S314 - our own file


@pytest.fixture
def world() -> World:
    """The people and the rows that the tables of access speak of."""
    return make_world()


@pytest.mark.parametrize("payload", CHOSEN)
def test_no_page_runs_a_hostile_text_and_every_file_opens(world: World, payload: str) -> None:
    assert poison(payload) > 60
    wrong = []
    for role in ROLES:
        client = Client()
        client.force_login(world.people[role])
        for row in READS:
            if row.route.endswith("_pdf") and not LONG:
                continue
            answer = client.get(reverse(row.route, args=row.args(world)))
            content = answer.getvalue()
            if "text/html" in answer.headers.get("Content-Type", ""):
                inspector = Inspector()
                inspector.feed(content.decode())
                wrong += [f"{row.route} as {role}: {found}" for found in inspector.found]
            else:
                opened(content)
    assert not wrong, "\n".join(sorted(set(wrong)))
