"""Bounds, and clients that go away."""

import json
import socket
import threading

import httpx
from conftest import until

SLOW = {"FAKE_TOKEN_SECONDS": "0.05"}


def test_a_body_that_is_too_large_is_refused(start):
    server = start(BITNET_MAX_BODY_BYTES="2000").ready()
    answer = server.client.post("/generate", json={"prompt": "x" * 3000})
    assert answer.status_code == 413
    assert answer.json()["error"]["message"] == "The request is larger than 2000 bytes (BITNET_MAX_BODY_BYTES)."
    assert server.metric('bitnet_rejected_total{reason="size"}') == 1


def test_a_body_of_unknown_length_is_refused_when_it_gets_too_large(start):
    server = start(BITNET_MAX_BODY_BYTES="2000").ready()
    answer = server.client.post("/generate", content=(b"x" * 100 for _ in range(30)))
    assert answer.status_code == 413
    assert len(server.journal) == 1


def test_who_comes_when_all_places_are_taken_is_told_to_come_again(start):
    server = start(BITNET_MAX_REQUESTS="2", **SLOW).ready()
    answers = []

    def ask():
        answers.append(httpx.post(f"{server.url}/generate", json={"prompt": "x", "max_tokens": 40}, timeout=60))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    until("both places are taken", lambda: server.metric("bitnet_generations_in_flight") == 2)
    refused = server.client.post("/generate", json={"prompt": "x"})
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["error"]["message"] == "2 requests are being worked on already (BITNET_MAX_REQUESTS)."
    # Health and metrics take no place.
    assert server.client.get("/health").status_code == 200
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert server.client.post("/generate", json={"prompt": "x", "max_tokens": 1}).status_code == 200


def test_many_at_once_lose_nothing(start):
    server = start().ready()
    failures = []

    def ask():
        with httpx.Client(base_url=server.url, timeout=60) as client:
            for _ in range(20):
                answer = client.post("/generate", json={"prompt": "x", "max_tokens": 2})
                if answer.status_code != 200 or answer.json()["tokens"] != 2:
                    failures.append(answer.text)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert server.metric("bitnet_generations_in_flight") == 0


def test_a_connection_that_breaks_off_before_an_answer_is_tried_again(start):
    server = start().ready()
    assert server.client.post("/generate", json={"prompt": "hang up", "max_tokens": 2}).json()["tokens"] == 2
    assert sum("hang up" in line for line in server.journal) == 3


def test_a_backend_that_always_hangs_up_is_an_error(start):
    server = start().ready()
    answer = server.client.post("/generate", json={"prompt": "hang up", "max_tokens": 100})
    assert answer.status_code == 503
    assert answer.json()["error"]["message"] == "The connection to llama-server broke off."
    assert sum("hang up" in line for line in server.journal) == 4


def leave_early(server, stream: bool):
    body = json.dumps({"prompt": "x", "max_tokens": 1000, "stream": stream}).encode()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        head = ["POST /generate HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        connection.sendall("\r\n".join([*head, "", ""]).encode() + body)
        if stream:
            assert connection.recv(4096)
        else:
            until("it is worked on", lambda: server.metric("bitnet_generations_in_flight") == 1)
    until("the backend stops", lambda: "cancelled" in server.journal, 10)
    until("the place is free", lambda: server.metric("bitnet_generations_in_flight") == 0, 10)
    assert server.metric("bitnet_client_disconnects_total") == 1


def test_a_client_that_leaves_a_stream_ends_the_work_of_the_backend(start):
    leave_early(start(**SLOW).ready(), stream=True)


def test_a_client_that_does_not_wait_ends_the_work_of_the_backend(start):
    leave_early(start(**SLOW).ready(), stream=False)


def test_a_stream_comes_piece_by_piece(start):
    server = start(FAKE_TOKEN_SECONDS="0.3").ready()
    with server.client.stream("POST", "/completion", json={"prompt": "x", "n_predict": 50, "stream": True}) as answer:
        first = next(answer.iter_lines())
        assert json.loads(first.removeprefix("data: "))["content"] == "w "
    until("the backend stops", lambda: "cancelled" in server.journal, 10)
