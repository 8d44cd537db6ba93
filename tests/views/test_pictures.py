"""The pictures: read on a phone, in the dark, in grey and with any sight, whatever a name holds; small and always the same."""

import gc
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from bot.kinds import NAMES
from handlers.views import drawing, network_picture
from handlers.views.network_picture import Tie, my_network, network_words
from handlers.views.pictures import COLORS, Week, help_by_week
from tests.views.colors import SIGHTS, contrast, difference, lab

ROOT = Path(__file__).parents[2]
MONDAY = date(2025, 12, 15)
# CIEDE2000: about 1 is seen side by side by a trained eye, 10 at a glance; these are small areas, apart from each other.
LEAST_DIFFERENCE, LEAST_STEP_IN_GREY, LEAST_CONTRAST = 20, 12, 3  # the last is WCAG 2.2, 1.4.11, for what is not text
BACKGROUNDS = (drawing.PAPER, "#F4F2ED")
MOST_BYTES = 150_000
HOSTILE = [
    "$x^2$ \\frac{1}{2}", "$\\unknown{", "a$b", "\\", "{a}_{b}%", "A\x00B\x07C\nD\r\tE", "\u202eevil\u202c", "<@U1> & <!channel>",
    "🎉 Raj 🎉", "🌟", "👩‍👩‍👧", "\u3164", "\u200d\u200d", "", " ", "***", "W" * 10_000, "Z\u0336" + "\u0341" * 500, "\ud800",
    "山田太郎", "李 Ming", "محمد علي", "שרה כהן", "मीरा शर्मा", "김민준", "นภา", "Ⅷ ＡＢＣ", "𝓡𝓪𝓳", "\ufdfa", "\U0010ffff",
]  # fmt: skip


def weeks(*counts: Sequence[int]) -> list[Week]:
    """Returns weeks that follow each other, with so much of each kind."""
    return [Week(MONDAY + timedelta(weeks=at), dict(zip(NAMES, one, strict=False))) for at, one in enumerate(counts)]


def ties(count: int, new: int = 0) -> list[Tie]:
    """Returns ties of which the last ones are new."""
    return [Tie(f"Person {at} Lopez", at >= count - new, gave=at % 3, got=(at + 1) % 3) for at in range(count)]


PICTURES: Mapping[str, Callable[[], bytes | None]] = {
    "full": lambda: help_by_week(weeks(*[(8, 3, 6, 4)] * 11, (11, 1, 2, 0)), "austin-chapter"),
    "first": lambda: help_by_week(weeks((3, 1, 0, 2)), "austin-chapter"),
    "quiet": lambda: help_by_week(weeks((2, 1), *[()] * 11), "austin-chapter"),
    "empty": lambda: help_by_week(weeks(*[()] * 12), "austin-chapter"),
    "empty_first": lambda: help_by_week(weeks(()), ""),
    "huge": lambda: help_by_week(weeks(*[(2_000, 30, 1, 123_456)] * 12), "#" + "w" * 80),
    "years": lambda: help_by_week(weeks(*[(1, 2, 3, 4)] * 200), "austin-chapter"),
    "one": lambda: my_network(ties(1)),
    "many": lambda: my_network(ties(400, new=9)),
    "hostile": lambda: my_network([Tie(name, at % 2 == 0, 1, at % 3) for at, name in enumerate(HOSTILE)]),
}


@cache
def _drawn(name: str) -> bytes:
    drawn = PICTURES[name]()
    assert drawn is not None
    return drawn


def _open(name: str) -> Image.Image:
    return Image.open(BytesIO(_drawn(name)))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_three_times_as_wide_as_a_phone(name: str) -> None:
    picture = _open(name)
    assert (picture.format, picture.width) == ("PNG", 1_080)
    assert 400 < picture.height <= 1_400
    assert len(_drawn(name)) < MOST_BYTES
    assert picture.info == {}, "nothing tells when or by what it was drawn"


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_runs_over_the_edge(name: str) -> None:
    picture = _open(name).convert("RGB")
    paper = picture.getpixel((0, 0))
    right, bottom = picture.width - 1, picture.height - 1
    for strip in ((0, 0, right, 8), (0, 0, 8, bottom), (right - 8, 0, right, bottom), (0, bottom - 8, right, bottom)):
        assert picture.crop(strip).getcolors() == [((strip[2] - strip[0]) * (strip[3] - strip[1]), paper)]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_colors_are_told_apart_with_every_sight(sight: str, background: str) -> None:
    seen = [lab(color, sight) for color in (*COLORS.values(), background)]
    assert min(difference(one, other) for one, other in combinations(seen, 2)) >= LEAST_DIFFERENCE


def test_colors_are_told_apart_in_grey_and_stand_out() -> None:
    greys = sorted(lab(color)[0] for color in COLORS.values())
    assert min(lighter - darker for darker, lighter in pairwise(greys)) >= LEAST_STEP_IN_GREY
    assert min(contrast(color, under) for color in COLORS.values() for under in BACKGROUNDS) >= LEAST_CONTRAST


def test_ones_own_network_has_the_same_colors() -> None:
    named = vars(network_picture)
    assert {named[f"{what}_COLOR"] for what in ("BOTH", "GAVE", "GOT", "NEW")} == set(COLORS.values())


def test_the_colors_measured_are_those_in_the_picture() -> None:
    colors = {color for _, color in _open("full").convert("RGB").getcolors() or []}
    assert {tuple(bytes.fromhex(color[1:])) for color in COLORS.values()} <= colors


@pytest.mark.parametrize(
    ("one", "other", "apart"),  # Sharma, Wu and Dalal 2005, table 1: pairs 1, 7, 13, 17, 21, 25, 34
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (50, 3.1736, 0.5854), 1.0),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    assert difference(one, other) == pytest.approx(apart, abs=5e-5)
    assert difference(other, one) == pytest.approx(apart, abs=5e-5)


def test_the_same_is_drawn_as_the_same_bytes_in_threads_and_in_another_program() -> None:
    drawn: list[bytes | None] = []
    threads = [Thread(target=lambda: drawn.append(my_network(ties(12, new=2)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = _run(
        "from hashlib import sha256",
        "from tests.views.test_pictures import my_network, ties",
        "print(sha256(my_network(ties(12, new=2))).hexdigest())",
    )
    assert {sha256(one or b"").hexdigest() for one in drawn} == {said.strip()}
    assert len(drawn) == 4


def test_a_picture_keeps_no_memory() -> None:
    tracemalloc.start()
    try:
        my_network(ties(40))
        before = _kept()
        for _ in range(3):
            my_network(ties(40))
        after, most = _kept(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert after - before < 500_000
    assert most - before < 40_000_000


def _kept() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_names_of_any_letters_are_drawn() -> None:
    some = random.Random(6)
    letters = [
        *range(0x20, 0x3000),
        0xD800,
        *range(0xFB00, 0x10000),
        *range(0x1D400, 0x1D800),
        *range(0x1F300, 0x1F700),
    ]
    for _ in range(5):
        names = ["".join(map(chr, some.choices(letters, k=some.randint(1, 30)))) for _ in range(40)]
        assert my_network([Tie(name, is_new=True, gave=1, got=0) for name in names])


def test_matplotlib_is_loaded_for_a_picture_and_for_nothing_else() -> None:
    loaded = "print(bool({'matplotlib', 'numpy', 'PIL'} & set(sys.modules)))"
    start = "import sys, app, handlers.features, handlers.views.pictures as p, handlers.views.network_picture as n"
    asked = "n.my_network([n.Tie('Raj', True, 1, 0)]) and None"
    assert (
        _run(start, "n.can_draw()", loaded, asked, loaded, "print('matplotlib.pyplot' in sys.modules)")
        == "False\nTrue\nFalse\n"
    )


def test_without_matplotlib_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "find_spec", lambda _name: None)
    assert help_by_week(weeks((1, 1, 1, 1)), "austin-chapter") is None
    assert my_network(ties(3)) is None


def test_of_nothing_there_is_no_picture() -> None:
    assert help_by_week([], "austin-chapter") is None
    assert my_network([]) is None
    assert network_words([]) == ""


def test_a_network_is_said_in_words_too() -> None:
    shown = [
        Tie("Raj", is_new=False, gave=1, got=0),
        Tie("Mira\nChen", is_new=True, gave=1, got=1),
        Tie(" ", is_new=False, gave=0, got=1),
    ]
    assert network_words(shown[:1]) == "Your network has 1 tie: Raj."
    assert network_words(shown) == "Your network has 3 ties, 1 new: Raj; Mira Chen, new; someone."


def test_of_a_large_network_those_who_are_new_stay() -> None:
    said = network_words(ties(400, new=2))
    assert "Person 399 Lopez, new; and 360 more." in said
    assert said.index("Person 0 Lopez") < said.index("Person 37 Lopez") < said.index("Person 398 Lopez, new")
    assert len(network_words([Tie("W" * 500, is_new=True, gave=1, got=1)] * 100_000)) <= 1_000


def _run(*lines: str) -> str:
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
