"""Names as they are written in pictures: what no font here has is replaced or left out, never a box and never a mistake."""

import pytest

from handlers.views.lettering import Fonts, cut, writable

LATIN = frozenset(map(chr, range(0x20, 0x180))) | {"…", "\u0301", "\u0302", "\u0303"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana Lopez", "Ana Lopez"),
        ("  Ana\n\tLopez\x00 ", "Ana Lopez"),
        ("e\u0301", "é"),
        ("$x^2$ \\frac{1}", "$x^2$ \\frac{1}"),
        ("🎉 Raj 🎉", "Raj"),
        ("Raj🎉", "Raj"),
        ("👩‍👩‍👧", ""),
        ("\u202eevil\u202c", "evil"),
        ("山田太郎", ""),
        ("李 Ming", "Ming"),
        ("李Ming", ""),  # half of a word would be another name
        ("𝓡𝓪𝓳 Ｌee", "Raj Lee"),
        ("Nguyễn", "Nguyên"[:4] + "en"),  # the plain form of a letter that is missing
        ("\u0301Ana", "Ana"),
        ("A" + "\u0301\u0302\u0303" * 50, "Á\u0302\u0303"[:3]),
        ("\u3164", ""),
        ("***", ""),
        ("", ""),
        ("\ud800", ""),
        ("W" * 200, "W" * 80),
    ],
)
def test_a_name_is_written_as_far_as_it_can_be(name: str, shown: str) -> None:
    assert writable(name, LATIN.__contains__) == shown


@pytest.mark.parametrize(("room", "shown"), [(9, "Ana Lopez"), (8, "Ana Lop…"), (5, "Ana…"), (2, "A…"), (0, "…")])
def test_what_does_not_fit_ends_in_an_ellipsis(room: int, shown: str) -> None:
    assert cut("Ana Lopez", lambda words: len(words) <= room) == shown


def test_the_font_that_comes_with_matplotlib_writes_many_scripts() -> None:
    fonts = Fonts()
    assert fonts.families[0] == "DejaVu Sans"
    for name in ("Øyvind Nguyễn", "Ελένη", "Дмитрий", "محمد علي", "שרה כהן", "Հայկ"):
        assert writable(name, fonts.has) == name
