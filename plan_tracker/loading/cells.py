"""How the cells of a file are read and written: days, figures, yes and no, words of a closed list, codes of rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.widgets import (
    BooleanWidget,
    CharWidget,
    DateWidget,
    DecimalWidget,
    ForeignKeyWidget,
    ManyToManyWidget,
)

from plan_tracker.lib.dates import DayError, parse_day
from plan_tracker.lib.numbers import NumberError, parse_decimal
from plan_tracker.lib.text import vn_key

PLACES = 4
LANGUAGES = ("vi", "en")


class DayWidget(DateWidget):
    """A day in a file: dd/mm/yyyy or yyyy-mm-dd is read, yyyy-mm-dd is written."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        """Return the day, or refuse with the sentence that forms show."""
        if not value:
            return None
        if isinstance(value, date):
            return value if type(value) is date else date(value.year, value.month, value.day)
        try:
            return parse_day(str(value))
        except DayError as error:
            raise ValueError(error.sentence) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the day so that every program reads it."""
        return value.isoformat() if value else ""


class FigureWidget(DecimalWidget):
    """A figure in a file: text is read as offices write it, 1.234,5; a cell with a number is taken as it is."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        """Return the figure, or refuse with the sentence that forms show."""
        if value is None or value == "":
            return None
        if isinstance(value, int | float | Decimal):
            return Decimal(str(value))
        try:
            return parse_decimal(str(value), PLACES)
        except NumberError as error:
            raise ValueError(error.sentence) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the figure with a decimal comma, without zeros that say nothing."""
        return "" if value is None else f"{Decimal(value).normalize():f}".replace(".", ",")


class WholeWidget(FigureWidget):
    """A whole number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the number, or refuse one with decimals."""
        number = super().clean(value, row, **kwargs)
        if number is not None and number != int(number):
            raise ValueError(_("“%(text)s” is not a whole number.") % {"text": str(value)[:40]})
        return None if number is None else int(number)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the digits."""
        return "" if value is None else str(int(value))


class YesNoWidget(BooleanWidget):
    """Yes or no, in words."""

    YES = frozenset({"1", "true", "yes", "co", "x"})
    NO = frozenset({"0", "false", "no", "khong", ""})

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Return the answer, or refuse another word."""
        word = vn_key("" if value is None else str(value))
        if word not in self.YES | self.NO:
            raise ValueError(_("“%(word)s” is neither yes nor no.") % {"word": str(value)[:40]})
        return word in self.YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the word."""
        return str(_("yes") if value else _("no"))


class WordWidget(CharWidget):
    """A value of a closed list by its word in any of our languages, or by its code."""

    def __init__(self, choices: Iterable[tuple[Any, Any]]) -> None:
        super().__init__()
        self.choices = [(str(value), label) for value, label in choices if value not in {None, ""}]

    def words(self) -> list[str]:
        """Return the words in the language of the person."""
        return [str(label) for _value, label in self.choices]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the code, or refuse a word that is not in the list."""
        text = "" if value is None else str(value).strip()
        if not text:
            return ""
        known: dict[str, str] = {}
        for language in reversed(LANGUAGES):
            with override(language):
                known |= {vn_key(str(label)): code for code, label in self.choices}
        known |= {vn_key(code): code for code, _label in self.choices}
        if (found := known.get(vn_key(text))) is None:
            words = ", ".join(self.words())
            raise ValueError(_("“%(word)s” is not in the list: %(list)s.") % {"word": text[:60], "list": words})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the word."""
        return str(dict(self.choices).get(str(value), "" if value is None else value))


class CodeWidget(ForeignKeyWidget):
    """A row by its code; what was found once is not looked for again in the same file."""

    def __init__(self, model: type[Model], field: str = "pk", **kwargs: Any) -> None:
        super().__init__(model, field=field, **kwargs)
        self.found: dict[Any, Any] = {}

    def place(self, row: Any) -> Any:
        """Return what else of the row decides which one is meant."""
        return None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the row, or refuse a code that nobody bears."""
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        key = (text, self.place(row))
        if key not in self.found:
            try:
                self.found[key] = super().clean(text, row, **kwargs)
            except (ObjectDoesNotExist, ValueError):
                raise ValueError(_("“%(code)s” is not known.") % {"code": text[:60]}) from None
            except MultipleObjectsReturned:
                raise ValueError(_("“%(code)s” names more than one.") % {"code": text[:60]}) from None
        return self.found[key]


class CodesWidget(ManyToManyWidget):
    """Codes with semicolons or commas between; one that the rows do not have is refused."""

    def __init__(self, model: type[Model], rows: QuerySet[Any] | None = None) -> None:
        super().__init__(model, separator=";", field="code")
        self.rows = rows

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[Any]:
        """Return the rows that the codes name."""
        codes = [code.strip() for code in str(value or "").replace(",", ";").split(";") if code.strip()]
        rows = self.model._default_manager.all() if self.rows is None else self.rows.all()
        known = {one.code: one for one in rows.filter(code__in=codes)} if codes else {}
        if unknown := [code for code in codes if code not in known]:
            raise ValueError(_("“%(code)s” is not known.") % {"code": unknown[0][:60]})
        return [known[code] for code in dict.fromkeys(codes)]
