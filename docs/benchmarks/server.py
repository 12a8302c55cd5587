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
import subprocess
import sys
from pathlib import Path

from http_load import CONNECTIONS, completion, crowd, first_token, free_port, healthy

ROUNDS = 300
SERVER = Path(__file__).resolve().parents[2] / "src/server"


async def measure(alone, ours, requests):
    await asyncio.gather(healthy(alone), healthy(ours))
    print(f"time to the first token, {ROUNDS} times each ...", file=sys.stderr)
    first = await first_token([alone, ours], ROUNDS)
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
