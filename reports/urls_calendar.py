"""Addresses of the calendar and of inspections."""

from __future__ import annotations

from django.urls import path

from reports import views_calendar, views_inspections

urlpatterns = [
    path("thoi-han/lich/", views_calendar.calendar_month, name="calendar_month"),
    path("thoi-han/lich/dia-chi/", views_calendar.calendar_address, name="calendar_address"),
    path("lich/<str:token>.ics", views_calendar.calendar_feed, name="calendar_feed"),
    path("kiem-tra/", views_inspections.inspection_list, name="inspection_list"),
    path("kiem-tra/them/", views_inspections.inspection_create, name="inspection_create"),
    path("kiem-tra/<int:pk>/", views_inspections.inspection_edit, name="inspection_edit"),
]
