"""The second factor: a code from an app on the telephone (TOTP), and recovery codes for the day it is lost."""

from __future__ import annotations

import base64
import secrets
import time
from binascii import unhexlify
from enum import Enum
from typing import Any

import qrcode
from django.db import transaction
from django.utils.safestring import SafeString
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from plan_tracker.accounts.models import User

NAME = "app"
ISSUER = "Plan Tracker"
KEY_BYTES = 20
RECOVERY_CODES = 10
DIGITS = 6
# One step of 30 seconds either way, for clocks that are a little off.
TOLERANCE = 1


class Answer(Enum):
    """What became of a code."""

    APP = "app"
    RECOVERY = "code"
    WRONG = "wrong"
    WAIT = "wait"


def has_second_factor(user: Any) -> bool:
    """Return whether the account has a confirmed app; one query."""
    return user.pk is not None and TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def new_key() -> str:
    """Return a new secret as hexadecimal digits."""
    return secrets.token_hex(KEY_BYTES)


def written(key: str) -> str:
    """Return a secret as people type it into an app: capital letters and digits in groups of four."""
    text = base64.b32encode(unhexlify(key)).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def _totp(key: str) -> TOTP:
    """Return the algorithm at this moment."""
    found = TOTP(unhexlify(key))
    found.time = time.time()
    return found


def code_now(key: str) -> str:
    """Return the code that an app shows at this moment."""
    return f"{_totp(key).token():0{DIGITS}d}"


def picture(user: User, key: str) -> SafeString:
    """Return the QR code that an app reads, as SVG without any style of its own."""
    device = TOTPDevice(user=user, key=key)
    image = qrcode.make(device.config_url, image_factory=SvgPathImage, box_size=8, border=2)
    return SafeString(image.to_string(encoding="unicode"))


def plain(code: str) -> str:
    """Return a code without the blanks and dashes that people type."""
    return "".join(code.split()).replace("-", "").lower()


@transaction.atomic
def enrol(user: User, key: str, code: str) -> list[str] | None:
    """Take up an app whose code fits the key, and return new recovery codes; None where it does not fit."""
    typed, algorithm = plain(code), _totp(key)
    if not typed.isascii() or not typed.isdecimal() or not algorithm.verify(int(typed), TOLERANCE):
        return None
    TOTPDevice.objects.filter(user=user).delete()
    # The code that set it up has counted: it does not open the door a second time.
    counted = {"last_t": algorithm.t(), "drift": algorithm.drift}
    TOTPDevice.objects.create(user=user, name=NAME, key=key, confirmed=True, tolerance=TOLERANCE, **counted)
    return new_recovery_codes(user)


def give(user: User, key: str) -> None:
    """Give an account an app whose secret is known beforehand: the demonstration's administrator."""
    TOTPDevice.objects.create(user=user, name=NAME, key=key, confirmed=True, tolerance=TOLERANCE)


def key_of(user: User) -> str:
    """Return the secret of an account's app, "" where there is none."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).values_list("key", flat=True).first() or ""


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes and return the new ones, which nobody can read again on a page."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=NAME)
    codes = [StaticToken.random_token() for _place in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


@transaction.atomic
def verify(user: User, code: str) -> Answer:
    """Say whether a code is right now; a code of the app and a recovery code each count once.

    After a wrong code the account waits, longer each time, whoever asks.
    """
    typed = plain(code)
    devices: list[tuple[Any, Answer]] = [
        *((device, Answer.APP) for device in TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)),
        *((device, Answer.RECOVERY) for device in StaticDevice.objects.select_for_update().filter(user=user)),
    ]
    waits = False
    for device, answer in devices:
        if (answer is Answer.APP) != typed.isdecimal():
            continue
        allowed, _why = device.verify_is_allowed()
        if not allowed:
            waits = True
        elif device.verify_token(typed):
            return answer
    return Answer.WAIT if waits else Answer.WRONG


@transaction.atomic
def remove(user: User) -> None:
    """Take the second factor away, recovery codes too."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
