"""A process that saves one line of a report again and again and says each number once it is kept; made to be killed."""

from __future__ import annotations

import json
import os
import sys
from itertools import count


def main(submission_pk: int, user_pk: int) -> None:
    """Save “Lần n” with as many words in a difficulty, and print n after each commit."""
    import django  # noqa: PLC0415 - the settings are changed before anything is loaded
    from django.conf import settings  # noqa: PLC0415

    settings.DATABASES["default"].update(json.loads(os.environ["WORKER_DATABASE"]))
    django.setup()
    from plan_tracker.accounts.models import User  # noqa: PLC0415
    from reports.filling import Content, Stored, Typed, save_lines, stored_lines  # noqa: PLC0415
    from reports.models import Submission  # noqa: PLC0415
    from reports.outline import outline_for  # noqa: PLC0415
    from tests.factories import at  # noqa: PLC0415
    from tests.people import standing  # noqa: PLC0415

    report = Submission.objects.select_related("expectation__period", "expectation__body").get(pk=submission_pk)
    user = User.objects.get(pk=user_pk)
    who, line = standing(user), next(outline_for(report).entry_lines())
    for number in count(1):
        now = stored_lines(report).get((line.subject, line.subject_id), Stored(Content()))
        content = Content("in_progress", f"Lần {number}", (f"Khó khăn {number}",), ((f"Đề xuất {number}", "centre"),))
        typed = Typed(line=line, content=content, seen=now.content.digest)
        save_lines(report, [typed], actor=user, standing=who, at=at())
        print(number, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
