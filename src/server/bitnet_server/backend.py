"""Keeps one llama-server alive on a port of the loopback interface."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import enum
import logging
import signal
import socket
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import deque
from collections.abc import Callable

import httpx

from .metrics import Metrics
from .settings import Settings

log = logging.getLogger("bitnet_server")

_POLL = 0.05
_FIRST_DELAY = 0.25
_LONGEST_DELAY = 30.0
_TERM_PATIENCE = 3.0
_LINE_BYTES = 64 << 10
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


class State(enum.Enum):
    """Whether the backend can be asked."""

    LOADING = "loading"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"
    STOPPED = "stopped"


class Backend:
    """The child process and everything about its life.

    A backend that dies before it was ready once is not started again: a model that cannot be loaded never can. One that
    was ready is started again after a pause that doubles, at most ``max_restarts`` times within ``restart_window``.
    When it is given up, ``on_failure`` is called and the server should end.
    """

    def __init__(self, settings: Settings, metrics: Metrics, on_failure: Callable[[], None]) -> None:
        self._settings = settings
        self._metrics = metrics
        self._on_failure = on_failure
        self._process: Process | None = None
        self._guard: asyncio.Task[None] | None = None
        self._output: asyncio.Task[None] | None = None
        self._restarts: deque[float] = deque()
        self._lines: deque[str] = deque(maxlen=5)
        self.state = State.LOADING
        self.reason = "The model is being loaded."
        # Our own connections only: no proxy of the environment, and none is kept, so none can be stale.
        self.client = httpx.AsyncClient(
            trust_env=False,
            timeout=httpx.Timeout(settings.timeout, connect=5.0, pool=None),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        )
        self.url = ""

    @property
    def pid(self) -> int | None:
        """The process id of llama-server; None while none runs."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    async def start(self) -> None:
        """Starts the guard, which starts llama-server; returns at once."""
        self._guard = asyncio.create_task(self._keep_alive(), name="backend")

    async def stop(self) -> None:
        """Ends llama-server, by force if it takes its time, and waits until it is gone."""
        self.state, self.reason = State.STOPPED, "The server is shutting down."
        self._metrics.backend_up.set(0)
        if self._guard is not None:
            self._guard.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._guard
        await self._end_process()
        await self.client.aclose()

    async def has_died(self) -> bool:
        """Whether a connection broke off because llama-server died: the guard knows in a moment."""
        for _ in range(10):
            if self.state is not State.READY:
                return True
            await asyncio.sleep(_POLL)
        return False

    async def _keep_alive(self) -> None:
        was_ready = False
        while True:
            try:
                process = await self._spawn()
            except OSError as error:
                self._give_up(f"{self._settings.backend} cannot be started: {error.strerror}.")
                return
            try:
                was_ready |= await self._await_ready(process)
                await process.wait()
            finally:
                self._metrics.backend_up.set(0)
            if self._output is not None:
                # What it wrote last tells why.
                await self._output
            how = _ending(process.returncode)
            if not was_ready:
                last = " ".join(self._lines)[-300:]
                self._give_up(f"llama-server {how} before the model was loaded. Its last words: {last or 'none'}")
                return
            if not self._may_restart():
                self._give_up(
                    f"llama-server {how}, and it was already restarted {len(self._restarts)} times within"
                    f" {self._settings.restart_window:.0f} seconds (BITNET_MAX_RESTARTS)."
                )
                return
            delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** len(self._restarts))
            self._restarts.append(time.monotonic())
            self.state = State.RESTARTING
            self.reason = f"llama-server {how} and is started again in {delay:.1f} seconds."
            log.error(self.reason)
            await asyncio.sleep(delay)
            self._metrics.backend_restarts.inc()

    async def _spawn(self) -> Process:
        settings = self._settings
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [str(settings.backend), "--model", str(settings.model_path), "--host", "127.0.0.1"]
        command += ["--port", str(port), "--threads", str(settings.threads), "--metrics"]
        command += ["--alias", settings.model_name]
        # One for each request that may wait in its queue, and some for health checks beside them.
        command += ["--threads-http", str(settings.max_requests + 4), *settings.backend_arguments]
        log.info("Starting %s", " ".join(command))
        if self.state is not State.RESTARTING:
            self.state, self.reason = State.LOADING, "The model is being loaded."
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=STDOUT, limit=_LINE_BYTES, preexec_fn=_child
        )
        self._output = asyncio.create_task(self._forward(self._process), name="backend-output")
        return self._process

    async def _await_ready(self, process: Process) -> bool:
        while process.returncode is None:
            try:
                answer = await self.client.get(f"{self.url}/health", timeout=5.0)
                if answer.status_code == 200:
                    self.state, self.reason = State.READY, ""
                    self._metrics.backend_up.set(1)
                    log.info("The model %s is loaded.", self._settings.model_path)
                    return True
                self.state, self.reason = State.LOADING, "The model is being loaded."
            except httpx.HTTPError:
                # It does not listen yet.
                pass
            await asyncio.sleep(_POLL)
        return False

    async def _forward(self, process: Process) -> None:
        """The output of llama-server becomes ours; its end is kept for messages."""
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                # Longer than the limit: what was read of it is dropped.
                continue
            if not line:
                return
            text = line.decode(errors="replace").rstrip()
            if text:
                self._lines.append(text)
                log.info("llama-server: %s", text)

    def _may_restart(self) -> bool:
        oldest = time.monotonic() - self._settings.restart_window
        while self._restarts and self._restarts[0] < oldest:
            self._restarts.popleft()
        return len(self._restarts) < self._settings.max_restarts

    def _give_up(self, reason: str) -> None:
        self.state, self.reason = State.FAILED, reason
        log.critical(reason)
        self._on_failure()

    async def _end_process(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(_TERM_PATIENCE):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _child() -> None:
    """Runs in the child before llama-server: when we are killed, the kernel kills it too (prctl(2))."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return f"was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"was ended by signal {-code}"
    return f"ended with exit code {code}"
