/**
 * Stands in for Zendesk's SDK 2.0 and the ticket behind it, as far as an app can tell: get, set, invoke, on, metadata,
 * and the save hook, which an app stops by a rejection, an Error, a text or false. `window.ticket` holds the values by
 * path, `window.installed` the app's settings; the test acts through `window.zendesk`.
 */
(() => {
  const handlers = {};
  const known = (path) => Object.hasOwn(window.ticket, path);
  const fire = (name, data) => (handlers[name] ?? []).forEach((handler) => handler(data));
  const answer = (value) => new Promise((go) => setTimeout(() => go(structuredClone(value)), 5)); // by messages, as there
  const client = {
    get(path) {
      const paths = [path].flat();
      const missing = paths.filter((one) => !known(one));
      const errors = Object.fromEntries(missing.map((one) => [one, { message: `"${one}" No such Api`, name: "API Error" }]));
      if (missing.length && typeof path === "string") return Promise.reject(new Error(errors[path].message));
      return answer({ errors, ...Object.fromEntries(paths.filter(known).map((one) => [one, window.ticket[one]])) });
    },
    async set(path, value) {
      if (typeof path !== "string" || value === undefined) throw new Error("The setter requires a value");
      if (window.zendesk.refuses) throw new Error("refused");
      await window.zendesk.write({ [path]: value });
      return { errors: {}, [path]: value };
    },
    invoke(name, ...values) {
      window.zendesk.invoked.push([name, ...values]);
      return answer({ errors: {} });
    },
    on(name, handler) {
      (handlers[name] ??= []).push(handler);
    },
    metadata: () => answer({ appId: 0, settings: window.installed }),
  };
  window.zendesk = {
    invoked: [],
    refuses: false,
    /** Values change, as when the agent types. */
    async write(values) {
      Object.assign(window.ticket, values);
      await answer();
      for (const [path, value] of Object.entries(values)) fire(`${path}.changed`, value);
    },
    fire,
    /** The agent submits: true, or the reason why not. */
    async save() {
      for (const handler of handlers["ticket.save"] ?? []) {
        try {
          const said = await handler();
          if (said === false || said instanceof Error || typeof said === "string") throw said;
        } catch (reason) {
          return reason instanceof Error ? reason.message : reason;
        }
      }
      return true;
    },
  };
  window.ZAFClient = { init: () => client };
})();
