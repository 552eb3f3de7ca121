/** What is known of a text while it changes: asks the server after a pause, and hears only the latest answer. */

import { kept, moved } from "./spans.js";
import { directFetcher, isReview } from "./talk.js";
import { RANKS } from "./words.js";

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const LONGEST_WAIT = 2 ** 31 - 1; // milliseconds that a browser's timer can count

/** The options that a checker reads, with what each is when not given; they may change at any time. */
export const CHECKED = {
  api: "", // where the server is, such as "http://127.0.0.1:8081"; "" is where the page is from
  token: null, // for a server that asks for one
  fetcher: null, // instead of api and token: see talk.js
  standard: null, // the name of a standard; null is the server's own
  role: "agent", // who writes: agent, customer, bot or system
  channel: null, // email, chat, sms, social, web, review, phone, other
  public: null, // whether anybody can read it; null if that is not known
  before: [], // what was written before, oldest first, as {role, text}; or a function that gives it
  explain: false, // whether scores also say which words moved them
  delay: 400, // milliseconds without a change before the text is checked
  least: "suggestion", // the lowest level that is shown
  longest: 20000, // longer texts are left alone (UTF-16 code units)
  onGone: null, // called with the HTTP status (0 where nobody answered) and the server's reason or null
};

export class Checker {
  /**
   * `read` gives the text as it stands; `tell` is called whenever more or less is known of it, `busy` with whether an
   * answer is awaited; `here` says whether there still is a text to ask about.
   */
  constructor(options, { read, tell, busy = () => {}, here = () => true }) {
    Object.assign(this, { options, read, tell, busy, here });
    this.review = null;
    this.reviewed = null;
    this.findings = [];
    this.pause = FIRST_PAUSE;
    this.turn = 0;
    this.stopped = false;
    this.meet();
  }

  meet() {
    this.ask = this.options.fetcher ?? directFetcher(this.options.api, this.options.token);
  }

  /** Change options, and check anew. */
  update(options) {
    Object.assign(this.options, options);
    if ("api" in options || "token" in options || "fetcher" in options) this.meet();
    this.pause = FIRST_PAUSE;
    return this.check();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.asking?.abort();
    this.turn += 1;
  }

  /** Whether the text as it stands was judged, and the verdict was to hold it. */
  get isHeld() {
    return this.review?.verdict === "hold" && this.reviewed === this.read();
  }

  /** The text changed: check it once it rests. */
  changed() {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), this.options.delay);
  }

  /** Ask the server about the text as it stands; settles once that, or what was asked later, is answered. */
  check() {
    return (this.checking = this.question());
  }

  /** Only the answer to the latest question is heard. */
  async question() {
    if (this.stopped || !this.here()) return undefined;
    clearTimeout(this.timer);
    this.asking?.abort();
    const draft = this.read();
    const turn = ++this.turn;
    if (!draft.trim() || draft.length > this.options.longest) return this.vanish();
    const { role, channel, standard, before, explain } = this.options;
    const body = { draft, role, channel, public: this.options.public, standard, explain, before: typeof before === "function" ? before() : before };
    this.asking = new AbortController();
    this.busy(true);
    let answer = { status: 0, body: null, retryAfter: null };
    try {
      answer = await this.ask({ method: "POST", path: "/v1/reviews", body, signal: this.asking.signal });
    } catch {
      // nobody answered, or a newer question took this one's place
    }
    if (turn !== this.turn) return this.stopped ? undefined : this.checking;
    this.busy(false);
    if (answer.status !== 200 || !isReview(answer.body)) return this.gone(answer);
    this.pause = FIRST_PAUSE;
    if (draft !== this.read()) return undefined; // changed meanwhile: the next question is on its way
    this.review = answer.body;
    this.reviewed = draft;
    return this.tell();
  }

  /** The server is gone or refuses: be quiet, and ask again later where that can help. */
  gone({ status, body, retryAfter }) {
    this.vanish();
    this.options.onGone?.(status, body?.error?.message ?? null);
    if (status >= 400 && status < 500 && status !== 429 && status !== 408) return;
    const wait = (retryAfter ?? 0) * 1000 || this.pause;
    this.timer = setTimeout(() => this.check(), Math.min(wait, LONGEST_WAIT)); // a longer one would end at once
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  /** Nothing is known of the text. */
  vanish() {
    this.busy(false);
    this.review = null;
    this.reviewed = null;
    this.tell();
  }

  /** The findings about `text`, where its words still stand; those that `hides` says are left out. */
  about(text, hides = () => false) {
    const least = RANKS[this.options.least] ?? RANKS.suggestion;
    const known = this.review ? moved(this.review.findings, this.reviewed, text) : [];
    this.findings = kept(this.findings, known.filter((finding) => RANKS[finding.level] >= least && !hides(finding)));
    return this.findings;
  }
}
