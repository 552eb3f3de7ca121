/** The measures that the page shows, on their whole scale. */

import { make } from "./preview/build.js";
import { quoted } from "./preview/words.js";

/** `low` and `high` are the measure's own range; a measure without an end is drawn up to `drawn`. */
export const SHOWN = [
  { name: "politeness", title: "Politeness", low: 0, high: 1, ends: ["blunt", "polite"] },
  { name: "sentiment", title: "Sentiment", low: -1, high: 1, ends: ["displeased", "pleased"], from: 0 },
  { name: "warmth", title: "Warmth", low: 1, high: 5, ends: ["cold", "very warm"] },
  { name: "formality", title: "Formality", low: 1, high: 5, ends: ["very casual", "very formal"] },
  { name: "enthusiasm", title: "Enthusiasm", low: 1, high: 5, ends: ["matter-of-fact", "gushing"] },
  { name: "assertiveness", title: "Assertiveness", low: 1, high: 5, ends: ["hesitant", "very firm"] },
  { name: "flesch_kincaid_grade", title: "Reading grade", low: -3.4, high: null, drawn: [0, 16], ends: ["easy", "16 or more"] },
  { name: "longest_sentence", title: "Longest sentence", low: 0, high: null, drawn: [0, 50], ends: ["0 words", "50 or more"] },
];
const MOST_REASONS = 3;

/** Rows of a description list for the scores of a review of `text`. */
export function scoreRows(document, scores, text) {
  return SHOWN.filter(({ name }) => scores[name]).map((shown) => row(document, shown, scores[shown.name], text));
}

function row(document, shown, score, text) {
  const part = (name, attributes, ...children) => make(document, name, attributes, ...children);
  const head = part("dt", {}, part("b", {}, shown.title), score.label ? part("span", {}, ` ${score.label}`) : "");
  if (score.value === null) {
    return part("div", {}, head, part("dd.none", {}, score.because), part("dd.bar", {}, part("div.track.empty")));
  }
  const value = rounded(score.value);
  const bar = part("dd.bar", {}, track(part, shown, score), part("div.ends", { "aria-hidden": "true" }, ...shown.ends.map((end) => part("span", {}, end))));
  const shownInterval = score.interval ? ` (${rounded(score.interval[0], 0)} to ${rounded(score.interval[1], 0)})` : "";
  return part("div", {}, head, part("dd", {}, value + shownInterval), bar, part("dd.rests", {}, reasons(score, text)));
}

function track(part, shown, score) {
  const [low, high] = shown.drawn ?? [shown.low, shown.high];
  const at = (value) => (100 * Math.min(1, Math.max(0, (value - low) / (high - low)))).toFixed(1);
  const box = part("div.track", {});
  const [from, to] = [at(shown.from ?? low), at(score.value)].map(Number).sort((a, b) => a - b);
  box.append(placed(part("span.fill"), from, to));
  if (score.interval) {
    const [first, last] = score.interval.map(at).map(Number);
    box.append(placed(part("span.span"), first, last));
  }
  const dot = part("span.dot");
  dot.style.left = `${at(score.value)}%`;
  box.append(dot);
  return box;
}

function placed(element, from, to) {
  element.style.left = `${from}%`;
  element.style.width = `${to - from}%`;
  return element;
}

/** What the score rests on, and the words that moved it most, up or down. */
function reasons(score, text) {
  const moved = new Map();
  for (const { span, amount } of score.contributions ?? []) {
    const words = span ? text.slice(span.start, span.end).replace(/^[\s,.;:!?]+|[\s,.;:]+$/g, "") : "";
    if (words) moved.set(words, (moved.get(words) ?? 0) + amount);
  }
  const most = [...moved].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, MOST_REASONS);
  if (most.length < 2) return score.because;
  return `${score.because}. Most: ${most.map(([words, amount]) => `${amount > 0 ? "↑" : "↓"} “${quoted(words)}”`).join(" ")}`;
}

function rounded(value, digits = 2) {
  return String(Number(value.toFixed(digits))).replace("-", "−");
}
