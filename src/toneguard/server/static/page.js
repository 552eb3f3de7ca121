/** The page at /: the preview on two text boxes, and what it sees written out beside them. */

import { EXAMPLES } from "./examples.js";
import { FindingList } from "./findings.js";
import { attach } from "./preview.js";
import { make } from "./preview/build.js";
import { directFetcher } from "./preview/talk.js";
import { absence, absentOf, showVerdict, verdictOf } from "./preview/words.js";
import { scoreRows } from "./scores.js";

const KEPT_TOKEN = "toneguard-token";
const find = (id) => document.getElementById(id);
const part = (name, attributes, ...children) => make(document, name, attributes, ...children);
const customer = find("customer");
const draft = find("draft");
const standard = new URLSearchParams(location.search).get("standard");

let ask = directFetcher("", sessionStorage.getItem(KEPT_TOKEN));
const fetcher = (request) => ask(request);
const before = () => (customer.value.trim() ? [{ role: "customer", text: customer.value }] : []);

const reply = attach(draft, { fetcher, standard, before, explain: true, delay: 300, onReview: showReview, onGone: showGone });
const theirs = attach(customer, { fetcher, standard, role: "customer", delay: 300, badge: false, least: "note", onReview: showReading });
const list = new FindingList(reply, find("findings"));

let waiting = 0;
customer.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => reply.check(), 300); // what the customer says changes what the reply should say
});

function showReview(review, findings) {
  if (!review) {
    if (!draft.value.trim()) showVerdict(find("verdict"), { kind: "waiting", word: "Nothing yet", meaning: "Write a reply, or pick an example." });
    clear();
    return;
  }
  showVerdict(find("verdict"), verdictOf(review, findings));
  const text = draft.value;
  list.show(findings, text);
  find("absent").hidden = !review.skipped.length;
  find("absent").textContent = absentOf(review);
  find("measured").hidden = false;
  if (reply.reviewed === text) find("measures").replaceChildren(...scoreRows(document, review.scores, text));
  showProvenance(review.provenance);
}

function showGone(status, reason) {
  find("door").hidden = status !== 401 && status !== 403;
  showVerdict(find("verdict"), absence(status, reason));
}

function clear() {
  list.show([], "");
  for (const id of ["measured", "absent"]) find(id).hidden = true;
}

/** What the customer's message reads as, in one line. */
function showReading(review) {
  const parts = review
    ? [["dissatisfaction", "dissatisfaction_level"], ["cause", "cause"], ["kind", "contact_type"]]
        .map(([word, name]) => [word, review.scores[name]])
        .filter(([, score]) => score?.label)
        .map(([word, score]) => part("span", {}, `${word} `, part("b", {}, score.label.replaceAll("_", " "))))
    : [];
  find("reading").replaceChildren(...parts.flatMap((piece, at) => (at ? [" · ", piece] : ["ToneGuard reads: ", piece])));
}

function showProvenance({ toneguard, tier, standard: label, standard_digest: digest, rules_digest: rules, waivers }) {
  const lines = [["Standard", `${label} (${digest.slice(0, 12)})`], ["Rules", rules.slice(0, 12)], ["Models", tier], ["ToneGuard", toneguard]];
  for (const waiver of waivers) lines.push(["Waiver", waiver]);
  find("provenance").querySelector("dl").replaceChildren(...lines.flatMap(([name, value]) => [part("dt", {}, name), part("dd", {}, value)]));
}

function choose(example, button) {
  for (const other of find("examples").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  customer.value = example.customer;
  draft.value = example.draft;
  theirs.changed();
  reply.changed();
  theirs.check();
  reply.check();
}

const buttons = EXAMPLES.map((example) =>
  part("button", { type: "button", "aria-pressed": "false", click: (event) => choose(example, event.currentTarget) }, example.name),
);
find("examples").replaceChildren(...buttons.map((button) => part("li", {}, button)));
for (const box of [customer, draft]) {
  box.addEventListener("input", () => buttons.forEach((button) => button.setAttribute("aria-pressed", "false")));
}
find("door").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEPT_TOKEN, find("token").value);
  ask = directFetcher("", find("token").value);
  find("door").hidden = true;
  reply.check();
  theirs.check();
});

if (draft.value.trim() || customer.value.trim()) {
  reply.check(); // the browser kept what was written before a reload
} else {
  choose(EXAMPLES[0], buttons[0]);
}
