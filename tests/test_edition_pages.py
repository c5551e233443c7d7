"""Pages of editions: drafts that only those asked may read, comments and their table, the issued text, what changed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pytest_django import DjangoAssertNumQueries

from plan_tracker.accounts.models import User
from reports.choices import Product, SubmissionState
from reports.choices_editions import EditionState, Handling
from reports.edition_moves import EditionData
from reports.models import Edition, EditionComment, EditionDraft, Expectation
from tests.documents import OpenedPdf
from tests.editions import issue, make_ready, take
from tests.factories import make_entry, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_ready(cast)


@pytest.fixture
def draft(cast: Cast, edition: Edition) -> EditionDraft:
    """The first draft, sent to one district."""
    take(edition, "send_out", cast.reviewer, data=EditionData(bodies=(cast.district,)))
    return edition.drafts.get()


def get(client: Client, user: User, route: str, *args: Any, query: str = "") -> Any:
    client.force_login(user)
    return client.get(reverse(f"reports:{route}", args=args) + query)


def post(client: Client, user: User, route: str, *args: Any, **data: Any) -> Any:
    client.force_login(user)
    return client.post(reverse(f"reports:{route}", args=args), data)


def comment(draft: EditionDraft, cast: Cast, **fields: Any) -> EditionComment:
    values: dict[str, Any] = {"body": cast.district, "text": "Bổ sung số liệu.", "received_on": date(2024, 7, 6)}
    return EditionComment.objects.create(draft=draft, recorded_by=cast.preparer, **(values | fields))


def test_only_those_who_were_asked_read_a_draft(client: Client, cast: Cast, draft: EditionDraft) -> None:
    page = get(client, cast.preparer, "draft_detail", draft.pk)
    assert "Đã mở 12 hội nghị." in page.content.decode()
    for user in (cast.other_preparer, cast.viewer):
        assert get(client, user, "draft_detail", draft.pk).status_code == 404
        assert get(client, user, "draft_docx", draft.pk).status_code == 404
    assert get(client, cast.preparer, "edition_life", draft.edition_id).status_code == 404


def test_a_body_sees_the_draft_as_it_was_sent_and_not_what_is_written_later(
    client: Client, cast: Cast, draft: EditionDraft
) -> None:
    draft.edition.sections.filter(key="direction").update(text="Câu viết sau.", is_own=True)
    assert "Câu viết sau." not in get(client, cast.preparer, "draft_detail", draft.pk).content.decode()
    file = Document(io.BytesIO(get(client, cast.preparer, "draft_docx", draft.pk).content))
    assert "DỰ THẢO LẦN 1" in [row.text for row in file.tables[0].rows[0].cells[0].paragraphs]


def test_a_body_comments_for_itself_and_reads_only_its_own_words(
    client: Client, cast: Cast, draft: EditionDraft
) -> None:
    comment(draft, cast, body=cast.other_district, text="Của nơi khác.")
    answer = post(client, cast.preparer, "draft_detail", draft.pk, body=cast.district.pk, place="II", text="Nêu rõ.")
    assert answer.status_code == 302
    kept = draft.comments.get(body=cast.district)
    assert (kept.place, kept.text, kept.recorded_by) == ("II", "Nêu rõ.", cast.preparer)
    html = get(client, cast.preparer, "draft_detail", draft.pk).content.decode()
    assert "Nêu rõ." in html and "Của nơi khác." not in html


def test_a_body_does_not_speak_for_another(client: Client, cast: Cast, draft: EditionDraft) -> None:
    answer = post(client, cast.preparer, "draft_detail", draft.pk, body=cast.other_district.pk, text="Nêu rõ.")
    assert answer.status_code == 422 and not draft.comments.exists()


def test_a_reviewer_records_what_came_on_paper(client: Client, cast: Cast, draft: EditionDraft) -> None:
    data = {"body": cast.district.pk, "text": "Ý kiến bằng văn bản.", "received_on": "06/07/2024"}
    assert post(client, cast.reviewer, "draft_detail", draft.pk, **data).status_code == 302
    assert draft.comments.get().received_on == date(2024, 7, 6)


def test_a_comment_that_is_refused_keeps_what_was_typed(client: Client, cast: Cast, draft: EditionDraft) -> None:
    answer = post(client, cast.preparer, "draft_detail", draft.pk, body=cast.district.pk, text="Nội dung\nMẬT")
    assert answer.status_code == 422
    assert "Nội dung\nMẬT" in answer.content.decode() and not draft.comments.exists()


def test_no_comment_is_taken_once_the_leader_has_the_report(client: Client, cast: Cast, draft: EditionDraft) -> None:
    take(draft.edition, "hand_up", cast.reviewer)
    answer = post(client, cast.preparer, "draft_detail", draft.pk, body=cast.district.pk, text="Muộn.")
    assert answer.status_code == 409
    assert "không còn nhận ý kiến" in answer.content.decode() and not draft.comments.exists()


def test_every_comment_is_taken_up_or_explained(client: Client, cast: Cast, draft: EditionDraft) -> None:
    row = comment(draft, cast)
    fields = {f"c{row.pk}-handling": "explained", f"c{row.pk}-text": "", f"c{row.pk}-seen": "open"}
    refused = post(client, cast.reviewer, "comment_handle", row.pk, **fields)
    assert refused.status_code == 422 and "giải trình lý do" in refused.content.decode()
    fields[f"c{row.pk}-text"] = "Số liệu lấy theo báo cáo đã gửi."
    assert post(client, cast.reviewer, "comment_handle", row.pk, **fields).status_code == 302
    row.refresh_from_db()
    assert (row.handling, row.handled_by) == (Handling.EXPLAINED, cast.reviewer)
    html = get(client, cast.preparer, "draft_detail", draft.pk).content.decode()
    assert "Số liệu lấy theo báo cáo đã gửi." in html


def test_of_two_who_deal_with_a_comment_the_second_is_told(client: Client, cast: Cast, draft: EditionDraft) -> None:
    row = comment(draft, cast)
    given = {f"c{row.pk}-handling": "taken", f"c{row.pk}-text": "Đã bổ sung.", f"c{row.pk}-seen": "open"}
    post(client, cast.reviewer, "comment_handle", row.pk, **given)
    other = given | {f"c{row.pk}-handling": "explained", f"c{row.pk}-text": "Giữ nguyên."}
    answer = post(client, cast.second_reviewer, "comment_handle", row.pk, **other)
    assert answer.status_code == 409
    assert "Đã bổ sung." in answer.content.decode() and "Giữ nguyên." in answer.content.decode()


def test_the_table_of_comments_is_a_document_too(client: Client, cast: Cast, draft: EditionDraft) -> None:
    comment(draft, cast, handling=Handling.PARTLY, handling_text="Bổ sung số hội nghị.", place="I")
    answer = get(client, cast.leader, "comments_docx", draft.edition_id)
    assert 'filename="tiep-thu-giai-trinh-6-thang-dau-nam-2024.docx"' in answer["Content-Disposition"]
    document = Document(io.BytesIO(answer.content))
    cells = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert cells[0] == ["TT", "Địa phương, cơ quan", "Nội dung góp ý", "Tiếp thu, giải trình"]
    assert cells[1][1] == "Huyện uỷ A\n(dự thảo lần 1)"
    assert cells[1][3] == "Tiếp thu một phần.\nBổ sung số hội nghị."


def test_a_reviewer_sends_a_draft_out_from_its_page(client: Client, cast: Cast, edition: Edition) -> None:
    page = get(client, cast.reviewer, "edition_send_out", edition.pk).content.decode()
    assert "Huyện uỷ A" in page and "Huyện uỷ B" in page
    answer = post(client, cast.reviewer, "edition_send_out", edition.pk, number=1, everybody="on")
    assert answer.status_code == 302
    assert edition.drafts.get().addressees.filter(pk__in=[cast.district.pk, cast.other_district.pk]).count() == 2


def test_the_issue_form_keeps_what_was_typed_and_says_what_is_wrong(
    client: Client, cast: Cast, edition: Edition
) -> None:
    take(edition, "hand_up", cast.reviewer)
    take(edition, "approve", cast.leader)
    assert "BC/BDVTU" in get(client, cast.reviewer, "edition_issue", edition.pk).content.decode()
    typed = {"number": "45-BC/TU", "signed_on": "05/07/2024", "term": "2020 - 2025", "authority": "K/T"}
    typed |= {"position": "PHÓ TRƯỞNG BAN", "signatory": "Người ký A", "place": "Lạng Sơn", "recipients": "- Lưu VPB."}
    answer = post(client, cast.reviewer, "edition_issue", edition.pk, **typed)
    html = answer.content.decode()
    assert answer.status_code == 422 and "không đúng ký hiệu" in html and "45-BC/TU" in html
    assert post(client, cast.reviewer, "edition_issue", edition.pk, **(typed | {"number": "45"})).status_code == 302
    edition.refresh_from_db()
    assert (edition.state, edition.symbol, edition.recipients) == (EditionState.ISSUED, "45-BC/BDVTU", "Lưu VPB")


def test_a_viewer_reads_what_was_issued_and_gets_its_files_byte_for_byte(
    client: Client, cast: Cast, edition: Edition
) -> None:
    assert get(client, cast.viewer, "edition_life", edition.pk).status_code == 404
    issue(edition, cast)
    html = get(client, cast.viewer, "edition_life", edition.pk).content.decode()
    assert "Đã mở 12 hội nghị." in html and "45-BC/BDVTU" in html and "đúng như khi ban hành" in html
    assert "Trình lãnh đạo" not in html
    assert [html.count(mark) for mark in ('href="#issued-files"', 'id="issued-files"')] == [1, 1]
    for file in edition.files.all():
        assert file.name in html
        answer = get(client, cast.viewer, "edition_file", edition.pk, file.name)
        assert answer.content == bytes(file.content)
        assert f'filename="{file.name}"' in answer["Content-Disposition"]


def test_the_frozen_text_comes_in_the_states_layout_too(client: Client, cast: Cast, edition: Edition) -> None:
    issue(edition, cast)
    edition.sections.model.objects.none()
    pdf = OpenedPdf(get(client, cast.viewer, "edition_paper", edition.pk, "pdf", query="?layout=state").content)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pdf.texts()[0] and "Số: 45/BC-BDVTU" in pdf.texts()[0]


def test_what_changed_after_issue_is_shown_figure_by_figure(client: Client, cast: Cast, edition: Edition) -> None:
    issued = issue(edition, cast)
    assert "Không có thay đổi" in get(client, cast.viewer, "edition_changes", issued.pk).content.decode()
    owed = Expectation.objects.get(period=issued.period, body=cast.other_district)
    late = make_submission(owed, cast.other_preparer, SubmissionState.ACCEPTED)
    make_entry(late, "Muộn.", group=issued.period.plan.groups.get(), state="with_results")
    html = " ".join(get(client, cast.viewer, "edition_changes", issued.pk).content.decode().split())
    assert "báo cáo đã đưa vào tổng hợp" in html
    assert 'data-label="Khi ban hành">1</td>' in html and "<b>2</b>" in html
    issued.refresh_from_db()
    assert "Muộn." not in str(issued.content)


def test_an_issued_edition_is_read_as_it_was_frozen(client: Client, cast: Cast, edition: Edition) -> None:
    issue(edition, cast)
    assert get(client, cast.reviewer, "edition_detail", edition.pk).status_code == 302
    tampered = Edition.objects.get(pk=edition.pk)
    assert tampered.content
    html = get(client, cast.reviewer, "edition_life", edition.pk).content.decode()
    assert "Lập bản đính chính" in html


@pytest.mark.parametrize("route", ["edition_index", "edition_life", "edition_comments", "draft_detail"])
def test_pages_ask_few_questions_however_much_there_is(
    client: Client, cast: Cast, draft: EditionDraft, django_assert_max_num_queries: DjangoAssertNumQueries, route: str
) -> None:
    for place in range(12):
        comment(draft, cast, text=f"Ý kiến {place}")
    client.force_login(cast.reviewer)
    args = {"edition_index": [], "draft_detail": [draft.pk]}.get(route, [draft.edition_id])
    with django_assert_max_num_queries(12 if route != "edition_life" else 20):
        assert client.get(reverse(f"reports:{route}", args=args)).status_code == 200


def test_each_product_is_the_paper_of_its_own_issuer(client: Client, cast: Cast) -> None:
    edition = make_ready(cast, Product.STANDING)
    edition.issuer.kind = "standing_committee"
    edition.issuer.save()
    text = OpenedPdf(get(client, cast.reviewer, "edition_paper", edition.pk, "pdf").content).texts()
    assert "T/M BAN THƯỜNG VỤ" in " ".join(text)
    assert "Ban Bí thư Trung ương Đảng" in " ".join(text)
