"""Stacked bars of counts in shades of grey, for the internal copy: their proportions, and the picture as SVG."""

from __future__ import annotations

from html import escape

from reports.documents.report_value import Chart

# Light enough for black figures on them; a thin line parts neighbours on a poor print.
SHADES = ("#ffffff", "#d9d9d9", "#bfbfbf", "#f2f2f2", "#a6a6a6", "#e6e6e6")
WIDTH, HEIGHT = 1000.0, 30.0


def shares(chart: Chart) -> list[float]:
    """Return which part of the whole each count is."""
    total = sum(number for _label, number in chart.bars)
    return [number / total for _label, number in chart.bars]


def bar_svg(chart: Chart) -> str:
    """Return the bar as a picture; every segment says in words what it counts."""
    parts = []
    before = 0.0
    for place, ((label, number), share) in enumerate(zip(chart.bars, shares(chart), strict=True)):
        shade = SHADES[place % len(SHADES)]
        box = f'x="{before:.1f}" y="1" width="{share * WIDTH:.1f}" height="{HEIGHT - 2:.0f}"'
        title = f"<title>{escape(label)}: {number}</title>"
        parts.append(f'<rect {box} fill="{shade}" stroke="#000000" stroke-width="1">{title}</rect>')
        before += share * WIDTH
    picture = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">{picture}</svg>'
