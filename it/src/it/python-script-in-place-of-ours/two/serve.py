"""A server of the user's own: the smallest that the smoke test is content with."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GREETING = "two"


class Handler(BaseHTTPRequestHandler):
    def answer(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.answer({"status": "ok"})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"content": GREETING, "tokens_predicted": 1, "model": os.environ["MODEL_PATH"]})


if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", int(os.environ["BITNET_PORT"])), Handler).serve_forever()
