"""How far apart two colors are, also for people who see fewer of them: what the tests of pictures measure with."""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Triple = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency", severity 1.0:
# three rows for linear red, green and blue.
SIGHTS: dict[str, tuple[Triple, Triple, Triple]] = {
    "all colors": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.072175), (0.0193339, 0.119192, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)  # D65


def lab(color: str, sight: str = "all colors") -> Triple:
    """Returns a color such as "#1A1D21" in CIELAB, as it is seen with this sight."""
    seen = [min(max(_dot(row, _linear(color)), 0), 1) for row in SIGHTS[sight]]
    x, y, z = (
        _lifted(_dot(row, (seen[0], seen[1], seen[2])) / white) for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: str, other: str) -> float:
    """Returns the contrast of WCAG 2.2 between two colors, from 1 to 21."""
    light, dark = sorted((_dot(_TO_XYZ[1], _linear(color)) for color in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def difference(one: Triple, other: Triple) -> float:
    """Returns CIEDE2000; the names are those of Sharma, Wu and Dalal 2005, whose table of pairs it is tested with."""
    mean = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2
    g = (1 - sqrt(mean**7 / (mean**7 + 25.0**7))) / 2
    (c1, h1), (c2, h2) = (_polar(color[1] * (1 + g), color[2]) for color in (one, other))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else ((h1 + h2 + 360) / 2) % 360
    hue = hue if c1 * c2 else h1 + h2
    lightness, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue))
    t += 0.32 * cos(radians(3 * hue + 6)) - 0.2 * cos(radians(4 * hue - 63))
    s_l = 1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2)
    d_l, d_c = (other[0] - one[0]) / s_l, (c2 - c1) / (1 + 0.045 * chroma)
    d_h = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25.0**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(d_l**2 + d_c**2 + d_h**2 + rotation * d_c * d_h)


def _linear(color: str) -> Triple:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _lifted(part: float) -> float:
    return float(part ** (1 / 3)) if part > (6 / 29) ** 3 else part * (29 / 6) ** 2 / 3 + 4 / 29


def _dot(row: Triple, color: Triple) -> float:
    return sum(weight * part for weight, part in zip(row, color, strict=True))


def _polar(a: float, b: float) -> tuple[float, float]:
    return hypot(a, b), degrees(atan2(b, a)) % 360
