"""The Vietnamese words of documents. They are what a signed paper prints, whatever language the reader's screen has."""

from __future__ import annotations

from reports.choices import Addressee
from targets.choices import ObservationStatus
from tasks.choices import DeadlineKind, DocumentKind, WorkState

STATES = {
    WorkState.NOT_STARTED: "Chưa triển khai",
    WorkState.IN_PROGRESS: "Đang triển khai",
    WorkState.WITH_RESULTS: "Triển khai có kết quả",
    WorkState.IN_DIFFICULTY: "Có khó khăn, vướng mắc",
    WorkState.NOT_OURS: "Không thuộc nhiệm vụ của cơ quan, đơn vị",
    WorkState.SEPARATE: "Có báo cáo riêng theo chế độ bảo mật",
    WorkState.NOT_DONE: "Chưa thực hiện",
    WorkState.DOING: "Đang thực hiện",
    WorkState.DONE: "Hoàn thành",
}
DEADLINES = {
    DeadlineKind.FIXED: "Có thời hạn",
    DeadlineKind.ONGOING: "Thường xuyên",
    DeadlineKind.ON_TRIGGER: "Khi có chỉ đạo",
    DeadlineKind.UNSPECIFIED: "Không nêu thời hạn",
}
DOCUMENTS = {
    DocumentKind.RESOLUTION: "nghị quyết",
    DocumentKind.DIRECTIVE: "chỉ thị",
    DocumentKind.CONCLUSION: "kết luận",
    DocumentKind.PROGRAMME: "chương trình hành động",
    DocumentKind.PLAN: "kế hoạch",
    DocumentKind.DECISION: "quyết định, quy định",
    DocumentKind.GUIDANCE: "hướng dẫn",
    DocumentKind.PROJECT: "đề án",
    DocumentKind.REPORT: "báo cáo",
    DocumentKind.NOTICE: "thông báo",
    DocumentKind.LETTER: "công văn",
    DocumentKind.OTHER: "văn bản khác",
}
FIRMNESS = {
    ObservationStatus.OFFICIAL: "chính thức",
    ObservationStatus.PRELIMINARY: "sơ bộ",
    ObservationStatus.ESTIMATE: "ước thực hiện",
    ObservationStatus.REPORTED: "theo báo cáo",
}
ADDRESSEES = {
    Addressee.CENTRE: "Đối với Trung ương",
    Addressee.PROVINCE: "Đối với Tỉnh uỷ, Ban Thường vụ Tỉnh uỷ",
    Addressee.PEOPLES_COMMITTEE: "Đối với Uỷ ban nhân dân tỉnh",
    Addressee.OTHER: "Đối với các cơ quan, đơn vị khác",
}


def addressed_to(addressee: Addressee, summarizer: str) -> str:
    """Return the heading over what is asked of an addressee; the body that sums up goes by its name of that day."""
    if addressee == Addressee.MASS_MOBILIZATION:
        return f"Đối với {summarizer or 'cơ quan tổng hợp báo cáo'}"
    return ADDRESSEES[addressee]
