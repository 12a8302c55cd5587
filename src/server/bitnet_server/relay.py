"""Hands a request on to llama-server and its answer back, piece by piece."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .backend import Backend, State
from .errors import ApiError
from .limits import Admission
from .metrics import Metrics

_EVENTS = b"text/event-stream"
# Under load the queue of connections that llama-server has not accepted yet, which is short, may overflow.
_ATTEMPTS = 4

log = logging.getLogger("bitnet_server")

# Turns llama-server's answer (whether it streams, its bytes as they come) into ours.
Transform = Callable[[bool, AsyncIterator[bytes]], AsyncIterator[bytes]]


class Relay:
    """Makes the answers that come from the backend."""

    def __init__(self, backend: Backend, admission: Admission, metrics: Metrics) -> None:
        self.backend = backend
        self.admission = admission
        self.metrics = metrics

    def post(self, path: str, body: bytes, transform: Transform | None = None) -> Response:
        """The answer to the body that is posted to the backend's path."""
        return _RelayedResponse(self, path, body, transform)

    def require_ready(self) -> None:
        """Raises ApiError 503, with the reason, unless the backend can be asked."""
        if self.backend.state is not State.READY:
            raise ApiError(503, self.backend.reason, 1)


class _RelayedResponse(Response):
    """Ends the backend's work as soon as the client is gone: llama-server stops when its connection closes."""

    def __init__(self, relay: Relay, path: str, body: bytes, transform: Transform | None) -> None:
        # Not the base class's __init__: it renders a body, and there is none yet.
        self.background = None
        self._relay = relay
        self._path = path
        self._body = body
        self._transform = transform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun: list[bytes] = []

        async def remember(message: Any) -> None:
            if message["type"] == "http.response.start":
                begun.append(dict(message["headers"])[b"content-type"])
            await send(message)

        try:
            with self._relay.admission.slot():
                self._relay.require_ready()
                if not await _unless_disconnected(receive, self._answer(remember)):
                    self._relay.metrics.disconnected.inc()
        except ApiError as error:
            if not begun:
                await error.response()(scope, receive, send)
            elif begun[0].startswith(_EVENTS):
                # Too late for a status: a last event tells.
                event = f"\n\ndata: {json.dumps(error.body())}\n\n"
                await send({"type": "http.response.body", "body": event.encode(), "more_body": False})
            else:
                # The connection is closed, and the client sees that the answer is cut off.
                raise

    async def _answer(self, send: Send) -> None:
        relay, begin = self._relay, time.monotonic()
        try:
            answer = await self._ask()
            try:
                relay.metrics.first_byte.observe(time.monotonic() - begin)
                await self._pass_on(answer, send)
            finally:
                await answer.aclose()
        except httpx.TimeoutException:
            raise ApiError(504, "The backend did not answer in time (BITNET_TIMEOUT).") from None
        except ValueError:
            raise ApiError(502, "llama-server gave an answer that is not JSON.") from None
        except httpx.HTTPError:
            died = await relay.backend.has_died()
            reason = relay.backend.reason if died else "The connection to llama-server broke off."
            raise ApiError(503, reason, 1) from None

    async def _ask(self) -> httpx.Response:
        """The head of the answer. A connection that broke off before is tried again: nothing was generated for it."""
        backend = self._relay.backend
        for attempt in range(_ATTEMPTS):
            request = backend.client.build_request(
                "POST",
                f"{backend.url}{self._path}",
                content=self._body,
                headers={"Content-Type": "application/json"},
            )
            try:
                return await backend.client.send(request, stream=True)
            except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout) as error:
                if attempt == _ATTEMPTS - 1 or await backend.has_died():
                    raise
                log.warning("llama-server closed a connection before it answered (%r); asking again.", error)
        raise AssertionError("unreachable")

    async def _pass_on(self, answer: httpx.Response, send: Send) -> None:
        kind = answer.headers.get("content-type", "application/json")
        streams = kind.startswith(_EVENTS.decode())
        content: AsyncIterator[bytes] = answer.aiter_raw()
        if self._transform is not None and answer.status_code == 200:
            content = self._transform(streams, content)
        headers = [(b"content-type", kind.encode("latin-1"))]
        if streams:
            headers += [(b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]
        start = {"type": "http.response.start", "status": answer.status_code, "headers": headers}
        begun = False
        async with contextlib.aclosing(content):  # type: ignore[type-var]
            async for chunk in content:
                # Not before: until the first piece is there, an error can still have a status of its own.
                if not begun:
                    begun = True
                    await send(start)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        if not begun:
            await send(start)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _unless_disconnected(receive: Receive, work: Coroutine[Any, Any, None]) -> bool:
    """Does the work; false when the client went away first, and the work was cancelled."""

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            continue

    tasks = asyncio.create_task(work), asyncio.create_task(gone())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if tasks[0].done():
            tasks[0].result()
            return True
        return False
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
