"""Addresses of reminding."""

from __future__ import annotations

from django.urls import path

from reports import views_reminders

urlpatterns = [
    path("ky-bao-cao/<int:pk>/nhac/", views_reminders.period_reminders, name="period_reminders"),
    path("ky-bao-cao/<int:pk>/nhac/gui/", views_reminders.period_remind, name="period_remind"),
    path("ky-bao-cao/<int:pk>/nhac/cong-van.docx", views_reminders.period_letter, name="period_letter"),
    path("bao-cao-phai-gui/<int:pk>/dien-thoai/", views_reminders.reminder_call, name="reminder_call"),
]
