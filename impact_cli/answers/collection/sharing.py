"""Work on many things shared out among the processors; what comes of it, in the order of the things."""

import contextlib
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from impact_cli.errors import ImpactError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Share = TypeVar("Share")
Outcome = TypeVar("Outcome")

_MOST = 8  # processes: the first, which lists the files and puts together what they say, has no work for more


def share_out(work: Callable[[Share], Outcome], shares: Iterable[Share]) -> Generator[Outcome, None, None]:
    """What `work` makes of each share, in their order: in several processes where there are several shares.

    `work` goes to each process once, and may remember there what helps it with the next share. Work, shares and
    outcomes travel, so that all are such as pickle takes; the journey takes little beside some tenths of a second of
    work. Shares are made when they are needed, and few outcomes wait. With one processor, or where a system gives no
    more processes, all is done in this one. Raises what `work` raises, and ImpactError where a process is killed.
    """
    shares = iter(shares)
    first = [*islice(shares, 2)]
    crew = _Crew(work, min(_count_processors(), _MOST) if len(first) > 1 else 0)
    try:
        yield from crew.work_through(chain(first, shares)) if crew.add_one() else map(work, chain(first, shares))
    finally:
        crew.dismiss()


def _count_processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Crew:
    """Processes that each have one share at a time."""

    def __init__(self, work: Callable[[Any], Any], most: int) -> None:
        self._work = work
        self._most = most if most > 1 else 0
        self._processes: list[BaseProcess] = []
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}  # with the number of the share

    def add_one(self) -> bool:
        """Whether there is one process more."""
        if len(self._processes) == self._most:
            return False
        import multiprocessing

        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_serve, args=(ours, theirs, self._work), daemon=True)
        try:
            process.start()
        except OSError:
            self._most = len(self._processes)
            return False
        theirs.close()
        self._processes.append(process)
        self._idle.append(ours)
        return True

    def work_through(self, shares: Iterable[Any]) -> Iterator[Any]:
        """The outcomes: those that come early wait until there are as many as processes."""
        outcomes: dict[int, Any] = {}
        told = 0
        for number, share in enumerate(shares):
            while len(outcomes) > self._most or not (self._idle or self.add_one()):
                outcomes.update(self._receive())
                while told in outcomes:
                    yield outcomes.pop(told)
                    told += 1
            self._give(number, share)
        while self._busy:
            outcomes.update(self._receive())
        yield from (outcomes[number] for number in sorted(outcomes))

    def _give(self, number: int, share: Any) -> None:
        connection = self._idle.pop()
        with _expecting_life():
            connection.send(share)
        self._busy[connection] = number

    def _receive(self) -> Iterator[tuple[int, Any]]:
        """What came of the shares that are done, one at least."""
        from multiprocessing.connection import wait

        done = {*wait(self._busy)}
        for connection in [each for each in self._busy if each in done]:
            with _expecting_life():
                outcome = connection.recv()
            if isinstance(outcome, Exception):
                raise outcome
            self._idle.append(connection)
            yield self._busy.pop(connection), outcome

    def dismiss(self) -> None:
        """End every process, whatever it does."""
        for process in self._processes:
            process.terminate()
            process.join()


@contextlib.contextmanager
def _expecting_life() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise ImpactError(
            "La lecture s’est arrêtée\u00a0: l’un des processus qui lisent les fiches a pris fin.",
            "Rien n’est enregistré. Recommencez\u202f; si la mémoire manque, fermez d’abord d’autres programmes.",
        ) from error


def _serve(ours: "Connection", theirs: "Connection", work: Callable[[Any], Any]) -> None:
    """Work until the first process is gone: it alone hears Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ours.close()
    with contextlib.suppress(EOFError, OSError):
        while True:
            theirs.send(_do(work, theirs.recv()))


def _do(work: Callable[[Any], Any], share: Any) -> Any:
    try:
        return work(share)
    except Exception as error:  # noqa: BLE001  it is raised in the first process, which tells it
        import traceback

        error.add_note(traceback.format_exc())
        return error
