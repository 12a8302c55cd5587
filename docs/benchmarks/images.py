"""Runs images as images.sh built them, hardened, and prints a table of what they take; see there.

usage: images.py MODEL ROUNDS DIRECTORY NAME...

DIRECTORY/NAME/audit.json is the audit of each image; a NAME begins with its variant and ends with its placement. The first
one is native-embedded, whose llama-server is also run alone, on this machine.
"""

import asyncio
import functools
import http.server
import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from http_load import CONNECTIONS, crowd, first_token, free_port

TOKENS = 100
REQUESTS = 2000
LONG = 120
# As in server.py: llama.cpp's threads wait for each other in busy loops, and the clients need a processor, too.
THREADS = str(max(1, len(os.sched_getaffinity(0)) - 1))
HARDENED = ["--network=host", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--pids-limit=256"]


def docker(*arguments):
    return subprocess.run(["docker", *arguments], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()


class Server:
    """A container, or llama-server alone: started, waited for, removed."""

    def __init__(self, name, image, model, url):
        self.name, self.image, self.model, self.url = name, image, model, url
        self.port, self.container, self.volume = free_port(), None, None

    def start(self):
        """Returns the milliseconds from the command until the answer that it is healthy."""
        options = [*HARDENED, "--tmpfs=/tmp", f"--env=BITNET_PORT={self.port}"]
        if self.name.endswith("-volume"):
            options.append(f"--volume={self.model}:/app/models/{Path(self.model).name}:ro")
        if self.name.endswith("-download"):
            # Not a volume with a name: this one goes with its container.
            options += ["--volume=/app/models", f"--env=BITNET_MODEL_URL={self.url}"]
        arguments = ["--threads", THREADS] if self.name.startswith("native-") else []
        options.append(f"--env=BITNET_THREADS={THREADS}")
        begin = time.perf_counter()
        self.container = docker("run", "--detach", *options, self.image, *arguments)
        return self.healthy(begin)

    def healthy(self, begin):
        from urllib.error import URLError
        from urllib.request import urlopen

        while time.perf_counter() - begin < LONG:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=LONG) as answer:
                    if answer.status == 200:
                        return (time.perf_counter() - begin) * 1000
            except (URLError, OSError):
                time.sleep(0.002)
        raise SystemExit(f"images.py: {self.name} is not healthy after {LONG} s")

    def resident(self):
        """Bytes of all processes; a page that two of them share counts twice."""
        lines = docker("top", self.container, "-o", "pid,rss").splitlines()[1:]
        return sum(int(line.split()[1]) for line in lines) * 1024

    def stop(self):
        if self.container:
            docker("rm", "--force", "--volumes", self.container)
            self.container = None


class Alone(Server):
    """The llama-server of the image, without a container."""

    def start(self):
        begin = time.perf_counter()
        command = [self.image, "--model", self.model, "--host", "127.0.0.1", "--port", str(self.port), "--threads", THREADS]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, **quiet)
        return self.healthy(begin)

    def resident(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024

    def stop(self):
        self.process.kill()
        self.process.wait()


def measure(servers, rounds):
    """Per server: milliseconds to healthy, resident bytes, /health per second, milliseconds to the first token and how many more than alone."""
    starts = {server.name: [] for server in servers}
    memory, health, first = {}, {}, {}
    for number in range(rounds):
        for server in servers:
            print(f"start {number + 1} of {rounds}: {server.name}", file=sys.stderr)
            try:
                starts[server.name].append(server.start())
            finally:
                server.stop()
    try:
        for server in servers:
            server.start()
        alone = servers[0]
        for server in servers:
            print(f"requests: {server.name}", file=sys.stderr)
            # Asked alternately with llama-server alone, so that both see the same of what else the machine does.
            answered = asyncio.run(first_token([alone.port, server.port], TOKENS))
            first[server.name] = (answered[server.port][0], answered[server.port][0] - answered[alone.port][0])
            rates = []
            for _ in range(3):
                lost, rate = asyncio.run(crowd(server.port, REQUESTS, "GET", "/health", b"", lambda c: b"ok" in c))
                if lost:
                    print(f"{server.name} lost {len(lost)} of {REQUESTS}: {lost[0]}", file=sys.stderr)
                rates.append(rate)
            health[server.name] = statistics.median(rates)
            memory[server.name] = server.resident()
    finally:
        for server in servers:
            server.stop()
    return {name: (statistics.median(starts[name]), memory[name], health[name], first[name]) for name in starts}


def megabytes(size):
    return f"{size / 1e6:.3g} MB"


def main():
    model, rounds, directory, names = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(Path(model).parent))
    handler.func.log_message = lambda *_: None
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{host.server_address[1]}/{Path(model).name}"
    servers = [Alone("llama-server alone", str(directory / "llama-server"), model, url)]
    servers += [Server(name, f"bitnet-benchmark/{name}:1", model, url) for name in names]
    results = measure(servers, rounds)
    print(f"Medians of {rounds} starts and of {TOKENS} first tokens; {CONNECTIONS} connections; {os.cpu_count()} processors,"
          f" load {os.getloadavg()[0]:.0f}; the model has {megabytes(Path(model).stat().st_size)}.\n")
    print("| variant | model | image | without the model | to healthy | resident | /health per second | first token | against alone |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for server in servers:
        start, memory, health, (first, more) = results[server.name]
        variant, _, placement = server.name.partition("-") if " " not in server.name else (server.name, "", "")
        sizes = ["–", "–"]
        if placement or variant == "mock":
            audit = json.loads((directory / server.name / "audit.json").read_text())["sizes"]
            sizes = [megabytes(audit["unpackedBytes"]), megabytes(audit["withoutModelBytes"])]
        print(f"| {variant} | {placement or '–'} | {' | '.join(sizes)} | {start:.0f} ms | {megabytes(memory)} | {health:.0f}"
              f" | {first:.2f} ms | {more:+.2f} ms |")


main()
