"""Whether the time that a refused sign-in takes of the processor tells who has an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from django.db import connection, transaction
from django.test import Client, override_settings

from plan_tracker import settings as portal
from plan_tracker.accounts.models import User
from tests.bench.interleaved import Measurement, in_turns
from tests.people import PASSWORD

SIGN_IN = "/tai-khoan/dang-nhap/"
NEARLY = 0.1
ROUNDS = 15
NAMES = {"a known name": "known", "a closed account": "closed", "an account without a password": "waiting"}


@dataclass(frozen=True)
class Alike:
    """How the time for one name stands to that for a name that nobody has."""

    name: str
    measured: Measurement

    @property
    def is_met(self) -> bool:
        """Say whether nobody could tell them apart."""
        return abs(self.measured.ratio - 1) <= NEARLY

    def __str__(self) -> str:
        low, high = self.measured.spread
        met = "met" if self.is_met else "MISSED"
        return (
            f"refused sign-in, {self.name} to an unknown one ({self.measured.database}): "
            f"{self.measured.ratio:.3f} ({low:.3f}–{high:.3f}), bar 1 ± {NEARLY}: {met}"
        )


def fill() -> None:
    """Make one account of each kind, with passwords kept as the portal keeps them."""
    for name in NAMES.values():
        user = User(username=name, full_name=name, email=f"{name}@example.vn", is_active=name != "closed")
        if name == "waiting":
            user.set_unusable_password()
        else:
            user.set_password(PASSWORD)
        user.save()


def refused(name: str) -> Callable[[], None]:
    """Return what tries to sign in under a name with a wrong password, and leaves no trace."""
    client = Client()

    def attempt() -> None:
        place = transaction.savepoint()
        answer = client.post(SIGN_IN, {"username": name, "password": "mot-mat-khau-sai"})
        assert answer.status_code == 200
        transaction.savepoint_rollback(place)

    return attempt


def sign_in() -> list[Alike]:
    """Measure each kind of account against a name that nobody has."""
    found = []
    known = {"PASSWORD_HASHERS": portal.PASSWORD_HASHERS, "ALLOWED_HOSTS": ["testserver"]}
    with override_settings(**known), transaction.atomic():
        fill()
        for words, name in NAMES.items():
            taken = in_turns(
                words,
                connection.vendor,
                refused("nobody"),
                refused(name),
                1 + NEARLY,
                rounds=ROUNDS,
                clock=process_time,
            )
            found.append(Alike(words, taken))
        transaction.set_rollback(True)
    return found


measurements = (sign_in,)
