"""What is counted. Labels are names of ours (routes, verdicts, statuses), never a text, an id or an address."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from toneguard.reviews import Review

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The numbers of one server, in a registry of its own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # lines that nobody asks for
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self.requests = Counter(
            "toneguard_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "toneguard_request_seconds", "Time to answer.", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self.reviews = Counter("toneguard_reviews", "Messages reviewed.", ("role", "verdict"), registry=self.registry)
        self.findings = Counter("toneguard_findings", "Findings.", ("level",), registry=self.registry)
        self.taken = Gauge("toneguard_reviews_in_hand", "Requests being reviewed or waiting.", registry=self.registry)
        self.broken = Gauge(
            "toneguard_broken_standards", "Standards whose file is broken, so that an older one judges.",
            registry=self.registry,
        )  # fmt: skip

    def watch(self, taken: Callable[[], int], broken: Callable[[], int]) -> None:
        """Where the gauges read their values."""
        self.taken.set_function(taken)
        self.broken.set_function(broken)

    def count(self, review: Review) -> None:
        """Count one review."""
        self.reviews.labels(review.role.value, review.verdict.value if review.verdict else "none").inc()
        for finding in review.findings:
            self.findings.labels(finding.level.value).inc()

    def text(self) -> bytes:
        """Everything, in Prometheus' text format 0.0.4."""
        return generate_latest(self.registry)
