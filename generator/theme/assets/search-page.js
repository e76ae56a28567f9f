/* The search page: filters with counts, dates, order, pages of results, and a download. What is
   asked for stands in the address, so that an answer can be linked and the back button works. */

import { table } from "./search-csv.js";
import { LANGUAGE, answered, ask, byText, completed, element, item, number, reason, speaker, summary } from "./search.js";

const PAGE = 10; // results
const DOWNLOADED = 1000; // results
const FACETS = ["person", "organization", "place", "author", "language", "section"];
const SORTS = ["", "newest", "oldest"];
const SMALL = 20000; // entries; in a larger corpus a filter is loaded when it is opened

/* A value of a facet as people call it: languages are kept as BCP 47 tags. */
const called = (facet, value) => {
  if (facet !== "language") return value;
  try {
    return new Intl.DisplayNames([LANGUAGE], { type: "language" }).of(value);
  } catch {
    return value; // no tag that this browser knows
  }
};

const fromAddress = () => {
  const asked = new URLSearchParams(location.search);
  const filters = {};
  for (const name of FACETS) if (asked.has(name)) filters[name] = asked.getAll(name);
  return {
    query: asked.get("q") ?? "",
    after: asked.get("from") ?? "",
    before: asked.get("to") ?? "",
    sort: SORTS.includes(asked.get("sort")) ? asked.get("sort") : "",
    page: Math.max(1, Number.parseInt(asked.get("page") ?? "1", 10) || 1),
    filters,
  };
};

const toAddress = ({ query, after, before, sort, page, filters }) => {
  const asked = new URLSearchParams();
  if (query) asked.set("q", query);
  for (const [name, values] of Object.entries(filters)) for (const value of values) asked.append(name, value);
  if (after) asked.set("from", after);
  if (before) asked.set("to", before);
  if (sort) asked.set("sort", sort);
  if (page > 1) asked.set("page", String(page));
  const written = asked.toString();
  return location.pathname + (written ? `?${written}` : "");
};

const csv = (lines, root) => {
  const rows = lines.map((line) => [line.kind, line.title, line.date, line.authors.join("; "), line.source, new URL(line.address, root).href]);
  return table(["kind", "title", "date", "authors", "source", "address"], rows);
};

export const mount = async (where) => {
  if (where.dataset.mounted) return;
  where.dataset.mounted = true;
  const say = await speaker("search_page");
  const whole = element("div", { class: "sb-search-page", "data-mounted": true });
  where.replaceWith(whole);
  let state = fromAddress();
  let turn = 0;
  let offered = FACETS;
  let size = 0;
  const roomy = matchMedia("(min-width: 76.25em)").matches; // the filters stand beside the results

  const field = element("input", { type: "search", id: "sb-query", class: "sb-field", autocomplete: "off", spellcheck: false, maxlength: 2000, value: state.query });
  const sort = element("select", { class: "sb-field" }, ...SORTS.map((value) => element("option", { value }, say(`order_${value || "best"}`))));
  const dated = (label) => element("input", { type: "text", inputmode: "numeric", class: "sb-field sb-date", "aria-label": label, placeholder: say("date_form"), pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", title: say("date_hint") });
  const after = dated(say("date_from"));
  const before = dated(say("date_to"));
  const status = element("p", { role: "status", "aria-live": "polite", class: "sb-status" });
  const list = element("ol", { class: "sb-hits" });
  const pager = element("nav", { class: "sb-pager", "aria-label": say("results_pages") });
  const download = element("button", { type: "button", class: "sb-button", on: { click: () => save() } }, say("results_csv"));
  const clear = element("button", { type: "button", class: "sb-button", on: { click: () => go({ filters: {}, after: "", before: "", sort: "", page: 1 }) } }, say("filters_clear"));
  const filters = element("div", { class: "sb-facets", role: "group", "aria-label": say("filters") });
  const form = element("form", { class: "sb-form", role: "search", "aria-label": say("search_form"), on: { submit: (event) => { event.preventDefault(); go({ query: field.value, page: 1 }); } } },
    element("label", { for: "sb-query", class: "sb-label" }, say("search_words")),
    element("div", { class: "sb-row" }, field, element("button", { class: "sb-button" }, say("search_now"))),
    element("div", { class: "sb-row" }, element("label", {}, `${say("order")} `, sort), element("span", {}, `${say("dated_from")} `, after, ` ${say("dated_to")} `, before), clear));
  whole.append(form, filters, status, list, pager, element("p", { class: "sb-row" }, download));

  const facets = new Map();
  const request = () => ({
    query: state.query, filters: state.filters, after: state.after, before: state.before, sort: state.sort,
    from: (state.page - 1) * PAGE, count: PAGE, whole: true,
    facets: [...facets].filter(([, one]) => one.box.open).map(([name]) => name),
    fragments: Object.fromEntries([...facets].map(([name, one]) => [name, one.filter.value])),
  });

  const show = async () => {
    const mine = (turn += 1);
    const current = () => mine === turn && whole.isConnected;
    for (const [control, value] of [[field, state.query], [sort, state.sort], [after, state.after], [before, state.before]]) {
      if (control.value !== value && control !== document.activeElement) control.value = value;
    }
    clear.hidden = !(Object.keys(state.filters).length || state.after || state.before || state.sort);
    try {
      const asked = request();
      const blank = !state.query.trim() && clear.hidden;
      const found = await answered(blank ? { ...asked, sort: "newest" } : asked, (state.page + 5) * PAGE);
      if (!current()) return;
      const { answer, rules } = found;
      answer.sorted = Boolean(state.sort) || blank;
      const total = byText(answer.query) ? answer.kept : answer.total;
      status.textContent = summary(answer, total);
      list.start = asked.from + 1;
      list.replaceChildren(...answer.lines.map((line) => item(line, answer, rules)));
      turns(answer, total);
      for (const [name, one] of facets) if (answer.facets[name]) one.fill(answer.facets[name]);
      years.fill(answer.years);
      download.disabled = !total;
      await completed(found, list, current);
    } catch (error) {
      if (!current()) return;
      status.textContent = reason(error);
      list.replaceChildren();
      pager.replaceChildren();
    }
  };

  const go = (change, replace = false) => {
    state = { ...state, ...change };
    const address = toAddress(state);
    const same = address === location.pathname + location.search; // nothing to go back to
    history[replace || same ? "replaceState" : "pushState"](history.state, "", address);
    return show();
  };

  const turns = (answer, total) => {
    const last = Math.ceil(total / PAGE);
    const more = byText(answer.query) && !answer.complete;
    const step = (page, text, there) => element("button", { type: "button", class: "sb-button", disabled: !there, on: { click: () => go({ page }).then(() => status.scrollIntoView({ block: "center" })) } }, text);
    pager.replaceChildren();
    if (last > 1 || more) pager.append(step(state.page - 1, say("results_previous"), state.page > 1), element("span", {}, say(more ? "results_page" : "results_page_of", { n: state.page, all: last })), step(state.page + 1, say("results_next"), state.page < last || more));
  };

  const facet = (name) => {
    const title = say(`facet_${name}`);
    const values = element("ul", { class: "sb-values" });
    const more = element("p", { class: "sb-more" });
    const filter = element("input", { type: "search", class: "sb-field", "aria-label": say("filter_facet", { facet: title }), placeholder: say("filter_hint"), on: { input: () => show() } });
    const box = element("details", { class: "sb-facet", open: (size <= SMALL && roomy) || name in state.filters }, element("summary", {}, title), filter, values, more);
    box.addEventListener("toggle", () => { if (box.open && !values.children.length) show(); });
    const choose = (value, on) => {
      const rest = (state.filters[name] ?? []).filter((one) => one !== value);
      const { [name]: _, ...others } = state.filters;
      const chosen = on ? [...rest, value] : rest;
      go({ page: 1, filters: chosen.length ? { ...others, [name]: chosen } : others });
    };
    const fill = ({ values: found, more: left }) => {
      const focused = values.contains(document.activeElement) ? document.activeElement.value : null;
      values.replaceChildren(...found.map(([value, count]) => {
        const box = element("input", { type: "checkbox", value, on: { change: (event) => choose(value, event.target.checked) } });
        box.checked = state.filters[name]?.includes(value) ?? false;
        return element("li", {}, element("label", {}, box, element("span", { dir: "auto" }, ` ${called(name, value)} `), element("span", { class: "sb-count" }, number(count))));
      }));
      more.textContent = left ? say("filter_more", { n: left }) : found.length ? "" : say("filter_none");
      filter.hidden = !left && !filter.value;
      if (focused !== null) [...values.querySelectorAll("input")].find((one) => one.value === focused)?.focus();
    };
    return { box, filter, fill };
  };

  const years = (() => {
    const values = element("ul", { class: "sb-values sb-years" });
    const box = element("details", { class: "sb-facet" }, element("summary", {}, say("facet_year")), values);
    const fill = (found) => {
      box.hidden = !found.length;
      values.replaceChildren(...found.map(([year, count]) => element("li", {}, element("button", { type: "button", class: "sb-year", "aria-pressed": String(state.after === String(year) && state.before === String(year)), on: { click: () => go({ after: String(year), before: String(year), page: 1 }) } }, `${year} `, element("span", { class: "sb-count" }, number(count))))));
    };
    return { box, fill };
  })();

  const save = async () => {
    const { answer } = await answered({ ...request(), from: 0, count: DOWNLOADED, facets: [] }, DOWNLOADED / 5);
    const made = new Blob(["\ufeff", csv(answer.lines, new URL("../", import.meta.url))], { type: "text/csv" });
    const link = element("a", { href: URL.createObjectURL(made), download: "results.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    if (answer.lines.length === DOWNLOADED) status.textContent = say("results_cut", { n: DOWNLOADED });
  };

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => go({ query: field.value, page: 1 }, true), 120);
  });
  sort.addEventListener("change", () => go({ sort: sort.value, page: 1 }));
  for (const [control, name] of [[after, "after"], [before, "before"]]) {
    control.addEventListener("change", () => {
      if (control.reportValidity()) go({ [name]: control.value, page: 1 });
    });
  }
  const returned = () => {
    if (!whole.isConnected) {
      removeEventListener("popstate", returned);
      return;
    }
    state = fromAddress();
    field.value = state.query;
    show();
  };
  addEventListener("popstate", returned);

  try {
    const manifest = await ask(null);
    offered = manifest.facets;
    size = manifest.entries;
    for (const name of FACETS) if (offered.includes(name)) facets.set(name, facet(name));
    filters.append(...[...facets.values()].map((one) => one.box), years.box);
  } catch (error) {
    status.textContent = reason(error);
    return;
  }
  await show();
};
