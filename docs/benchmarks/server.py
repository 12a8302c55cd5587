#!/usr/bin/env python3
"""Measures what the Python server adds to llama-server: both run here, with the same model and the same threads.

usage: "$(it/python/test --interpreter)" docs/benchmarks/server.py LLAMA_SERVER MODEL [REQUESTS]

Prints, as a table, the time to the first token (alternately asked, medians), whether any of REQUESTS (10,000) streamed
completions at 32 connections is lost, and requests per second of /health. Needs nothing but an idle machine: what else
runs is in the figures of both.
"""

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

CONNECTIONS = 32
ROUNDS = 300
SERVER = Path(__file__).resolve().parents[2] / "src/server"
LONG = 120.0


async def ask(port, method, path, body=b""):
    """Returns the status, the body, and the seconds until its first byte; a connection of its own for each request."""
    begin = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = [f"{method} {path} HTTP/1.1", "Host: x", "Content-Type: application/json", "Connection: close"]
        writer.write("\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        content, first = b"", None
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await reader.readline(), 16):
                content += (await reader.readexactly(size + 2))[:-2]
                first = first or time.perf_counter() - begin
        else:
            content = await reader.readexactly(int(headers["content-length"]))
            first = time.perf_counter() - begin
        return int(lines[0].split()[1]), content, first
    finally:
        writer.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def healthy(port):
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            if (await ask(port, "GET", "/health"))[0] == 200:
                return
        except (OSError, EOFError):
            # It does not listen yet.
            pass
        await asyncio.sleep(0.1)
    raise SystemExit(f"server.py: nothing is healthy on port {port} after {LONG:.0f} s")


def completion(tokens, stream):
    return f'{{"prompt": "x", "n_predict": {tokens}, "stream": {stream}, "cache_prompt": false}}'.encode()


async def first_token(ports):
    """Median and 99th percentile in milliseconds for each port."""
    times = {port: [] for port in ports}
    for number in range(ROUNDS + 10):
        for port in ports:
            status, content, first = await ask(port, "POST", "/completion", completion(2, "true"))
            if status != 200 or b"data: " not in content:
                raise SystemExit(f"server.py: no completion, but {status} {content[:200]}")
            if number >= 10:
                times[port].append(first * 1000)
    return {port: (statistics.median(all_), statistics.quantiles(all_, n=100)[98]) for port, all_ in times.items()}


async def crowd(port, total, method, path, body, good):
    """Lost requests, and requests per second, of so many from 32 connections."""
    left, lost = iter(range(total)), []

    async def client():
        for _ in left:
            try:
                status, content, _ = await asyncio.wait_for(ask(port, method, path, body), LONG)
                if status != 200 or not good(content):
                    lost.append(f"{status} {content[:200]}")
            except (OSError, EOFError, TimeoutError, ValueError) as error:
                lost.append(repr(error))

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return lost, total / (time.perf_counter() - begin)


async def measure(alone, ours, requests):
    await asyncio.gather(healthy(alone), healthy(ours))
    print(f"time to the first token, {ROUNDS} times each ...", file=sys.stderr)
    first = await first_token([alone, ours])
    complete = completion(1, "true")
    results = {}
    for name, port in (("llama-server", alone), ("Python server", ours)):
        print(f"{name}: {requests} completions at {CONNECTIONS} connections ...", file=sys.stderr)
        lost, rate = await crowd(port, requests, "POST", "/completion", complete, lambda c: b'"stop":true' in c)
        _, health = await crowd(port, requests, "GET", "/health", b"", lambda c: b"ok" in c)
        for text in lost[:3]:
            print(f"{name} lost: {text}", file=sys.stderr)
        results[name] = (*first[port], len(lost), rate, health)
    print("| | llama-server alone | Python server | |")
    print("|---|---:|---:|---|")
    rows = ("time to first token, median, ms", "time to first token, 99 %, ms", f"lost of {requests} completions")
    a, b = results["llama-server"], results["Python server"]
    goals = (f"{b[0] - a[0]:+.2f} ms (goal: at most 5)", f"{b[1] - a[1]:+.2f} ms", "goal: 0")
    for row, x, y, goal in zip(rows, a, b, goals, strict=False):
        print(f"| {row} | {x:.4g} | {y:.4g} | {goal} |")
    print(f"| completions per second | {a[3]:.0f} | {b[3]:.0f} | × {b[3] / a[3]:.2f} |")
    print(f"| /health per second | {a[4]:.0f} | {b[4]:.0f} | × {b[4] / a[4]:.2f} |")
    return b[2] == 0 and b[0] - a[0] <= 5


def main():
    if len(sys.argv) not in (3, 4) or not os.access(sys.argv[1], os.X_OK) or not Path(sys.argv[2]).is_file():
        raise SystemExit(__doc__)
    llama, model = (str(Path(path).resolve()) for path in sys.argv[1:3])
    requests = int(sys.argv[3]) if len(sys.argv) == 4 else 10_000
    alone, ours = free_port(), free_port()
    # The clients and the servers need a CPU, too; llama.cpp's threads wait for each other in busy loops.
    threads = str(max(1, len(os.sched_getaffinity(0)) - 1))
    command = [llama, "--model", model, "--host", "127.0.0.1", "--port", str(alone), "--threads", threads]
    command += ["--threads-http", "68"]
    environment = os.environ | {
        "MODEL_PATH": model,
        "BITNET_BACKEND": llama,
        "BITNET_HOST": "127.0.0.1",
        "BITNET_PORT": str(ours),
        "BITNET_THREADS": threads,
        "PYTHONPATH": str(SERVER),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(command, **quiet)]
    processes.append(subprocess.Popen([sys.executable, "-m", "bitnet_server"], env=environment, **quiet))
    try:
        sys.exit(0 if asyncio.run(measure(alone, ours, requests)) else 1)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


main()
