"""The words of the demonstration reports, by task group; the caller puts in the numbers, so text and table agree."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SIGNATORY = "(chữ ký minh hoạ)"
MARK = "Dữ liệu minh hoạ."

# Group 0 stands for the items of section IV.
RESULTS: dict[int, tuple[str, ...]] = {
    0: (
        "Đã ban hành kế hoạch thực hiện, phân công rõ trách nhiệm từng đồng chí cấp uỷ viên; thực hiện {inspections} "
        "cuộc kiểm tra, đôn đốc ở cơ sở.",
        "Cụ thể hoá nội dung Kế hoạch trong chương trình công tác năm; định kỳ đánh giá trong hội nghị cấp uỷ, "
        "{supervisions} cuộc giám sát chuyên đề.",
        "Chỉ đạo các cơ quan, đơn vị trực thuộc xây dựng kế hoạch, gắn với nhiệm vụ chính trị của địa phương, đơn vị.",
    ),
    1: (
        "Tổ chức {meetings} hội nghị quán triệt Nghị quyết số 43-NQ/TW và Kế hoạch của Ban Thường vụ Tỉnh uỷ với "
        "{attendees} lượt người dự; tuyên truyền trên hệ thống truyền thanh cơ sở và trang thông tin điện tử.",
        "Lồng ghép quán triệt Nghị quyết trong sinh hoạt chi bộ và họp thôn, tổ dân phố; mở {meetings} hội nghị với "
        "{attendees} lượt người dự; biên soạn tài liệu hỏi - đáp bằng tiếng Việt kết hợp tiếng Tày, Nùng.",
        "Duy trì chuyên mục đại đoàn kết toàn dân tộc trên truyền thanh cơ sở; tổ chức {meetings} hội nghị, "
        "{attendees} lượt người dự; nắm bắt, phản ánh kịp thời tâm tư, nguyện vọng của Nhân dân.",
    ),
    2: (
        "Chỉ đạo Mặt trận Tổ quốc, các tổ chức chính trị - xã hội cụ thể hoá chương trình công tác; phát huy vai trò "
        "người có uy tín trong đồng bào dân tộc thiểu số, quan tâm người cao tuổi, phụ nữ và thế hệ trẻ.",
        "Triển khai các phong trào của công nhân, nông dân, thanh niên, phụ nữ, cựu chiến binh; hỗ trợ hội viên phát "
        "triển kinh tế; gặp mặt doanh nghiệp, hợp tác xã để tháo gỡ khó khăn trong sản xuất, kinh doanh.",
    ),
    3: (
        "Cấp uỷ viên được phân công phụ trách cơ sở dự sinh hoạt chi bộ khu dân cư đúng quy định; hoàn thành "
        "{inspections} cuộc kiểm tra, {supervisions} cuộc giám sát theo chương trình.",
        "Thực hiện nghiêm quy định về trách nhiệm nêu gương; kiểm tra {inspections} cuộc, giám sát {supervisions} "
        "cuộc; chấn chỉnh nền nếp sinh hoạt ở các chi bộ thôn, tổ dân phố.",
    ),
    4: (
        "Chính quyền các cấp tiếp xúc, đối thoại với Nhân dân {dialogues} cuộc; tiếp nhận {opinions} ý kiến, đã giải "
        "quyết {answered} ý kiến; duy trì mô hình Chính quyền thân thiện tại bộ phận một cửa.",
        "Đẩy mạnh cải cách thủ tục hành chính, chuyển đổi số ở cơ sở; tổ chức {dialogues} cuộc đối thoại với "
        "{opinions} ý kiến, trả lời trực tiếp {answered} ý kiến.",
    ),
    5: (
        "Vận động hỗ trợ xoá {houses} nhà tạm, nhà dột nát; lồng ghép nguồn lực các chương trình mục tiêu quốc gia "
        "để hỗ trợ sinh kế, đào tạo nghề cho lao động nông thôn.",
        "Tập trung giảm nghèo bền vững, xây dựng nông thôn mới; khởi công, hoàn thành {houses} nhà cho hộ nghèo, hộ "
        "cận nghèo; duy trì các mô hình kinh tế hợp tác có hiệu quả.",
    ),
    6: (
        "Thực hiện dân chủ ở cơ sở theo phương châm dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát, dân thụ "
        "hưởng; hoà giải thành {settled} vụ việc ở cơ sở.",
        "Công khai các khoản đóng góp, công trình xây dựng ở thôn, tổ dân phố; ban thanh tra nhân dân hoạt động nền "
        "nếp; hoà giải thành {settled} vụ việc.",
    ),
    7: (
        "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội chủ trì {watch} cuộc giám sát, phản biện xã hội; đổi mới "
        "hình thức tập hợp đoàn viên, hội viên, hướng hoạt động về địa bàn dân cư.",
        "Chuẩn bị và tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư gọn nhẹ, vui tươi; thực hiện {watch} "
        "cuộc giám sát, phản biện xã hội theo kế hoạch.",
    ),
    8: (
        "Duy trì {models} mô hình “Dân vận khéo” trên các lĩnh vực; biểu dương tập thể, cá nhân tiêu biểu trong phong "
        "trào thi đua yêu nước.",
        "Phát động thi đua hiến đất, góp công làm đường giao thông nông thôn; nhân rộng {models} mô hình “Dân vận "
        "khéo”; giới thiệu điển hình tiên tiến trên truyền thanh cơ sở.",
    ),
}

DIFFICULTIES: dict[int, str] = {
    1: "Một số thôn vùng cao sóng truyền thanh yếu, tài liệu tiếng dân tộc còn ít.",
    2: "Kinh phí hỗ trợ các lực lượng tham gia công việc ở thôn, tổ dân phố còn hạn hẹp.",
    3: "Số đảng viên đi làm ăn xa đông, khó duy trì sinh hoạt chi bộ định kỳ.",
    4: "Hạ tầng số ở một số xã chưa đồng bộ, người dân còn ngại nộp hồ sơ trực tuyến.",
    5: "Giá vật liệu tăng, một số hộ chưa bố trí được phần đối ứng để làm nhà.",
    6: "Việc công khai ở một số nơi còn hình thức, nội dung chưa đầy đủ.",
    7: "Cán bộ Mặt trận ở khu dân cư kiêm nhiệm nhiều việc, phụ cấp thấp.",
    8: "Việc phát hiện, nhân rộng điển hình ở cơ sở có nơi chưa kịp thời.",
}

PROPOSALS: tuple[tuple[str, str], ...] = (
    ("Hướng dẫn mức chi, nguồn kinh phí cho các lực lượng tham gia công việc ở thôn, tổ dân phố.", "peoples_committee"),
    ("Tổ chức tập huấn kỹ năng đối thoại, nắm bắt dư luận cho cán bộ dân vận cơ sở.", "mass_mobilization"),
    ("Sớm ban hành tài liệu tuyên truyền bằng tiếng dân tộc để dùng chung toàn tỉnh.", "mass_mobilization"),
    ("Tăng nguồn vốn tín dụng ưu đãi cho hộ mới thoát nghèo.", "centre"),
)

CLOSING = {
    "strengths": (
        "Cấp uỷ các cấp quan tâm lãnh đạo, chỉ đạo; nhận thức của cán bộ, đảng viên và Nhân dân về đại đoàn kết toàn "
        "dân tộc được nâng lên."
    ),
    "weaknesses": "Việc sơ kết, nhân rộng mô hình ở một số đơn vị cơ sở chưa thường xuyên.",
    "causes": "Cán bộ làm công tác dân vận ở cơ sở phần lớn kiêm nhiệm; nguồn lực còn hạn chế.",
    "coming_work": (
        "Tiếp tục triển khai Kế hoạch; nâng cao chất lượng đối thoại với Nhân dân; chuẩn bị các nội dung phục vụ kiểm "
        "tra, giám sát theo chương trình."
    ),
}

REMARKS: tuple[str, ...] = (
    "Đề nghị nêu rõ số hội nghị quán triệt đã tổ chức và số người dự.",
    "Đề nghị bổ sung kết quả cụ thể, có số liệu so với kỳ trước.",
    "Đề nghị làm rõ nguyên nhân của khó khăn và kiến nghị gửi cơ quan nào.",
)


@dataclass(frozen=True)
class Figures:
    """The numbers that a report's text and its counters share."""

    meetings: int
    attendees: int
    inspections: int
    supervisions: int
    dialogues: int
    opinions: int
    answered: int
    houses: int
    settled: int
    watch: int
    models: int

    @classmethod
    def drawn(cls, random: Random) -> Figures:
        """Return figures of a size that a district would report for half a year."""
        meetings = random.randint(2, 12)
        opinions = random.randint(15, 120)
        return cls(
            meetings=meetings,
            attendees=meetings * random.randint(60, 180),
            inspections=random.randint(1, 6),
            supervisions=random.randint(1, 5),
            dialogues=random.randint(2, 20),
            opinions=opinions,
            answered=opinions - random.randint(0, 14),
            houses=random.randint(3, 60),
            settled=random.randint(5, 70),
            watch=random.randint(1, 8),
            models=random.randint(4, 40),
        )


def written(number: int) -> str:
    """Return a number as a report writes it: 06, 12, 1.240."""
    return f"{number:02d}" if number < 10 else f"{number:,}".replace(",", ".")


def result_text(group: int, figures: Figures, random: Random) -> str:
    """Return what a body says of a group."""
    words = {name: written(value) for name, value in vars(figures).items()}
    return random.choice(RESULTS[group]).format(**words)


# What a report says of group 2 after it was corrected.
CORRECTED_TEXT = (
    "Sau khi rà soát, cấp uỷ đính chính: đã cụ thể hoá chủ trương bằng 02 chương trình, kế hoạch (báo cáo trước ghi "
    "03); các tầng lớp Nhân dân tham gia góp ý vào dự thảo văn bản của cấp uỷ, chính quyền."
)
