"""What the benchmarks of servers share: HTTP over connections of their own, one or many at a time."""

import asyncio
import socket
import statistics
import time

CONNECTIONS = 32
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
    raise SystemExit(f"nothing is healthy on port {port} after {LONG:.0f} s")


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


def completion(tokens, stream):
    return f'{{"prompt": "x", "n_predict": {tokens}, "stream": {stream}, "cache_prompt": false}}'.encode()


async def first_token(ports, rounds):
    """Median and 99th percentile in milliseconds for each port, asked alternately."""
    times = {port: [] for port in ports}
    for number in range(rounds + 10):
        for port in ports:
            status, content, first = await ask(port, "POST", "/completion", completion(2, "true"))
            if status != 200 or b"data: " not in content:
                raise SystemExit(f"no completion, but {status} {content[:200]}")
            if number >= 10:
                times[port].append(first * 1000)
    return {port: (statistics.median(all_), statistics.quantiles(all_, n=100)[98]) for port, all_ in times.items()}
