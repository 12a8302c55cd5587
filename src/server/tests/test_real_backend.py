"""The same against a real llama-server with a small random model."""

import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from conftest import Server, is_running, until
from test_interface import events

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def real_environment():
    # Both are required: a run that asked for these tests and tests nothing must not pass.
    return {"MODEL_PATH": os.environ["BITNET_TEST_MODEL"], "BITNET_BACKEND": os.environ["BITNET_TEST_BACKEND"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory, real_environment):
    ready = Server(tmp_path_factory.mktemp("server"), real_environment, ["--ctx-size", "2048", "--parallel", "2"])
    yield ready.ready()
    ready.close()


def test_health(server):
    assert server.client.get("/health").json() == {"status": "ok"}


def test_generate(server):
    answer = server.client.post("/generate", json={"prompt": "once upon a time", "max_tokens": 8}).json()
    assert answer["tokens"] == 8
    assert answer["text"]
    assert answer["prompt_tokens"] > 0
    assert answer["stop_reason"] == "length"
    assert answer["tokens_per_second"] > 0


def test_generate_is_repeatable_with_a_seed_and_streams_the_same_text(server):
    request = {"prompt": "once upon a time", "max_tokens": 12, "seed": 3, "temperature": 0}
    first = server.client.post("/generate", json=request).json()["text"]
    assert server.client.post("/generate", json=request).json()["text"] == first
    pieces = [json.loads(e) for e in events(server.client.post("/generate", json=request | {"stream": True}).text)]
    assert pieces[-1]["done"] is True
    assert pieces[-1]["tokens"] == 12
    assert "".join(piece["text"] for piece in pieces[:-1]) == pieces[-1]["text"]
    assert len(pieces) > 3


def test_completion_is_the_one_of_llama_server(server):
    answer = server.client.post("/completion", json={"prompt": "once upon a time", "n_predict": 5}).json()
    assert answer["tokens_predicted"] == 5
    assert answer["generation_settings"]


def test_chat_has_the_shape_of_openai(server):
    request = {"model": "m", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 6}
    answer = server.client.post("/v1/chat/completions", json=request).json()
    assert answer["object"] == "chat.completion"
    choice = answer["choices"][0]
    assert choice["index"] == 0
    assert choice["message"]["role"] == "assistant"
    assert isinstance(choice["message"]["content"], str)
    assert choice["finish_reason"] in ("stop", "length")
    usage = answer["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert isinstance(answer["created"], int)


def test_chat_streams_chunks_until_done(server):
    request = {"messages": [{"role": "user", "content": "hello"}], "max_tokens": 6, "stream": True}
    answer = server.client.post("/v1/chat/completions", json=request)
    assert answer.headers["content-type"].startswith("text/event-stream")
    *chunks, done = events(answer.text)
    assert done == "[DONE]"
    bodies = [json.loads(chunk) for chunk in chunks]
    assert {body["object"] for body in bodies} == {"chat.completion.chunk"}
    assert bodies[-1]["choices"][0]["finish_reason"] in ("stop", "length")


def test_a_bad_request_keeps_the_words_of_llama_server(server):
    answer = server.client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": None}], "n": 2})
    assert answer.status_code in (200, 400, 500)
    assert answer.status_code == 200 or answer.json()["error"]["message"]


def test_metrics_of_both(server):
    text = server.client.get("/metrics").text
    assert "bitnet_backend_up 1.0" in text
    assert "llamacpp:tokens_predicted_total" in text


def test_a_client_that_leaves_frees_the_backend(server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        body = json.dumps({"prompt": "x", "max_tokens": 1500, "stream": True}).encode()
        head = ["POST /generate HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        connection.sendall("\r\n".join([*head, "", ""]).encode() + body)
        assert connection.recv(4096)

    def processing():
        return server.metric("llamacpp:requests_processing")

    until("llama-server stops", lambda: processing() == 0, 20)


def test_a_backend_that_is_killed_is_replaced_and_answers(tmp_path, real_environment):
    server = Server(tmp_path, real_environment, ["--ctx-size", "512"]).ready()
    try:
        first = server.backends()[0]
        os.kill(first, signal.SIGKILL)
        until("another one runs", lambda: [pid for pid in server.backends() if pid != first])
        server.ready()
        assert server.client.post("/generate", json={"prompt": "x", "max_tokens": 2}).json()["tokens"] == 2
    finally:
        server.close()


def test_sigterm_while_it_generates_ends_both(tmp_path, real_environment):
    server = Server(tmp_path, real_environment | {"BITNET_GRACE": "1"}, ["--ctx-size", "4096"]).ready()
    backend = server.backends()[0]

    def ask():
        try:
            httpx.post(f"{server.url}/generate", json={"prompt": "x", "max_tokens": 4000}, timeout=60)
        except httpx.HTTPError:
            # The server ended, as it should.
            return

    thread = threading.Thread(target=ask)
    thread.start()
    until("it is worked on", lambda: server.metric("bitnet_generations_in_flight") == 1)
    begin = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.ends() == 0
    assert time.monotonic() - begin < 10
    assert not is_running(backend)
    thread.join()


def test_a_file_that_is_no_model_is_told_with_the_words_of_llama_server(tmp_path, real_environment):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(Path(real_environment["MODEL_PATH"]).read_bytes()[:4096])
    server = Server(tmp_path, real_environment | {"MODEL_PATH": str(broken)}, [])
    try:
        assert server.ends() == 1
        assert "before the model was loaded. Its last words: " in server.log
    finally:
        server.close()
