"""The register of issued documents: a body records, corrects and removes its own, and nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.models import Body, IssuedDocument
from tests.factories import make_body
from tests.form_pages import Scene, make_scene, page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def typed(scene: Scene, **more: Any) -> dict[str, Any]:
    data = {"body": scene.cast.district.pk, "kind": "KH", "symbol": " 45-KH/HU ", "issued_on": "28/6/2024"}
    return data | {"title": "Kế hoạch thực hiện", "assignments": [scene.dated.pk], "tasks": []} | more


def recorded(scene: Scene, body: Body | None = None, symbol: str = "45-KH/HU") -> IssuedDocument:
    return IssuedDocument.objects.create(
        plan=scene.plan,
        body=body or scene.cast.district,
        kind="KH",
        symbol=symbol,
        issued_on=date(2024, 6, 28),
        title="Kế hoạch",
    )


def test_a_document_is_recorded_with_what_it_serves(scene: Scene) -> None:
    response = signed_in(scene.cast.preparer).post(page("register_create"), typed(scene))
    document = IssuedDocument.objects.get()
    assert response["Location"] == page("register_list")
    assert (document.symbol, document.issued_on, document.body) == ("45-KH/HU", date(2024, 6, 28), scene.cast.district)
    assert list(document.assignments.all()) == [scene.dated]
    assert document.recorded_by == scene.cast.preparer
    assert "45-KH/HU" in signed_in(scene.cast.sender).get(page("register_list")).content.decode()


@pytest.mark.parametrize(
    ("field", "text"), [("issued_on", "30/2/2024"), ("symbol", ""), ("title", "MẬT"), ("kind", "XX")]
)
def test_a_wrong_field_is_said_and_the_rest_is_kept(scene: Scene, field: str, text: str) -> None:
    response = signed_in(scene.cast.preparer).post(page("register_create"), typed(scene, **{field: text}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not IssuedDocument.objects.exists()


def test_the_same_document_is_not_recorded_twice(scene: Scene) -> None:
    recorded(scene)
    assert signed_in(scene.cast.preparer).post(page("register_create"), typed(scene)).status_code == 422
    assert IssuedDocument.objects.count() == 1


def test_a_document_is_corrected_and_taken_out(scene: Scene) -> None:
    document = recorded(scene)
    client = signed_in(scene.cast.preparer)
    assert "28/06/2024" in client.get(page("register_edit", document.pk)).content.decode()
    client.post(page("register_edit", document.pk), typed(scene, symbol="46-KH/HU"))
    document.refresh_from_db()
    assert document.symbol == "46-KH/HU"
    assert client.get(page("register_delete", document.pk)).status_code == 405
    client.post(page("register_delete", document.pk))
    assert not IssuedDocument.objects.exists()


def test_nobody_writes_in_the_register_of_another_body(scene: Scene) -> None:
    document = recorded(scene)
    other = signed_in(scene.cast.other_preparer)
    assert other.get(page("register_edit", document.pk)).status_code == 404
    assert other.post(page("register_delete", document.pk)).status_code == 404
    assert other.post(page("register_create"), typed(scene)).status_code == 422
    assert signed_in(scene.cast.viewer).get(page("register_list")).status_code == 403
    assert list(IssuedDocument.objects.all()) == [document]


def test_a_body_also_keeps_the_register_of_one_that_reports_through_it(scene: Scene) -> None:
    party_group = make_body("dd-a", reports_through=scene.cast.district)
    response = signed_in(scene.cast.preparer).post(page("register_create"), typed(scene, body=party_group.pk))
    assert response.status_code == 302
    assert IssuedDocument.objects.get().body == party_group


def test_the_list_takes_as_many_queries_for_many_documents_as_for_one(scene: Scene) -> None:
    client = signed_in(scene.cast.preparer)
    counts = []
    for number in range(1, 30):
        recorded(scene, symbol=f"{number}-KH/HU").tasks.add(scene.tasks["1.1"])
        if number in {1, 29}:
            with CaptureQueriesContext(connection) as captured:
                client.get(page("register_list"))
            counts.append(len(captured))
    assert counts[1] <= counts[0] <= 12
