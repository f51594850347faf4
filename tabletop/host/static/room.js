// Keeps an open page up to date by server-sent events, and sends its forms without leaving it.
"use strict";
(() => {
  const body = document.body;
  const page = document.getElementById("page");
  const refusal = document.getElementById("refusal");

  function drafts(root) {
    for (const field of root.querySelectorAll("[data-draft]")) {
      const key = "draft " + field.dataset.draft;
      const kept = sessionStorage.getItem(key);
      if (kept !== null && !field.value) field.value = kept;
      field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
    }
  }

  // How far this device's clock is from that of the laptop.
  let behind = 0;

  function clocks() {
    for (const clock of document.querySelectorAll("[data-ends-at]")) {
      const left = Math.max(0, Math.round((Number(clock.dataset.endsAt) - Date.now() - behind) / 1000));
      clock.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    }
  }

  function show(html) {
    const ticked = [...page.querySelectorAll("input:checked")].map((one) => one.name + "=" + one.value);
    page.innerHTML = html;
    const fresh = !page.querySelector("input[checked]");
    if (fresh) {
      for (const one of page.querySelectorAll("input[name=move]")) {
        if (ticked.includes(one.name + "=" + one.value)) one.checked = true;
      }
    }
    drafts(page);
    clocks();
  }

  async function post(form, submitter) {
    const data = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { "X-Requested-With": "tabletop" }, credentials: "same-origin",
      });
      refusal.textContent = answer.ok ? "" : (await answer.json()).error;
      const to = answer.headers.get("x-to");
      if (answer.ok && to && to !== location.pathname) location.href = to;
    } catch {
      refusal.textContent = "No connection: it was not sent. Try again.";
    }
  }

  if (page && body.dataset.events) {
    document.addEventListener("submit", (event) => {
      if (event.target.hasAttribute("data-plain")) return;
      event.preventDefault();
      post(event.target, event.submitter);
    });
    let wait = 1000;
    const open = () => {
      const source = new EventSource(body.dataset.events + "?version=" + page.dataset.version);
      source.addEventListener("page", (event) => {
        page.dataset.version = event.lastEventId;
        wait = 1000;
        show(event.data);
      });
      source.addEventListener("time", (event) => { behind = Number(event.data) - Date.now(); });
      source.addEventListener("closed", () => { source.close(); location.reload(); });
      source.addEventListener("error", () => {
        if (source.readyState !== EventSource.CLOSED) return;
        setTimeout(open, wait);
        wait = Math.min(wait * 2, 15000);
      });
    };
    open();
    if (body.dataset.here) {
      const here = () => fetch(body.dataset.here, { method: "POST", credentials: "same-origin" }).catch(() => {});
      setInterval(here, 4000);
      document.addEventListener("visibilitychange", () => { if (!document.hidden) here(); });
    }
  }
  drafts(document);
  clocks();
  setInterval(clocks, 1000);
})();
