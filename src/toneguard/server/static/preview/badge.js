/** The quiet badge with the verdict, and the line that a screen reader hears. */

import { make } from "./build.js";
import { VERDICTS, counted } from "./words.js";

export class Badge {
  constructor(root, open) {
    const document = root.ownerDocument;
    this.sign = make(document, "span.sign", { "aria-hidden": "true" });
    this.name = make(document, "span");
    this.count = make(document, "span.count");
    this.button = make(document, "button.badge", { type: "button", hidden: true, click: open }, this.sign, this.name, this.count);
    this.status = make(document, "div.quiet", { role: "status", "aria-live": "polite" });
    root.append(this.button, this.status);
    this.told = "";
    this.hinted = false;
  }

  /** Show a review's verdict. */
  show(review, findings) {
    const verdict = VERDICTS[review.verdict ?? "read"];
    const counts = counted(findings);
    this.button.className = `badge ${review.verdict ?? "read"}`;
    this.button.hidden = false;
    this.sign.textContent = verdict.sign;
    this.name.textContent = verdict.name;
    this.count.textContent = findings.length || "";
    const said = `${verdict.name}: ${verdict.meaning}${counts ? `. ${counts}` : ""}`;
    this.button.setAttribute("aria-label", `ToneGuard. ${said}`);
    this.button.title = counts ? `${said} (Alt+Enter)` : said;
    this.tell(`ToneGuard: ${said}.`, counts && " Alt Enter reads them.");
  }

  checking(on) {
    this.button.classList.toggle("checking", on);
  }

  hide() {
    this.button.hidden = true;
    this.tell("");
  }

  /** Say `words` once, and how to go on the first time only. */
  tell(words, hint = "") {
    if (words === this.told) return;
    this.told = words;
    this.status.textContent = this.hinted ? words : words + hint;
    this.hinted ||= Boolean(hint);
  }

  /** Put the button on the lower edge of `box`, both in the window's coordinates. */
  place(box, origin) {
    this.button.style.visibility = box.width && box.height ? "" : "hidden"; // the box may be in a tab that is not shown
    const { width, height } = this.button.getBoundingClientRect();
    this.button.style.left = `${Math.max(box.left, box.right - width - 14) - origin.left}px`;
    this.button.style.top = `${box.bottom - height / 2 - origin.top}px`;
  }
}
