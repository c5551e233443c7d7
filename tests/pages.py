"""How the tests of pages sign people in, read pages, and fill the portal with more of everything."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from plan_tracker.accounts.models import User
from tasks.choices import DocumentKind, WorkState
from tasks.models import Assignment, Body, IssuedDocument, Plan, Progress, Task, TaskGroup

JUNE = date(2024, 6, 14)


def signed_in(user: User) -> Client:
    """Return a client with this person signed in."""
    client = Client()
    client.force_login(user)
    return client


def page(user: User, url: str, status: int = 200) -> str:
    """Return a page as this person sees it."""
    response = signed_in(user).get(url)
    assert response.status_code == status, f"{url}: {response.status_code}"
    return response.content.decode()


def tell(body: Body, state: WorkState = WorkState.IN_PROGRESS, as_of: date = JUNE, **fields: Any) -> Progress:
    """Publish what a body says of one group, task or assignment."""
    values: dict[str, Any] = {
        "text": f"Kết quả của {body.code}.",
        "source": "submission:1",
        "source_label": "Báo cáo 6 tháng",
        "published_at": timezone.now(),
    }
    return Progress.objects.create(body=body, state=state, as_of=as_of, **(values | fields))


def issue(body: Body, *assignments: Assignment, on: date = JUNE, **fields: Any) -> IssuedDocument:
    """Record a plan that a body issued for some assignments."""
    values: dict[str, Any] = {"kind": DocumentKind.PLAN, "symbol": f"12-KH/{body.code}", "title": "Kế hoạch thực hiện"}
    plan = Plan.objects.get()
    document = IssuedDocument.objects.create(plan=plan, body=body, issued_on=on, **(values | fields))
    document.assignments.set(assignments)
    return document


def everything_told(bodies: list[Body]) -> None:
    """Let some bodies tell of every group, every task and every assignment, and issue a plan."""
    groups, tasks, assignments = TaskGroup.objects.all(), Task.objects.all(), Assignment.objects.all()
    states = [WorkState.WITH_RESULTS, WorkState.IN_PROGRESS, WorkState.IN_DIFFICULTY]
    for place, body in enumerate(bodies):
        state = states[place % 3]
        for group in groups:
            tell(body, state, group=group)
        for task in tasks:
            tell(body, state, task=task)
        for assignment in assignments:
            tell(body, WorkState.DOING, assignment=assignment)
        issue(body, *assignments)
