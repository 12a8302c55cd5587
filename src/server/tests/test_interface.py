"""What clients see, with a backend that is ready."""

import json
import re

import pytest
from cases import CASES, check, name_of

import documents


def events(text: str) -> list[str]:
    return [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]


def test_health_is_the_answer_of_llama_server(server):
    answer = server.client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_generate_gives_text_and_figures(server):
    answer = server.client.post("/generate", json={"prompt": "hello", "max_tokens": 3})
    assert answer.status_code == 200
    assert answer.json() == {
        "text": "w w w ",
        "tokens": 3,
        "prompt_tokens": 2,
        "stop_reason": "length",
        "tokens_per_second": 12.5,
    }


def test_generate_tells_the_backend_what_was_asked(server):
    request = {"prompt": "hello", "n_predict": 2, "temperature": 0, "seed": 7, "top_k": 1, "stop": ["\n"]}
    assert server.client.post("/generate", json=request).json()["tokens"] == 2
    wanted = {
        "n_predict": 2,
        "prompt": "hello",
        "seed": 7,
        "stop": ["\n"],
        "stream": False,
        "temperature": 0.0,
        "top_k": 1,
    }
    assert server.journal[-1] == f"request /completion {json.dumps(wanted)}"


def test_generate_streams_pieces_and_then_the_whole(server):
    answer = server.client.post("/generate", json={"prompt": "hello", "max_tokens": 2, "stream": True})
    assert answer.headers["content-type"] == "text/event-stream"
    pieces = [json.loads(event) for event in events(answer.text)]
    assert pieces[:2] == [{"text": "w "}, {"text": "w "}]
    assert pieces[2] == {
        "done": True,
        "text": "w w ",
        "tokens": 2,
        "prompt_tokens": 2,
        "stop_reason": "length",
        "tokens_per_second": 12.5,
    }
    assert len(pieces) == 3


def test_an_error_in_the_middle_of_a_stream_is_told(server):
    answer = server.client.post("/generate", json={"prompt": "fail in the middle", "max_tokens": 4, "stream": True})
    pieces = [json.loads(event) for event in events(answer.text)]
    assert pieces == [{"text": "w "}, {"text": "w "}, {"error": {"code": 500, "message": "no", "type": "server_error"}}]


def test_generate_refuses_what_it_does_not_know(server):
    answer = server.client.post("/generate", json={"prompt": "hello", "max_token": 3})
    assert answer.status_code == 400
    assert answer.json() == {
        "error": {
            "code": 400,
            "message": "max_token: Extra inputs are not permitted.",
            "type": "invalid_request_error",
        }
    }


def test_generate_refuses_more_tokens_than_are_allowed(server):
    answer = server.client.post("/generate", json={"prompt": "hello", "max_tokens": 4097})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "max_tokens: at most 4096 (BITNET_MAX_TOKENS)."


def test_completion_is_handed_on_as_it_is(server):
    request = {"prompt": "hello", "n_predict": 2, "grammar": "root ::= x", "samplers": ["top_k"]}
    answer = server.client.post("/completion", json=request)
    assert answer.json()["content"] == "w w "
    assert server.journal[-1] == f"request /completion {json.dumps(request, sort_keys=True)}"


def test_an_error_of_the_backend_keeps_its_status_and_its_words(server):
    answer = server.client.post("/completion", json={"prompt": "refuse"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "no")
    answer = server.client.post("/generate", json={"prompt": "refuse"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "no")


def test_an_answer_of_the_backend_that_is_no_json_is_an_error(server):
    answer = server.client.post("/generate", json={"prompt": "not JSON"})
    assert answer.status_code == 502
    assert answer.json()["error"]["message"] == "llama-server gave an answer that is not JSON."


def test_chat_has_the_shape_of_openai(server):
    request = {"model": "any", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 2}
    answer = server.client.post("/v1/chat/completions", json=request).json()
    assert answer["object"] == "chat.completion"
    assert answer["choices"][0]["message"] == {"role": "assistant", "content": "w w "}


def test_chat_streams_chunks_until_done(server):
    request = {"messages": [{"role": "user", "content": "hi"}], "max_tokens": 2, "stream": True}
    answer = server.client.post("/v1/chat/completions", json=request)
    *chunks, done = events(answer.text)
    assert done == "[DONE]"
    assert [json.loads(chunk)["object"] for chunk in chunks] == ["chat.completion.chunk"] * 2


def test_chat_without_messages_is_refused(server):
    answer = server.client.post("/v1/chat/completions", json={"model": "any"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "messages: Field required."


def test_completions_of_openai(server):
    answer = server.client.post("/v1/completions", json={"prompt": "hi", "max_tokens": 1}).json()
    assert answer["choices"][0]["text"] == "w "


def test_the_model_is_listed(server):
    answer = server.client.get("/v1/models").json()
    assert answer["object"] == "list"
    assert [(model["id"], model["object"]) for model in answer["data"]] == [("tiny", "model")]


def test_metrics_are_those_of_the_server_and_of_the_backend(server):
    server.client.get("/nowhere")
    server.client.post("/generate", json={"prompt": "hello", "max_tokens": 1})
    answer = server.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "bitnet_backend_up 1.0\n" in answer.text
    assert "llamacpp:tokens_predicted_total 7\n" in answer.text
    assert re.search(r'^bitnet_http_requests_total{path="/health",status="200"} [0-9.]+$', answer.text, re.MULTILINE)
    assert 'bitnet_http_requests_total{path="other",status="404"} ' in answer.text
    assert 'bitnet_http_requests_total{path="/generate",status="200"} ' in answer.text
    assert "/nowhere" not in answer.text


def test_unknown_paths_and_methods_have_errors_of_the_same_shape(server):
    assert server.client.get("/nowhere").json()["error"]["code"] == 404
    assert server.client.get("/generate").json()["error"]["code"] == 405


def test_the_openapi_document_names_every_path(server):
    document = server.client.get("/openapi.json").json()
    assert sorted(document["paths"]) == [
        "/completion",
        "/generate",
        "/health",
        "/metrics",
        "/v1/chat/completions",
        "/v1/completions",
        "/v1/models",
    ]


def test_the_page_of_the_api_needs_no_network(server):
    page = server.client.get("/docs").text
    assert "<code>/v1/chat/completions</code>" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


@pytest.mark.parametrize("case", [case for case in CASES if case["ask"] == "POST /generate"], ids=name_of)
def test_generate_answers_as_all_variants_do(server, case):
    check(server.client, case)


def test_the_documents_of_the_other_variants_are_those_of_this_server(server):
    assert documents.HEADER.read_text() == documents.header(), "run src/server/documents.py"
    openapi, page = documents.openapi_and_page()
    assert server.client.get("/openapi.json").text == openapi
    assert server.client.get("/docs").text == page
