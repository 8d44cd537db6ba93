"""A sheet of paper to draw on; what is drawn is in pictures.py, how names are written in lettering.py.

Matplotlib is loaded when the first sheet is taken. Only its figure and its canvas are used, without pyplot and without axes: no
state is shared, no setting of the machine's changes a picture, and what is equal is drawn as equal bytes.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from handlers.views.lettering import Fonts, cut, writable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.text import Text

# Its own paper, so that a picture reads alike on Slack's white and on its #1A1D21.
PAPER, INK, SMALL_PRINT, HAIRLINE = "#FBFAF7", "#1D1C1D", "#5C5A57", "#D9D6CF"
WIDTH = 360  # of a phone; everything is measured in its points
SCALE = 3  # pixels to a point, as many as a phone has
_POINTS_TO_AN_INCH = 72  # matplotlib measures fonts and lines in these
_COLORS = 64  # of the file: a few, and the shades between them and the paper
# What matplotlib keeps for itself is not made for threads, and two sheets at once would take twice the memory.
_ONE_AT_A_TIME = threading.Lock()

Point = tuple[float, float]
Side = Literal["left", "center", "right"]


def can_draw() -> bool:
    """Says whether matplotlib is installed, without loading it; where it is not, pictures are left out."""
    return find_spec("matplotlib") is not None


@contextmanager
def sheet(height: float) -> Iterator[Sheet]:
    """Lends an empty sheet of so many points, to one thread at a time."""
    with _ONE_AT_A_TIME:
        lent = Sheet(height)
        try:
            yield lent
        finally:
            lent.tear_up()


class Sheet:
    """A sheet of paper: points are counted from its left and from above."""

    def __init__(self, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        size = WIDTH / _POINTS_TO_AN_INCH, height / _POINTS_TO_AN_INCH
        self._figure = Figure(figsize=size, dpi=_POINTS_TO_AN_INCH * SCALE, facecolor=PAPER, edgecolor=PAPER)
        self._canvas = FigureCanvasAgg(self._figure)
        self._points = Affine2D().scale(SCALE, -SCALE).translate(0, height * SCALE)
        self._fonts = Fonts()

    def box(self, left: float, top: float, width: float, height: float, color: str) -> None:
        """Draws a filled rectangle."""
        self.shape([(left, top), (left + width, top), (left + width, top + height), (left, top + height)], color)

    def shape(self, corners: Sequence[Point], color: str) -> None:
        """Draws a filled shape."""
        from matplotlib.patches import Polygon

        self._add(Polygon(corners, closed=True, facecolor=color, edgecolor="none", linewidth=0))

    def disk(self, middle: Point, radius: float, color: str) -> None:
        """Draws a filled circle."""
        from matplotlib.patches import Circle

        self._add(Circle(middle, radius, facecolor=color, edgecolor="none", linewidth=0))

    def pill(self, middle: Point, width: float, height: float, color: str) -> None:
        """Draws a box with round ends around a point, and paper around it."""
        from matplotlib.patches import FancyBboxPatch

        corner = middle[0] - width / 2, middle[1] - height / 2
        ends = f"round,pad=0,rounding_size={height / 2}"
        self._add(FancyBboxPatch(corner, width, height, boxstyle=ends, facecolor=color, edgecolor=PAPER, linewidth=3))

    def line(self, start: Point, end: Point, color: str, width: float = 1) -> None:
        """Draws a line."""
        from matplotlib.lines import Line2D

        ends = [start[0], end[0]], [start[1], end[1]]
        self._add(Line2D(*ends, color=color, linewidth=width, linestyle="-", marker="None", solid_capstyle="butt"))

    def write(
        self, at: Point, words: str, size: float, color: str = INK, *, bold: bool = False, side: Side = "left"
    ) -> float:
        """Writes words of ours; returns their width. `at` is on the line they stand on, at their beginning, middle or end."""
        text = self._text(words, size, color, bold=bold, side=side)
        text.set_position(at)
        self._add(text)
        return self._width(text)

    def fitted(self, words: str, size: float, room: float, *, bold: bool = False, otherwise: str = "") -> str:
        """Returns somebody's words as they can be written in so much room; `otherwise` where none of them can be."""
        text = self._text("", size, INK, bold=bold)

        def fits(tried: str) -> bool:
            text.set_text(tried)
            return self._width(text) <= room

        return cut(writable(words, self._fonts.has) or otherwise, fits)

    def png(self) -> bytes:
        """Returns the sheet as a file in which nothing tells when it was drawn, and by what."""
        from PIL import Image

        self._canvas.draw()  # type: ignore[no-untyped-call]
        size, drawn = self._canvas.get_width_height(), self._canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        picture = Image.frombuffer("RGBA", size, drawn, "raw", "RGBA", 0, 1).convert("RGB")
        few = picture.quantize(_COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        file = BytesIO()
        few.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def tear_up(self) -> None:
        """Lets go of what was drawn, at once: all of it holds each other, and left to Python a hundred pictures weigh 90 MB."""
        self._figure.clear()
        vars(self).clear()
        gc.collect()

    def _add(self, artist: Artist) -> None:
        """Lays something over all that is there."""
        artist.set_transform(self._points)
        artist.set_zorder(len(self._figure.get_children()))
        self._figure.add_artist(artist)

    def _text(self, words: str, size: float, color: str, *, bold: bool, side: Side = "left") -> Text:
        from matplotlib.font_manager import FontProperties
        from matplotlib.text import Text

        font = FontProperties(family=self._fonts.families, weight="bold" if bold else "normal", size=size)
        look: dict[str, Any] = {"horizontalalignment": side, "verticalalignment": "baseline", "antialiased": True}
        plain: dict[str, Any] = {"parse_math": False, "usetex": False}  # a dollar sign in a name is a dollar sign
        text = Text(0, 0, words, color=color, fontproperties=font, **look, **plain)
        text.set_figure(self._figure)
        return text

    def _width(self, text: Text) -> float:
        renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]
        return float(text.get_window_extent(renderer).width) / SCALE
