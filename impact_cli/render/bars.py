"""The drawing of a count as a bar between letters: full blocks for what is counted, pale ones for the rest."""


def draw_bar(value: int, maximum: int, width: int) -> str:
    """A bar of `width` letters; only nothing looks empty, and only all of it full."""
    filled = round(width * value / maximum)
    if 0 < value < maximum:
        filled = min(max(filled, 1), width - 1)
    return "█" * filled + "░" * (width - filled)
