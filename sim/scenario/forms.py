"""What the legal form of an agreement made at the table does: how soon it works, how fully, how one leaves."""

from typing import Any

from sim.scenario.parameter import Chapter, parameter


class Forms(Chapter):
    """Given: ramp-up, notice and fidelity by legal form. Only read for agreements made during a run."""

    def in_play(self, scenario: Any) -> bool:
        """Only with a live table."""
        return bool(scenario.chosen.table.live)

    light_ramp_up: int = parameter(
        6, unit="months", low=0, high=120, plausible=(1, 12), confidence="low",
        source="assumption (12-24 months for a public body, centre faster, covenant fastest)",
        nl="aanlooptijd, een lichte vorm", en="ramp-up, light form",
    )  # fmt: skip
    light_notice: int = parameter(
        6, unit="months", low=0, high=120, plausible=(3, 12), confidence="low",
        source="assumption (easy exit from a light form)",
        nl="opzegtermijn, een lichte vorm", en="notice of exit, light form",
    )  # fmt: skip
    light_fidelity: float = parameter(
        0.7, unit="share of the text that is carried out", low=0.0, high=1.0, plausible=(0.4, 0.95), confidence="low",
        source="assumption; ISZW-2016 (governance better, execution weak), a light form does not bind",
        nl="uitvoering zoals afgesproken, een lichte vorm", en="fidelity of execution, light form",
    )  # fmt: skip
    centre_ramp_up: int = parameter(
        12, unit="months", low=0, high=120, plausible=(6, 24), confidence="low",
        source="assumption (12-24 months for a public body, centre faster, covenant fastest)",
        nl="aanlooptijd, centrumgemeente", en="ramp-up, centre municipality",
    )  # fmt: skip
    centre_notice: int = parameter(
        12, unit="months", low=0, high=120, plausible=(6, 24), confidence="low",
        source="assumption (easy exit from a light form)",
        nl="opzegtermijn, centrumgemeente", en="notice of exit, centre municipality",
    )  # fmt: skip
    centre_fidelity: float = parameter(
        0.8, unit="share of the text that is carried out", low=0.0, high=1.0, plausible=(0.5, 0.95), confidence="low",
        source="assumption; ISZW-2016 (governance better, execution weak), a light form does not bind",
        nl="uitvoering zoals afgesproken, centrumgemeente", en="fidelity of execution, centre municipality",
    )  # fmt: skip
    body_ramp_up: int = parameter(
        18, unit="months", low=0, high=120, plausible=(12, 24), confidence="low",
        source="assumption (12-24 months for a public body, centre faster, covenant fastest)",
        nl="aanlooptijd, gezamenlijk lichaam", en="ramp-up, joint body",
    )  # fmt: skip
    body_notice: int = parameter(
        24, unit="months", low=0, high=120, plausible=(12, 36), confidence="low",
        source="assumption (easy exit from a light form)",
        nl="opzegtermijn, gezamenlijk lichaam", en="notice of exit, joint body",
    )  # fmt: skip
    body_fidelity: float = parameter(
        0.85, unit="share of the text that is carried out", low=0.0, high=1.0, plausible=(0.5, 1.0), confidence="low",
        source="assumption; ISZW-2016 (governance better, execution weak), a light form does not bind",
        nl="uitvoering zoals afgesproken, gezamenlijk lichaam", en="fidelity of execution, joint body",
    )  # fmt: skip
