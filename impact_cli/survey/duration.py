"""How long what is left takes, by what typing the whole survey took."""

from collections.abc import Callable, Iterable

from impact_cli.survey.places import Place

# Half an hour for 50 questions, typed as a new user would: 68 screens, 154 keys, 2,278 characters. Where an answer
# stands already, nothing is typed (68 screens, 79 keys for a whole edition): without the characters, at three a second,
# the same half hour leaves a quarter of a minute to read a screen and press a key.
_TO_ANSWER, _TO_CONFIRM = 0.6, 0.25  # minutes a question
_ROUNDED_FROM = 10  # minutes; nobody is exact about more


def measure_minutes(places: Iterable[Place], stands: Callable[[Place], bool]) -> int:
    """Minutes for the questions of these places, in fives where they are many; `stands` where there is an answer."""
    questions: dict[str, bool] = {}
    for place in places:
        questions[place.key] = questions.get(place.key, True) and stands(place)
    minutes = sum(_TO_CONFIRM if confirmed else _TO_ANSWER for confirmed in questions.values())
    if minutes > _ROUNDED_FROM:
        return 5 * round(minutes / 5)
    return max(1, round(minutes)) if questions else 0


def say_time_left(minutes: int) -> str:
    """About how long the rest takes; nothing where nothing is left."""
    return f"Encore {minutes}\u00a0minutes environ." if minutes > 1 else "Encore une minute." if minutes else ""
