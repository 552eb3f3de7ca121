/** The comment that an agent writes, as it reads; and the same comment with other words in a place. */

import { rangeOf, readText } from "./preview/reading.js";

export const NOTE = "internalNote";
const CHANNELS = {
  facebookWallReply: { channel: "social", public: true },
  facebookPrivateMessage: { channel: "social", public: false },
  twitterReply: { channel: "social", public: true },
  twitterDirectMessage: { channel: "social", public: false },
  publicReply: { channel: null, public: false }, // Zendesk's "public" is what the requester reads, not everybody
};

export class Draft {
  /** `source` is HTML where Zendesk's editor is the rich one (`rich`), else plain text; `type` is Zendesk's own word. */
  constructor({ source = "", rich = false, type = null } = {}) {
    Object.assign(this, { source, rich, type });
    this.text = rich ? readText(bodyOf(source)).text : source;
  }

  /** Whether it goes to a customer. */
  get isReply() {
    return Boolean(this.type) && this.type !== NOTE;
  }

  /** Where it is written, and whether anybody can read it. */
  get place() {
    return CHANNELS[this.type] ?? { channel: null, public: null };
  }

  /** The source with `words` in place of a span of the text, all else as it was; null where that cannot be done. */
  replaced(span, words) {
    if (!this.rich) return this.source.slice(0, span.start) + words + this.source.slice(span.end);
    const body = bodyOf(this.source);
    const range = rangeOf(readText(body).runs, span);
    if (!range) return null;
    const { startContainer: node, startOffset: at, endContainer: end } = range;
    range.deleteContents();
    node.insertData(at, words);
    prune(end);
    return body.innerHTML;
  }
}

/** Remove a node in which nothing is left, and what held nothing else. */
function prune(node) {
  while (node.parentElement && !node.textContent && !node.childNodes.length) {
    const parent = node.parentElement;
    node.remove();
    node = parent;
  }
}

/** HTML as elements that do nothing: no script runs, no picture is fetched. */
export function bodyOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}
