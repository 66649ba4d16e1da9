"""The results of a live table about people: what happened to them, and their ties."""

import numpy as np
import pandas as pd

from sim.agents.people import People
from sim.stages.state import State


def events(state: State, people: People) -> pd.DataFrame:
    """One row for everything that happened, in order."""
    rows = [
        {
            "month": event.month,
            "date": f"{state.scenario.date_of(event.month):%Y-%m}",
            "organisation": event.who.rpartition(", ")[0],
            "who": event.who,
            "event": event.what,
            "days": event.days,
        }
        for event in people.events
    ]
    return pd.DataFrame(rows)


def ties(state: State, people: People) -> pd.DataFrame:
    """One row for each pair that meets and each moment that was written down."""
    names = np.array([who.name for who in state.desks])
    one, other = np.nonzero(people.same_table & ~np.eye(len(names), dtype=bool))
    frames = [
        pd.DataFrame(
            {
                "month": at.month,
                "date": f"{state.scenario.date_of(at.month):%Y-%m}",
                "from": names[one],
                "to": names[other],
                "trust": np.round(at.trust[one, other], 6),
                "knowledge": np.round(at.knowledge[one, other], 6),
                "culture": np.round(at.culture[one, other], 6),
            }
        )
        for at in people.history
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
