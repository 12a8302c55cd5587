"""The HTTP server of the image variant ``python``: one llama-server, kept alive behind a FastAPI application."""
