/** In the page: attaches the preview to a reply box when the writer goes there. It asks the worker, never the network. */

(() => {
  const LEAST_HEIGHT = 40; // lower boxes are for a subject or a search
  const MOST_BEFORE = 10;
  const attached = new WeakMap();
  const tell = (message) => chrome.runtime.sendMessage(message);
  let ready = null;

  /** The settings for this site and the preview, fetched once, when first needed. */
  const prepare = () =>
    (ready ??= Promise.all([tell({ kind: "site" }), import(chrome.runtime.getURL("preview.js"))]).then(([site, { attach }]) => ({ site, attach })));

  const fetcher = async ({ method, path, body }) => {
    const answer = await tell({ kind: "ask", method, path, body });
    if (!answer) throw new Error("no answer");
    return answer;
  };

  /** The text box that an element is or is in, or null; for an editor its outermost editable element. */
  const boxOf = (element) => {
    if (element?.tagName === "TEXTAREA") return element.readOnly || element.disabled ? null : element;
    if (!element?.isContentEditable) return null;
    let host = element;
    while (host.parentElement?.isContentEditable) host = host.parentElement;
    return host;
  };

  const isReplyBox = (box, site) => {
    if (site.boxes) return box.matches(site.boxes) || Boolean(box.ownerDocument.defaultView.frameElement?.matches(site.boxes));
    return box.offsetHeight >= LEAST_HEIGHT || box === document.body;
  };

  /** What the customer wrote, where the site's settings say how to find it: in this frame or the page around it. */
  const before = (selector) => {
    if (!selector) return [];
    let page = document;
    try {
      page = window.top.document;
    } catch {
      // the page around is another site's
    }
    const found = [...page.querySelectorAll(selector)].slice(-MOST_BEFORE);
    return found.map((element) => ({ role: "customer", text: element.innerText.trim() })).filter(({ text }) => text);
  };

  const visit = async (target) => {
    const box = boxOf(target);
    if (!box || attached.get(box)?.host.isConnected) return;
    if ((box.closest("label") ?? box).nextElementSibling?.matches("[data-toneguard]")) return; // the site has a preview of its own
    try {
      const { site, attach } = await prepare();
      if (!site || attached.get(box)?.host.isConnected || !box.isConnected || !isReplyBox(box, site)) return;
      const { standard, channel, confirmAtHold } = site;
      attached.set(box, attach(box, { fetcher, standard, channel, confirmAtHold, before: () => before(site.customer) }));
    } catch {
      ready = null; // the extension was updated, or a selector of the settings is wrong: the page goes on without
    }
  };

  document.addEventListener("focusin", (event) => visit(event.composedPath()[0]), { passive: true });
  visit(document.activeElement);
})();
