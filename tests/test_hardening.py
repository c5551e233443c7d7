"""What holds on every route: headers, tokens of forms, no way to other sites, no unknown host, no page of DEBUG."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django.fixtures import Settings

from tests.access_rows import POSTS, READS
from tests.access_table import Row
from tests.access_world import World, make_world
from tests.people import PASSWORD, make_user

ROOT = Path(__file__).resolve().parent.parent
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DIRECTIVES = (
    "default-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)
ELSEWHERE = (
    "https://example.com/",
    "//example.com/",
    "///example.com/",
    "http:example.com",
    "\\\\example.com",
    "/\\example.com",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://example.com",
    "https:///example.com",
    "\thttps://example.com",
)
SECRETS = (
    r"-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----",
    r"AKIA[0-9A-Z]{16}",
    r"(?i)(secret_key|api_key|auth_token)\s*=\s*[\"'][A-Za-z0-9_\-]{24,}[\"']",
    r"postgres(ql)?://[a-z_]+:(?!password|secret)[^@{}\s\"']{6,}@",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The people and the rows that the tables of access speak of."""
    return make_world()


def addresses(world: World) -> Iterator[tuple[Row, str]]:
    """Yield every row of the table of access with its address."""
    for row in READS:
        yield row, reverse(row.route, args=row.args(world))


def faults_of(headers: dict[str, str]) -> list[str]:
    """Return which headers of safety an answer lacks."""
    policy = headers.get("Content-Security-Policy", "")
    missing = [name for name, value in HEADERS.items() if headers.get(name) != value]
    missing += [part for part in DIRECTIVES if part not in policy]
    missing += ["unsafe"] if "unsafe" in policy else []
    kept = headers.get("Cache-Control", "")
    missing += [] if "private" in kept or "no-store" in kept else ["Cache-Control"]
    missing += [] if "camera=()" in headers.get("Permissions-Policy", "") else ["Permissions-Policy"]
    return missing


@pytest.mark.parametrize("role", ["anonymous", "sender", "reviewer", "admin"])
def test_every_answer_carries_the_headers_of_safety(world: World, role: str, client: Client) -> None:
    wrong = []
    for row, address in addresses(world):
        client.logout()
        if role != "anonymous":
            client.force_login(world.people[role])
        response = client.get(address)
        response.getvalue()
        if missing := faults_of(dict(response.headers)):
            wrong.append(f"{row.route}: {missing}")
    assert not wrong, "\n".join(wrong)


def test_over_https_a_browser_is_told_to_stay_there(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    answer = Client().get("/tai-khoan/dang-nhap/", secure=True)
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")


def test_no_form_counts_without_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["admin"])
    wrong = []
    for row, address in addresses(world):
        if row.route.startswith("targets:api_"):
            continue  # other systems come with a token of their own and no cookie
        for method in ("post", "put", "patch", "delete"):
            status = getattr(client, method)(address).status_code
            if status != 403:
                wrong.append(f"{method} {row.route}: {status}")
    assert not wrong, "\n".join(wrong)


def test_no_form_of_the_administration_counts_without_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["admin"])
    names = [name for name in get_resolver().namespace_dict["admin"][1].reverse_dict if isinstance(name, str)]
    asked = [reverse(f"admin:{name}") for name in names if name.endswith(("_add", "_changelist", "_import"))]
    assert len(asked) > 60
    assert [address for address in asked if client.post(address).status_code != 403] == []


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_way_leads_to_another_site(wanted: str) -> None:
    user = make_user("can_bo")
    outside, inside = Client(), Client()
    inside.force_login(user)
    answers = [
        outside.post("/tai-khoan/dang-nhap/", {"username": "can_bo", "password": PASSWORD, "next": wanted}),
        inside.get("/tai-khoan/dang-nhap/", {"next": wanted}),
        inside.post("/tai-khoan/mo-khoa/", {"password": PASSWORD, "next": wanted}),
        inside.post("/tai-khoan/ngon-ngu/", {"language": "vi", "next": wanted}),
    ]
    assert [answer.status_code for answer in answers] == [302] * 4
    assert [answer["Location"] for answer in answers if not re.match(r"/(?![/\\])", answer["Location"])] == []


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "localhost@example.com", "exa mple", "a/b"])
def test_an_unknown_host_is_refused(host: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    assert Client().get("/tai-khoan/dang-nhap/", headers={"host": host}).status_code == 400


def test_a_page_of_trouble_tells_nothing_of_the_inside(client: Client) -> None:
    client.force_login(make_user("can_bo"))
    for path in ("/khong-co/", "/ky-bao-cao/999999/", "/static/khong-co.css"):
        text = client.get(path).content.decode()
        assert not re.search(r"Traceback|Django Version|urlpatterns|settings\.py|site-packages", text)


def test_a_portal_on_the_internet_does_not_start_with_debug() -> None:
    from tests.test_settings import KEY, start  # noqa: PLC0415 - one other file knows how to start it

    result = start(SECRET_KEY=KEY, DEBUG="1", HTTPS="1")
    assert result.returncode != 0
    assert "DEBUG" in result.stderr.splitlines()[-1]


def test_the_checks_of_deployment_find_nothing(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.ALLOWED_HOSTS = ["portal.example.vn"]
    call_command("check", deploy=True, fail_level="WARNING")


def test_no_secret_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".mo", ".docx", ".xlsx", ".pdf"} or name.startswith("tests/"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {pattern}" for pattern in SECRETS if re.search(pattern, text)]
    assert found == []
    assert not [name for name in listed.stdout.splitlines() if Path(name).name in {".env", ".secret_key"}]


def test_every_row_of_the_table_of_posts_is_known_to_the_table_of_reads() -> None:
    assert {row.route for row in POSTS} <= {row.route for row in READS}
