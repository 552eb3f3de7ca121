/** A contenteditable element as a surface. Underlines are CSS highlights, or boxes where the browser has none. */

import { rangeOf, readText } from "./reading.js";
import { HIGHLIGHTS } from "./style.js";
import { pieces } from "./spans.js";
import { RANKS } from "./words.js";

const SETTLING = 60; // milliseconds
const styled = new WeakSet();

export class EditableSurface {
  /** `layer` is an empty element over the page, for the boxes. */
  constructor(element, layer) {
    this.element = element;
    this.layer = layer;
    this.view = element.ownerDocument.defaultView;
    this.framed = layer.ownerDocument !== element.ownerDocument;
    this.native = Boolean(this.view.CSS?.highlights && this.view.Highlight);
    this.ranges = [];
    this.spans = [];
    this.runs = [];
    this.released = false;
    if (this.native) dress(element.getRootNode(), this.view);
  }

  /** Call `notice` whenever the text may have changed: editors with a model of their own send no input event. */
  watch(notice) {
    const observer = new this.view.MutationObserver(notice);
    observer.observe(this.element, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }

  /** The text as it reads: see `readText`. */
  text() {
    const { text, runs } = readText(this.element);
    this.runs = runs;
    return text;
  }

  paint(marks, dark) {
    this.text(); // the editor may have put other nodes in place of those that were read
    this.clear();
    this.spans = pieces(marks, RANKS);
    if (this.native) {
      for (const { start, end, level } of this.spans) {
        const range = this.range({ start, end });
        if (!range) continue;
        const name = `toneguard-${level}${dark ? "-dark" : ""}`;
        const registry = this.view.CSS.highlights;
        if (!registry.has(name)) registry.set(name, new this.view.Highlight());
        registry.get(name).add(range);
        this.ranges.push([name, range]);
      }
    }
    this.layout();
  }

  layout() {
    if (this.native) return;
    const origin = this.layer.getRootNode().host.getBoundingClientRect();
    const boxes = this.spans.flatMap(({ start, end, level }) =>
      this.rects({ start, end }).map((rect) => {
        const box = this.layer.ownerDocument.createElement("div");
        box.className = `box ${level}`;
        box.style.left = `${rect.left - origin.left}px`;
        box.style.top = `${rect.bottom - origin.top - 2}px`;
        box.style.width = `${rect.width}px`;
        return box;
      }),
    );
    this.layer.replaceChildren(...boxes);
  }

  scroll() {
    this.layout();
  }

  range(span) {
    return rangeOf(this.runs, span);
  }

  /** How far the window of an editor in a frame is from the window of the panel. */
  offset() {
    const frame = this.framed ? this.view.frameElement : null;
    if (!frame) return [0, 0];
    const place = frame.getBoundingClientRect();
    return [place.left + frame.clientLeft, place.top + frame.clientTop];
  }

  /** Where a span is seen: rectangles in the window of the panel, those out of sight left out. */
  rects(span) {
    const [x, y] = this.offset();
    const box = this.framed ? new DOMRect(0, 0, this.view.innerWidth, this.view.innerHeight) : this.element.getBoundingClientRect();
    return [...(this.range(span)?.getClientRects() ?? [])]
      .filter((rect) => rect.width && rect.bottom > box.top && rect.top < box.bottom && rect.right > box.left && rect.left < box.right)
      .map((rect) => new DOMRect(rect.x + x, rect.y + y, rect.width, rect.height));
  }

  caret() {
    const { anchorNode, anchorOffset } = this.element.ownerDocument.getSelection() ?? {};
    const run = this.runs.find(({ node }) => node === anchorNode);
    return run ? run.start + anchorOffset : null;
  }

  selection() {
    const selection = this.element.ownerDocument.getSelection();
    return selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  }

  restore(range) {
    if (this.framed) this.view.focus();
    this.element.focus({ preventScroll: true });
    if (!range) return;
    const selection = this.element.ownerDocument.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /** Put `words` in place of a span, as if typed, so that the editor's own undo takes it back. */
  async replace(span, words) {
    const range = this.range(span);
    if (!range) return;
    const replaced = range.toString();
    this.restore(range);
    await settled(); // an editor with a model of its own puts its old selection back when it gets the focus
    if (this.released || range.toString() !== replaced) return; // it rebuilt the words under us
    this.restore(range);
    await settled(); // and hears of a new one only afterwards
    if (this.released) return;
    if (this.offer(range, words)) return;
    this.element.ownerDocument.execCommand(words ? "insertText" : "delete", false, words);
  }

  /** Offer a replacement as a spelling checker's would come; true if the editor took it upon itself. */
  offer(range, words) {
    const { InputEvent, DataTransfer, StaticRange } = this.view;
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", words);
    const inputType = words ? "insertReplacementText" : "deleteContentBackward";
    const event = { inputType, data: words || null, dataTransfer, targetRanges: [new StaticRange(range)], bubbles: true, cancelable: true, composed: true };
    return !this.element.dispatchEvent(new InputEvent("beforeinput", event));
  }

  reveal(span) {
    this.range(span)?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  }

  clear() {
    for (const [name, range] of this.ranges) this.view.CSS.highlights.get(name)?.delete(range);
    this.ranges = [];
    this.layer.replaceChildren();
  }

  release() {
    this.released = true;
    this.clear();
  }
}

const settled = () => new Promise((go) => setTimeout(go, SETTLING));

/** Give a document (or shadow root) the looks of the highlights, once. */
function dress(root, view) {
  if (styled.has(root) || !("adoptedStyleSheets" in root)) return;
  styled.add(root);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(HIGHLIGHTS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
