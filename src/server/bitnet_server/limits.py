"""Bounds on what clients may send and how many may wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import ApiError
from .metrics import Metrics

_BODY_SECONDS = 30.0


class Admission:
    """Lets so many generations in at a time; who comes then is told to come again."""

    def __init__(self, limit: int, metrics: Metrics) -> None:
        self._limit = limit
        self._metrics = metrics
        self._inside = 0

    @contextmanager
    def slot(self) -> Iterator[None]:
        """A place for one generation. Raises ApiError 429 when there is none."""
        if self._inside >= self._limit:
            self._metrics.rejected.labels("concurrency").inc()
            raise ApiError(429, f"{self._limit} requests are being worked on already (BITNET_MAX_REQUESTS).", 1)
        self._inside += 1
        self._metrics.in_flight.set(self._inside)
        try:
            yield
        finally:
            self._inside -= 1
            self._metrics.in_flight.set(self._inside)


def _as_json(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Whatever a client says that its body is, it is read as JSON, as llama-server does: curl's default is a form."""
    return [header for header in headers if header[0] != b"content-type"] + [(b"content-type", b"application/json")]


class BodyLimit:
    """ASGI middleware that reads a request's body before anything else does: bounded in bytes and in time."""

    def __init__(self, app: ASGIApp, max_bytes: int, metrics: Metrics) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await self._read(scope, receive)
        except TimeoutError:
            self._metrics.rejected.labels("slow").inc()
            error = ApiError(408, f"The request was not complete after {_BODY_SECONDS:.0f} seconds.")
            await error.response()(scope, receive, send)
            return
        except ApiError as error:
            self._metrics.rejected.labels("size").inc()
            await error.response()(scope, receive, send)
            return
        except ClientDisconnect:
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        # In the same scope, in which the router leaves the route for the metrics.
        scope["headers"] = _as_json(scope["headers"])
        await self._app(scope, replay, send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        for name, value in scope["headers"]:
            if name == b"content-length" and int(value) > self._max_bytes:
                raise self._too_large()
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                raise self._too_large()
            if not message.get("more_body", False):
                return bytes(body)

    def _too_large(self) -> ApiError:
        return ApiError(413, f"The request is larger than {self._max_bytes} bytes (BITNET_MAX_BODY_BYTES).")
