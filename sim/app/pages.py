"""The pages of `run.py explore`; `solara run sim.app.pages` starts them as well."""

import solara

from sim.app.explore import Layout, Page
from sim.app.solaraviz import VizLayout, VizPage

routes = [
    solara.Route(path="/", component=Page, layout=Layout, label="Regiotafel"),
    solara.Route(path="solaraviz", component=VizPage, layout=VizLayout, label="SolaraViz"),
]
