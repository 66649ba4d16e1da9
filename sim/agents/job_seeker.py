"""Job seekers as Mesa agents: views of rows, made on demand by an array-backed AgentSet.

`model.agents_by_type[JobSeeker]` holds everybody who is or was registered. `get`, `set` and `select` with a mask work
on whole columns; iteration, `do` and `map` make views one by one. Registering every view costs about 500 bytes and
4 microseconds a person (docs/decisions/0004); `JobSeekerSet.register_all` does it for small regions.
"""

import copy
from collections.abc import Callable, Hashable, Iterator
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.agents.seekers import COLUMNS, DERIVED, Seekers


def _column(name: str) -> property:
    def read(self: "JobSeeker") -> Any:
        return self._seekers.read(name, np.array([self.row]))[0]

    def write(self: "JobSeeker", value: Any) -> None:
        self._seekers.write(name, self.row, value)

    return property(read, write, doc=f"`{name}` of sim.agents.seekers.COLUMNS or DERIVED.")


class JobSeeker(mesa.Agent):
    """A view of one row; equal to any other view of the same row of the same model."""

    def __init__(self, model: mesa.Model, row: int, *, register: bool = False) -> None:
        self.row = int(row)  # first: Mesa asks for the hash while it registers
        if register:
            super().__init__(model)
        else:  # on purpose not registered: a view is made and dropped freely
            self.model, self.pos = model, None
            self.unique_id = -1 - row

    ww_left: int

    @property
    def _seekers(self) -> Seekers:
        return self.model.state.seekers

    @property
    def ww_months_left(self) -> int:
        """Months of WW left."""
        return int(self.ww_left)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JobSeeker) and other.model is self.model and other.row == self.row

    def __hash__(self) -> int:
        return hash((id(self.model), self.row))

    def remove(self) -> None:
        """Refused: rows stay, also of people who left for good."""
        raise TypeError("job seekers are rows of the model's arrays and cannot be removed")


for _name in (*COLUMNS, *DERIVED):
    setattr(JobSeeker, _name, _column(_name))


class JobSeekerSet(AgentSet):
    """All rows, or some of them, with the interface of a Mesa AgentSet. `rows` is None for everybody."""

    def __init__(self, model: mesa.Model, rows: np.ndarray | None = None) -> None:
        self.model, self.random = model, model.random
        self._rows = rows

    def __deepcopy__(self, memo: dict[int, Any]) -> "JobSeekerSet":
        """The same rows of the copy of the model. (Mesa copies the list of agents, which this set does not have.)"""
        twin = object.__new__(JobSeekerSet)
        memo[id(self)] = twin
        twin.__dict__.update({name: copy.deepcopy(value, memo) for name, value in self.__dict__.items()})
        return twin

    @property
    def rows(self) -> np.ndarray:
        """Row numbers in the set, in order."""
        return np.arange(self.model.state.seekers.n) if self._rows is None else self._rows

    def __len__(self) -> int:
        return int(self.model.state.seekers.n) if self._rows is None else len(self._rows)

    def __iter__(self) -> Iterator[JobSeeker]:
        return (JobSeeker(self.model, row) for row in self.rows.tolist())

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, JobSeeker) and agent.model is self.model and agent.row in self.rows

    def __getitem__(self, item: int | slice) -> Any:
        if isinstance(item, slice):
            return [JobSeeker(self.model, row) for row in self.rows[item].tolist()]
        return JobSeeker(self.model, int(self.rows[item]))

    def select(
        self,
        filter_func: Callable[[Any], bool] | np.ndarray | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> "JobSeekerSet":
        """Part of the set: by a function on views, or by a mask over the set (fast); at most a number or a share."""
        rows = self.rows
        if isinstance(filter_func, np.ndarray):
            rows = rows[filter_func]
        elif filter_func is not None:
            rows = np.array([seeker.row for seeker in self if filter_func(seeker)], dtype=np.int64)
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        if at_most < len(rows):
            rows = rows[: int(at_most)]
        if agent_type is not None and not issubclass(JobSeeker, agent_type):
            rows = rows[:0]
        return self._keep(rows, inplace)

    def _keep(self, rows: np.ndarray, inplace: bool) -> "JobSeekerSet":
        if inplace:
            self._rows = rows
            return self
        return JobSeekerSet(self.model, rows)

    def shuffle(self, inplace: bool = False) -> "JobSeekerSet":
        """The set in a random order of Mesa's own generator (not used by the month)."""
        return self._keep(self.model.rng.permutation(self.rows), inplace)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> "JobSeekerSet":
        """The set by a column or a function of views; ties by row."""
        values = self.get(key) if isinstance(key, str) else np.array([key(seeker) for seeker in self])
        order = np.argsort(values if ascending else -np.asarray(values), kind="stable")
        return self._keep(self.rows[order], inplace)

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> Any:
        """A column, or several as an array (rows, columns). Raises AttributeError for an unknown column."""
        if isinstance(attr_names, str):
            name = "ww_left" if attr_names == "ww_months_left" else attr_names
            if name in COLUMNS or name in DERIVED:
                return self.model.state.seekers.read(name, self.rows)
            if name == "row":
                return self.rows
            if handle_missing == "default":
                return np.full(len(self), default_value)
            raise AttributeError(name)
        return np.column_stack([self.get(name, handle_missing, default_value) for name in attr_names])

    def set(self, attr_name: str, value: Any) -> "JobSeekerSet":
        """Write a column for the whole set."""
        self.model.state.seekers.write(attr_name, self.rows, value)
        return self

    def agg(self, attribute: str, func: Any) -> Any:
        """One figure over a column, such as `agg("ww_left", np.mean)`."""
        values = self.get(attribute)
        return func(values) if callable(func) else [one(values) for one in func]

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "JobSeekerSet":
        """Call a method or function on every view, in order."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "JobSeekerSet":
        """Call a method or function on every view, in random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method or function returns for every view."""
        if isinstance(method, str):
            return [getattr(seeker, method)(*args, **kwargs) for seeker in self]
        return [method(seeker, *args, **kwargs) for seeker in self]

    def groupby(self, by: Callable[[Any], Hashable] | str, result_type: str = "agentset") -> Any:
        """Split by a column or a function; returns a Mesa GroupBy of sets (or of lists of views)."""
        keys = self.get(by) if isinstance(by, str) else np.array([by(seeker) for seeker in self])
        groups = {key: JobSeekerSet(self.model, self.rows[keys == key]) for key in np.unique(keys).tolist()}
        as_asked = groups if result_type == "agentset" else {key: list(group) for key, group in groups.items()}
        return mesa.agent.GroupBy(as_asked)

    def add(self, agent: Any) -> None:
        """Refused: people enter by the model's month."""
        raise TypeError("job seekers enter by the month of the model")

    def discard(self, agent: Any) -> None:
        """Nothing to do: views are not stored."""

    def remove(self, agent: Any) -> None:
        """Refused: rows stay."""
        raise TypeError("job seekers are rows of the model's arrays and cannot be removed")

    def register_all(self) -> int:
        """Register a Mesa agent for every row, so that `model.agents` holds everybody; returns how many."""
        self.model.agents_by_type.pop(JobSeeker, None)  # else Mesa would add each of them to this set
        for row in self.rows.tolist():
            JobSeeker(self.model, row, register=True)
        self.model.agents_by_type[JobSeeker] = self
        return len(self)
