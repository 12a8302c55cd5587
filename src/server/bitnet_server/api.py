"""The HTTP interface: the paths of llama-server, the simple ``/generate``, and OpenAI's."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import generate, page
from .backend import Backend, State
from .errors import ApiError, ErrorAnswer
from .generate import GenerateAnswer, GenerateRequest
from .limits import Admission, BodyLimit
from .metrics import Metrics
from .openai import ChatRequest, CompletionRequest, LlamaCompletionRequest
from .relay import Relay
from .settings import Settings

_DESCRIPTION = "The HTTP interface of a BitNet model."
_ERRORS: dict[int | str, dict[str, Any]] = {"default": {"description": "What went wrong.", "model": ErrorAnswer}}


def create_app(settings: Settings, on_failure: Callable[[], None]) -> FastAPI:
    """The application. ``on_failure`` is called when the backend is given up."""
    metrics = Metrics()
    backend = Backend(settings, metrics, on_failure)
    relay = Relay(backend, Admission(settings.max_requests, metrics), metrics)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await backend.start()
        try:
            yield
        finally:
            await backend.stop()

    app = FastAPI(
        title="BitNet server", version="1", description=_DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.backend = backend
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, metrics=metrics)
    app.add_middleware(_Measured, metrics=metrics)
    _add_errors(app)
    _add_operations(app, settings, backend, metrics)
    _add_generation(app, settings, relay)
    return app


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(ApiError)
    async def refused(_: Request, error: ApiError) -> Response:
        return error.response()

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> Response:
        response = ApiError(error.status_code, str(error.detail)).response()
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "The request"
        return ApiError(400, f"{where}: {first['msg']}.").response()


def _add_operations(app: FastAPI, settings: Settings, backend: Backend, metrics: Metrics) -> None:
    created = int(settings.model_path.stat().st_mtime)

    @app.get("/health", responses={503: {"description": "The model is not loaded, or the backend died."}})
    async def health() -> JSONResponse:
        """Whether the model is loaded: 200, else 503 with the reason."""
        if backend.state is not State.READY:
            raise ApiError(503, backend.reason, 1)
        return JSONResponse({"status": "ok"})

    @app.get("/metrics", response_class=PlainTextResponse)
    async def prometheus() -> Response:
        """Metrics for Prometheus, llama-server's among them."""
        text = metrics.text()
        if backend.state is State.READY:
            with contextlib.suppress(httpx.HTTPError):
                answer = await backend.client.get(f"{backend.url}/metrics", timeout=1.0)
                if answer.status_code == 200:
                    text += answer.content
        return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/v1/models")
    async def models() -> JSONResponse:
        """The one model, as OpenAI's API lists it."""
        model = {"id": settings.model_name, "object": "model", "created": created, "owned_by": "bitnet"}
        return JSONResponse({"object": "list", "data": [model]})

    @app.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    async def docs() -> str:
        return page.render(app.openapi())


def _add_generation(app: FastAPI, settings: Settings, relay: Relay) -> None:
    @app.post("/generate", response_model=GenerateAnswer, responses=_ERRORS)
    async def simple(body: GenerateRequest) -> Response:
        """Goes on from a prompt; with stream, server-sent events whose last one has done and the whole answer."""
        if body.max_tokens > settings.max_tokens:
            raise ApiError(400, f"max_tokens: at most {settings.max_tokens} (BITNET_MAX_TOKENS).")
        return relay.post("/completion", body.for_backend(), generate.transform)

    @app.post("/completion", responses=_ERRORS)
    async def completion(body: LlamaCompletionRequest, request: Request) -> Response:
        """llama-server's own completion."""
        return relay.post("/completion", await request.body())

    @app.post("/v1/completions", responses=_ERRORS)
    async def openai_completion(body: CompletionRequest, request: Request) -> Response:
        """OpenAI's completions."""
        return relay.post("/v1/completions", await request.body())

    @app.post("/v1/chat/completions", responses=_ERRORS)
    async def chat(body: ChatRequest, request: Request) -> Response:
        """OpenAI's chat completions, streaming or not; the chat template is the model's."""
        return relay.post("/v1/chat/completions", await request.body())


class _Measured:
    """ASGI middleware that counts and times; the paths that exist only, so that nobody can fill the memory."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin, status = time.monotonic(), 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            # The router leaves the route that it found in the scope.
            path = getattr(scope.get("route"), "path", "other")
            self._metrics.requests.labels(path, str(status) if status else "none").inc()
            self._metrics.seconds.labels(path).observe(time.monotonic() - begin)
