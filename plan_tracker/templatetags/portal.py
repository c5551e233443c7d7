"""Template tags of the whole portal: status badges and number formats."""

from __future__ import annotations

from django import template

register = template.Library()
