"""What the environment says, validated before anything is started."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class SettingsError(Exception):
    """A setting cannot be used; the message is a whole sentence."""


@dataclass(frozen=True)
class Settings:
    """All that can be set. Sizes are bytes, times seconds."""

    model_path: Path
    port: int
    host: str
    backend: Path
    threads: int
    max_requests: int
    max_body_bytes: int
    max_tokens: int
    max_restarts: int
    restart_window: float
    timeout: float
    grace: float
    model_name: str
    backend_arguments: tuple[str, ...]


def from_environment(environment: Mapping[str, str], arguments: Sequence[str] = ()) -> Settings:
    """Reads the settings; ``arguments`` are handed on to llama-server, after ours.

    Raises SettingsError, also when there is no model: it says what to mount where.
    """
    model = _model(environment.get("MODEL_PATH", ""))
    backend = Path(environment.get("BITNET_BACKEND") or "/app/bin/llama-server")
    if not os.access(backend, os.X_OK) or backend.is_dir():
        raise SettingsError(
            f"BITNET_BACKEND is {backend}, but there is no program. It has to name llama-server in the container."
        )
    return Settings(
        model_path=model,
        port=_integer(environment, "BITNET_PORT", 8001, 1, 65_535),
        host=environment.get("BITNET_HOST") or "0.0.0.0",
        backend=backend,
        threads=_integer(environment, "BITNET_THREADS", available_cpus(), 1, 1024),
        max_requests=_integer(environment, "BITNET_MAX_REQUESTS", 64, 1, 10_000),
        max_body_bytes=_integer(environment, "BITNET_MAX_BODY_BYTES", 1 << 20, 1024, 1 << 30),
        max_tokens=_integer(environment, "BITNET_MAX_TOKENS", 4096, 1, 1 << 20),
        max_restarts=_integer(environment, "BITNET_MAX_RESTARTS", 5, 0, 1000),
        restart_window=float(_integer(environment, "BITNET_RESTART_WINDOW", 600, 1, 86_400)),
        timeout=float(_integer(environment, "BITNET_TIMEOUT", 600, 1, 86_400)),
        grace=float(_integer(environment, "BITNET_GRACE", 5, 0, 3600)),
        model_name=environment.get("BITNET_MODEL_NAME") or model.stem,
        backend_arguments=tuple(arguments),
    )


def _model(text: str) -> Path:
    if not text.startswith("/"):
        raise SettingsError(
            f"MODEL_PATH {'is not an absolute path' if text else 'is not set'}. It has to name the GGUF file in the"
            " container, such as /app/models/ggml-model-i2_s.gguf."
        )
    model = Path(text)
    mount = (
        f" Mount the directory that holds the model, as in: docker run -v /path/to/models:{model.parent}:ro ...,"
        " or set MODEL_PATH to the model's path in the container."
    )
    try:
        if model.is_dir():
            raise SettingsError(f"The model path {model} is a directory. Set MODEL_PATH to the GGUF file in it.")
        with model.open("rb") as file:
            magic = file.read(4)
    except (FileNotFoundError, NotADirectoryError):
        raise SettingsError(f"There is no model at {model}.{mount}") from None
    except OSError as error:
        raise SettingsError(
            f"The model at {model} cannot be read by user id {os.getuid()}: {error.strerror}. Make the file readable"
            " for everybody (chmod a+r) and its directories searchable (chmod a+x)."
        ) from None
    if magic != b"GGUF":
        raise SettingsError(f"The model at {model} is not a GGUF file: it does not begin with the letters GGUF.")
    return model


def _integer(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise SettingsError(f"{name} is '{text[:40]}', but must be a whole number from {low} to {high}.")
    return value


def available_cpus(quota: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """The CPUs that this process may use: its affinity, and the quota of its cgroup (version 2).

    More threads than that make llama.cpp much slower, not faster: its threads wait for each other in a busy loop.
    """
    cpus = len(os.sched_getaffinity(0))
    try:
        limit, period = quota.read_text().split()
        if limit != "max":
            cpus = min(cpus, max(1, math.floor(int(limit) / int(period))))
    except (OSError, ValueError):
        # cgroup 1, or none: the affinity has to do.
        return cpus
    return cpus
