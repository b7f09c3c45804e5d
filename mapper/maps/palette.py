"""The colours of every map, chosen so that a colour-blind reader tells them apart.

Need runs from pale to dark orange, provision from pale to dark blue, and the gap class crosses
the two. Orange against blue survives every common kind of colour blindness; a test simulates
them. What is no figure (withheld, not known, no activity) is a pattern as well as a colour.
"""

NEED = ("#fff1e0", "#fdd0a2", "#fd9d52", "#d95f0e", "#8c3a04")
"""Need in five steps, low to high."""

PROVISION = ("#e8f1fa", "#b8d3ea", "#74aed4", "#2f7ebc", "#08468b")
"""Provision in five steps, low to high."""

LEVELS = ("low", "medium", "high")
"""The thirds of need and of provision, as published."""

GAP = {
    "high need, low provision": "#d7531a",
    "high need, medium provision": "#9c4a34",
    "high need, high provision": "#42303e",
    "medium need, low provision": "#f9ae7a",
    "medium need, medium provision": "#b39c96",
    "medium need, high provision": "#3f708e",
    "low need, low provision": "#fdf0e2",
    "low need, medium provision": "#9dcfe8",
    "low need, high provision": "#1f9ed8",
}
"""The gap class: orange where need outruns provision, blue where provision outruns need."""

WIDEST_GAP = "high need, low provision"
"""The class the map is made to find; it is outlined as well as coloured."""

HATCHED, DOTTED, CROSSED = "map-hatched", "map-dotted", "map-crossed"
"""Names of the fill patterns: withheld, no activity registered, not known."""

INK = "#0b0c0c"
"""Text and the outlines of authorities."""

OUTLINE = "#505a5f"
"""The outlines of areas: at least 3 to 1 against white and against the palest fills."""

LAND, SEA = "#f3f2f1", "#e4edf2"
"""What lies under and around the areas."""


_LINEAR_BELOW = 0.04045


def relative_luminance(colour: str) -> float:
    """Measure how light a colour is, from 0 (black) to 1 (white).

    Parameters
    ----------
    colour : as `#rrggbb`.

    References
    ----------
    W3C (2023) Web Content Accessibility Guidelines 2.2, "relative luminance".
    """
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Measure the contrast of two colours, from 1 (none) to 21 (black on white).

    Parameters
    ----------
    first, second : as `#rrggbb`, in either order.

    References
    ----------
    W3C (2023) Web Content Accessibility Guidelines 2.2, "contrast ratio".
    """
    lighter, darker = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """Choose the text colour, near-black or white, that reads better on a colour.

    Parameters
    ----------
    colour : of the ground, as `#rrggbb`.
    """
    return max((INK, "#ffffff"), key=lambda ink: contrast(ink, colour))
