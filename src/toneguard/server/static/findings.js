/** The findings as a list beside the text: what, where, why, on what authority, and what to write instead. */

import { make } from "./preview/build.js";
import { ruleOf, sourcesOf } from "./preview/talk.js";
import { LEVELS, RANKS, fixesOf, quoted } from "./preview/words.js";

const MOST_FIXES = 3;

export class FindingList {
  /**
   * `preview` knows the findings and acts on them: `ask`, `findings`, `apply`, `rewrite`, and `open` where it can show
   * the words where they stand (else the list says in which line). `list` is an empty ol element.
   */
  constructor(preview, list) {
    this.preview = preview;
    this.list = list;
    this.shown = new Map();
  }

  /** Show `findings` of `text`. What stays keeps its element, so that focus and opened reasons survive typing. */
  show(findings, text) {
    const keyed = new Map();
    for (const finding of [...findings].sort((a, b) => RANKS[b.level] - RANKS[a.level])) {
      const words = finding.span ? text.slice(finding.span.start, finding.span.end) : "";
      let key = `${finding.level} ${finding.rule} ${words}`;
      while (keyed.has(key)) key += "'"; // the same words twice
      keyed.set(key, { finding, words });
    }
    const next = new Map();
    for (const [key, { finding, words }] of keyed) {
      const row = this.shown.get(key) ?? this.row(finding, words);
      row.finding = finding;
      if (row.line) row.line.textContent = `Line ${lineOf(text, finding.span.start)}`;
      next.set(key, row);
    }
    this.shown = next;
    const elements = [...next.values()].map(({ element }) => element);
    if (elements.length !== this.list.children.length || elements.some((element, at) => element !== this.list.children[at])) {
      this.list.replaceChildren(...elements);
    }
  }

  row(finding, words) {
    const { preview } = this;
    const part = (name, attributes, ...children) => make(this.list.ownerDocument, name, attributes, ...children);
    const row = { finding, element: null, line: null };
    const fix = (replacement) => part("button", { type: "button", click: () => preview.apply(row.finding, replacement) }, replacement || "Leave it out");
    const fixes = fixesOf(finding).slice(0, MOST_FIXES);
    const help = part("div");
    const why = part("details", {}, part("summary", {}, "Why"));
    row.element = part(`li.${finding.level}`, {},
      part("p.kind", {}, LEVELS[finding.level]),
      part("p.message", {}, finding.message),
      words ? this.place(row, words, part) : "",
      fixes.length
        ? part("div.fixes", { role: "group", "aria-label": "Write instead" }, part("span", { "aria-hidden": "true" }, "Instead"), ...fixes.map(fix))
        : "",
      help,
      why,
    );
    this.explain(row, part, help, why);
    return row;
  }

  /** Where it is: a button that goes there, or the words and their line. Personal data is never quoted. */
  place(row, words, part) {
    const { preview } = this;
    const secret = row.finding.rule.startsWith("privacy/");
    if (preview.open) {
      const go = () => preview.open(preview.findings.indexOf(row.finding));
      return part("p", {}, part("button.said", { type: "button", click: go }, secret ? "Show me where" : `“${quoted(words)}”`));
    }
    row.line = part("span.line");
    return part("p", {}, secret ? "" : part("span.said", {}, `“${quoted(words)}”`), secret ? "" : " ", row.line);
  }

  async explain(row, part, help, why) {
    const rule = await ruleOf(this.preview.ask, row.finding.rule);
    if (!rule) {
      why.remove();
      return;
    }
    const { finding } = row;
    if (finding.span && rule.law && !fixesOf(finding).length) {
      help.append(part("p.rewrite", {}, rule.law.rewrite), part("div.fixes", {}, part("button", { type: "button", click: () => this.preview.rewrite(row.finding, rule.law.rewrite) }, "Use this sentence")));
    } else if (rule.advice && !fixesOf(finding).length) {
      help.append(part("p.advice", {}, part("b", {}, "Instead: "), rule.advice));
    }
    why.append(
      part("p.why", {}, rule.why),
      part("ul", { "aria-label": "Sources" }, ...sourcesOf(rule).map((source) => part("li", {}, source)), part("li", {}, part("code", {}, finding.rule))),
    );
  }
}

/** In which line a place is, blank ones not counted. */
function lineOf(text, place) {
  const before = text.slice(0, place).split("\n");
  return before.slice(0, -1).filter((line) => line.trim()).length + 1;
}
