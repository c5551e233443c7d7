"""The check-list of a draft in words: what is the matter, with whom, and with which lines."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext

from reports.summary_values import Finding

NAMES_IN_A_FINDING = 12
FINDINGS = {
    "plan_number": gettext_lazy("The plan's own number or date is missing: the report prints dots in their place."),
    "not_sent": gettext_lazy("Not sent yet"),
    "not_accepted": gettext_lazy("Sent, but not yet accepted; not counted here"),
    "nil": gettext_lazy("Nothing new to report"),
    "confidential": gettext_lazy("Separate report under the confidentiality rules"),
    "silent_group": gettext_lazy("Accepted reports without words on the group"),
    "copied": gettext_lazy("Text taken over unchanged from the last period"),
    "counter_gap": gettext_lazy("Figures still missing"),
    "estimates": gettext_lazy("Estimates among the figures"),
    "counters_empty": gettext_lazy("No body has given a figure"),
    "group_empty": gettext_lazy("No words and no figure on the group"),
    "section_empty": gettext_lazy("No report has words for this section"),
    "figure_unsourced": gettext_lazy("Numbers that are in no report and no figure of today: check them"),
    "indicators_empty": gettext_lazy("No figure of the province"),
}


@dataclass(frozen=True)
class FindingRow:
    """One line of the check-list: what is the matter, with whom, and with which lines."""

    sentence: str
    bodies: str
    what: str


def finding_row(finding: Finding) -> FindingRow:
    """Return one line of the check-list; a long list of bodies ends with the number of those not named."""
    names = ", ".join(body.short_name for body in finding.bodies[:NAMES_IN_A_FINDING])
    more = len(finding.bodies) - NAMES_IN_A_FINDING
    if more > 0:
        names = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": names, "n": more}
    sentence = str(FINDINGS[finding.kind])
    if finding.bodies:
        sentence = f"{sentence} ({len(finding.bodies)})"
    return FindingRow(sentence, names, finding.what)
