"""The command that serves a page to look at a region with; it ends with Ctrl-C."""

import threading
import webbrowser
from collections.abc import Mapping, Sequence

from sim.app.server import PortTakenError, free_port, serve
from sim.app.sliders import inputs
from sim.app.wish import Wish
from sim.cli.refusals import RefusedError, within
from sim.cli.speech import Speaker


def explore(
    speaker: Speaker,
    scenario: str,
    names: Sequence[str],
    settings: Mapping[str, str],
    *,
    seed: int,
    port: int | None,
    open_page: bool,
) -> None:
    """Serve the page until Ctrl-C, and say its address as soon as it can be opened."""
    within("--seed", seed, 0, 2**62)
    within("--port", port, 1024, 65535)
    wish = Wish(scenario, tuple(names), dict(settings), seed, speaker.lang)
    inputs(wish.load(), names)

    def ready(address: str) -> None:
        speaker.say("explore.ready", address=address, style="bold")
        speaker.say("explore.stop")
        speaker.out.file.flush()  # whoever reads the address from a pipe waits for it
        if open_page:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        serve(wish, free_port(port), ready)
    except PortTakenError as problem:
        raise RefusedError("error.port", port=problem.args[0]) from None
    except KeyboardInterrupt:
        pass  # the ordinary end of a server
    speaker.say("explore.stopped")
