// Keeps an open page up to date by server-sent events, and sends its forms without leaving it.
"use strict";
(() => {
  const root = document.documentElement;
  const body = document.body;
  const page = document.getElementById("page");
  const refusal = document.getElementById("refusal");
  const said = document.getElementById("said");
  const lost = document.getElementById("lost");
  root.classList.add("js");

  // What a browser may refuse to keep (private windows do) is not kept.
  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* not kept */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* was not kept */ } },
  };

  // Light and dark

  const theme = kept.get("theme");
  if (theme) root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
      kept.set("theme", root.dataset.theme);
    });
  }

  // What was typed or ticked and not sent yet outlasts a new page and a reload

  const draftsOf = "drafts " + location.pathname;
  const edited = new Map(drafts());

  function drafts() {
    try { return JSON.parse(kept.get(draftsOf)) || []; } catch { return []; }
  }

  function keepDrafts() {
    const worth = [...edited].filter(([key]) => /\/(vote|answer|message|note|write-card)\?/.test(key));
    if (worth.length) kept.set(draftsOf, JSON.stringify(worth.slice(-200)));
    else kept.drop(draftsOf);
  }
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  function formKey(form) {
    const hidden = [...form.elements].filter((one) => one.type === "hidden" && !["form", "serial"].includes(one.name));
    return form.getAttribute("action") + "?" + hidden.map((one) => one.name + "=" + one.value).join("&");
  }

  function fieldKey(field) {
    return formKey(field.form) + " " + field.name + (isTick(field) ? "=" + field.value : "");
  }

  function note(field) {
    if (!field.form || !field.name || field.type === "hidden") return;
    const alike = field.type === "radio" ? [...field.form.elements].filter((one) => one.name === field.name) : [field];
    for (const one of alike) edited.set(fieldKey(one), isTick(one) ? one.checked : one.value);
    keepDrafts();
  }

  function forget(start) {
    for (const key of [...edited.keys()]) if (key.startsWith(start)) edited.delete(key);
    keepDrafts();
  }

  function restore(into) {
    for (const form of into.querySelectorAll("form")) {
      for (const field of form.elements) {
        if (!field.name || field.type === "hidden") continue;
        const key = fieldKey(field);
        if (edited.has(key)) put(field, edited.get(key));
      }
    }
  }

  function put(field, value) {
    if (isTick(field)) {
      field.toggleAttribute("checked", value);
      field.checked = value;
    } else if (field.tagName === "SELECT") {
      for (const option of field.options) option.toggleAttribute("selected", option.value === value);
    } else if (field.tagName === "TEXTAREA") {
      field.textContent = value;
      field.value = value;
    } else {
      field.setAttribute("value", value);
      field.value = value;
    }
  }

  // The clock

  // How far this device's clock is from that of the laptop.
  let ahead = 0;
  let warned = "";

  function clocks() {
    if (!document.querySelector("[data-ends-at]")) root.classList.remove("time-over");
    for (const clock of document.querySelectorAll("[data-ends-at]")) {
      const left = Math.max(0, Math.round((Number(clock.dataset.endsAt) - Date.now() - ahead) / 1000));
      const shown = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
      if (clock.textContent !== shown) clock.textContent = shown;
      clock.classList.toggle("near", left <= 30);
      root.classList.toggle("time-over", left === 0);
      const total = Number(clock.dataset.total) || 1;
      const run = document.querySelector("[data-run-down]");
      if (run) run.setAttribute("width", Math.min(100, (100 * left) / total) + "%");
      const word = left === 0 ? "over" : left <= 10 ? "seconds" : left <= 60 ? "minute" : "";
      const now = clock.dataset.endsAt + word;
      if (word && warned !== now) {
        if (said) said.textContent = said.dataset[word];
        warned = now;
      }
    }
  }

  // The page

  let latest = null;
  let shown = 0;
  let announced = null;

  const keeping = {
    morphStyle: "innerHTML",
    callbacks: {
      // What somebody has unfolded stays so.
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
    },
  };

  // What is sent is the same for a whole team: its first line has this device's own values, which go into their places.
  function whole(data) {
    const end = data.indexOf("\n");
    const own = JSON.parse(data.slice(0, end));
    return data.slice(end + 1).replace(/\0(\w+)\0/g, (_, name) => own[name]);
  }

  function show(html) {
    latest = html;
    shown += 1;
    sent.forEach(forget);
    if (sent.length) reopened = "";
    sent = [];
    const fresh = new DOMParser().parseFromString("<main>" + html + "</main>", "text/html");
    restore(fresh);
    const before = moment();
    dropOldVote(fresh);
    window.Idiomorph.morph(page, fresh.querySelector("main").childNodes, keeping);
    if (before !== moment() && body.classList.contains("seat") && !isTyping()) scrollTo({ top: 0 });
    settle();
    document.dispatchEvent(new Event("shown"));
  }

  // A vote that was begun and closed before it was sent is not lost without a word.
  function dropOldVote(fresh) {
    const [old, now] = [document.getElementById("vote"), fresh.getElementById("vote")];
    if (!old || (now && formKey(now) === formKey(old))) return;
    const start = formKey(old) + " ";
    const isTicked = [...edited].some(([key, value]) => key.startsWith(start) && value === true);
    const written = edited.get(start + "why") || "";
    if ((isTicked || written) && !sending.has(start)) tooLate(told ? told.dataset.late : "", written);
    forget(start);
  }

  // It is said until it was read, with what its person had written: they may want to say it to their team.
  function tooLate(sentence, written) {
    refusal.textContent = written ? sentence + " " + told.dataset.wrote + " “" + written + "”" : sentence;
  }

  // A word on what has become of something that was sent

  const told = document.getElementById("sent");
  let fading = 0;

  function toast(what, forSo = 2500) {
    if (!told) return;
    told.textContent = told.dataset[what];
    told.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { told.hidden = true; }, forSo);
  }

  // A message from the facilitator stands above everything until it was read

  const flash = document.getElementById("flash");

  function flashes() {
    const one = page.querySelector("[data-flash]");
    const text = one ? one.dataset.flash : "";
    const key = "read " + location.pathname;
    if (!flash || !text || kept.get(key) === text || (!flash.hidden && flash.dataset.of === text)) return;
    flash.querySelector(".text").textContent = text;
    flash.dataset.of = text;
    flash.hidden = false;
    if (said) said.textContent = text;
    if (navigator.vibrate) navigator.vibrate(200);
  }

  if (flash) {
    flash.querySelector("button").addEventListener("click", () => {
      kept.set("read " + location.pathname, flash.dataset.of);
      flash.hidden = true;
    });
  }

  // Which turn and phase the page shows: when another one begins, it is read from the top.
  const moment = () => page.querySelector("[data-moment]")?.dataset.moment;
  const isTyping = () => document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea");

  function settle() {
    clocks();
    chosen();
    flashes();
    const one = page.querySelector("[data-announce]");
    const words = one ? one.dataset.announce : "";
    if (announced !== null && words && words !== announced && said) said.textContent = words;
    announced = words;
  }

  // A vote that its person wants to change, though nothing of it was changed yet.
  let reopened = "";

  function chosen() {
    const form = document.getElementById("vote");
    const bar = page.querySelector(".dock.vote");
    if (!form || !bar) return;
    const moves = [...form.querySelectorAll("[name=move]")];
    const ticked = moves.filter((one) => one.checked);
    const start = formKey(form) + " ";
    const isEdited = [...edited.keys()].some((key) => key.startsWith(start));
    const isVoted = bar.classList.contains("voted") && reopened !== start;
    const isChosen = ticked.length > 0 || (isEdited && bar.classList.contains("isplan"));
    bar.classList.toggle("chosen", isVoted ? isEdited : isChosen);
    const label = bar.querySelector(".what");
    if (label) label.textContent = ticked.length === 1 ? ticked[0].dataset.label : ticked.length ? String(ticked.length) : "";
  }

  // What was sent is the server's to show: from the next page on, or now where that has come already.
  let sent = [];
  const sending = new Set();

  function taken(form, shownBefore) {
    sent.push(formKey(form) + " ");
    if (shown !== shownBefore) show(latest);
  }

  async function post(form, submitter) {
    const data = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    if (submitter) submitter.setAttribute("aria-busy", "true");
    const shownBefore = shown;
    const start = formKey(form) + " ";
    sending.add(start);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { "X-Requested-With": "tabletop" }, credentials: "same-origin",
      });
      if (!answer.ok) {
        tooLate((await answer.json()).error, form.id === "vote" ? data.get("why") : "");
        return;
      }
      refusal.textContent = "";
      if (form.hasAttribute("data-clear")) form.reset();
      if (form.action.endsWith("/answer")) toast("answers");
      else if (form.hasAttribute("data-clear")) toast("sent");
      taken(form, shownBefore);
      const to = answer.headers.get("x-to");
      if (to && to !== location.pathname) location.href = to;
    } catch {
      refusal.textContent = refusal.dataset.lost;
    } finally {
      sending.delete(start);
      if (submitter) submitter.removeAttribute("aria-busy");
    }
  }

  // Milliseconds without a sign of life from the laptop after which the connection counts as lost.
  const SILENT = 12000;

  function listen() {
    let wait = 1000;
    let silence = 0;
    let opening = 0;
    let opened = 0;
    let lastHeard = Date.now();
    let source = null;
    let wasHeard = false;
    const heard = () => {
      wasHeard = true;
      clearTimeout(silence);
      lastHeard = Date.now();
      lost.hidden = true;
      silence = setTimeout(unheard, SILENT);
    };
    const again = () => {
      clearTimeout(opening);
      opening = setTimeout(open, wait);
      wait = Math.min(wait * 2, 15000);
    };
    const unheard = () => {
      lost.hidden = false;
      source.close();
      again();
    };
    const open = () => {
      clearTimeout(silence);
      silence = setTimeout(unheard, SILENT);
      if (source) source.close();
      // Where nothing came through, something on the way may be holding up what is compressed.
      const plain = opened > 0 && !wasHeard ? "&plain=1" : "";
      opened += 1;
      source = new EventSource(body.dataset.events + "?version=" + page.dataset.version + plain);
      source.addEventListener("page", (event) => {
        page.dataset.version = event.lastEventId;
        wait = 1000;
        heard();
        show(whole(event.data));
      });
      source.addEventListener("time", (event) => { ahead = Number(event.data) - Date.now(); heard(); clocks(); });
      source.addEventListener("closed", () => { source.close(); location.reload(); });
      source.addEventListener("error", (event) => {
        if (event.target !== source) return;
        clearTimeout(silence);
        // A browser that comes back by itself mostly does within a moment.
        silence = setTimeout(() => { lost.hidden = false; silence = setTimeout(unheard, SILENT); }, 700);
        if (source.readyState === EventSource.CLOSED) again();
      });
    };
    open();
    // A phone that has left its network knows it before any connection does; one that slept has lost its own.
    addEventListener("offline", () => { lost.hidden = false; });
    addEventListener("online", () => { wait = 1000; unheard(); });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || Date.now() - lastHeard < SILENT / 2) return;
      wait = 100;
      unheard();
    });
  }

  if (page && body.dataset.events) {
    document.addEventListener("submit", (event) => {
      if (event.target.hasAttribute("data-plain")) return;
      event.preventDefault();
      post(event.target, event.submitter);
    });
    document.addEventListener("input", (event) => { note(event.target); chosen(); });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-again]")) return;
      reopened = formKey(document.getElementById("vote")) + " ";
      chosen();
    });
    listen();
    if (body.dataset.here) {
      const here = () => fetch(body.dataset.here, { method: "POST", credentials: "same-origin" }).catch(() => {});
      setInterval(here, 4000);
      document.addEventListener("visibilitychange", () => { if (!document.hidden) here(); });
    }
  }
  if (refusal) document.addEventListener("click", () => { refusal.textContent = ""; });
  if (page) { restore(page); settle(); document.dispatchEvent(new Event("shown")); }
  clocks();
  setInterval(clocks, 1000);
})();
