"""Native and Python answer alike, with the same llama-server: one can take the place of the other."""

import json
import os
import random
import signal
import subprocess
from pathlib import Path

import httpx
import pytest
from cases import CASES, check, name_of
from conftest import PATIENCE, Server, free_port, until

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def python_variant(tmp_path_factory):
    environment = {"MODEL_PATH": os.environ["BITNET_TEST_MODEL"], "BITNET_BACKEND": os.environ["BITNET_TEST_BACKEND"]}
    server = Server(tmp_path_factory.mktemp("server"), environment, ["--ctx-size", "2048", "--parallel", "2"]).ready()
    yield server.client
    server.close()


class Native:
    """llama-server, as the entry point of the image starts it."""

    def __init__(self, directory, *arguments, **environment):
        backend, port = Path(os.environ["BITNET_TEST_BACKEND"]), free_port()
        self.log_file = directory / "log"
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    backend.with_name("bitnet-probe"),
                    "serve",
                    backend,
                    "--ctx-size",
                    "2048",
                    "--threads",
                    "1",
                    *arguments,
                ],
                env={"MODEL_PATH": os.environ["BITNET_TEST_MODEL"], "BITNET_PORT": str(port)} | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        # llama-server closes a connection after a stream, without saying so before: none is used twice.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False, limits=limits
        )

    def healthy(self):
        assert self.process.poll() is None, self.log_file.read_text(errors="replace")
        try:
            return self.client.get("/health").status_code == 200
        except httpx.TransportError:
            return False

    def close(self):
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def native_variant(tmp_path_factory):
    native = Native(tmp_path_factory.mktemp("native"))
    until("llama-server is healthy", native.healthy)
    yield native.client
    native.close()


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_python(python_variant, case):
    check(python_variant, case)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_native(native_variant, case):
    check(native_variant, case)


def test_the_documents_are_the_same(python_variant, native_variant):
    for path in ("/docs", "/openapi.json"):
        assert native_variant.get(path).content == python_variant.get(path).content


def test_the_same_seed_gives_the_same_text(python_variant, native_variant):
    request = {"prompt": "once upon a time", "max_tokens": 12, "seed": 3, "temperature": 0}
    wanted = python_variant.post("/generate", json=request).json()
    got = native_variant.post("/generate", json=request).json()
    assert wanted | {"tokens_per_second": 0} == got | {"tokens_per_second": 0}


def test_the_model_has_the_same_name(python_variant, native_variant):
    names = [client.get("/v1/models").json()["data"][0]["id"] for client in (python_variant, native_variant)]
    assert names == [Path(os.environ["BITNET_TEST_MODEL"]).stem] * 2


def test_a_stop_of_openai_may_be_one_string(native_variant):
    request = {"prompt": "once upon a time", "max_tokens": 40, "seed": 3, "temperature": 0}
    text = native_variant.post("/v1/completions", json=request).json()["choices"][0]["text"]
    stop = text[5:7]
    choice = native_variant.post("/v1/completions", json=request | {"stop": stop}).json()["choices"][0]
    assert choice["text"] == text[: text.index(stop)]
    assert choice["finish_reason"] == "stop"


def test_bounds_of_the_environment_hold_in_native(tmp_path):
    native = Native(tmp_path, BITNET_MAX_TOKENS="50", BITNET_MAX_BODY_BYTES="2000")
    try:
        until("llama-server is healthy", native.healthy)
        for request, status, message in (
            ({"prompt": "x", "max_tokens": 51}, 400, "max_tokens: at most 50 (BITNET_MAX_TOKENS)."),
            ({"prompt": "x"}, 400, "max_tokens: at most 50 (BITNET_MAX_TOKENS)."),
            ({"prompt": "x" * 2000}, 413, "The request is larger than 2000 bytes (BITNET_MAX_BODY_BYTES)."),
        ):
            answer = native.client.post("/generate", json=request)
            assert (answer.status_code, answer.json()["error"]["message"]) == (status, message)
        assert native.client.post("/generate", json={"prompt": "x", "max_tokens": 50}).status_code == 200
    finally:
        native.close()


def test_a_bound_that_is_none_is_told_before_native_starts(tmp_path):
    native = Native(tmp_path, BITNET_MAX_TOKENS="many")
    assert native.process.wait(PATIENCE) == 1
    told = "llama-server: BITNET_MAX_TOKENS is 'many', but must be a whole number from 1 to 1048576.\n"
    assert told in native.log_file.read_text(errors="replace")
    native.client.close()


def test_generate_needs_the_api_key_that_completion_needs(tmp_path):
    native = Native(tmp_path, "--api-key", "secret")
    try:
        until("llama-server is healthy", native.healthy)
        request = {"prompt": "x", "max_tokens": 2}
        for path in ("/generate", "/completion"):
            assert native.client.post(path, json=request).status_code == 401
            with_key = {"Authorization": "Bearer secret"}
            assert native.client.post(path, json=request, headers=with_key).status_code == 200
    finally:
        native.close()


def test_a_client_that_leaves_a_stream_frees_native(native_variant):
    request = {"prompt": "x", "max_tokens": 1900, "stream": True}
    with native_variant.stream("POST", "/generate", json=request) as answer:
        next(answer.iter_lines())

    def idle():
        return "\nllamacpp:requests_processing 0\n" in native_variant.get("/metrics").text

    until("llama-server stops", idle, 20)


def test_native_outlives_what_is_not_utf_8(native_variant):
    for path in ("/completion", "/v1/completions", "/v1/chat/completions", "/generate"):
        assert native_variant.post(path, content=b'{"pro\xc3mpt": x').status_code in (400, 500)
    assert native_variant.get("/health").status_code == 200


def test_native_outlives_whatever_is_sent(native_variant):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    bodies = [json.dumps(case["body"]) for case in CASES if case["ask"] == "POST /generate" and "body" in case]
    for _ in range(400):
        body = bytearray(chance.choice(bodies).encode())
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(body) + 1)
            body[at : at + chance.randrange(3)] = bytes(
                chance.choices(b'{}[]",:0eE-.\\u\x00\xff\xc3tn', k=chance.randrange(3))
            )
        path = chance.choice(["/generate", "/v1/completions"])
        assert native_variant.post(path, content=bytes(body)).status_code in (200, 400, 500)
    assert native_variant.get("/health").status_code == 200
