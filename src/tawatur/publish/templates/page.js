"use strict";
(() => {
  const root = document.documentElement;
  const western = "0123456789,.%";
  const arabic = "٠١٢٣٤٥٦٧٨٩٬٫٪";

  const parse = () => {
    const [target, ...rest] = location.hash.slice(1).split(";");
    return { target, ...Object.fromEntries(rest.map((part) => part.split("=", 2))) };
  };

  const hash = (state) => {
    const kept = ["lang", "digits"].filter((key) => state[key]).map((key) => `${key}=${state[key]}`);
    return "#" + [state.target || "", ...kept].join(";");
  };

  const preferred = () => {
    if (root.dataset.chosen !== "both") return root.dataset.chosen;
    return (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((tag) => tag === "ar" || tag === "en") || "ar";
  };

  const speak = (language) => {
    root.lang = root.dataset.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    for (const node of document.querySelectorAll("[data-en]")) {
      const text = node.getAttribute(`data-${language}`);
      if (node.localName === "title") node.textContent = text;
      else node.setAttribute("aria-label", text);
    }
  };

  const swap = (text, from, to) => Array.from(text, (char) => (from.includes(char) ? to[from.indexOf(char)] : char)).join("");

  const write = (digits) => {
    if ((root.dataset.digits || "latn") === digits) return;
    root.dataset.digits = digits;
    const [from, to] = digits === "arab" ? [western, arabic] : [arabic, western];
    for (const node of document.querySelectorAll(".n")) node.textContent = swap(node.textContent, from, to);
  };

  const land = (id) => {
    for (const node of document.querySelectorAll(".landed")) node.classList.remove("landed");
    const spot = id && document.getElementById(id);
    if (!spot) return;
    for (let up = spot; up; up = up.parentElement) if (up.localName === "details") up.open = true;
    const marks = document.querySelectorAll(`mark[data-of~="${CSS.escape(id)}"]`);
    const shown = marks.length ? marks : [spot];
    for (const node of shown) node.classList.add("landed");
    const first = shown[0];
    (first.querySelector("a") || first).focus({ preventScroll: true });
    first.scrollIntoView({ block: "center" });
  };

  const apply = () => {
    const state = parse();
    const language = state.lang === "ar" || state.lang === "en" ? state.lang : preferred();
    if (root.dataset.spoken !== language) speak(language);
    root.dataset.spoken = language;
    write(state.digits === "arab" ? "arab" : "latn");
    land(state.target);
  };

  const change = (part) => {
    const state = { ...parse(), ...part };
    if (hash(state) === location.hash) apply();
    else location.hash = hash(state);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    change({ target: link.getAttribute("href").slice(1) });
  });
  document.getElementById("language").addEventListener("click", () => {
    change({ lang: root.dataset.lang === "ar" ? "en" : "ar" });
  });
  document.getElementById("digits").addEventListener("click", () => {
    change({ digits: root.dataset.digits === "arab" ? "latn" : "arab" });
  });
  addEventListener("hashchange", apply);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const node of closed) node.open = true;
  });
  addEventListener("afterprint", () => {
    for (const node of closed) node.open = false;
  });
  for (const node of document.querySelectorAll("[hidden]")) node.hidden = false;
  apply();
})();
