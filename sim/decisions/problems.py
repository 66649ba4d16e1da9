"""What can be wrong with a decision log."""

from collections.abc import Iterable

from sim.scenario.problems import MOST_SHOWN, Problem


class LogError(Exception):
    """Everything wrong with a decision log, or with one answer of it; the text has one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems[:MOST_SHOWN])))

    def __reduce__(self) -> tuple[type["LogError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)
