"""What was issued stays: no way of writing changes it, in either database; only superseding is let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from reports.choices import SubmissionState
from reports.choices_editions import EditionState
from reports.demo.removal import remove_demonstration
from reports.models import Edition, EditionDraft, EditionFile, EditionSection, EditionStep, IssuedStays, SectionSource
from tests.editions import give_parts, make_edition, set_issued
from tests.factories import at, make_period, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db
REFUSED = (IssuedStays, IntegrityError)


def issued(cast: Cast, **fields: Any) -> tuple[Edition, dict[str, Any]]:
    """Return an issued edition with its parts."""
    period = make_period(bodies=[cast.district], **fields)
    report = make_submission(period.expectations.get(), cast.preparer, SubmissionState.ACCEPTED)
    edition = make_edition(period, cast)
    parts = give_parts(edition, cast, report)
    return set_issued(edition, cast), parts


def refused(act: Callable[[], Any]) -> None:
    """Expect that an act is refused and leaves nothing behind."""
    with pytest.raises(REFUSED), transaction.atomic():
        act()


def bulk_changed(row: Any, field: str) -> None:
    setattr(row, field, "Khác")
    type(row).objects.bulk_update([row], [field])


def test_an_issued_edition_is_not_saved_updated_or_removed(cast: Cast) -> None:
    edition, _parts = issued(cast)
    rows = Edition.objects.filter(pk=edition.pk)
    before = rows.values().get()
    acts: list[Callable[[], Any]] = [
        edition.save,
        edition.delete,
        rows.delete,
        lambda: rows.update(content={"sections": ["khác"]}),
        lambda: rows.update(facts={"khác": 1}),
        lambda: rows.update(sha256="1" * 64),
        lambda: rows.update(symbol="46-BC/BDVTU", number=46),
        lambda: rows.update(signed_on=at().date()),
        lambda: rows.update(state=EditionState.DRAFT),
        lambda: rows.update(is_demo=True),
        lambda: bulk_changed(edition, "signatory"),
    ]
    for act in acts:
        refused(act)
    assert rows.values().get() == before


@pytest.mark.parametrize(
    ("name", "field"),
    [("section", "text"), ("source", "text"), ("file", "name"), ("comment", "text"), ("draft", "sha256")],
)
def test_no_part_of_an_issued_edition_is_changed_or_removed(cast: Cast, name: str, field: str) -> None:
    _edition, parts = issued(cast)
    row = parts[name]
    rows = type(row).objects.filter(pk=row.pk)
    refused(lambda: rows.update(**{field: "Khác"}))
    refused(rows.delete)
    refused(lambda: bulk_changed(row, field))
    refused(row.save)
    refused(row.delete)
    assert getattr(rows.get(), field) != "Khác"


def test_nothing_is_added_to_an_issued_edition_but_a_later_step(cast: Cast) -> None:
    edition, parts = issued(cast)
    refused(lambda: EditionSection.objects.bulk_create([EditionSection(edition=edition, key="II")]))
    refused(
        lambda: EditionFile.objects.bulk_create(
            [EditionFile(edition=edition, name="b", content=b"", size=0, sha256="0", made_at=at())]
        )
    )
    values = {"from_state": "issued", "to_state": "superseded", "taken_by": cast.leader, "taken_at": at()}
    step = EditionStep.objects.create(edition=edition, step="supersede", **values)
    refused(lambda: EditionStep.objects.filter(pk=step.pk).update(reason="Khác"))
    refused(lambda: EditionStep.objects.filter(pk=parts["step"].pk).delete())


def test_a_part_is_not_moved_into_or_out_of_an_issued_edition(cast: Cast) -> None:
    edition, parts = issued(cast)
    other = make_edition(edition.period, cast, version=2)
    section = EditionSection.objects.create(edition=other, key="II")
    refused(lambda: EditionSection.objects.filter(pk=section.pk).update(edition=edition))
    refused(lambda: EditionSection.objects.filter(pk=parts["section"].pk).update(edition=other))
    refused(lambda: SectionSource.objects.filter(pk=parts["source"].pk).update(section=section))


def test_plain_sql_is_refused_too(cast: Cast) -> None:
    edition, _parts = issued(cast)
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("UPDATE reports_editionfile SET size = 3"))
        refused(lambda: cursor.execute("DELETE FROM reports_edition WHERE id = %s", [edition.pk]))


def test_a_newer_edition_supersedes_and_the_superseded_one_stays_so(cast: Cast) -> None:
    edition, _parts = issued(cast)
    rows = Edition.objects.filter(pk=edition.pk)
    assert rows.update(state=EditionState.SUPERSEDED) == 1
    refused(lambda: rows.update(state=EditionState.ISSUED))
    refused(lambda: rows.update(place="Khác"))


def test_a_draft_that_was_sent_out_is_never_reworded(cast: Cast) -> None:
    period = make_period(bodies=[cast.district])
    report = make_submission(period.expectations.get(), cast.preparer, SubmissionState.ACCEPTED)
    parts = give_parts(make_edition(period, cast), cast, report)
    refused(lambda: EditionDraft.objects.filter(pk=parts["draft"].pk).update(content={"khác": 1}))


def test_the_demonstration_goes_with_its_issued_editions_and_nothing_else(cast: Cast) -> None:
    edition, _parts = issued(cast, is_demo=True)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SUPERSEDED)
    newer = make_edition(edition.period, cast, version=2, supersedes=edition)
    set_issued(newer, cast, number=46, symbol="46-BC/BDVTU")
    refused(lambda: Edition.objects.filter(pk=newer.pk).update(place="Khác"))
    remove_demonstration()
    assert not Edition.objects.exists()
