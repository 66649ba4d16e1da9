"""The server behind `run.py explore`: on this machine only, and it asks nothing from any other."""

import os
import socket
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sim.app.wish import Wish

HOST, FIRST_PORT, PORTS = "127.0.0.1", 8765, 50


class PortTakenError(OSError):
    """Somebody else listens on the port."""


def free_port(wanted: int | None) -> int:
    """The port asked for, or the first free one. Raises PortTakenError when there is none."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS) if wanted is None else (wanted,):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise PortTakenError(wanted or FIRST_PORT)


def serve(wish: Wish, port: int, ready: Callable[[str], None]) -> None:
    """Serve the pages until Ctrl-C; `ready` is called with the address once they can be opened."""
    os.environ["SOLARA_APP"] = "sim.app.pages"
    wish.write()
    import solara.server.settings as settings
    import solara.server.starlette as pages
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pages.on_startup()
        ready(f"http://{HOST}:{port}/")
        yield
        pages.on_shutdown()

    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")  # plain http, one machine
    settings.main.base_url = f"http://{HOST}:{port}/"
    app = Starlette(
        routes=[
            # Solara's own route would fetch what is missing from a CDN; here it is missing.
            Mount("/_solara/cdn", StaticFiles(directory=settings.assets.proxy_cache_dir)),
            Mount("/", routes=pages.routes),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]), *pages.middleware],
        lifespan=lifespan,
    )
    config = uvicorn.Config(app, host=HOST, port=port, log_level="error", timeout_graceful_shutdown=2)
    uvicorn.Server(config).run()
