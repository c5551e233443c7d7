"""What was sent is kept and read as it was: the delivery, its receipt on a page and as a PDF, the whole exchange."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import Delivery, Entry, Expectation, Period, Submission
from reports.remarks import answer, ask
from reports.signed_copies import CopyData
from reports.workflow import StepData, take_step
from tests.factories import at
from tests.people import Cast, standing
from tests.review_pages import asked_period, own, send, signed_in, step

pytestmark = pytest.mark.django_db
FIRST, SECOND = (b"%PDF-1.4\n%" + word + b"\n1 0 obj\n<<>>\nendobj\n" for word in (b"first", b"second"))


@pytest.fixture
def period(cast: Cast) -> Period:
    return asked_period(cast)


@pytest.fixture
def report(cast: Cast, period: Period) -> Submission:
    """A report that was sent."""
    return send(own(period, cast), cast)


def address(name: str, report: Submission, number: int = 1) -> str:
    return reverse(f"reports:{name}", args=[report.pk, number])


def returned(cast: Cast, report: Submission) -> Submission:
    """The report, asked about, answered and with other words in it."""
    step(report, "receive", cast.reviewer)
    remark = ask(report.expectation, report, "group:2", "Nêu rõ số hội nghị.", actor=cast.reviewer, at=at(10, 10))
    back = step(report, "return", cast.reviewer, 11)
    answer(remark, "Đã bổ sung.", actor=cast.preparer, at=at(10, 12))
    Entry.objects.filter(submission=report, group__number=2).update(text="Đã tổ chức 20 hội nghị.")
    return back


def scanned(report: Submission, cast: Cast, content: bytes, symbol: str, hour: int) -> Submission:
    """Send with a scan."""
    copy = CopyData(symbol, date(2024, 6, 10), "A", scan=SimpleUploadedFile("bao-cao.pdf", content))
    data = StepData(declared_no_secret=True, copy=copy)
    return take_step(report, "send", actor=cast.sender, standing=standing(cast.sender), at=at(10, hour), data=data)


def test_a_delivery_reads_as_it_was_sent_whatever_became_of_the_report(cast: Cast, report: Submission) -> None:
    returned(cast, report)
    step(report, "send", cast.sender, 13)
    client = signed_in(cast.preparer)
    first = client.get(address("delivery_detail", report)).content.decode()
    second = client.get(address("delivery_detail", report, 2)).content.decode()
    assert "Đã tổ chức 20 hội nghị." not in first and first.count("Đã tổ chức 04 hội nghị.") == 3
    assert "Đã tổ chức 20 hội nghị." in second
    assert first.index("Nhóm 1") < first.index("Nhóm 2") < first.index("Nhóm 3") < first.index("1,240")


def test_the_receipt_names_number_moment_and_the_hash_of_the_content_that_can_be_had(
    cast: Cast, report: Submission
) -> None:
    client, delivery = signed_in(cast.sender), Delivery.objects.get()
    page = client.get(address("delivery_receipt", report)).content.decode()
    assert f"BN-{delivery.pk:06d}" in page and "09:00 10/06/2024" in page and delivery.sha256 in page
    content = client.get(address("delivery_content", report)).content
    assert hashlib.sha256(content).hexdigest() == delivery.sha256


def test_the_receipt_as_a_pdf_says_the_same_and_is_the_same_each_time(cast: Cast, report: Submission) -> None:
    client, delivery = signed_in(cast.sender), Delivery.objects.get()
    content = client.get(address("delivery_receipt_pdf", report)).content
    assert content == client.get(address("delivery_receipt_pdf", report)).content
    document = pypdfium2.PdfDocument(BytesIO(content))
    words = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert len(document) == 1
    for said in (f"BN-{delivery.pk:06d}", "Huyện uỷ A", "09:00 10/06/2024", "45-BC/HU", "đúng hạn", "Người gửi"):
        assert said in words
    assert delivery.sha256 in words.replace(" ", "")


def test_a_late_and_a_recalled_delivery_say_so(cast: Cast, period: Period) -> None:
    Period.objects.filter(pk=period.pk).update(due_at=at(8, 16))
    report = send(own(period, cast), cast)
    step(report, "recall", cast.sender, 10)
    page = signed_in(cast.sender).get(address("delivery_receipt", report)).content.decode()
    assert "came 2 days late" in page and "This delivery was recalled" in page


@pytest.mark.parametrize(
    ("first", "said"), [(8, "its first delivery came in time"), (9, "its first delivery came 1 day late")]
)
def test_sent_again_after_a_return_it_is_no_later_than_it_was(
    cast: Cast, period: Period, first: int, said: str
) -> None:
    Period.objects.filter(pk=period.pk).update(due_at=at(8, 16))
    report = send(own(period, cast), cast)
    Expectation.objects.filter(pk=report.expectation_id).update(first_delivered_at=at(first))
    page = signed_in(cast.sender).get(address("delivery_receipt", report)).content.decode()
    assert said in page
    assert "came 2 days late" not in page


def test_a_content_that_was_tampered_with_is_told(cast: Cast, report: Submission) -> None:
    delivery = Delivery.objects.get()
    delivery.content["entries"][0]["text"] = "Khác."
    delivery.save()
    page = signed_in(cast.reviewer).get(address("delivery_detail", report)).content.decode()
    assert "no longer gives its hash" in page


def test_each_delivery_keeps_its_own_scan(cast: Cast, period: Period) -> None:
    report = own(period, cast)
    sent = scanned(step(send(report, cast), "recall", cast.sender, 10), cast, FIRST, "45-BC/HU", 11)
    back = returned(cast, sent)
    scanned(back, cast, SECOND, "46-BC/HU", 14)
    client = signed_in(cast.reviewer)
    scans = [b"".join(client.get(address("delivery_scan", sent, number))) for number in (2, 3)]
    assert scans == [FIRST, SECOND]
    assert client.get(address("delivery_scan", sent, 1)).status_code == 404


def test_both_sides_read_the_whole_exchange(cast: Cast, report: Submission) -> None:
    returned(cast, report)
    step(report, "send", cast.sender, 13)
    step(report, "receive", cast.second_reviewer, 14)
    step(report, "accept", cast.second_reviewer, 15)
    for user in (cast.preparer, cast.sender, cast.reviewer, cast.leader):
        page = signed_in(user).get(reverse("reports:report_exchange", args=[report.pk])).content.decode()
        for said in ("Nêu rõ số hội nghị.", "Đã bổ sung.", "Settled by Second Reviewer at 15:00 10/06/2024"):
            assert said in page
        assert page.count('class="timeline"') == 1 and page.count("<time ") == 6
    assert signed_in(cast.viewer).get(reverse("reports:report_exchange", args=[report.pk])).status_code == 404
