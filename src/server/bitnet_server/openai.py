"""What OpenAI's API asks for, as far as this server checks it; llama-server knows the rest.

https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

_CHAT = {"messages": [{"role": "user", "content": "Tell me a story."}], "max_tokens": 32, "stream": False}
_TEXT = {"prompt": "Once upon a time", "max_tokens": 32, "stream": False}


class Message(BaseModel):
    """One turn of a conversation."""

    model_config = ConfigDict(extra="allow")

    role: Annotated[str, Field(min_length=1, max_length=64)]
    content: str | list[Any] | None = None


class ChatRequest(BaseModel):
    """A conversation to go on with. What is not listed is handed on as it is."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [_CHAT]})

    messages: Annotated[list[Message], Field(min_length=1)]
    model: Annotated[str | None, Field(description="There is one model; any name will do.")] = None
    max_tokens: Annotated[int | None, Field(ge=-1)] = None
    temperature: Annotated[float | None, Field(ge=0)] = None
    stream: bool | None = None


class CompletionRequest(BaseModel):
    """A text to go on with. What is not listed is handed on as it is."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [_TEXT]})

    prompt: str | list[Any]
    stream: bool | None = None


class LlamaCompletionRequest(CompletionRequest):
    """The same for llama-server's own ``/completion``, which lists all that it takes in its README."""

    n_predict: Annotated[int | None, Field(ge=-2)] = None
    temperature: Annotated[float | None, Field(ge=0)] = None
