"""Addresses of periods, the review and messages."""

from __future__ import annotations

from django.urls import path

from reports import views_addressees, views_attendance, views_period_editing, views_periods, views_review

urlpatterns = [
    path("ky-bao-cao/", views_periods.period_list, name="period_list"),
    path("ky-bao-cao/mo/", views_periods.period_create, name="period_create"),
    path("ky-bao-cao/<int:pk>/", views_periods.period_detail, name="period_detail"),
    path("ky-bao-cao/<int:pk>/thay-doi/", views_periods.period_change, name="period_change"),
    path("ky-bao-cao/<int:pk>/sua/", views_period_editing.period_edit, name="period_edit"),
    path("ky-bao-cao/<int:pk>/noi-nhan/", views_addressees.period_addressees, name="period_addressees"),
    path("ky-bao-cao/<int:pk>/van-ban/", views_periods.period_request, name="period_request"),
    path(
        "ky-bao-cao/<int:pk>/tinh-hinh.<str:kind>",
        views_attendance.attendance_period_file,
        name="attendance_period_file",
    ),
    path("ky-bao-cao/nam-<int:year>/", views_attendance.attendance_year, name="attendance_year"),
    path(
        "ky-bao-cao/nam-<int:year>/tinh-hinh.<str:kind>",
        views_attendance.attendance_year_file,
        name="attendance_year_file",
    ),
    path("bao-cao-phai-gui/<int:pk>/", views_periods.expectation_change, name="expectation_change"),
    path("ra-soat/", views_review.review_queue, name="review_queue"),
    path("ra-soat/<int:pk>/", views_review.review_detail, name="review_detail"),
    path("ra-soat/<int:pk>/buoc/", views_review.review_step, name="review_step"),
    path("ra-soat/<int:pk>/y-kien/", views_review.remark_ask, name="remark_ask"),
    path("y-kien/<int:pk>/xong/", views_review.remark_settle, name="remark_settle"),
    path("y-kien/<int:pk>/hoi-them/", views_review.remark_again, name="remark_again"),
    path("thong-bao/", views_review.notice_list, name="notice_list"),
]
