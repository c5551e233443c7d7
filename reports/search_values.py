"""What the search asks and what it finds: words, hits with their excerpts, and the kinds of things found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise

from plan_tracker.lib.marking import Piece, excerpt, marked
from plan_tracker.lib.search_index import words_of
from tasks.models import Plan
from tasks.permissions import Standing

MOST_WORDS = 12


@dataclass(frozen=True)
class Question:
    """The words that somebody looks for, one after the other or anywhere in a text.

    `plans` is the plan that the page is about: its hits lead on in it, and those of another plan are found there.
    """

    text: str
    words: tuple[str, ...]
    together: bool
    plans: QuerySet[Plan] = field(default_factory=Plan.objects.all)

    @classmethod
    def of(cls, text: str, *, together: bool, plans: QuerySet[Plan] | None = None) -> Question:
        """Return the question that was typed, in one plan or in all; so many words count."""
        among = Plan.objects.all() if plans is None else plans
        return cls(" ".join(text.split()), words_of(text)[:MOST_WORDS], together, among)

    def mark(self, text: str) -> list[Piece]:
        """Return a short text whole, the words told from the rest."""
        return marked(text, self.words, together=self.together)

    def cut(self, text: str) -> list[Piece]:
        """Return a cut of a text around the words."""
        return excerpt(" ".join(text.split()), self.words, together=self.together)


@dataclass(frozen=True)
class Hit:
    """One thing found: its name and address, a line about it, and the words in their text."""

    title: list[Piece]
    url: str
    note: str = ""
    text: tuple[Piece, ...] = ()
    is_demo: bool = False


Find = Callable[[Question, Standing, slice], list[Hit]]


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be found; `find` takes one query and returns the hits of a slice."""

    name: str
    label: str | Promise
    find: Find
