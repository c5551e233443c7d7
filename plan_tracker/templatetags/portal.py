"""Template tags of the whole portal: state badges, stacked bars, numbers, days, and a block kept for twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from plan_tracker.lib import dates, numbers
from plan_tracker.looks import Look, look_of, slug_of

register = template.Library()
NOTHING = "–"
INLINE_COLOUR = re.compile(r'<(ins|del) style="[^"]*">')


@register.simple_tag
def status(member: Any, label: str = "", *, plain: bool = False) -> SafeString:
    """Return the badge of a state: a member of a TextChoices, or its value with a label.

    `plain` leaves the wash out, for a badge within a sentence. None and "" give a dash.
    """
    if member is None or member == "":
        return SafeString(NOTHING)
    return _badge(slug_of(member), str(label or getattr(member, "label", member)), plain)


@lru_cache(maxsize=1024)
def _badge(slug: str, label: str, plain: bool) -> SafeString:
    """Render a badge once for each word; tables show hundreds of them."""
    look = look_of(slug)
    context = {"slug": slug.replace("_", "-"), "label": label, "look": look, "plain": plain}
    return SafeString(render_to_string("components/status.html", context).strip())


@dataclass(frozen=True)
class Part:
    """One segment of a stacked bar: where it begins and ends, in hundredths of a per cent."""

    label: str
    count: int
    look: Look
    x: str
    width: str
    url: str = ""


@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(
    counts: Iterable[tuple[Any, int] | tuple[Any, int, str]], label: str = "", *, compact: bool = False
) -> dict[str, Any]:
    """Draw how many stand in each state: `counts` is a list of (choice member, number), or with an address as third.

    The address leads from the number to the rows that it counts. `compact` hides the numbers under the bar from the
    eye (not from a screen reader), for tables.
    """
    found = [(member, int(number), str(more[0]) if more else "") for member, number, *more in counts if number]
    total = sum(number for _member, number, _url in found)
    parts: list[Part] = []
    before = 0
    for member, number, url in found:
        x, width = 100 * before / total, 100 * number / total
        word = str(getattr(member, "label", member))
        parts.append(Part(word, number, look_of(member), f"{x:.2f}%", f"{width:.2f}%", url))
        before += number
    linked = any(part.url for part in parts)
    return {"parts": parts, "total": total, "label": label, "compact": compact, "linked": linked}


@register.inclusion_tag("components/meter.html")
def meter(done: int, total: int, label: str = "", *, tone: str = "good") -> dict[str, Any]:
    """Draw “done of total” as one bar with its numbers beside it."""
    share = min(100.0, 100 * done / total) if total else 0.0
    return {"done": done, "total": total, "label": label, "width": f"{share:.2f}%", "tone": tone}


def _decimal(value: Decimal | float | str, decimals: int) -> str:
    """Return the number with the separators of the active language."""
    return numbers.format_decimal(Decimal(str(value)), decimals, get_language() or "vi")


@register.filter
def figure(value: Decimal | float | str | None, decimals: int = 0) -> str:
    """Return 1.234,56 on a Vietnamese page, 1,234.56 on an English one, and a dash for nothing."""
    return NOTHING if value is None or value == "" else _decimal(value, int(decimals))


@register.filter
def exact(value: Decimal | int | None, decimals: int = 0) -> str:
    """Return a figure with its decimals, or with more where rounding would hide something, as documents print it."""
    return NOTHING if value is None else numbers.format_exact(Decimal(value), int(decimals), get_language() or "vi")


@register.filter
def percent(value: Decimal | float | str | None, decimals: int = 1) -> str:
    """Return 72,5% from 72.5; the value is already a percentage."""
    return NOTHING if value is None or value == "" else f"{_decimal(value, int(decimals))}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """Return 05/02/2024, and a dash for nothing."""
    if not value:
        return NOTHING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return dates.screen_day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Return 16:00 05/02/2024 in the portal's own time, and a dash for nothing."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M} {dates.screen_day(local)}"


@register.filter
def two_digits(value: int | None) -> str:
    """Return a count as reports write it: 06, 11."""
    return NOTHING if value is None else numbers.two_digits(int(value))


@register.filter
def unstyled(html: str) -> SafeString:
    """Return the marks of change of an import preview without their inline colours; other text is escaped."""
    return mark_safe(INLINE_COLOUR.sub(r"<\1>", conditional_escape(html)))  # noqa: S308 - escaped just now


class CaptureNode(template.Node):
    """Keeps what stands between the tags in a variable, so that a block can be shown in two places."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        """Store the text, show nothing."""
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - rendered by templates
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture name %}…{% endcapture %}`."""
    parts = token.split_contents()
    if len(parts) != 2:
        msg = "capture takes the name of one variable"
        raise template.TemplateSyntaxError(msg)
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, parts[1])


class KeptNode(template.Node):
    """Takes a block from the context's `pieces` while the values that it shows are the same, if there are some."""

    def __init__(self, nodelist: NodeList, name: FilterExpression, shown: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.name = name
        self.shown = shown

    def render(self, context: template.Context) -> SafeString:
        """Return the block."""
        pieces = context.get("pieces")
        if pieces is None:
            return self.nodelist.render(context)
        shown = [value.resolve(context) for value in self.shown]
        drawn: SafeString = pieces.keep(
            f"drawn:{self.name.resolve(context)}", lambda: self.nodelist.render(context), *shown
        )
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept name value value … %}…{% endkept %}`: nothing else of the context may show in the block but texts."""
    _tag, *parts = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    name, *shown = (parser.compile_filter(part) for part in parts)
    return KeptNode(nodelist, name, shown)
