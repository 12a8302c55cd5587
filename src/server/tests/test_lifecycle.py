"""Start, death and end."""

import os
import signal
import threading
import time

import httpx
from conftest import is_running, until


def test_until_the_model_is_loaded_the_answer_is_503_with_the_reason(start):
    server = start(FAKE_LOAD_SECONDS="3").listening()
    for answer in (server.client.get("/health"), server.client.post("/generate", json={"prompt": "x"})):
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.json() == {
            "error": {"code": 503, "message": "The model is being loaded.", "type": "unavailable_error"}
        }
    assert server.metric("bitnet_backend_up") == 0
    server.ready()
    assert server.metric("bitnet_backend_up") == 1


def test_there_is_one_backend_and_it_stays(start):
    server = start().ready()
    before = server.backends()
    assert len(before) == 1
    for _ in range(5):
        assert server.client.post("/generate", json={"prompt": "x", "max_tokens": 1}).status_code == 200
    assert server.backends() == before


def test_arguments_are_handed_on_to_the_backend_after_ours(start, model):
    server = start("--ctx-size", "512", BITNET_THREADS="3").ready()
    words = server.journal[0].split()
    assert words[:5] == ["start", "--model", str(model), "--host", "127.0.0.1"]
    assert words[7:9] == ["--threads", "3"]
    assert words[-2:] == ["--ctx-size", "512"]


def test_a_backend_that_died_is_started_again(start):
    server = start().ready()
    os.kill(server.backends()[0], signal.SIGKILL)
    died = until("it notices", lambda: (answer := server.health()) is not None and answer.status_code == 503 and answer)
    assert died.json()["error"]["message"] == "llama-server was ended by SIGKILL and is started again in 0.2 seconds."
    server.ready()
    assert server.metric("bitnet_backend_restarts_total") == 1
    assert server.client.post("/generate", json={"prompt": "x", "max_tokens": 1}).status_code == 200


def test_whoever_waits_while_the_backend_dies_is_told_why(start):
    server = start().ready()
    answer = server.client.post("/generate", json={"prompt": "die"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert (
        answer.json()["error"]["message"] == "llama-server ended with exit code 3 and is started again in 0.2 seconds."
    )


def test_a_stream_whose_backend_dies_ends_with_an_error(start):
    server = start().ready()
    answer = server.client.post("/completion", json={"prompt": "die in the middle", "n_predict": 9, "stream": True})
    last = [line for line in answer.text.splitlines() if line][-1]
    assert last.startswith('data: {"error": {"code": 503, "message": "llama-server ended with exit code 4')


def test_after_the_limit_of_restarts_the_server_ends(start):
    server = start(BITNET_MAX_RESTARTS="1").ready()
    os.kill(server.backends()[0], signal.SIGKILL)
    until("it is restarted", lambda: len(server.journal) == 2)
    server.ready()
    os.kill(server.backends()[0], signal.SIGKILL)
    assert server.ends() == 1
    assert (
        "llama-server was ended by SIGKILL, and it was already restarted 1 times within 600 seconds"
        " (BITNET_MAX_RESTARTS)." in server.log
    )
    assert sum(line.startswith("start") for line in server.journal) == 2


def test_a_backend_that_cannot_load_the_model_is_not_started_again(start):
    server = start(FAKE_DIES_LOADING="7")
    assert server.ends() == 1
    assert (
        "llama-server ended with exit code 7 before the model was loaded. Its last words: fake: loading error: this is"
        " no model" in server.log
    )
    assert len(server.journal) == 1


def test_sigterm_ends_server_and_backend_with_exit_code_0(start):
    server = start().ready()
    backends = server.backends()
    server.process.send_signal(signal.SIGTERM)
    assert server.ends() == 0
    assert not is_running(backends[0])


def test_sigterm_while_loading_ends_both(start):
    server = start(FAKE_LOAD_SECONDS="60").listening()
    backends = until("the backend runs", server.backends)
    server.process.send_signal(signal.SIGTERM)
    assert server.ends() == 0
    assert not is_running(backends[0])


def test_a_backend_that_ignores_sigterm_is_killed(start):
    server = start(FAKE_IGNORES_TERM="1").ready()
    backends = server.backends()
    server.process.send_signal(signal.SIGTERM)
    assert server.ends() == 0
    assert not is_running(backends[0])


def test_requests_in_flight_are_finished_after_sigterm(start):
    server = start(FAKE_TOKEN_SECONDS="0.1").ready()
    answers = []

    def ask():
        answers.append(httpx.post(f"{server.url}/generate", json={"prompt": "x", "max_tokens": 15}, timeout=60))

    thread = threading.Thread(target=ask)
    thread.start()
    until("it is worked on", lambda: server.metric("bitnet_generations_in_flight") == 1)
    server.client.close()
    server.process.send_signal(signal.SIGTERM)
    thread.join()
    assert answers[0].status_code == 200
    assert answers[0].json()["tokens"] == 15
    assert server.ends() == 0


def test_requests_that_take_longer_than_the_grace_do_not_keep_it_from_ending(start):
    server = start(FAKE_TOKEN_SECONDS="0.1", BITNET_GRACE="1").ready()
    with server.client.stream("POST", "/generate", json={"prompt": "x", "max_tokens": 900, "stream": True}) as answer:
        next(answer.iter_lines())
        begin = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.ends() == 0
        assert time.monotonic() - begin < 8


def test_no_backend_outlives_a_server_that_was_killed(start):
    server = start(FAKE_IGNORES_TERM="1").ready()
    backends = server.backends()
    server.process.kill()
    server.process.wait()
    until("the backend is gone", lambda: not is_running(backends[0]), 10)
