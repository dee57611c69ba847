"""What is known again among many: digests in 16 to 24 bytes each, a fourth of what a set of Python takes."""

from array import array
from hashlib import blake2b

_FEWEST = 1024  # slots, a power of two


def digest(*words: str | bytes) -> bytes:
    """Words in 8 bytes."""
    whole = b"".join(each if isinstance(each, bytes) else each.encode("utf-8", "replace") for each in words)
    return blake2b(whole, digest_size=8).digest()


class Digests:
    """Digests of 8 bytes, numbered from 0 in the order in which they came."""

    def __init__(self) -> None:
        self._digests = array("Q")
        self._slots = array("I", [0] * _FEWEST)  # at least twice as many: the number of a digest and one, 0 for none

    def __len__(self) -> int:
        return len(self._digests)

    def find(self, digest: bytes) -> int | None:
        """Its number, None where it is not there."""
        known = self._slots[self._find(int.from_bytes(digest))]
        return known - 1 if known else None

    def add(self, digest: bytes) -> int:
        """Its number, which is the next one where it was not there."""
        key = int.from_bytes(digest)
        slot = self._find(key)
        if known := self._slots[slot]:
            return known - 1
        self._digests.append(key)
        self._slots[slot] = len(self)
        if 2 * len(self) > len(self._slots):
            self._grow()
        return len(self) - 1

    def _find(self, key: int) -> int:
        """The slot in which it stands, or would: the first that is empty from its own on."""
        most = len(self._slots) - 1
        slot = key & most
        while (known := self._slots[slot]) and self._digests[known - 1] != key:
            slot = slot + 1 & most
        return slot

    def _grow(self) -> None:
        self._slots = array("I", [0]) * (2 * len(self._slots))
        for number, key in enumerate(self._digests, 1):
            self._slots[self._find(key)] = number
