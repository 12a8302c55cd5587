"""``/generate``: the simple way to a text, on top of llama-server's ``/completion``."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

_EXAMPLE = {"prompt": "Once upon a time", "max_tokens": 32, "temperature": 0.8, "stream": False}


class GenerateRequest(BaseModel):
    """What to generate."""

    # Strict: what is no number in JSON is none here either. The other variants decide alike; see src/interface.
    model_config = ConfigDict(
        extra="forbid", strict=True, populate_by_name=True, json_schema_extra={"examples": [_EXAMPLE]}
    )

    prompt: Annotated[str, Field(min_length=1, description="The text to go on from.")]
    max_tokens: Annotated[
        int,
        Field(
            ge=1,
            validation_alias=AliasChoices("max_tokens", "n_predict"),
            description="At most so many tokens; n_predict means the same.",
        ),
    ] = 128
    temperature: Annotated[float, Field(ge=0, le=5, description="0 always takes the likeliest token.")] = 0.8
    top_p: Annotated[float | None, Field(gt=0, le=1)] = None
    top_k: Annotated[int | None, Field(ge=0)] = None
    seed: Annotated[
        int | None,
        Field(
            ge=-1, le=0xFFFF_FFFF, description="The same seed and prompt give the same text; -1 is another each time."
        ),
    ] = None
    stop: Annotated[list[str], Field(max_length=16, description="Ends the text before any of these.")] = []
    stream: Annotated[bool, Field(description="Server-sent events, one for each piece of text.")] = False

    def for_backend(self) -> bytes:
        """The body for ``/completion``."""
        body: dict[str, Any] = {
            "prompt": self.prompt,
            "n_predict": self.max_tokens,
            "temperature": self.temperature,
            "stream": self.stream,
        }
        optional = {"top_p": self.top_p, "top_k": self.top_k, "seed": self.seed, "stop": self.stop or None}
        body.update({name: value for name, value in optional.items() if value is not None})
        return json.dumps(body).encode()


class GenerateAnswer(BaseModel):
    """What was generated."""

    text: str
    tokens: Annotated[int, Field(description="How many were generated.")]
    prompt_tokens: int
    stop_reason: Annotated[str, Field(description="length, stop (one of the words) or end (the model's own end)")]
    tokens_per_second: float


async def transform(streams: bool, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Turns what ``/completion`` answers into what ``/generate`` answers."""
    if not streams:
        whole = b"".join([chunk async for chunk in content])
        yield _answer(json.loads(whole)).model_dump_json().encode()
        return
    texts: list[str] = []
    async for event in _events(content):
        if "error" in event:
            yield b"data: " + json.dumps({"error": event["error"]}).encode() + b"\n\n"
            continue
        texts.append(event.get("content", ""))
        if event.get("stop"):
            answer = _answer(event | {"content": "".join(texts)}).model_dump()
            yield b"data: " + json.dumps({"done": True, **answer}).encode() + b"\n\n"
        elif texts[-1]:
            yield b"data: " + json.dumps({"text": texts[-1]}).encode() + b"\n\n"


async def _events(content: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    """The JSON objects of a stream of server-sent events."""
    rest = b""
    async for chunk in content:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])
            elif line.startswith(b"error: "):
                yield {"error": json.loads(line[7:])}


def _answer(completion: dict[str, Any]) -> GenerateAnswer:
    if completion.get("stopped_limit") or completion.get("stop_type") == "limit":
        reason = "length"
    elif completion.get("stopped_word") or completion.get("stop_type") == "word":
        reason = "stop"
    else:
        reason = "end"
    return GenerateAnswer(
        text=completion.get("content", ""),
        tokens=completion.get("tokens_predicted", 0),
        prompt_tokens=completion.get("tokens_evaluated", 0),
        stop_reason=reason,
        tokens_per_second=round(completion.get("timings", {}).get("predicted_per_second") or 0.0, 2),
    )
