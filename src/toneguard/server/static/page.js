/** The page at /: the preview on two text boxes, and what it sees written out beside them. */

import { EXAMPLES } from "./examples.js";
import { attach } from "./preview.js";
import { make } from "./preview/build.js";
import { directFetcher, ruleOf } from "./preview/talk.js";
import { LEVELS, RANKS, VERDICTS, counted } from "./preview/words.js";
import { quoted, scoreRows } from "./scores.js";

const KEPT_TOKEN = "toneguard-token";
const find = (id) => document.getElementById(id);
const part = (name, attributes, ...children) => make(document, name, attributes, ...children);
const customer = find("customer");
const draft = find("draft");
const standard = new URLSearchParams(location.search).get("standard");

let ask = directFetcher("", sessionStorage.getItem(KEPT_TOKEN));
const fetcher = (request) => ask(request);
const before = () => (customer.value.trim() ? [{ role: "customer", text: customer.value }] : []);

const reply = attach(draft, { fetcher, standard, before, delay: 300, onReview: showReview, onGone: showGone });
const theirs = attach(customer, { fetcher, standard, role: "customer", delay: 300, badge: false, least: "note", onReview: showReading });

let waiting = 0;
customer.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => reply.check(), 300); // what the customer says changes what the reply should say
});

function showReview(review, findings) {
  if (!review) {
    if (!draft.value.trim()) verdict("waiting", "Nothing yet", "Write a reply, or pick an example.");
    clear();
    return;
  }
  const { name, meaning } = VERDICTS[review.verdict ?? "read"];
  const counts = counted(findings);
  verdict(review.verdict ?? "read", name, `${meaning[0].toUpperCase()}${meaning.slice(1)}${counts ? `: ${counts}` : ""}.`);
  const text = draft.value;
  const ordered = [...findings].sort((a, b) => RANKS[b.level] - RANKS[a.level]);
  find("findings").replaceChildren(...ordered.map((finding) => item(finding, findings, text)));
  find("absent").hidden = !review.skipped.length;
  find("absent").textContent = review.skipped.map(({ analyser, reason }) => `${analyser} was skipped: ${reason}.`).join(" ");
  if (reply.reviewed === text) find("measures").replaceChildren(...scoreRows(document, review.scores, text));
  showProvenance(review.provenance);
}

function showGone(status) {
  find("door").hidden = status !== 401 && status !== 403;
  if (status === 401 || status === 403) verdict("waiting", "A token, please", "");
  else if (status === 413 || status === 422) verdict("waiting", "Too much", "This is more than the server reads at once.");
  else verdict("waiting", "No answer", "The server is away or busy. Your text stays here; this page asks again by itself.");
}

function verdict(kind, word, meaning) {
  const box = find("verdict");
  box.className = `verdict ${kind}`;
  box.querySelector(".word").textContent = word;
  box.querySelector(".meaning").textContent = meaning;
}

function clear() {
  for (const id of ["findings", "measures"]) find(id).replaceChildren();
  find("provenance").hidden = true;
  find("absent").hidden = true;
}

/** One finding: what, where, why, on what authority, and what to write instead. */
function item(finding, findings, text) {
  const hidden = finding.rule.startsWith("privacy/"); // never quoted
  const words = finding.span ? (hidden ? "Show me where" : `“${quoted(text.slice(finding.span.start, finding.span.end))}”`) : "";
  const fixes = finding.span ? finding.replacements.slice(0, 3) : [];
  const more = part("details", {}, part("summary", {}, "Why"));
  more.addEventListener("toggle", () => more.open && explain(more, finding), { once: true });
  return part(`li.${finding.level}`, {},
    part("p.kind", {}, LEVELS[finding.level]),
    part("p.message", {}, finding.message),
    words ? part("p", {}, part("button.said", { type: "button", click: () => reply.open(findings.indexOf(finding)) }, words)) : "",
    fixes.length
      ? part("div.fixes", { role: "group", "aria-label": "Write instead" },
          ...fixes.map((fix) => part("button", { type: "button", click: () => reply.apply(finding, fix) }, fix || "Leave it out")))
      : "",
    more,
  );
}

async function explain(box, finding) {
  const rule = await ruleOf(fetcher, finding.rule);
  if (!rule) {
    box.append(part("p.why", {}, "The server does not answer just now."));
    return;
  }
  const sources = rule.law ? [`${rule.law.jurisdiction}, ${rule.law.section}: ${rule.law.source}`, ...rule.sources] : rule.sources;
  box.append(
    part("p.why", {}, rule.why),
    rule.advice ? part("p", {}, part("b", {}, "Instead: "), rule.advice) : "",
    part("ul", { "aria-label": "Sources" }, ...sources.map((source) => part("li", {}, source)), part("li", {}, part("code", {}, finding.rule))),
  );
}

/** What the customer's message reads as, in one line. */
function showReading(review) {
  const parts = review
    ? [["feels", "dissatisfaction_level"], ["about", "cause"], ["wants", "contact_type"]]
        .map(([word, name]) => [word, review.scores[name]])
        .filter(([, score]) => score?.label)
        .map(([word, score]) => part("span", {}, `${word} `, part("b", {}, score.label.replaceAll("_", " "))))
    : [];
  find("reading").replaceChildren(...parts.flatMap((piece, at) => (at ? [" · ", piece] : ["ToneGuard reads: ", piece])));
}

function showProvenance({ toneguard, tier, standard: label, standard_digest: digest, rules_digest: rules, waivers }) {
  const lines = [["Standard", `${label} (${digest.slice(0, 12)})`], ["Rules", rules.slice(0, 12)], ["Models", tier], ["ToneGuard", toneguard]];
  for (const waiver of waivers) lines.push(["Waiver", waiver]);
  find("provenance").hidden = false;
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
