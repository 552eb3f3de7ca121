/** The panel beside a ticket: reads the reply that is typed, shows its review, and writes the changes that are asked for. */

import { publicMessages } from "./conversation.js";
import { Draft, NOTE } from "./draft.js";
import { FindingList } from "./findings.js";
import { CHECKED, Checker } from "./preview/checker.js";
import { closingGap, moved, sentenceAround } from "./preview/spans.js";
import { serverOf } from "./preview/talk.js";
import { absence, absentOf, showVerdict, verdictOf } from "./preview/words.js";

const DRAFT = ["comment.text", "comment.type", "comment.useRichText"];
const PATIENCE = 2000; // milliseconds that submitting waits for a verdict
const LEAST_HEIGHT = 80; // pixels
const MOST_HEIGHT = 1200;

const find = (id) => document.getElementById(id);
const say = (word, meaning) => showVerdict(find("verdict"), { kind: "waiting", word, meaning });

class Panel {
  /** `client` is Zendesk's; `server`, `token`, `standard` and `confirmAtHold` are the app's settings. */
  constructor(client, { server, token, standard, confirmAtHold }) {
    this.client = client;
    this.draft = new Draft();
    this.before = [];
    this.undo = null;
    this.away = null;
    this.agreed = null;
    this.turn = 0;
    this.checker = new Checker(
      { ...CHECKED, api: server, token, standard, before: () => this.before, onGone: (status, reason) => this.gone(status, reason) },
      { read: () => this.reply, tell: () => this.show(), busy: (on) => find("verdict").setAttribute("aria-busy", String(on)) },
    );
    this.list = new FindingList(this, find("findings"));
    find("changed").querySelector("button").addEventListener("click", () => this.takeBack());
    for (const name of ["comment.text.changed", "comment.type.changed"]) client.on(name, () => this.changed());
    client.on("ticket.conversation.changed", () => this.start());
    client.on("app.activated", () => this.start());
    if (confirmAtHold) client.on("ticket.save", () => this.beforeSave());
  }

  get ask() {
    return this.checker.ask;
  }

  get findings() {
    return this.checker.findings;
  }

  /** The text under review: what an agent notes for colleagues is none. */
  get reply() {
    return this.draft.isReply ? this.draft.text : "";
  }

  async start() {
    const data = await this.client.get(["ticket.conversation"]).catch(() => ({}));
    this.before = publicMessages(data["ticket.conversation"]);
    await this.read();
    return this.checker.check();
  }

  async changed() {
    if (await this.read()) this.checker.changed();
  }

  /** Read the comment as it stands; false where Zendesk does not answer. */
  read() {
    return (this.reading = this.reads());
  }

  async reads() {
    const turn = ++this.turn;
    const data = await this.client.get(DRAFT).catch(() => null);
    if (turn !== this.turn) return this.reading; // it was asked again meanwhile
    if (!data) return false;
    this.draft = new Draft({ source: data["comment.text"] ?? "", type: data["comment.type"], rich: data["comment.useRichText"] === true });
    Object.assign(this.checker.options, this.draft.place);
    this.show();
    return true;
  }

  show() {
    const { review } = this.checker;
    const { reply } = this;
    const findings = reply ? this.checker.about(reply) : [];
    if (review) this.away = null;
    if (!reply.trim() || !review) this.rest();
    else showVerdict(find("verdict"), verdictOf(review, findings));
    this.list.show(findings, reply);
    find("absent").hidden = !(review && reply && review.skipped.length);
    find("absent").textContent = review ? absentOf(review) : "";
    if (this.undo && this.undo.text !== this.draft.text) this.note(""); // written on: nothing to take back
  }

  /** Why there is no review. */
  rest() {
    const { type, text, isReply } = this.draft;
    if (type === NOTE) say("Not checked", "This is an internal note. Only replies to the customer are checked.");
    else if (!isReply) say("Not checked", "Zendesk does not say whether this is a reply.");
    else if (!text.trim()) say("Nothing yet", "Write a reply: it is checked while you type.");
    else if (text.length > CHECKED.longest) say("Not checked", `The reply is longer than ${CHECKED.longest} characters.`);
    else if (this.away) showVerdict(find("verdict"), this.away);
    else say("Reading", "");
  }

  gone(status, reason) {
    const away = absence(status, reason);
    if (status === 401) Object.assign(away, { word: "No access", meaning: "The server does not take the token in this app's settings." });
    // A browser does not tell a page that may not call a server from one whose server is away.
    else if (!status) away.meaning += ` If it runs, it must allow this app: --allow-origin ${location.origin}`;
    this.away = away;
    this.show();
  }

  apply(finding, words) {
    return this.write(finding, (text, span) => closingGap(text, span, words), words);
  }

  rewrite(finding, words) {
    return this.write(finding, sentenceAround, words);
  }

  /** Put `words` where `placed` says, for a finding about the comment as it is shown. */
  async write(finding, placed, words) {
    const shown = this.draft.text;
    if (!(await this.read())) return;
    const { source, text } = this.draft;
    const [{ span } = {}] = moved([finding], shown, text);
    const changed = span && this.reply ? this.draft.replaced(placed(text, span), words) : null;
    if (changed === null) return this.note("These words cannot be changed from here any more.");
    if (!(await this.set(changed))) return;
    this.undo = { source, text: this.draft.text };
    this.note("Changed.", true);
  }

  async takeBack() {
    const { undo } = this;
    if (!undo || !(await this.read()) || this.undo !== undo) return;
    if (await this.set(undo.source)) this.note("Taken back.");
  }

  async set(source) {
    try {
      await this.client.set("comment.text", source);
    } catch {
      this.note("Zendesk did not take the change.");
      return false;
    }
    await this.read();
    this.checker.check();
    return true;
  }

  note(words, undo = false) {
    if (!undo) this.undo = null;
    const box = find("changed");
    box.hidden = !words;
    box.querySelector("[role=status]").textContent = words;
    const button = box.querySelector("button");
    button.hidden = !undo;
    if (undo) button.focus();
  }

  /** Asks once, with the reasons, before a reply on hold is submitted; whatever else goes wrong, nothing is stopped. */
  async beforeSave() {
    try {
      await Promise.race([this.verdictOfNow(), new Promise((go) => setTimeout(go, PATIENCE))]);
    } catch {
      return true;
    }
    const { text } = this.draft;
    if (!this.checker.isHeld || this.agreed === text) return true;
    this.agreed = text;
    const errors = this.findings.filter(({ level }) => level === "error").map(({ message }) => message);
    return Promise.reject(`ToneGuard would hold this reply. ${errors.join(" ")} Change it, or submit it again to send it as it is.`);
  }

  async verdictOfNow() {
    if ((await this.read()) && this.reply && this.checker.reviewed !== this.reply) await this.checker.check();
  }
}

/** As much height as the panel needs, in Zendesk's sidebar; and Zendesk's own light or dark. */
function fit(client) {
  const resize = () => {
    const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.ceil(document.body.getBoundingClientRect().height)));
    client.invoke("resize", { width: "100%", height: `${height}px` }).catch(() => {});
  };
  new ResizeObserver(resize).observe(document.body);
  const dress = (scheme) => {
    document.documentElement.style.colorScheme = scheme === "dark" ? "dark" : "light";
  };
  client.on("colorScheme.changed", dress);
  client.get("colorScheme").then(({ colorScheme }) => dress(colorScheme), () => dress("light"));
}

async function begin() {
  const client = globalThis.ZAFClient?.init();
  if (!client) return say("Not in Zendesk", "This is an app for Zendesk's ticket sidebar.");
  fit(client);
  const { settings } = await client.metadata();
  try {
    const server = serverOf(settings.server ?? "");
    const confirmAtHold = [true, "true"].includes(settings.confirm_at_hold);
    return await new Panel(client, { server, token: settings.token || null, standard: settings.standard || null, confirmAtHold }).start();
  } catch (problem) {
    return say("Not set up", `${problem.message}. An administrator sets it in the app's settings.`);
  }
}

begin();
