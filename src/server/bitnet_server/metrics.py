"""What Prometheus is told."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

# From a health check to a long generation, in seconds.
_BUCKETS = (0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The server's own metrics; those of llama-server are appended when they are asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "bitnet_http_requests", "Requests that were answered.", ["path", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "bitnet_http_request_seconds",
            "From a request to the end of its answer.",
            ["path"],
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self.first_byte = Histogram(
            "bitnet_backend_first_byte_seconds",
            "From a request to the first byte of the backend's answer: with streaming, the time to the first token.",
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self.in_flight = Gauge(
            "bitnet_generations_in_flight", "Requests that the backend works on or has queued.", registry=self.registry
        )
        self.rejected = Counter(
            "bitnet_rejected", "Requests that were refused unread.", ["reason"], registry=self.registry
        )
        self.disconnected = Counter(
            "bitnet_client_disconnects", "Generations whose client went away.", registry=self.registry
        )
        self.backend_up = Gauge("bitnet_backend_up", "1 while the backend is ready.", registry=self.registry)
        self.backend_restarts = Counter(
            "bitnet_backend_restarts", "How often the backend was started again.", registry=self.registry
        )

    def text(self) -> bytes:
        """The text format of Prometheus, version 0.0.4."""
        return generate_latest(self.registry)
