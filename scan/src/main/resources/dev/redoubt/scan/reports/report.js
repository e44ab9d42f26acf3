// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const root = document.documentElement;
  let errors = 0;
  const failed = () => { root.dataset.errors = String(++errors); };
  window.addEventListener("error", failed);
  document.addEventListener("securitypolicyviolation", failed);

  const PAGE = 200;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const byId = id => document.getElementById(id);

  // Tables: a press on a title sorts by it, a second press turns the order around.
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
  };
  function sort(table, head, column) {
    const numbers = head.dataset.type === "number";
    const before = head.getAttribute("aria-sort");
    const up = before === "none" ? !numbers : before === "descending";
    all("th", table).forEach(th => th.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).map(row => {
      const text = value(row, column);
      return { row, key: numbers ? Number(text) : text };
    });
    const order = numbers
      ? (a, b) => a.key - b.key
      : (a, b) => a.key.localeCompare(b.key, "en", { numeric: true });
    rows.sort((a, b) => (up ? order(a, b) : order(b, a)));
    const sorted = document.createDocumentFragment();
    rows.forEach(one => sorted.append(one.row));
    body.append(sorted);
  }
  all("table[data-sort]").forEach(table => {
    all("th", table).forEach((head, column) => {
      head.querySelector("button").addEventListener("click", () => {
        sort(table, head, column);
        if (table.id === "findings-table") { show(); }
      });
    });
  });

  // Findings: words, severities and the box that is followed in the graph decide what is shown.
  const table = byId("findings-table");
  const query = byId("query");
  const more = byId("more");
  let most = PAGE;
  let followed = null;
  const texts = new Map();
  if (table) {
    all("tbody tr", table).forEach(row => texts.set(row, row.textContent.toLowerCase()));
  }
  function show() {
    if (!table) { return; }
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set(
      all(".chip[aria-pressed=false]").map(chip => chip.dataset.label));
    let matching = 0;
    let visible = 0;
    Array.from(table.tBodies[0].rows).forEach(row => {
      const text = texts.get(row);
      const matches = !off.has(row.dataset.label)
        && (followed === null || followed.has(row.dataset.key))
        && words.every(word => text.includes(word));
      if (matches) { matching++; }
      row.hidden = !matches || matching > most;
      if (!row.hidden) { visible++; }
    });
    more.hidden = matching <= most;
    byId("shown").textContent = matching + " of " + texts.size
      + (visible < matching ? ", the first " + visible + " shown" : "");
    root.dataset.matching = String(matching);
    root.dataset.visible = String(visible);
  }
  if (table) {
    query.addEventListener("input", () => { most = PAGE; show(); });
    more.addEventListener("click", () => { most += 5 * PAGE; show(); });
    all(".chip").forEach(chip => chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") === "false"));
      show();
    }));
    byId("reset").addEventListener("click", () => {
      query.value = "";
      all(".chip").forEach(chip => chip.setAttribute("aria-pressed", "true"));
      follow(null);
    });
  }

  // Graph: a box lights up every path that goes through it.
  const graph = byId("graph");
  const paths = element => element.dataset.paths.split(" ");
  function follow(node) {
    if (graph) {
      const wanted = new Set(node ? paths(node) : []);
      const keys = new Set();
      const ends = new Set();
      graph.classList.toggle("following", node !== null);
      all(".edge, .node", graph).forEach(element => {
        const on = node !== null && paths(element).some(path => wanted.has(path));
        element.classList.toggle("on", on);
        if (on && element.classList.contains("finding")) { keys.add(element.dataset.id); }
        if (on && element.matches(".kind-credential, .kind-tool")) { ends.add(element); }
      });
      all(".node", graph).forEach(one => one.setAttribute("aria-pressed", String(one === node)));
      byId("followed").textContent = node === null ? "" : node.getAttribute("aria-label") + ": "
        + keys.size + (keys.size === 1 ? " finding, " : " findings, ")
        + ends.size + (ends.size === 1 ? " credential or tool" : " credentials and tools")
        + " within reach. The table shows these findings.";
      followed = node === null ? null : keys;
      root.dataset.followed = node === null ? "" : String(keys.size);
    }
    most = PAGE;
    show();
  }
  if (graph) {
    all(".node", graph).forEach(node => {
      const press = () => follow(node.getAttribute("aria-pressed") === "true" ? null : node);
      node.addEventListener("click", press);
      node.addEventListener("keydown", event => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); press(); }
      });
    });
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && followed !== null) { follow(null); }
    });
  }

  // A link may carry a filter, #q=text, or a box of the graph by its number, #box=3.
  function fromLink() {
    const link = /^#(q|box)=(.*)$/.exec(location.hash);
    if (link && link[1] === "q" && query) {
      try { query.value = decodeURIComponent(link[2]); } catch (ignored) { query.value = link[2]; }
    }
    const box = link && link[1] === "box" && graph ? all(".node", graph)[Number(link[2])] : null;
    follow(box || null);
  }
  window.addEventListener("hashchange", fromLink);
  fromLink();
  root.dataset.errors = String(errors);
  root.dataset.ready = "true";
})();
