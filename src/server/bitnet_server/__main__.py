"""Starts the server: ``python3 -m bitnet_server [ARGUMENT...]``; the arguments are llama-server's."""

from __future__ import annotations

import logging
import os
import signal
import sys

import uvicorn

from .api import create_app
from .settings import SettingsError, from_environment

_MAX_CONNECTIONS = 1024


def main() -> int:
    """Serves until a signal comes or the backend is given up; returns the exit code."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = from_environment(os.environ, sys.argv[1:])
    except SettingsError as error:
        print(f"bitnet-server: {error}", file=sys.stderr)
        return 1
    failed = False

    def give_up() -> None:
        nonlocal failed
        failed = True
        server.should_exit = True

    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings, give_up),
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
            limit_concurrency=_MAX_CONNECTIONS,
            timeout_graceful_shutdown=settings.grace,
        )
    )
    # uvicorn raises the signal that ended it once more: a clean end has the exit code 0.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    server.run()
    return 1 if failed or not server.started else 0


if __name__ == "__main__":
    sys.exit(main())
