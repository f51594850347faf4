// The room's own screen: letters as large as fit, and numbers that count up when cards have been turned over.
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // Letters grow until their sheet is full, and shrink until nothing of it is cut off.
  const STEPS = [1.9, 1.7, 1.5, 1.35, 1.2, 1.1, 1, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55];

  // Where the content ends. It is measured by layout: cards that are just being turned over stand askew.
  function isFull(one) {
    const end = Math.max(0, ...[...one.children].map((child) => child.offsetTop + child.offsetHeight));
    const isWide = [...one.children].some((child) => child.scrollWidth > child.clientWidth + 1);
    return isWide || end + parseFloat(getComputedStyle(one).paddingBottom) > one.clientHeight + 1;
  }

  function fit() {
    const most = document.querySelector(".letters-large") ? 1.9 : 1.35;
    const sheets = [...document.querySelectorAll("[data-fit]")];
    // Several sheets beside each other have letters of one size.
    for (const size of STEPS) {
      if (size > most) continue;
      for (const one of sheets) one.style.fontSize = size + "em";
      if (!sheets.some(isFull)) break;
    }
  }

  const stood = new Map();

  function count() {
    const delay = document.querySelector(".reveal") ? 1000 * document.querySelectorAll(".choice").length + 700 : 0;
    for (const one of document.querySelectorAll("[data-count]")) {
      const id = one.closest("[id]").id;
      const to = Number(one.textContent);
      const from = stood.has(id) ? stood.get(id) : to;
      stood.set(id, to);
      if (from !== to && !still.matches) run(one, from, to, delay);
    }
  }

  function run(one, from, to, delay) {
    const began = performance.now() + delay;
    one.textContent = String(from);
    const step = (now) => {
      // Another page has come meanwhile, with another number.
      if (stood.get(one.closest("[id]")?.id) !== to) return;
      const part = Math.min(1, Math.max(0, (now - began) / 1200));
      one.textContent = String(Math.round(from + (to - from) * part));
      if (part < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  document.addEventListener("shown", () => { fit(); count(); });
  addEventListener("resize", fit);
  fit();
  count();
})();
