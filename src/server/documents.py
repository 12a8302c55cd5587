"""Writes the interface's documents for the servers that are not Python: ``../interface/documents.h``.

Run it, with the packages of ``requirements.txt``, when the interface changes; a test compares the two.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bitnet_server import page, settings
from bitnet_server.api import create_app

HERE = Path(__file__).resolve().parent
HEADER = HERE.parent / "interface" / "documents.h"
_LINE = 108
_COMMENT = """/*
 * What GET /docs and GET /openapi.json answer, for the variants native and mock: the documents of the Python server,
 * written by src/server/documents.py. Change that server and run it.
 */
"""


def openapi_and_page() -> tuple[str, str]:
    """The document and the page as the server gives them; no setting is in either."""
    with tempfile.NamedTemporaryFile() as model:
        model.write(b"GGUF")
        model.flush()
        some = settings.from_environment({"MODEL_PATH": model.name, "BITNET_BACKEND": "/bin/sh"})
        app = create_app(some, lambda: None)
    return json.dumps(app.openapi(), separators=(",", ":"), ensure_ascii=False), page.render(app.openapi())


def header() -> str:
    """The whole file."""
    openapi, docs = openapi_and_page()
    return f"{_COMMENT}#pragma GCC system_header\n\n{_array('BITNET_OPENAPI', openapi)}\n{_array('BITNET_DOCS', docs)}"


def _array(name: str, text: str) -> str:
    literals, line = [], ""
    for byte in text.encode():
        line += _escaped(byte)
        if byte == 0x0A or len(line) >= _LINE:
            literals.append(line)
            line = ""
    literals.append(line)
    lines = "\n".join(f'    "{literal}"' for literal in literals if literal)
    return f"static const char {name}[] =\n{lines};\n"


def _escaped(byte: int) -> str:
    if byte in b'"\\':
        return "\\" + chr(byte)
    # Three digits, so that no digit that follows belongs to it; "?" for the sake of trigraphs.
    return chr(byte) if 0x20 <= byte < 0x7F and byte != 0x3F else f"\\{byte:03o}"


if __name__ == "__main__":
    HEADER.write_text(header())
