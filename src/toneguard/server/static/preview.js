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
import { guardSending } from "./preview/confirm.js";
import { EditableSurface } from "./preview/editable.js";
import { Reader } from "./preview/reader.js";
import { kept, moved } from "./preview/spans.js";
import { dressRoot, isDark } from "./preview/style.js";
import { directFetcher, isReview } from "./preview/talk.js";
import { TextareaSurface } from "./preview/textarea.js";
import { RANKS } from "./preview/words.js";

const attached = new WeakMap();
const OURS = ["keydown", "keyup", "keypress", "mousedown", "mouseup", "pointerdown", "pointerup", "click"];
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;

/** Every option, with what it is when not given. */
const DEFAULTS = {
  api: "", // where the server is, such as "http://127.0.0.1:8081"; "" is where the page is from
  token: null, // for a server that asks for one
  fetcher: null, // instead of api and token: see preview/talk.js
  standard: null, // the name of a standard; null is the server's own
  role: "agent", // who writes: agent, customer, bot or system
  channel: null, // email, chat, sms, social, web, review, phone, other
  before: [], // what was written before, oldest first, as {role, text}; or a function that gives it
  explain: false, // whether scores also say which words moved them
  delay: 400, // milliseconds without a keystroke before the draft is checked
  least: "suggestion", // the lowest level that is shown
  longest: 20000, // longer drafts are left alone (UTF-16 code units)
  badge: true, // whether the verdict is shown at the box
  confirmAtHold: false, // ask before a draft on hold is sent
  send: null, // with confirmAtHold: a CSS selector of buttons that send without a form
  onReview: null, // called with (review, findings) whenever either changed
  onGone: null, // called with the HTTP status (0 where nobody answered) and the server's reason or null
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
    this.ask = options.fetcher ?? directFetcher(options.api, options.token);
    this.review = null;
    this.reviewed = null;
    this.findings = [];
    this.pause = FIRST_PAUSE;
    this.turn = 0;
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
    Object.assign(this.options, options);
    if ("api" in options || "token" in options || "fetcher" in options) {
      this.ask = this.options.fetcher ?? directFetcher(this.options.api, this.options.token);
      this.reader.card.ask = this.ask;
    }
    this.pause = FIRST_PAUSE;
    this.check();
  }

  detach() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.asking?.abort();
    this.turn += 1;
    this.stopping.abort();
    this.stopGuard?.();
    this.stopWatch();
    this.sizes.disconnect();
    this.reader.release();
    this.surface.release();
    this.host.remove();
  }

  /** Whether the text as it stands was judged, and the verdict was to hold it. */
  get isHeld() {
    return this.review?.verdict === "hold" && this.reviewed === this.surface.text();
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), this.options.delay);
    this.reader.card.close();
    this.refresh();
  }

  /** Ask the server about the text as it stands. Only the answer to the latest question is heard. */
  async check() {
    if (this.stopping.signal.aborted) return undefined;
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.element.isConnected) return this.detach();
    const draft = this.surface.text();
    const turn = ++this.turn;
    if (!draft.trim() || draft.length > this.options.longest) return this.vanish();
    const { role, channel, standard, before, explain } = this.options;
    const body = { draft, role, channel, standard, explain, before: typeof before === "function" ? before() : before };
    this.asking = new AbortController();
    this.badge.checking(true);
    let answer = { status: 0, body: null, retryAfter: null };
    try {
      answer = await this.ask({ method: "POST", path: "/v1/reviews", body, signal: this.asking.signal });
    } catch {
      // nobody answered, or a newer question took this one's place
    }
    if (turn !== this.turn) return undefined;
    this.badge.checking(false);
    if (answer.status !== 200 || !isReview(answer.body)) return this.gone(answer);
    this.pause = FIRST_PAUSE;
    if (draft !== this.surface.text()) return undefined; // typed on meanwhile: the next question is on its way
    this.review = answer.body;
    this.reviewed = draft;
    return this.refresh();
  }

  /** The server is gone or refuses: be quiet, and ask again later where that can help. */
  gone({ status, body, retryAfter }) {
    this.vanish();
    this.options.onGone?.(status, body?.error?.message ?? null);
    if (status >= 400 && status < 500 && status !== 429 && status !== 408) return;
    this.timer = setTimeout(() => this.check(), (retryAfter ?? 0) * 1000 || this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  vanish() {
    this.review = null;
    this.reviewed = null;
    this.refresh();
  }

  /** Show what is known of the text as it stands. */
  refresh() {
    const text = (this.painted = this.surface.text());
    const least = RANKS[this.options.least] ?? RANKS.suggestion;
    const known = this.review ? moved(this.review.findings, this.reviewed, text) : [];
    const shown = known.filter((finding) => RANKS[finding.level] >= least && !this.reader.hides(finding));
    this.findings = kept(this.findings, shown);
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
