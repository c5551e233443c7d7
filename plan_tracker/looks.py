"""How each state looks, in one place: a tone and a shape for every value; the word comes from the choice itself."""

from __future__ import annotations

from dataclasses import dataclass

# Each shape is the inside of a 12 × 12 drawing; class "line" means drawn with a stroke instead of filled.
SHAPES = {
    "check": '<path class="line" d="M1.5 6.5 4.5 9.5 10.5 2.5"/>',
    "dot": '<circle cx="6" cy="6" r="4.5"/>',
    "half": '<circle class="line" cx="6" cy="6" r="4.5"/><path d="M6 1.5a4.5 4.5 0 0 1 0 9z"/>',
    "triangle": '<path d="M6 1 11.5 11H.5z"/>',
    "diamond": '<path d="M6 0 12 6 6 12 0 6z"/>',
    "square": '<path d="M1.5 1.5h9v9h-9z"/>',
    "ring": '<circle class="line" cx="6" cy="6" r="4.5"/>',
    "dash": '<path class="line" d="M2 6h8"/>',
    "arrow": '<path class="line" d="M1.5 6h9M7 2.5 10.5 6 7 9.5"/>',
    "back": '<path class="line" d="M10.5 6h-9M5 2.5 1.5 6 5 9.5"/>',
    "pen": '<path class="line" d="M2 10l.7-2.7 6-6 2 2-6 6z"/>',
    "lock": '<path d="M1.5 5.5h9v6h-9z"/><path class="line" d="M3.5 5.5v-2a2.5 2.5 0 0 1 5 0v2"/>',
    "cross": '<path class="line" d="M2.5 2.5l7 7m0-7l-7 7"/>',
    "repeat": '<path class="line" d="M10.5 6a4.5 4.5 0 1 1-1.6-3.4M9.2.8v2.4H6.8"/>',
}


@dataclass(frozen=True)
class Look:
    """What a state looks like beside its word."""

    tone: str
    shape: str

    @property
    def drawing(self) -> str:
        """Return the inside of the shape's drawing."""
        return SHAPES[self.shape]


UNKNOWN = Look("none", "ring")
LOOKS = {
    # Verdicts on an indicator.
    "achieved": Look("good", "check"),
    "on_track": Look("going", "dot"),
    "at_risk": Look("warn", "triangle"),
    "off_track": Look("bad", "diamond"),
    "missed": Look("bad", "square"),
    "no_data": Look("none", "ring"),
    "not_due": Look("none", "dash"),
    "no_object": Look("none", "ring"),
    "stale": Look("warn", "ring"),
    # Ongoing work.
    "not_started": Look("none", "ring"),
    "in_progress": Look("going", "half"),
    "with_results": Look("good", "check"),
    "in_difficulty": Look("warn", "triangle"),
    "not_ours": Look("none", "dash"),
    "separate": Look("none", "lock"),
    # Dated work.
    "not_done": Look("none", "ring"),
    "doing": Look("going", "half"),
    "done": Look("good", "check"),
    "overdue": Look("bad", "square"),
    "due_soon": Look("warn", "triangle"),
    "extended": Look("going", "arrow"),
    "no_date": Look("none", "dash"),
    "remedied": Look("good", "check"),
    "inspection_ahead": Look("none", "ring"),
    "inspection_held": Look("good", "check"),
    "to_remedy": Look("warn", "triangle"),
    "remedy_overdue": Look("bad", "square"),
    "not_reported": Look("silent", "ring"),
    # Kinds of deadline.
    "fixed": Look("going", "dot"),
    "ongoing": Look("going", "repeat"),
    "on_trigger": Look("none", "arrow"),
    "unspecified": Look("none", "dash"),
    # A long job.
    "job_waiting": Look("none", "ring"),
    "job_running": Look("going", "half"),
    "job_done": Look("good", "check"),
    "job_failed": Look("bad", "cross"),
    # A submission on its way.
    "draft": Look("none", "pen"),
    "awaiting_signature": Look("going", "pen"),
    "submitted": Look("going", "arrow"),
    "received": Look("going", "half"),
    "returned": Look("warn", "back"),
    "accepted": Look("good", "check"),
    "superseded": Look("none", "dash"),
    "not_sent": Look("none", "ring"),
    "missing": Look("bad", "square"),
    "sent_on_time": Look("good", "check"),
    "sent_late": Look("warn", "triangle"),
    "on_time": Look("good", "check"),
    "exempt": Look("none", "dash"),
    # Periods, remarks, editions, recommendations.
    "planned": Look("none", "ring"),
    "open": Look("going", "dot"),
    "closed": Look("none", "square"),
    "cancelled": Look("none", "cross"),
    "asked": Look("warn", "triangle"),
    "answered": Look("going", "arrow"),
    "settled": Look("good", "check"),
    "content": Look("going", "pen"),
    "nil": Look("none", "dash"),
    "confidential_report": Look("none", "lock"),
    "mail_begun": Look("none", "ring"),
    "mail_sent": Look("good", "check"),
    "mail_failed": Look("bad", "square"),
    "in_review": Look("going", "half"),
    "approved": Look("going", "check"),
    "issued": Look("good", "check"),
    "taken": Look("good", "check"),
    "partly": Look("going", "half"),
    "explained": Look("none", "arrow"),
    "resolved": Look("good", "check"),
    "withdrawn": Look("good", "lock"),
    "not_withdrawn": Look("none", "cross"),
    # How sure the portal is of a fact.
    "proposed": Look("none", "ring"),
    "plan": Look("good", "check"),
    "sure": Look("good", "check"),
    "fair": Look("going", "half"),
    "low": Look("warn", "triangle"),
    # How firm a figure is.
    "official": Look("good", "check"),
    "preliminary": Look("going", "half"),
    "estimate": Look("going", "ring"),
    "reported": Look("none", "ring"),
}


def look_of(value: object) -> Look:
    """Return the look of a state's value; an unknown one is a grey ring."""
    return LOOKS.get(slug_of(value), UNKNOWN)


def slug_of(value: object) -> str:
    """Return the value as the table above writes it."""
    return str(getattr(value, "value", value)).lower().replace("-", "_").replace(" ", "_")
