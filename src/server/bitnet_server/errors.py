"""Errors as llama-server and OpenAI's API give them: ``{"error": {"code", "message", "type"}}``."""

from __future__ import annotations

from pydantic import BaseModel
from starlette.responses import JSONResponse

_TYPES = {
    400: "invalid_request_error",
    404: "not_found_error",
    408: "timeout_error",
    413: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
    503: "unavailable_error",
}


class ErrorDetails(BaseModel):
    """What went wrong: the HTTP status, a sentence, and OpenAI's name for the kind of error."""

    code: int
    message: str
    type: str


class ErrorAnswer(BaseModel):
    """Every error has this shape."""

    error: ErrorDetails


class ApiError(Exception):
    """An answer that is not the one the client hoped for; ``retry_after`` in seconds."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after = retry_after

    def response(self) -> JSONResponse:
        """The answer; 429 and 503 say when to come again."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse(self.body(), self.status, headers)

    def body(self) -> dict[str, object]:
        """What stands in the answer, or in a stream that has begun."""
        kind = _TYPES.get(self.status, "server_error" if self.status >= 500 else "invalid_request_error")
        return {"error": {"code": self.status, "message": self.message, "type": kind}}
