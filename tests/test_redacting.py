"""Words are taken out of texts whatever stands between them, out of JSON at any depth, and nothing else is touched."""

from __future__ import annotations

import json
import unicodedata
from random import Random

import pytest

from plan_tracker.lib.redacting import LEAST_WORDS, is_known_again, parts, redacted, spans, whole, without, words_in

SECRET = "Xã Đá Trắng có 17 hầm kho, do đơn vị K-5 giữ"
GONE = "[…]"
SYLLABLES = ("an", "ba", "cá", "dê", "éc", "gà", "hổ", "ỉm", "kì", "lá")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (SECRET, GONE),
        (f"Trước: {SECRET}. Sau.", f"Trước: {GONE}. Sau."),
        (SECRET.upper(), GONE),
        (SECRET.replace(" ", "\n  "), GONE),
        (unicodedata.normalize("NFD", SECRET), GONE),
        (f"“{SECRET}” và ({SECRET})", f"“{GONE}” và ({GONE})"),
        (SECRET.replace("kho,", "kho;"), GONE),
        (SECRET.replace("17", "18"), SECRET.replace("17", "18")),
        (SECRET.replace("Đá", "Đà"), SECRET.replace("Đá", "Đà")),
        ("Xã Đá Trắng có 17 hầm kho", "Xã Đá Trắng có 17 hầm kho"),
        ("", ""),
    ],
)
def test_the_whole_words_go_and_nothing_less(text: str, left: str) -> None:
    assert without(text, [whole(SECRET)], GONE) == left


def test_neighbours_and_overlaps_become_one() -> None:
    pieces = [whole("hầm kho số một"), whole("số một ở núi"), whole("ở núi Đá")]
    assert without("Có hầm kho số một ở núi Đá này.", pieces, GONE) == f"Có {GONE} này."


def test_the_beginning_and_single_sentences_are_known_where_they_were_taken_over() -> None:
    text = f"{SECRET}. Việc chuyển hàng làm vào ban đêm qua Khe Sâu. Xong."
    pieces = parts(text)
    assert without(f"Huyện uỷ A: {SECRET}.", pieces, GONE) == f"Huyện uỷ A: {GONE}."
    assert without("- Việc chuyển hàng làm vào ban đêm qua Khe Sâu;", pieces, GONE) == f"- {GONE};"
    assert without("Xong. Việc chuyển hàng đã khác.", pieces, GONE) == "Xong. Việc chuyển hàng đã khác."
    long = " ".join(f"từ{number}" for number in range(400))
    cut = f"{long[:420].rsplit(' ', 1)[0]} …"
    assert without(cut, parts(long), GONE) == f"{GONE} …"


def test_a_text_inside_json_inside_a_text_goes_too() -> None:
    inner = json.dumps({"weaknesses": f"Còn: {SECRET}", "n": 3})
    value = {"list": [1, None, {"text": SECRET}], "stored": inner, SECRET: "khoá"}
    left = redacted(value, [whole(SECRET)], GONE)
    assert left["list"] == [1, None, {"text": GONE}] and left[SECRET] == "khoá"
    assert json.loads(left["stored"]) == {"weaknesses": f"Còn: {GONE}", "n": 3}
    untouched = {"stored": '{"a":  1}', "text": "[Không phải JSON"}
    assert redacted(untouched, [whole(SECRET)], GONE) == untouched


def test_short_texts_are_not_known_again() -> None:
    assert [is_known_again(text) for text in ("Tốt.", "Không có khó khăn gì", SECRET)] == [False, True, True]
    assert words_in("– Không … có! –") == ("không", "có") and whole("…").words == ()
    assert len(words_in("Đã triển khai xong.")) < LEAST_WORDS


def test_at_random_nothing_is_left_and_nothing_else_is_lost() -> None:
    dice = Random(5)  # noqa: S311
    for _round in range(300):
        words = [dice.choice(SYLLABLES) for _word in range(dice.randint(1, 40))]
        sought = [whole(" ".join(words[at : at + dice.randint(1, 5)])) for at in (dice.randrange(len(words)),)]
        text = "".join(word + dice.choice([" ", "\n", ", ", " – "]) for word in words)
        left = without(text, sought, "§")
        assert spans(left, sought) == []
        kept = [word for word in words_in(left) if word != "§"]
        rest = iter(words)
        assert all(word in rest for word in kept)
        assert without(left, sought, "§") == left
