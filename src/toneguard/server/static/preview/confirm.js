/** "Are you sure?" when a draft that is on hold is about to be sent. It asks; it never refuses. */

import { make } from "./build.js";

/**
 * Watch the form around the text box, and clicks on what `send` (a CSS selector) names, for pages that send without a
 * form. Only a verdict on the very text that goes out counts: nobody waits for an answer. Gives back a function that
 * stops.
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
  document.addEventListener("submit", submit, true);
  document.addEventListener("click", click, true);
  return () => {
    document.removeEventListener("submit", submit, true);
    document.removeEventListener("click", click, true);
  };
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
