/** On a page of Request Tracker: puts the preview on the box while what it holds is a reply, not a comment. */

import { attach } from "./preview.js";

const script = document.querySelector("script[data-toneguard-box]");
const { toneguardBox: name, toneguardTicket: ticket, toneguardProxy: proxy } = script.dataset;
const area = document.getElementById(name);

/**
 * Asks RT, which passes it on. What is no JSON is RT's own: a log-in page, or its word against a strange referrer; or,
 * with 502 and the like, that of a web server whose RT is away, such as while it starts anew.
 */
async function fetcher({ method, path, body, signal }) {
  const rule = path.match(/^\/v1\/rules\/(.+)$/)?.[1];
  const address = rule ? `${proxy}/Rule.html?${new URLSearchParams({ name: rule })}` : `${proxy}/Review.html`;
  const response = await fetch(address, {
    method,
    headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify({ ticket, draft: body.draft }),
    signal,
    cache: "no-store",
    credentials: "same-origin",
    redirect: "manual",
    referrerPolicy: "same-origin",
  });
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    await response.body?.cancel();
    if (response.status >= 502) return { status: response.status, body: null, retryAfter: null };
    if (!rule) leave();
    return { status: 403, body: null, retryAfter: null };
  }
  return { status: response.status, body: await response.json(), retryAfter: null };
}

let preview = null;
let left = false;

/** The element in which the writer types: CKEditor's body in its frame, or the textarea; null while there is none. */
function box() {
  const editor = window.CKEDITOR?.instances?.[name];
  if (!editor) return area;
  const body = editor.editable()?.$;
  return body?.isContentEditable ? body : null; // a textarea of markup while the writer looks at the source
}

function place() {
  const element = !left && area.form?.elements.UpdateType?.value === "response" ? box() : null;
  if (preview && preview.element === element && preview.host.isConnected) return;
  preview?.detach();
  preview = element && attach(element, { fetcher });
}

/** RT does not answer us on this page any more; nothing is asked again until the page is loaded anew. */
function leave() {
  left = true;
  place();
}

/** CKEditor's own undo knows of our words only if it takes a picture before and after. */
function photograph(editor) {
  editor.editable()?.$.addEventListener("beforeinput", ({ isTrusted }) => {
    if (isTrusted) return;
    editor.fire("saveSnapshot");
    setTimeout(() => editor.fire("saveSnapshot"));
  });
}

/** CKEditor makes its frame's document late, and anew when its content is set. */
function follow(editor) {
  const arrive = () => {
    photograph(editor);
    place();
  };
  if (editor.editable()) arrive();
  editor.on("contentDom", () => setTimeout(arrive)); // once all of the editor knows of it
  editor.on("contentDomUnload", () => {
    preview?.detach();
    preview = null;
  });
}

function start() {
  area.form?.addEventListener("change", ({ target }) => target.name === "UpdateType" && place());
  const editor = window.CKEDITOR?.instances?.[name];
  if (editor) follow(editor);
  else place();
}

// Rich-text editors take the place of textareas between the page's being read and its being loaded.
if (document.readyState === "complete") start();
else window.addEventListener("load", start);
