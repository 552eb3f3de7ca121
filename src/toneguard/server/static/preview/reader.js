/** The writer's side of findings: looking at them by pointer, keyboard or badge, and acting on them. */

import { Card } from "./card.js";
import { followPointer } from "./pointer.js";
import { closingGap, sentenceAround } from "./spans.js";
import { RANKS } from "./words.js";

export class Reader {
  constructor(preview) {
    this.preview = preview;
    this.ignored = new Set();
    this.kept = null;
    this.card = new Card(this, preview.root, preview.ask);
    this.stopPointer = followPointer(this, preview.element);
  }

  get findings() {
    return this.preview.findings;
  }

  /** Alt+Enter reads the finding at the caret, or else the next one; Escape puts the card away. */
  onKey(event) {
    if (event.key === "Escape" && this.card.isOpen) {
      this.close({ back: false });
    } else if (event.key === "Enter" && event.altKey && !event.ctrlKey && !event.metaKey && this.findings.length) {
      const caret = this.preview.surface.caret() ?? 0;
      const next = this.findings.findIndex(({ span }) => span && span.end >= caret);
      this.open(Math.max(0, next));
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Open the finding at `index` of the list (it goes round), and go there with the keyboard. */
  open(index) {
    const finding = this.findings.at(index % this.findings.length);
    if (finding) this.show(finding, { focus: true });
    else this.preview.element.focus();
  }

  step(by) {
    this.open(this.findings.indexOf(this.card.finding) + by);
  }

  show(finding, { focus }) {
    if (focus && !this.card.hasFocus) this.kept = this.preview.surface.selection();
    if (focus && finding.span) this.preview.surface.reveal(finding.span);
    this.card.open(finding, this.spotOf(finding) ?? this.preview.seat(), { focus });
  }

  /** The page moved: keep the card at its words, or put it away once they are out of sight. */
  follow() {
    const { finding, hasFocus } = this.card;
    if (!finding) return;
    const spot = this.findings.includes(finding) ? this.spotOf(finding) : null;
    if (spot) this.card.move(spot);
    else if (!hasFocus) this.card.close();
  }

  /** Put the card away; `back` also takes the caret back to where it was in the text. */
  close({ back }) {
    const hadFocus = this.card.hasFocus;
    this.card.close();
    if (back || hadFocus) this.preview.surface.restore(this.kept ?? this.preview.surface.selection());
    this.kept = null;
  }

  /** Put `words` in place of what was found. */
  apply(finding, words) {
    this.write(finding, finding.span && closingGap(this.preview.surface.text(), finding.span, words), words);
  }

  /** Put a whole sentence in place of the one in which something was found. */
  rewrite(finding, words) {
    this.write(finding, finding.span && sentenceAround(this.preview.surface.text(), finding.span), words);
  }

  async write(finding, span, words) {
    if (!span || !this.findings.includes(finding)) return; // the words it was about are gone
    this.card.close();
    this.kept = null;
    await this.preview.surface.replace(span, words);
    this.preview.changed();
    this.preview.check();
  }

  /** Say no more of this rule about these words, in this draft. */
  ignore(finding) {
    this.ignored.add(this.keyOf(finding));
    this.close({ back: true });
    this.preview.refresh();
  }

  hides(finding) {
    return this.ignored.has(this.keyOf(finding));
  }

  keyOf({ rule, span }) {
    return `${rule}\n${span ? this.preview.surface.text().slice(span.start, span.end) : ""}`;
  }

  /** The worst finding at a point of the window of the text box, or null. */
  at(x, y) {
    const [left, top] = this.preview.surface.offset();
    const hit = (rect) => x + left >= rect.left && x + left <= rect.right && y + top >= rect.top && y + top <= rect.bottom + 3;
    const found = this.findings.filter(({ span }) => span && this.preview.surface.rects(span).some(hit));
    return found.sort((a, b) => RANKS[b.level] - RANKS[a.level])[0] ?? null;
  }

  spotOf(finding) {
    return finding.span ? (this.preview.surface.rects(finding.span)[0] ?? null) : this.preview.seat();
  }

  release() {
    this.stopPointer();
    this.card.close();
  }
}
