"""The page of the API, made of its OpenAPI document: one file that needs no other, and no network."""

from __future__ import annotations

import html
import json
from typing import Any

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }}
section {{ border-top: 1px solid #8884; padding: .5rem 0 }}
h2 {{ font-size: 1.05rem; margin: .5rem 0 }}
.method {{ display: inline-block; min-width: 3.2rem; font-weight: 700 }}
code, pre {{ font-family: ui-monospace, monospace; font-size: .9rem }}
pre {{ background: #8882; padding: .7rem; overflow-x: auto; border-radius: .3rem }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border-top: 1px solid #8883; padding: .25rem .6rem .25rem 0; vertical-align: top }}
</style></head><body>
<h1>{title}</h1><p>{description} The same as a document for programs: <a href="/openapi.json">openapi.json</a>.</p>
"""


def render(document: dict[str, Any]) -> str:
    """HTML for an OpenAPI document."""
    info = document["info"]
    parts = [_HEAD.format(title=html.escape(info["title"]), description=html.escape(info.get("description", "")))]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts.append(_operation(document, path, method, operation))
    return "".join(parts) + "</body></html>\n"


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> str:
    parts = [
        f'<section><h2><span class="method">{method.upper()}</span> <code>{html.escape(path)}</code></h2>',
        f"<p>{html.escape(operation.get('description') or operation.get('summary', ''))}</p>",
    ]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content:
        schema = _resolve(document, content["schema"])
        rows = "".join(_row(name, value, schema) for name, value in schema.get("properties", {}).items())
        parts.append(f"<table>{rows}</table>")
        for example in schema.get("examples", [])[:1]:
            command = f"curl -N localhost:8001{path} -H 'Content-Type: application/json' -d '{json.dumps(example)}'"
            parts.append(f"<pre>{html.escape(command)}</pre>")
    else:
        parts.append(f"<pre>curl localhost:8001{html.escape(path)}</pre>")
    return "".join(parts) + "</section>\n"


def _row(name: str, value: dict[str, Any], schema: dict[str, Any]) -> str:
    kinds = [kind.get("type", "object") for kind in value.get("anyOf", [value])]
    kind = " or ".join(kind for kind in kinds if kind != "null")
    needed = "needed" if name in schema.get("required", []) else _default(value.get("default"))
    text = html.escape(value.get("description", ""))
    return f"<tr><td><code>{html.escape(name)}</code><td>{html.escape(kind)}<td>{html.escape(needed)}<td>{text}</tr>"


def _default(value: Any) -> str:
    return "" if value is None or value == [] else f"default {json.dumps(value)}"


def _resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return document["components"]["schemas"][reference.rsplit("/", 1)[-1]] if reference else schema
