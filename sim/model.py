"""RegionModel: one region under one scenario and one seed, as an ordinary Mesa model."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import mesa

from sim.agents.job_seeker import JobSeeker, JobSeekerSet
from sim.agents.organisation import Organisation
from sim.agents.persons import Council, Person
from sim.decisions.question import Decider
from sim.decisions.recorded import Replay
from sim.results import Results
from sim.scenario.problems import did_you_mean
from sim.scenario.reading import change, load
from sim.scenario.scenario import Scenario
from sim.stages import (
    arrivals,
    bargaining,
    facilities,
    forecast,
    matching,
    money,
    outreach,
    people,
    planning,
    recording,
    service,
    setup,
    staffing,
    tables,
)
from sim.stages.adviser import Adviser
from sim.stages.collector import MonthCollector
from sim.stages.state import State
from sim.stages.task import Task
from sim.table.memo import Played


class RegionModel(mesa.Model):
    """A region month by month.

    scenario: a name, a path or a Scenario. seed: every draw follows from it. regard_of: organisation -> how heavily it
    weighs others' costs, instead of the scenario's `regard` (for twin runs). replay: a decision log to follow. Any
    declared parameter may be given as a keyword, such as `regard=0.5`. The model starts in the first burn-in month;
    `run` plays all months, and `running` is false after the last one. `step` collects `datacollector`; the one it
    starts with has the figures of every month. Raises ScenarioError for a scenario or setting that cannot be read,
    KeyError for an unknown organisation, LogError (also in `step`) for a decision log that does not fit.
    """

    def __init__(
        self,
        scenario: str | Scenario = "regio_zwolle_2017",
        *,
        seed: int = 0,
        regard_of: Mapping[str, float] | None = None,
        replay: Replay | None = None,
        **kwargs: Any,  # the name that Mesa's SolaraViz looks for
    ) -> None:
        self._agent_ids = itertools.count(1)
        super().__init__(seed=int(seed))
        self.params = change(scenario, kwargs) if isinstance(scenario, Scenario) else load(scenario, kwargs)
        self.seed = int(seed)
        self.state: State = setup.build(self, self.params, self.seed, regard_of or {}, Adviser(foresee))
        self.agents_by_type[JobSeeker] = JobSeekerSet(self)
        self.months_done = 0
        if replay is not None:
            self._follow(replay)
        self.datacollector: mesa.DataCollector = MonthCollector(self)

    @property
    def months_in_all(self) -> int:
        """Months of the whole run, burn-in included."""
        return self.params.burn_in_months + self.params.months

    @property
    def month(self) -> int:
        """The month to be played next; 1 is the first after burn-in."""
        return self.months_done + 1 - self.params.burn_in_months

    @property
    def organisations(self) -> list[Organisation]:
        """Who is asked: municipalities, offices of UWV, and the joint body."""
        return [*self.state.desks, self.state.joint]

    @property
    def persons(self) -> list[Person | Council]:
        """Who is asked beside the organisations when the table is live: aldermen, managers, councils, head office."""
        return self.state.people.everybody if self.state.people is not None else []

    def seat(self, actor: str, decider: Decider) -> None:
        """From the next question on, `decider` answers for an organisation ("UWV": every office) or a person.

        May be called before any month. Who succeeds a person at the table keeps the decider. Raises KeyError for an
        unknown name.
        """
        asked: list[Organisation | Person | Council] = [
            who for who in self.organisations if actor in (who.name, "UWV" if who.kind == "uwv" else "")
        ]
        asked = asked or [who for who in self.persons if who.name == actor]
        if not asked:
            names = [who.name for who in (*self.organisations, *self.persons)]
            hint = did_you_mean(actor, names) or f"expected one of {', '.join(names)}"
            raise KeyError(f"no organisation {actor!r}; {hint}")
        for who in asked:
            who.decider = decider

    def _follow(self, replay: Replay) -> None:
        """Seat the recording everywhere; after its branch the deciders of the scenario answer."""
        replay.refuse_strangers(self.params)
        self.state.log.replays = replay.recording.content_hash()
        for who in (*self.organisations, *self.persons):
            who.decider = replay.decider(who.name, who.decider)

    def step(self) -> None:
        """One month; the process overview in docs/odd.md follows this order and says who acts at once or in turn."""
        if self.months_done >= self.months_in_all:  # asked for more, as SolaraViz does when it skips months
            self.steps = self.months_done
            return
        state = self.state
        state.now = state.moment(self.month)
        planning.plan(state)  # organisations: all decide on last month's state, then all act
        arrivals.run_economy(state)
        self.look()
        arrivals.settle_entitlements(state)
        self.look()
        arrivals.take_in(state)
        staffing.divide_staff_time(state)
        service.offer_help(state)
        outreach.serve_employers(state)
        matching.search_and_match(state)
        facilities.run_facilities(state)
        money.settle_ledger(state)
        bargaining.hold_tables(state)
        planning.hold_table(state)
        planning.keep_promises(state)
        people.follow(state)
        planning.learn(state)
        recording.write(state)
        self.months_done += 1
        if self.months_done >= self.months_in_all:
            self.running = False
        self.datacollector.collect(self)

    def look(self) -> None:
        """People have moved: once a month when they have come in, again when rights have run out. Here nobody looks."""

    def run(self, months: int | None = None, progress: Callable[[int, int], None] | None = None) -> Results:
        """Play burn-in and `months` months (the scenario's when None) and return the results.

        progress: called with months done and months in all, after every month.
        """
        if months is not None and months != self.params.months:
            raise ValueError("give the number of months with the scenario: RegionModel(..., months=...)")
        while self.months_done < self.months_in_all:
            self.step()
            if progress is not None:
                progress(self.months_done, self.months_in_all)
        return tables.results_of(self.state)

    def register_agent(self, agent: mesa.Agent) -> None:
        """Take an agent in under a number of this model; Mesa's own counter would keep every model for ever."""
        mesa.Agent._ids.pop(self, None)
        agent.unique_id = next(self._agent_ids)
        super().register_agent(agent)

    def remove_all_agents(self) -> None:
        """Forget the agents, and what Mesa keeps of them, so that a finished model can be freed."""
        self.agents_by_type.pop(JobSeeker, None)
        for seeker in [agent for agent in self._agents if isinstance(agent, JobSeeker)]:
            del self._agents[seeker]  # registered views refuse to be removed one by one
        super().remove_all_agents()


def run(scenario: str | Scenario, *, seed: int = 0, **settings: Any) -> Results:
    """Play a whole run and free the model. See RegionModel for the arguments."""
    model = RegionModel(scenario, seed=seed, **settings)
    results = model.run()
    model.remove_all_agents()
    return results


def foresee(task: Task) -> tuple[Played, ...]:
    """Play the forecasts of a task with ordinary models; the way the strategic adviser looks ahead."""
    return forecast.play(task, lambda scenario, seed: RegionModel(scenario, seed=seed))
