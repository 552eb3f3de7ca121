/**
 * ToneGuard's preview: checks a draft in a textarea or contenteditable element while it is typed.
 *
 *     import { attach } from "/static/preview.js";
 *     const preview = attach(document.querySelector("#reply"), { before: [{ role: "customer", text: "It came cracked." }] });
 *     preview.detach();
 *
 * It depends on nothing, changes nothing in the page but the text that the writer asks it to change, and when the
 * server is gone it is gone too, until the server is back.
 */

import { Badge } from "./preview/badge.js";
import { make } from "./preview/build.js";
import { CHECKED, Checker } from "./preview/checker.js";
import { guardSending } from "./preview/confirm.js";
import { EditableSurface } from "./preview/editable.js";
import { Reader } from "./preview/reader.js";
import { dressRoot, isDark } from "./preview/style.js";
import { TextareaSurface } from "./preview/textarea.js";

const attached = new WeakMap();
const OURS = ["keydown", "keyup", "keypress", "mousedown", "mouseup", "pointerdown", "pointerup", "click"];

/** Every option, with what it is when not given. */
const DEFAULTS = {
  ...CHECKED, // where to ask and about what: see preview/checker.js
  badge: true, // whether the verdict is shown at the box
  confirmAtHold: false, // ask before a draft on hold is sent
  send: null, // with confirmAtHold: a CSS selector of buttons that send without a form
  onReview: null, // called with (review, findings) whenever either changed
};

/** Attach a preview to `element`. Gives back the {@link Preview}; throws TypeError for what is no text box. */
export function attach(element, options = {}) {
  for (const name of Object.keys(options)) {
    if (!(name in DEFAULTS)) throw new TypeError(`unknown option ${name}; known: ${Object.keys(DEFAULTS).join(", ")}`);
  }
  attached.get(element)?.detach();
  const preview = new Preview(element, { ...DEFAULTS, ...options });
  attached.set(element, preview);
  return preview;
}

export class Preview {
  constructor(element, options) {
    const area = element?.tagName === "TEXTAREA";
    if (!area && !element?.isContentEditable) throw new TypeError("attach: expected a textarea or a contenteditable element");
    this.element = element;
    this.options = options;
    this.checker = new Checker(options, {
      read: () => this.surface.text(),
      tell: () => this.refresh(),
      busy: (on) => this.badge.checking(on),
      here: () => this.element.isConnected || this.detach(),
    });
    this.build(area);
    this.listen();
    queueMicrotask(() => this.check()); // once the caller holds what attach gives back
  }

  /** An editor in a frame has its panel beside the frame, where there is room. */
  build(area) {
    let frame = null;
    try {
      frame = this.element.tagName === "BODY" ? this.element.ownerDocument.defaultView.frameElement : null;
    } catch {
      // a frame of another site: the panel stays inside
    }
    this.anchor = frame ? (frame.closest(".cke") ?? frame) : this.element;
    this.document = this.anchor.ownerDocument;
    this.host = make(this.document, "div", { "data-toneguard": "preview" });
    const shadow = this.host.attachShadow({ mode: "open" });
    dressRoot(shadow, this.document.defaultView);
    this.root = make(this.document, "div.root");
    this.layer = make(this.document, "div.layer", { "aria-hidden": "true" });
    shadow.append(this.root);
    // The page's own shortcuts, and its closing of what was clicked beside, are not meant for us.
    for (const name of OURS) this.host.addEventListener(name, (event) => event.stopPropagation());
    this.root.append(this.layer);
    if (this.anchor === this.document.body) this.document.documentElement.append(this.host);
    else (this.anchor.closest("label") ?? this.anchor).after(this.host); // in a label we would be part of the box's name
    this.surface = area ? new TextareaSurface(this.element, this.layer) : new EditableSurface(this.element, this.layer);
    this.badge = new Badge(this.root, () => this.open(0));
    this.reader = new Reader(this);
    this.form = this.anchor.closest("form");
  }

  listen() {
    const stop = (this.stopping = new AbortController());
    const on = (target, name, act, capture = false) =>
      target.addEventListener(name, act, { signal: stop.signal, passive: name !== "keydown", capture });
    on(this.element, "input", () => this.changed());
    on(this.element, "keydown", (event) => this.reader.onKey(event), true); // before the editor takes Enter for its own
    on(this.element, "scroll", () => this.surface.scroll());
    const view = this.document.defaultView;
    for (const target of new Set([view, this.element.ownerDocument.defaultView])) {
      on(target, "scroll", (event) => event.target !== this.element && this.relay(), true);
      on(target, "resize", () => this.relay());
    }
    this.stopWatch = this.surface.watch(() => this.surface.text() !== this.painted && this.changed());
    this.sizes = new ResizeObserver(() => (this.element.isConnected ? this.relay() : this.detach()));
    this.sizes.observe(this.element);
    this.stopGuard = this.options.confirmAtHold ? guardSending(this, this.options.send) : null;
  }

  /** Change options, such as `before` when the customer wrote again, and check anew. */
  update(options) {
    this.checker.update(options);
    this.reader.card.ask = this.ask;
  }

  detach() {
    cancelAnimationFrame(this.frame);
    this.checker.stop();
    this.stopping.abort();
    this.stopGuard?.();
    this.stopWatch();
    this.sizes.disconnect();
    this.reader.release();
    this.surface.release();
    this.host.remove();
  }

  /** Asks the server: see preview/talk.js. */
  get ask() {
    return this.checker.ask;
  }

  /** The review of the text `reviewed`, or null. */
  get review() {
    return this.checker.review;
  }

  get reviewed() {
    return this.checker.reviewed;
  }

  /** What is shown: findings whose words still stand and that the writer did not put aside. */
  get findings() {
    return this.checker.findings;
  }

  get isHeld() {
    return this.checker.isHeld;
  }

  changed() {
    if (this.checker.stopped) return;
    this.checker.changed();
    this.reader.card.close();
    this.refresh();
  }

  check() {
    return this.checker.check();
  }

  /** Show what is known of the text as it stands. */
  refresh() {
    if (this.checker.stopped) return; // words that were on their way arrived after all
    this.painted = this.surface.text();
    this.checker.about(this.painted, (finding) => this.reader.hides(finding));
    const dark = isDark(this.element);
    this.root.classList.toggle("dark", dark);
    if (this.review && this.options.badge) this.badge.show(this.review, this.findings);
    else this.badge.hide();
    if (!this.review) this.reader.card.close();
    this.surface.paint(this.findings.filter(({ span }) => span).map(({ span, level }) => ({ ...span, level })), dark);
    this.relay();
    this.options.onReview?.(this.review, this.findings);
  }

  relay() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.surface.layout();
      this.badge.place(this.anchor.getBoundingClientRect(), this.host.getBoundingClientRect());
      this.reader.follow();
    });
  }

  /** Where the badge sits, or the box itself: for what has no place in the text. */
  seat() {
    return (this.badge.button.hidden ? this.anchor : this.badge.button).getBoundingClientRect();
  }

  /** Open the finding at `index` of `findings`, with the keyboard in its card. */
  open(index) {
    this.reader.open(index);
  }

  /** Put `words` in place of what a finding of `findings` is about. */
  apply(finding, words) {
    this.reader.apply(finding, words);
  }

  /** Put a sentence in place of the one that a finding of `findings` is in. */
  rewrite(finding, words) {
    this.reader.rewrite(finding, words);
  }
}
