"""Addresses of the Excel round trip of a report, and of the files attached to it."""

from __future__ import annotations

from django.urls import path

from reports import views_attachments, views_workbook

urlpatterns = [
    path("bao-cao/<int:pk>/bieu-mau.xlsx", views_workbook.report_template, name="report_template"),
    path("bao-cao/<int:pk>/tai-len/", views_workbook.report_upload, name="report_upload"),
    path("bao-cao/<int:pk>/tai-len/<int:upload>/", views_workbook.upload_detail, name="upload_detail"),
    path("bao-cao/<int:pk>/tai-len/<int:upload>/can-sua.xlsx", views_workbook.upload_marked, name="upload_marked"),
    path("bao-cao/<int:pk>/tep/", views_attachments.report_attachments, name="report_attachments"),
    path("bao-cao/<int:pk>/tep/<int:attachment>/go/", views_attachments.attachment_delete, name="attachment_delete"),
    path("tep-dinh-kem/<int:attachment>/", views_attachments.attachment_file, name="attachment_file"),
]
