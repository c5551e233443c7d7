"""Addresses of `tasks`."""

from __future__ import annotations

from django.urls import path

from tasks import urls_accounts, views_assignments, views_bodies, views_groups, views_plan

app_name = "tasks"
urlpatterns = [
    path("ke-hoach/so-ngay/", views_plan.plan_edit, name="plan_edit"),
    path("van-ban-vien-dan/", views_plan.document_list, name="document_list"),
    path("nhom-nhiem-vu/", views_groups.group_list, name="group_list"),
    path("nhom-nhiem-vu/<int:number>/", views_groups.group_detail, name="group_detail"),
    path("nhiem-vu/<str:code>/", views_groups.task_detail, name="task_detail"),
    path("nhiem-vu-duoc-giao/<str:code>/", views_assignments.assignment_detail, name="assignment_detail"),
    path("thoi-han/", views_assignments.deadline_list, name="deadline_list"),
    path("co-quan/", views_bodies.body_list, name="body_list"),
    *urls_accounts.urlpatterns,
]
