"""The keys of a terminal, as it sends them."""

ENTER, TAB, BACK_TAB, SPACE, BACKSPACE = "\r", "\t", "\x1b[Z", " ", "\x7f"
UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"
HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
ESCAPE, ALT_ENTER, CTRL_J = "\x1b", "\x1b\r", "\n"
CTRL_C, CTRL_D, CTRL_U, CTRL_Z = "\x03", "\x04", "\x15", "\x1a"


def paste(text: str) -> str:
    """The stroke of a paste in a terminal that says where a paste begins and ends."""
    return f"\x1b[200~{text}\x1b[201~"
