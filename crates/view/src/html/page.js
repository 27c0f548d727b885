
"use strict";
// All mentions of what the pointer or the focus is on, and all pieces of its quotation, light up.
const light = (target, on) => {
  const one = target.closest && target.closest("[data-e], [data-q]");
  const home = one && one.closest("article");
  if (!home) return;
  const same = "e" in one.dataset ? `[data-e="${one.dataset.e}"]` : `[data-q="${one.dataset.q}"]`;
  for (const other of home.querySelectorAll(same)) other.classList.toggle("lit", on);
};
for (const [event, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]])
  document.addEventListener(event, (e) => light(e.target, on));

// With several articles: one at a time, and the index.
const data = document.getElementById("data");
if (data) {
  const entries = JSON.parse(data.textContent);
  const pages = [document.getElementById("index"), ...document.querySelectorAll("main > article")];
  const link = (text, href) => {
    const a = document.createElement("a");
    a.textContent = text;
    a.href = href;
    return a;
  };
  pages.slice(1).forEach((page, i) => {
    const around = document.createElement("nav");
    around.className = "around";
    around.setAttribute("aria-label", "Articles");
    around.append(link("Index", "#index"));
    if (i > 0) around.append(link("Previous", `#d${i}`));
    if (i + 2 < pages.length) around.append(link("Next", `#d${i + 2}`));
    page.prepend(around);
  });
  const show = () => {
    const wanted = location.hash.slice(1);
    const number = /^d(\d+)/.exec(wanted);
    const page = (number && pages[Number(number[1])]) || pages[0];
    for (const other of pages) other.classList.toggle("shown", other === page);
    const place = document.getElementById(wanted);
    if (place && place !== page) place.scrollIntoView({ block: "center" });
    else { scrollTo(0, 0); if (wanted) page.focus({ preventScroll: true }); }
  };
  document.body.classList.add("one-at-a-time");
  addEventListener("hashchange", show);
  show();

  // The search. Words may stand anywhere in a name, with or without their accents.
  const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (input) => plain(input.value).split(/\s+/).filter(Boolean);
  const has = (text, all) => { const t = plain(text); return all.every((word) => t.includes(word)); };
  const [form, speaker, name, found] = ["search", "by-speaker", "by-name", "found"].map((id) => document.getElementById(id));
  const fill = (id, values) => {
    const unique = [...new Set(values)].sort((a, b) => a.localeCompare(b)).slice(0, 2000);
    document.getElementById(id).append(...unique.map((v) => { const o = document.createElement("option"); o.value = v; return o; }));
  };
  fill("speakers", entries.flatMap((e) => e.speakers.map((s) => s.name)));
  fill("names", entries.flatMap((e) => e.names));
  const items = document.querySelectorAll(".list > li");
  const search = () => {
    const who = words(speaker), what = words(name);
    let articles = 0, quotations = 0;
    entries.forEach((entry, i) => {
      const speakers = who.length ? entry.speakers.filter((s) => has(s.name, who)) : [];
      const fits = (!who.length || speakers.length) && (!what.length || [entry.title, ...entry.names].some((n) => has(n, what)));
      items[i].hidden = !fits;
      const hits = items[i].querySelector(".hits");
      hits.replaceChildren();
      if (!fits) return;
      articles++;
      for (const s of speakers) for (const [q, text] of s.quotes) {
        quotations++;
        const li = document.createElement("li");
        li.append(`${s.name}: `, link(text, `#d${i + 1}-q${q}`));
        hits.append(li);
      }
    });
    const count = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
    found.textContent = who.length || what.length
      ? count(articles, "article") + (who.length ? `, ${count(quotations, "quotation")}` : "") : "";
  };
  form.hidden = false;
  form.addEventListener("input", search);
  form.addEventListener("submit", (e) => e.preventDefault());
}
