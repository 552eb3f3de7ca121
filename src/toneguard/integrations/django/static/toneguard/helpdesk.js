/** On a ticket's page of django-helpdesk: attaches the preview to the box for replies. Only this site is asked. */

import { attach } from "./preview.js";
import { exchange } from "./preview/talk.js";

const { review, rules, csrfHeader, confirmAtHold } = JSON.parse(document.getElementById("toneguard-ticket").textContent);
const box = document.getElementById("commentBox");
const form = box?.form;
const visible = form?.querySelector("input[type=checkbox][name=public]"); // absent where every reply is public
let preview = null;

/** The site knows the conversation, so that only the draft goes there. */
const fetcher = ({ method, path, body, signal }) => {
  if (path !== "/v1/reviews") return exchange(rules + path.slice("/v1/rules/".length), { method, signal });
  const headers = { [csrfHeader]: form.elements.csrfmiddlewaretoken?.value ?? "" };
  return exchange(review, { method, headers, body: { draft: body.draft, explain: body.explain }, signal });
};

/** A reply that is no longer public is a note among colleagues: no customer reads it, so that it is left alone. */
const follow = () => {
  if (!visible || visible.checked) preview ??= attach(box, { fetcher, confirmAtHold });
  else preview = preview?.detach() ?? null;
};

if (box) {
  visible?.addEventListener("change", follow);
  follow();
}
