from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

ROOT = Path(__file__).parent.parent
FAKE = Path(__file__).parent / "fake_llama.py"
PATIENCE = 60.0
T = TypeVar("T")


def until(what: str, ask: Callable[[], T], patience: float = PATIENCE) -> T:
    """The first answer that is true."""
    end = time.monotonic() + patience
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < end, f"waited {patience} s until {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Server:
    """A server in a process of its own, as in the image."""

    def __init__(self, directory: Path, environment: dict[str, str], arguments: list[str]) -> None:
        self.port = free_port()
        self.journal_file = directory / "journal"
        self.log_file = directory / "log"
        self.url = f"http://127.0.0.1:{self.port}"
        defaults = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "BITNET_HOST": "127.0.0.1",
            "BITNET_PORT": str(self.port),
            "FAKE_JOURNAL": str(self.journal_file),
        }
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bitnet_server", *arguments],
                env=defaults | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.client = httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False)

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    @property
    def journal(self) -> list[str]:
        return self.journal_file.read_text().splitlines() if self.journal_file.exists() else []

    def backends(self) -> list[int]:
        """The process ids of its children."""
        return [
            int(pid)
            for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            if is_running(int(pid))
        ]

    def health(self) -> httpx.Response | None:
        try:
            return self.client.get("/health")
        except httpx.TransportError:
            assert self.process.poll() is None, f"the server ended:\n{self.log}"
            return None

    def listening(self) -> Server:
        until("it listens", self.health)
        return self

    def ready(self) -> Server:
        until("it is healthy", lambda: (answer := self.health()) is not None and answer.status_code == 200)
        return self

    def ends(self) -> int:
        return self.process.wait(PATIENCE)

    def metric(self, name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.client.get("/metrics").text, re.MULTILINE)
        assert found, f"no metric {name}"
        return float(found[1])

    def close(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("models") / "tiny.gguf"
    file.write_bytes(b"GGUF and the rest")
    return file


@pytest.fixture
def start(tmp_path: Path, model: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server with the fake backend."""
    servers: list[Server] = []

    def begin(*arguments: str, **environment: str) -> Server:
        directory = tmp_path / str(len(servers))
        directory.mkdir()
        base = {"MODEL_PATH": str(model), "BITNET_BACKEND": str(FAKE)}
        servers.append(Server(directory, base | environment, list(arguments)))
        return servers[-1]

    yield begin
    for server in servers:
        server.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Server]:
    """One that is ready, for tests that do not harm it."""
    environment = {"MODEL_PATH": str(model), "BITNET_BACKEND": str(FAKE)}
    ready = Server(tmp_path_factory.mktemp("server"), environment, []).ready()
    yield ready
    ready.close()
