"""How the new words of a changed source fit into a person's text, where the old ones were taken; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.edition_values import TakenPassage
from reports.sentences import first_sentences
from reports.taken_passages import ENDS, bare


class Fit(TextChoices):
    """What would become of the new words; the label is the sentence for the person."""

    FOLLOWS = "follows", _("The section follows its passages by itself.")
    REPLACED = "replaced", _("The new words take the place of the old ones.")
    STANDS = "stands", _("The new words stand in the text already.")
    BESIDE = (
        "beside",
        _(
            "The new words stand in your text beside the old ones, so nothing was replaced. "
            "Delete the old ones yourself, then leave this passage out."
        ),
    )
    EDITED = (
        "edited",
        _(
            "The old words do not stand in your text any more as they were taken, so nothing was replaced. "
            "Change the text yourself, or keep it as it is."
        ),
    )
    SHARED = (
        "shared",
        _(
            "The old words stand for several bodies or in several places, so nothing was replaced. "
            "Change the text yourself, or keep it as it is."
        ),
    )

    @property
    def is_possible(self) -> bool:
        """Return whether the new words can be taken."""
        return self in {Fit.FOLLOWS, Fit.REPLACED, Fit.STANDS}


# A text prints a passage whole, or a long difficulty or proposal with its first sentences only.
PRINTED: tuple[Callable[[str], str], ...] = (str, first_sentences)


def fitted(text: str, passage: TakenPassage, taken: Iterable[TakenPassage]) -> tuple[Fit, str]:
    """Return how the new words of a passage fit into a text, and the text with them; `taken` are all its passages."""
    others = [one for one in taken if one.pk != passage.pk]
    stands = any(_standing(printed(passage.now)).search(text) for printed in PRINTED)
    if stands and any(_is_of_the_line(one, passage) and bare(one.text) == bare(passage.now) for one in others):
        return Fit.BESIDE, text
    for printed in PRINTED:
        old, new = printed(passage.text), _inside(printed(passage.now))
        places = list(_standing(old).finditer(text))
        if len(places) == 1 and not any(bare(old) in bare(one.text) for one in others):
            return Fit.REPLACED, f"{text[: places[0].start()]}{new}{text[places[0].end() :]}"
        if places:
            return Fit.SHARED, text
    return (Fit.STANDS if stands else Fit.EDITED), text


def _is_of_the_line(one: TakenPassage, other: TakenPassage) -> bool:
    """Return whether two passages come from the same part of the same line of one body."""
    return (one.source.body.pk, one.source.line, one.part) == (other.source.body.pk, other.source.line, other.part)


def _inside(words: str) -> str:
    """Return words as they stand inside a text: in one line, without the mark at their end."""
    return " ".join(words.split()).rstrip(ENDS)


def _standing(words: str) -> re.Pattern[str]:
    """Return what finds words in a text as they are, however their blanks fall; the mark at their end stays."""
    inner = r"\s+".join(map(re.escape, _inside(words).split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)")
