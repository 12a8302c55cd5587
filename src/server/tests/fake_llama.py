#!/usr/bin/env python3
"""Stands in for llama-server: the same paths and answers, but a made-up model, and it dies when told to.

FAKE_LOAD_SECONDS: so long it answers 503. FAKE_TOKEN_SECONDS: between two tokens. FAKE_DIES_LOADING: exit code instead
of loading. FAKE_IGNORES_TERM: only SIGKILL ends it. FAKE_JOURNAL: a file that gets a line for each event.
"""

import json
import os
import signal
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

START = time.monotonic()
LOAD = float(os.environ.get("FAKE_LOAD_SECONDS", "0"))
PAUSE = float(os.environ.get("FAKE_TOKEN_SECONDS", "0"))
JOURNAL = os.environ.get("FAKE_JOURNAL", os.devnull)


def journal(text):
    with open(JOURNAL, "a") as file:
        file.write(f"{text}\n")


def journalled(text):
    with open(JOURNAL) as file:
        return sum(text in line for line in file)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if self.path == "/metrics":
            self.answer(200, b"llamacpp:tokens_predicted_total 7\n", "text/plain")
        elif time.monotonic() - START < LOAD:
            self.answer(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}})
        else:
            self.answer(200, {"status": "ok"})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        journal(f"request {self.path} {json.dumps(body, sort_keys=True)}")
        if body.get("prompt") == "die":
            os._exit(3)
        if body.get("prompt") == "hang up" and journalled("hang up") <= body["n_predict"]:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if body.get("prompt") == "refuse":
            self.answer(400, {"error": {"code": 400, "message": "no", "type": "invalid_request_error"}})
            return
        if body.get("prompt") == "not JSON":
            self.answer(200, b"<html>")
            return
        count = body.get("n_predict") or body.get("max_tokens") or 4
        try:
            if body.get("stream"):
                self.stream(body, count)
            else:
                for _ in range(count):
                    time.sleep(PAUSE)
                    # As llama-server does it between two tokens.
                    if self.is_gone():
                        raise BrokenPipeError
                self.answer(200, self.whole(count))
        except (BrokenPipeError, ConnectionResetError):
            journal("cancelled")
            self.close_connection = True

    def is_gone(self):
        self.connection.setblocking(False)
        try:
            return self.connection.recv(1) == b""
        except BlockingIOError:
            return False
        finally:
            self.connection.setblocking(True)

    def whole(self, count):
        if self.path == "/v1/chat/completions":
            message = {"role": "assistant", "content": "w " * count}
            return {"object": "chat.completion", "choices": [{"index": 0, "message": message}]}
        if self.path == "/v1/completions":
            return {"object": "text_completion", "choices": [{"index": 0, "text": "w " * count}]}
        return {"content": "w " * count, "stop": True, "stopped_limit": True, "stopped_word": False} | self.figures(
            count
        )

    def figures(self, count):
        return {"tokens_predicted": count, "tokens_evaluated": 2, "timings": {"predicted_per_second": 12.5}}

    def stream(self, body, count):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        chat = self.path.startswith("/v1/")
        for number in range(count):
            time.sleep(PAUSE)
            if body.get("prompt") == "die in the middle" and number == 2:
                os._exit(4)
            if body.get("prompt") == "fail in the middle" and number == 2:
                self.chunk(b'error: {"code":500,"message":"no","type":"server_error"}\n\n')
                break
            delta = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "w "}}]}
            self.event(delta if chat else {"content": "w ", "stop": False})
        else:
            self.end_of_stream(chat, count)
        self.chunk(b"")

    def end_of_stream(self, chat, count):
        if chat:
            self.chunk(b"data: [DONE]\n\n")
        else:
            self.event({"content": "", "stop": True, "stopped_limit": True} | self.figures(count))

    def event(self, body):
        self.chunk(b"data: " + json.dumps(body).encode() + b"\n\n")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


def main():
    arguments = sys.argv
    journal("start " + " ".join(arguments[1:]))
    if os.environ.get("FAKE_IGNORES_TERM"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("fake: loading", flush=True)
    if os.environ.get("FAKE_DIES_LOADING"):
        print("error: this is no model", flush=True)
        sys.exit(int(os.environ["FAKE_DIES_LOADING"]))
    port = int(arguments[arguments.index("--port") + 1])
    host = arguments[arguments.index("--host") + 1]
    ThreadingHTTPServer((host, port), Handler).serve_forever()


main()
