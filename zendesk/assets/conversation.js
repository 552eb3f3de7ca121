/** What customers and agents wrote before, from Zendesk's `ticket.conversation`. */

import { bodyOf } from "./draft.js";
import { readText } from "./preview/reading.js";

const ROLES = { "end-user": "customer", customer: "customer", agent: "agent", admin: "agent", bot: "bot", system: "system" };
const PRIVATE = new Set(["internal", "private"]);
const MOST_MESSAGES = 20;
const MOST_TEXT = 100000; // UTF-16 code units of all messages

/** The public messages, oldest first, as {role, text}: the latest of them, as many as fit. */
export function publicMessages(items) {
  const found = [];
  let size = 0;
  for (const item of (Array.isArray(items) ? items : []).toReversed()) {
    const role = ROLES[item?.author?.role];
    const text = role && isPublic(item) ? textOf(item.message) : "";
    if (!text) continue;
    size += text.length;
    if (found.length === MOST_MESSAGES || size > MOST_TEXT) break;
    found.push({ role, text });
  }
  return found.reverse();
}

/** Whether the customer could read it. What does not say is taken for an internal note: its channel names one. */
function isPublic({ channel, public: open, isPublic: said, visibility }) {
  if (open === false || said === false || PRIVATE.has(visibility)) return false;
  return Boolean(channel?.name) && !PRIVATE.has(String(channel.name).toLowerCase());
}

function textOf(message) {
  const { content, contentType } = message ?? {};
  if (typeof content !== "string") return "";
  return (contentType === "text/plain" ? content : readText(bodyOf(content)).text).trim();
}
