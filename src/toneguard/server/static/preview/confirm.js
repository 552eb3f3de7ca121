/** "Are you sure?" when a draft that is on hold is about to be sent. It asks; it never refuses. */

import { make } from "./build.js";

/**
 * Watch the form around the text box; and for pages that send without a form, Ctrl+Enter and clicks on what `send` (a
 * CSS selector) names. Only a verdict on the very text that goes out counts: nobody waits for an answer. Gives back a
 * function that stops.
 */
export function guardSending(preview, send) {
  const { document } = preview;
  let agreed = false;
  const ask = (event, again) => {
    if (agreed || !preview.isHeld) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    question(preview, () => {
      agreed = true;
      try {
        again();
      } finally {
        agreed = false;
      }
    });
  };
  const submit = (event) => {
    if (event.target === preview.form) ask(event, () => event.target.requestSubmit(event.submitter));
  };
  const click = (event) => {
    const button = send && event.target.closest?.(send);
    if (button) ask(event, () => button.click());
  };
  const press = (event) => {
    const { key, code, ctrlKey, metaKey } = event;
    if (key !== "Enter" || !(ctrlKey || metaKey) || event.altKey) return;
    const again = new KeyboardEvent("keydown", { key, code, ctrlKey, metaKey, bubbles: true, cancelable: true, composed: true });
    ask(event, () => preview.element.dispatchEvent(again));
  };
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  document.addEventListener("submit", submit, options);
  document.addEventListener("click", click, options);
  preview.element.addEventListener("keydown", press, options);
  return () => stop.abort();
}

function question(preview, sendAnyway) {
  const { document } = preview;
  const errors = preview.findings.filter((finding) => finding.level === "error");
  const close = () => box.close();
  const box = make(document, "dialog", { "aria-labelledby": "ask", close: () => { box.remove(); } },
    make(document, "h2", { id: "ask" }, "Send this reply?"),
    make(document, "p", {}, "ToneGuard would hold it:"),
    make(document, "ul", {}, ...errors.map((finding) => make(document, "li", {}, finding.message))),
    make(document, "div", {},
      make(document, "button", { type: "button", click: () => { close(); sendAnyway(); } }, "Send anyway"),
      make(document, "button.primary", { type: "button", autofocus: true, click: () => { close(); preview.open(0); } }, "Go back and change it"),
    ),
  );
  preview.root.append(box);
  box.showModal();
}
