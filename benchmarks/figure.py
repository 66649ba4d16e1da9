"""The rates of a benchmark as one figure: agent-steps a second by size, a line per engine."""

from pathlib import Path
from typing import Any

import matplotlib

COLOURS = {"regiotafel": "#0072B2", "plain_mesa": "#666666", "agentpy": "#E69F00", "starsim": "#009E73"}
NAMES = {
    "regiotafel": "Regiotafel, full model",
    "plain_mesa": "plain Mesa, reduced kernel",
    "agentpy": "AgentPy, reduced kernel",
    "starsim": "Starsim, reduced kernel",
}


def draw(results: list[dict[str, Any]], path: Path) -> None:
    """Write the figure as SVG; the same bytes for the same figures."""
    matplotlib.use("svg")
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "regiotafel", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(7.2, 4.0), layout="constrained")
        axes = figure.subplots()
        for engine, colour in COLOURS.items():
            some = [row for row in results if row["engine"] == engine]
            if some:
                x, y = [row["people"] for row in some], [row["agent_steps_per_second"] for row in some]
                axes.plot(x, y, color=colour, marker="o" if engine == "regiotafel" else "s")
                end = {"textcoords": "offset points", "va": "center", "color": colour}
                axes.annotate(NAMES[engine].replace(", ", ",\n"), (x[-1], y[-1]), (8, 0), **end)
        axes.set(xscale="log", yscale="log", xlabel="people (rows in an average month)")
        axes.set_title("Agent-steps per second of processor time", loc="left")
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#dddddd", linewidth=0.6)
        figure.savefig(path, metadata={"Date": None})
