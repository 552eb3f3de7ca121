/** The card that says what was found in one place, why, and what to write instead. */

import { make } from "./build.js";
import { ruleOf, sourcesOf } from "./talk.js";
import { LEVELS, fixesOf } from "./words.js";

const MOST_FIXES = 4;

export class Card {
  /** `reader` gives findings and takes decisions; `root` is the element that the card lives in. */
  constructor(reader, root, ask) {
    this.reader = reader;
    this.ask = ask;
    this.document = root.ownerDocument;
    this.box = make(this.document, "section.card", { role: "dialog", "aria-labelledby": "message", tabindex: "-1", hidden: true });
    if ("popover" in this.box) this.box.setAttribute("popover", "manual"); // the top layer: nothing on the page clips it
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    // A press on a button leaves the focus in the text: some editors fold up when they lose it.
    this.box.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    root.append(this.box);
    this.finding = null;
    this.turn = 0;
  }

  get isOpen() {
    return !this.box.hidden;
  }

  get hasFocus() {
    return this.isOpen && this.box.getRootNode().activeElement !== null && this.box.contains(this.box.getRootNode().activeElement);
  }

  /** Show a finding near `spot` (a rectangle of the window); `focus` also moves the keyboard there. */
  async open(finding, spot, { focus }) {
    this.finding = finding;
    this.spot = spot;
    const turn = ++this.turn;
    this.fill(finding, null);
    this.show();
    if (focus) this.box.focus({ preventScroll: true });
    const rule = await ruleOf(this.ask, finding.rule);
    if (turn !== this.turn || !this.isOpen || !rule) return;
    const held = this.box.getRootNode().activeElement?.dataset?.key;
    this.fill(finding, rule);
    if (held) this.box.querySelector(`[data-key="${held}"]`)?.focus({ preventScroll: true });
    else if (focus && !this.hasFocus) this.box.focus({ preventScroll: true });
    this.place();
  }

  close() {
    this.turn += 1;
    if (!this.isOpen) return;
    if (this.box.popover) this.box.hidePopover();
    this.box.hidden = true;
    this.finding = null;
  }

  show() {
    this.box.hidden = false;
    if (this.box.popover && !this.box.matches(":popover-open")) this.box.showPopover();
    this.place();
  }

  move(spot) {
    this.spot = spot;
    this.place();
  }

  /** Below the words if there is room, else above; always inside the window. */
  place() {
    const view = this.document.defaultView;
    const { width, height } = this.box.getBoundingClientRect();
    const below = this.spot.bottom + 6;
    const above = this.spot.top - 6 - height;
    const fits = below + height <= view.innerHeight - 8 || above < 8;
    const top = fits ? Math.min(below, view.innerHeight - 8 - height) : above;
    const left = Math.min(this.spot.left, view.innerWidth - 8 - width);
    this.box.style.top = `${Math.max(8, top)}px`;
    this.box.style.left = `${Math.max(8, left)}px`;
  }

  fill(finding, rule) {
    const { document, reader } = this;
    const part = (name, attributes, ...children) => make(document, name, attributes, ...children);
    const all = reader.findings;
    const at = all.indexOf(finding);
    const step = (key, sign, label, by) =>
      all.length > 1 ? part("button", { type: "button", "data-key": key, "aria-label": label, click: () => reader.open(at + by) }, sign) : null;
    const rewrite = rule?.law?.rewrite;
    this.box.replaceChildren(
      part("div.header", {},
        part(`span.level.${finding.level}`, {}, LEVELS[finding.level]),
        all.length > 1 ? part("span.count", {}, `${at + 1} of ${all.length}`) : "",
        step("back", "‹", "Previous finding", -1) ?? "",
        step("on", "›", "Next finding", 1) ?? "",
        part("button", { type: "button", "data-key": "close", "aria-label": "Close", click: () => reader.close({ back: true }) }, "×"),
      ),
      part("p.message", { id: "message" }, finding.message),
      this.fixes(finding, rewrite),
      rule?.advice ? part("p.advice", {}, part("b", {}, "Instead: "), rule.advice) : "",
      rule?.why ? part("p.why", {}, rule.why) : "",
      part("div.footer", {},
        part("details", {}, part("summary", { "data-key": "sources" }, finding.rule), part("ul", {}, ...(rule ? sourcesOf(rule) : []).map((source) => part("li", {}, source)))),
        finding.level === "error" ? "" : part("button", { type: "button", "data-key": "ignore", click: () => reader.ignore(finding) }, "Ignore here"),
      ),
    );
  }

  /** Buttons that write something else, if there is something; a law rule has a whole sentence. */
  fixes(finding, rewrite) {
    const group = (...children) => make(this.document, "div.fixes", { role: "group", "aria-label": "Write instead" }, ...children);
    const button = (key, words, act) => make(this.document, "button", { type: "button", "data-key": key, click: act }, words);
    const fixes = fixesOf(finding).slice(0, MOST_FIXES);
    if (fixes.length) {
      return group(...fixes.map((words, at) => button(`fix${at}`, words || "Leave it out", () => this.reader.apply(finding, words))));
    }
    if (!finding.span || !rewrite) return "";
    return group(make(this.document, "p.rewrite", {}, rewrite), button("rewrite", "Use this sentence", () => this.reader.rewrite(finding, rewrite)));
  }

  onKey(event) {
    if (event.key === "Escape") this.reader.close({ back: true });
    else if (event.altKey && event.key === "ArrowRight") this.reader.step(1);
    else if (event.altKey && event.key === "ArrowLeft") this.reader.step(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
