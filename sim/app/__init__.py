"""Pages in Solara: exploring one region with sliders, and Mesa's own SolaraViz on the same model.

Solara reads its settings when it is imported, so they are given here, before any module of this package imports it:
nobody is counted, no banner, and pages that were left are forgotten after a minute.
"""

import os

SETTINGS = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "Regiotafel",
    "SOLARA_KERNEL_CULL_TIMEOUT": "60s",
    "SOLARA_CHECK_HOOKS": "off",
}
for _name, _value in SETTINGS.items():
    os.environ.setdefault(_name, _value)
