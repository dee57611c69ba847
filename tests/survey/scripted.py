"""The third face of the conversation: replies written beforehand, and a record of all that was shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from impact_cli.answers.sheet import Answer, Value
from impact_cli.report.blocks import Block
from impact_cli.survey.prompter import Aside, Choice, Draft, Keep, Key, Reply, Step, Wish, Worded

BACK, SKIP, OTHER, PAUSE = (Aside(wish) for wish in (Wish.BACK, Wish.SKIP, Wish.OTHER, Wish.PAUSE))


@dataclass(frozen=True)
class Pick:
    """A line of a menu, by its key; None leaves it by Ctrl-C."""

    key: str | None


@dataclass(frozen=True)
class Typed:
    """What stands in the field when typing pauses, and the reply that comes then, if one does."""

    draft: Draft
    reply: Value | Aside = PAUSE


Scripted = Value | Worded | Aside | Pick | Typed


@dataclass
class ScriptedPrompter:
    """Gives the replies of a script in their order. When it is at its end, somebody leaves.

    `asked` are the places in the order asked, `steps` what was asked there, `menus` the titles and keys of menus,
    `confirmed` what was shown as kept, `told` the gain of each section. `watch` is called before each question. `ticks`
    are the titles, keys and ticked keys of consent, to which `publish` replies.
    """

    script: Iterable[Scripted]
    watch: Callable[[], None] = lambda: None
    steps: list[Step] = field(default_factory=list)
    menus: list[tuple[str, list[str]]] = field(default_factory=list)
    publish: Callable[[Sequence[Any]], Sequence[Any] | None] = lambda keys: keys
    ticks: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    confirmed: list[tuple[str, Answer]] = field(default_factory=list)
    sections: list[tuple[str, int, int]] = field(default_factory=list)
    told: list[list[Block]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._replies = iter(self.script)

    @property
    def asked(self) -> list[str]:
        return [name_of(step) for step in self.steps]

    def ask(self, step: Step, keep: Keep) -> Reply:
        self.watch()
        self.steps.append(step)
        reply = next(self._replies, PAUSE)
        if isinstance(reply, Typed):
            keep(reply.draft)
            reply = reply.reply
        assert not isinstance(reply, Pick), f"{name_of(step)} is asked, and the script has {reply}"
        return reply

    def confirm(self, step: Step, answer: Answer) -> None:
        self.confirmed.append((name_of(step), answer))

    def choose(
        self,
        title: str,
        choices: Sequence[Choice[Key]],
        escape: Key | None = None,
        at: Key | None = None,
        *,
        leaves: bool = False,
    ) -> Key | None:
        del escape, at, leaves
        keys = {str(choice.key): choice.key for choice in choices}
        self.menus.append((title, list(keys)))
        reply = next(self._replies, Pick(None))
        assert isinstance(reply, Pick), f"the menu {list(keys)} is shown, and the script has {reply}"
        assert reply.key is None or reply.key in keys, f"{reply.key} is not in the menu {list(keys)}"
        return None if reply.key is None else keys[reply.key]

    def tick(
        self, title: str, choices: Sequence[Choice[Key]], ticked: Sequence[Key], several: Choice[Sequence[Key]]
    ) -> Sequence[Key] | None:
        del several
        self.ticks.append((title, [str(choice.key) for choice in choices], [str(key) for key in ticked]))
        return self.publish([choice.key for choice in choices])

    def ask_line(self, title: str, draft: str = "") -> str | None:
        self.said.append(title)
        reply = next(self._replies, None)
        assert reply is None or isinstance(reply, str)
        return reply if reply is None else reply or draft

    def show_section(self, title: str, hints: Sequence[str], gone: int, total: int) -> None:
        self.hints = list(hints)
        self.sections.append((title.replace("\u00a0", " "), gone, total))

    def show_report(self, lead: str, blocks: Sequence[Block]) -> None:
        self.said.append(lead)
        self.told.append(list(blocks))

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


def name_of(step: Step) -> str:
    """The question's id, and the row's where it is a grid."""
    return f"{step.question.id}.{step.row.id}" if step.row else step.question.id
