"""From keystroke to underline: the page at ``/`` in a headless Chromium, beside an element that the key changes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from drafts import requests

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
ENDINGS = (
    "You should have aske|d",
    "It is your own faul|t",
    "Please revert bac|k",
    "We don't do refund|s",
    "That is not our proble|m",
    "As per my last emai|l",
)
"""Words that are underlined once their last letter is there."""

# Functions, because the page's policy lets no text be evaluated while it waits.
ATTACHED = """() => document.querySelector("#draft").parentElement.querySelector("[data-toneguard]")"""
SHOWN = """() => window.bench.underline > 0 && window.bench.floor > 0"""
WATCH = """() => {
  const draft = document.querySelector("#draft");
  const mirror = draft.parentElement.querySelector("[data-toneguard]").shadowRoot.querySelector(".mirror");
  const floor = document.createElement("p");
  document.body.prepend(floor);
  const marks = () => mirror.querySelectorAll(".mark").length;
  // A frame has been drawn when the first task after its animation callbacks runs.
  const drawn = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  });
  const state = (window.bench = { marks, key: 0, floor: 0, underline: 0, before: 0 });
  draft.addEventListener("keydown", (event) => {
    if (!state.armed) return;
    state.key = event.timeStamp;
    floor.textContent = String(Math.random());
    drawn((at) => (state.floor = at));
  }, { capture: true });
  new MutationObserver(() => {
    if (!state.armed || !state.key || state.underline || marks() <= state.before) return;
    state.underline = -1;
    drawn((at) => (state.underline = at));
  }).observe(mirror, { childList: true, subtree: true });
  window.arm = () => {
    performance.clearResourceTimings();
    Object.assign(state, { armed: true, key: 0, floor: 0, underline: 0, before: marks() });
  };
}"""
SETTLED = """(asked) => {
  const found = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/v1/reviews"));
  return found.length >= asked && found.at(-1).responseEnd > 0;
}"""
TIMES = """() => {
  const asked = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/v1/reviews")).at(-1);
  const { key, floor, underline } = window.bench;
  return { floor: floor - key, all: underline - key, debounce: asked.startTime - key, rest: underline - asked.startTime,
           server: asked.responseEnd - asked.startTime, page: underline - asked.responseEnd };
}"""


def keystrokes(address: str, count: int) -> tuple[dict[str, Sequence[float]], int]:
    """Milliseconds of ``count`` keystrokes that brought an underline, and how many more brought none within 10 s.

    A draft before those words may excuse them, so that rightly nothing is underlined.

    ``all`` is from the key to the frame that shows the underline: ``debounce`` until the page asks, and the ``rest``:
    ``server`` until the answer is there (as the browser sees it), ``page`` until it is drawn. ``floor`` is from the key
    to the frame that shows an element changed by a listener of that key.
    """
    from playwright.sync_api import TimeoutError as TooLong
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {name: [] for name in ("floor", "all", "debounce", "rest", "server", "page")}
    missed = 0
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_function(ATTACHED)
        page.evaluate(WATCH)
        for number, request in enumerate(requests(2 * count, seed=11)):
            if len(times["all"]) == count:
                break
            begun, last = ENDINGS[number % len(ENDINGS)].split("|")
            page.evaluate("performance.clearResourceTimings(); window.bench.armed = false")
            # What the customer wrote is read as well; the draft is asked about anew after that.
            page.fill("#customer", request["before"][-1]["text"])
            page.fill("#draft", f"{request['draft']} {begun}")
            page.wait_for_function(SETTLED, arg=2)
            page.wait_for_timeout(150)
            page.evaluate("window.arm()")
            page.keyboard.press(last)
            try:
                page.wait_for_function(SHOWN, timeout=10_000)
            except TooLong:
                missed += 1
                continue
            for name, value in page.evaluate(TIMES).items():
                times[name].append(value)
        browser.close()
    return times, missed
