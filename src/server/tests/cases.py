"""The interface that all variants have: what is asked and what must be in the answer; other tests read the file too.

``body`` is sent as JSON, ``text`` as it is, so many ``times``, with the content type ``sent_as``. ``keys`` are all that
an answer has; ``has``, ``piece`` and ``last`` are JSON pointers into the answer, into each event of a stream, and into
the last.
"""

import json
from pathlib import Path

CASES = json.loads((Path(__file__).parents[2] / "interface" / "tests" / "cases.json").read_text())


def name_of(case):
    return f"{case['ask']} {json.dumps(case['body']) if 'body' in case else case.get('text', '')}"[:80]


def check(client, case):
    """Asks, and asserts."""
    method, path = case["ask"].split()
    body = json.dumps(case["body"]) if "body" in case else case.get("text", "") * case.get("times", 1)
    headers = {"Content-Type": case.get("sent_as", "application/json")}
    answer = client.request(method, path, content=body.encode(), headers=headers if method == "POST" else {})
    assert answer.status_code == case["status"], answer.text
    assert answer.headers["content-type"].startswith(case["type"])
    assert case.get("contains", "") in answer.text
    if case["type"] == "text/event-stream":
        _check_events(case, [line[6:] for line in answer.text.split("\n") if line.startswith("data: ")])
    elif case["type"] == "application/json":
        _check_json(case, answer.json())


def _check_json(case, answer):
    if "keys" in case:
        assert sorted(answer) == sorted(case["keys"])
    for pointer in case.get("has", []):
        _find(answer, pointer)
    if case["status"] != 200:
        assert sorted(answer["error"]) == ["code", "message", "type"]
        assert answer["error"]["code"] == case["status"]
    if "message" in case:
        assert answer["error"]["message"] == case["message"]
        assert answer["error"]["type"] == "invalid_request_error"


def _check_events(case, events):
    if case.get("done"):
        assert events.pop() == "[DONE]"
    assert len(events) > 1
    for event in events[:-1]:
        for pointer in case["piece"]:
            _find(json.loads(event), pointer)
    for pointer in case.get("last", []):
        _find(json.loads(events[-1]), pointer)


def _find(value, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/")
        value = value[int(step)] if isinstance(value, list) else value[step]
