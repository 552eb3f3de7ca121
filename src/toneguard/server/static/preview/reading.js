/** The text of an element as it reads, with the place of each of its characters in the element. */

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE DD DIV DL DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE TD TH TR UL".split(" "),
);
const QUOTED = "blockquote, .gmail_quote, [type=cite]";
const UNREAD = "script, style, template";

/**
 * `{text, runs}`: a line per block, a blank line between paragraphs, quoted history left out. A run says which stretch
 * of the text (`start` to `end`, in UTF-16 code units) is the content of the text node `node`.
 */
export function readText(element) {
  const runs = [];
  let text = "";
  const lines = (count) => {
    while (text && !text.endsWith("\n".repeat(count))) text += "\n";
  };
  const walk = (node) => {
    if (node.nodeType === 3) {
      if (!node.length || (!node.data.trim() && /[\n\r]/.test(node.data))) return; // the source's own indentation
      runs.push({ node, start: text.length, end: text.length + node.length });
      text += node.data.replace(/[\u00a0\n\r\t]/g, " ");
    } else if (node.nodeType === 1 && !node.matches(QUOTED) && !node.matches(UNREAD)) {
      if (node.tagName === "BR") {
        text += "\n";
        return;
      }
      const block = BLOCKS.has(node.tagName) && node !== element;
      const count = node.tagName === "P" ? 2 : 1;
      if (block) lines(count);
      for (const child of node.childNodes) walk(child);
      if (block) lines(count);
    }
  };
  walk(element);
  return { text: text.replace(/\n+$/, ""), runs };
}

/** The range of a span of what was read, or null where it does not begin and end in runs that are still there. */
export function rangeOf(runs, span) {
  const from = runs.find((run) => span.start >= run.start && span.start < run.end);
  const to = runs.findLast((run) => span.end > run.start && span.end <= run.end);
  if (!from || !to || !from.node.isConnected || !to.node.isConnected) return null;
  const range = from.node.ownerDocument.createRange();
  try {
    range.setStart(from.node, span.start - from.start);
    range.setEnd(to.node, span.end - to.start);
  } catch {
    return null; // the editor changed the node after it was read
  }
  return range;
}
