"""Addresses of a body's own reports and its register of issued documents."""

from __future__ import annotations

from django.urls import path

from reports import (
    views_form,
    views_form_closing,
    views_form_figures,
    views_form_lines,
    views_form_send,
    views_form_sharing,
    views_register,
    views_register_file,
)

urlpatterns = [
    path("bao-cao/", views_form.report_list, name="report_list"),
    path("bao-cao/lap/<int:pk>/", views_form.report_start, name="report_start"),
    path("bao-cao/<int:pk>/", views_form.report_detail, name="report_detail"),
    path("bao-cao/<int:pk>/hinh-thuc/", views_form.report_form, name="report_form"),
    path("bao-cao/<int:pk>/nhom/<int:number>/", views_form_lines.report_group, name="report_group"),
    path("bao-cao/<int:pk>/nhiem-vu-duoc-giao/", views_form_lines.report_assignments, name="report_assignments"),
    path("bao-cao/<int:pk>/so-lieu/", views_form_figures.report_counters, name="report_counters"),
    path("bao-cao/<int:pk>/chi-tieu/", views_form_figures.report_indicators, name="report_indicators"),
    path("bao-cao/<int:pk>/danh-gia-chung/", views_form_closing.report_closing, name="report_closing"),
    path("bao-cao/<int:pk>/phan-cong/", views_form_sharing.report_share, name="report_share"),
    path("bao-cao/<int:pk>/bieu-thu-thap.<slug:kind>", views_form_sharing.report_sheet, name="report_sheet"),
    path("bao-cao/<int:pk>/kiem-tra/", views_form.report_check, name="report_check"),
    path("bao-cao/<int:pk>/buoc/<slug:step>/", views_form.report_step, name="report_step"),
    path("bao-cao/<int:pk>/gui/", views_form_send.report_send, name="report_send"),
    path("bao-cao/<int:pk>/toan-van/", views_form_send.report_read, name="report_read"),
    path("bao-cao/<int:pk>/ban-quet/", views_form_send.report_scan, name="report_scan"),
    path("van-ban/", views_register.register_list, name="register_list"),
    path("van-ban/them/", views_register.register_create, name="register_create"),
    path("van-ban/excel/<slug:code>/", views_register_file.register_upload, name="register_upload"),
    path("van-ban/excel/<slug:code>/bieu-mau.xlsx", views_register_file.register_template, name="register_template"),
    path("van-ban/<int:pk>/", views_register.register_edit, name="register_edit"),
    path("van-ban/<int:pk>/xoa/", views_register.register_delete, name="register_delete"),
]
