/** A textarea as a surface: its text, places in it, underlines by a mirror that lies over it, and replacements. */

import { pieces } from "./spans.js";
import { RANKS } from "./words.js";

const COPIED = [
  "direction", "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch", "fontVariant", "fontKerning",
  "fontFeatureSettings", "fontVariationSettings", "fontSizeAdjust", "letterSpacing", "lineHeight", "lineBreak",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "tabSize", "textAlign", "textIndent", "textRendering",
  "textTransform", "whiteSpace", "wordBreak", "wordSpacing", "overflowWrap", "hyphens", "writingMode",
];

const GLANCE = 1000; // milliseconds

export class TextareaSurface {
  /** `layer` is an empty element over the page in which the mirror is drawn. */
  constructor(element, layer) {
    this.element = element;
    this.layer = layer;
    this.mirror = layer.ownerDocument.createElement("div");
    this.mirror.className = "mirror";
    this.layer.append(this.mirror);
    this.marks = [];
  }

  text() {
    return this.element.value;
  }

  /** Call `notice` whenever the text may have changed: a page that fills in a canned reply sends no event. */
  watch(notice) {
    const timer = setInterval(notice, GLANCE);
    return () => clearInterval(timer);
  }

  /** Draw `marks` ({start, end, level}) under the words. */
  paint(marks) {
    this.marks = marks;
    const text = this.text();
    const parts = [];
    let at = 0;
    for (const { start, end, level } of pieces(marks, RANKS)) {
      parts.push(text.slice(at, start));
      const mark = this.mirror.ownerDocument.createElement("span");
      mark.className = `mark ${level}`;
      mark.textContent = text.slice(start, end);
      parts.push(mark);
      at = end;
    }
    // A last line break takes a line of its own in a textarea, but in a block only if something stands after it.
    parts.push(`${text.slice(at)}\u200b`);
    this.mirror.replaceChildren(...parts.filter((part) => part !== ""));
    this.layout();
  }

  /** Lay the mirror over the textarea again: it may have moved, grown, scrolled or changed its looks. */
  layout() {
    const style = getComputedStyle(this.element);
    for (const name of COPIED) this.mirror.style[name] = style[name];
    const box = this.element.getBoundingClientRect();
    const border = (side) => Number.parseFloat(style[`border${side}Width`]) || 0;
    const [left, right, top, bottom] = [border("Left"), border("Right"), border("Top"), border("Bottom")];
    const bar = Math.max(0, this.element.offsetWidth - this.element.clientWidth - Math.round(left + right));
    const barLeft = bar && style.direction === "rtl" ? bar : 0;
    const origin = this.layer.getRootNode().host.getBoundingClientRect();
    Object.assign(this.layer.style, {
      left: `${box.left - origin.left + left + barLeft}px`,
      top: `${box.top - origin.top + top}px`,
      width: `${Math.max(0, box.width - left - right - bar)}px`,
      height: `${Math.max(0, box.height - top - bottom)}px`,
    });
    this.scroll();
  }

  scroll() {
    this.mirror.style.transform = `translate(${-this.element.scrollLeft}px, ${-this.element.scrollTop}px)`;
  }

  offset() {
    return [0, 0];
  }

  /** Where a span is seen: rectangles in the window, those out of sight left out. */
  rects(span) {
    const [from, fromAt] = this.place(span.start);
    const [to, toAt] = this.place(span.end);
    if (!from || !to) return [];
    const range = this.mirror.ownerDocument.createRange();
    range.setStart(from, fromAt);
    range.setEnd(to, toAt);
    const box = this.layer.getBoundingClientRect();
    return [...range.getClientRects()].filter(
      (rect) => rect.width && rect.bottom > box.top && rect.top < box.bottom && rect.right > box.left && rect.left < box.right,
    );
  }

  place(offset) {
    let left = offset;
    for (const child of this.mirror.childNodes) {
      const node = child.firstChild ?? child;
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return [null, 0];
  }

  /** Where the caret stands, or null. */
  caret() {
    return this.element.selectionStart;
  }

  /** The selection, to be given back by `restore` after the focus was elsewhere. */
  selection() {
    return [this.element.selectionStart, this.element.selectionEnd];
  }

  restore([start, end]) {
    this.element.focus({ preventScroll: true });
    this.element.setSelectionRange(start, end);
  }

  /** Put `words` in place of a span, as if typed, so that the browser's own undo takes it back. */
  replace(span, words) {
    this.restore([span.start, span.end]);
    const document = this.element.ownerDocument;
    if (document.execCommand(words ? "insertText" : "delete", false, words)) return;
    this.element.setRangeText(words, span.start, span.end, "end");
    this.element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText", data: words }));
  }

  /** Bring a span into view. */
  reveal(span) {
    const [node, at] = this.place(span.start);
    if (!node) return;
    const range = this.mirror.ownerDocument.createRange();
    range.setStart(node, at);
    const top = range.getBoundingClientRect().top - this.mirror.getBoundingClientRect().top;
    const seen = this.element.scrollTop;
    const height = this.element.clientHeight;
    if (top < seen || top > seen + height - 24) this.element.scrollTop = Math.max(0, top - height / 3);
    this.scroll();
  }

  release() {
    this.mirror.remove();
  }
}
