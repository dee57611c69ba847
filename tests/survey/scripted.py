"""The third face of the conversation: replies written beforehand, and a record of all that was shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from impact_cli.answers.sheet import Answer, Value
from impact_cli.report.blocks import Block
from impact_cli.survey.prompter import Aside, Choice, Reply, Step, Wish

BACK, SKIP, OTHER, PAUSE = (Aside(wish) for wish in Wish)


@dataclass(frozen=True)
class Pick:
    """A line of a menu, by its key; None leaves it by Ctrl-C."""

    key: str | None


Scripted = Value | Aside | Pick


@dataclass
class ScriptedPrompter:
    """Gives the replies of a script in their order. When it is at its end, somebody leaves.

    `asked` are the places in the order asked, `steps` what was asked there, `menus` the titles and keys of menus,
    `confirmed` what was shown as kept, `told` the gain of each section. `watch` is called before each question.
    """

    script: Iterable[Scripted]
    watch: Callable[[], None] = lambda: None
    steps: list[Step] = field(default_factory=list)
    menus: list[tuple[str, list[str]]] = field(default_factory=list)
    confirmed: list[tuple[str, Answer]] = field(default_factory=list)
    sections: list[tuple[str, int, int]] = field(default_factory=list)
    told: list[list[Block]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._replies = iter(self.script)

    @property
    def asked(self) -> list[str]:
        return [name_of(step) for step in self.steps]

    def ask(self, step: Step) -> Reply:
        self.watch()
        self.steps.append(step)
        reply = next(self._replies, PAUSE)
        assert not isinstance(reply, Pick), f"{name_of(step)} is asked, and the script has {reply}"
        return reply

    def confirm(self, step: Step, answer: Answer) -> None:
        self.confirmed.append((name_of(step), answer))

    def choose(self, title: str, choices: Sequence[Choice]) -> str | None:
        keys = [choice.key for choice in choices]
        if "publish" in keys:  # asked after every text; its own tests are elsewhere
            return "publish"
        self.menus.append((title, keys))
        reply = next(self._replies, Pick(None))
        assert isinstance(reply, Pick), f"the menu {keys} is shown, and the script has {reply}"
        assert reply.key is None or reply.key in keys, f"{reply.key} is not in the menu {keys}"
        return reply.key

    def ask_line(self, title: str, draft: str = "") -> str | None:
        self.said.append(title)
        reply = next(self._replies, None)
        assert reply is None or isinstance(reply, str)
        return reply if reply is None else reply or draft

    def show_section(self, title: str, hint: str, number: int, total: int) -> None:
        del hint
        self.sections.append((title, number, total))

    def show_report(self, lead: str, blocks: Sequence[Block]) -> None:
        self.said.append(lead)
        self.told.append(list(blocks))

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


def name_of(step: Step) -> str:
    """The question's id, and the row's where it is a grid."""
    return f"{step.question.id}.{step.row.id}" if step.row else step.question.id
