"""What can be wrong with a decision log."""

from collections.abc import Iterable

from sim.scenario.problems import Problem, told


class LogError(Exception):
    """Everything wrong with a decision log, or with one answer of it; the text has one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(told(self.problems, "en"))

    def told(self, lang: str) -> str:
        """The problems in a language, one a line; no more than MOST_SHOWN."""
        return told(self.problems, lang)

    def __reduce__(self) -> tuple[type["LogError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)
