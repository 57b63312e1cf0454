// SPDX-License-Identifier: BSD-2-Clause
//
// What is looked at, kept in the address so that a link shows the same, and
// what keys and clicks do.

const $ = (id) => document.getElementById(id);
const views = { clauses: "Clauses", cases: "Cases", known: "Known defects",
	environment: "Environment", bringup: "Bring-up" };
const bringups = Number($("bringup").dataset.number);
if (!bringups)
	delete views.bringup;
const state = { view: "clauses", fw: "", m: "", v: "", diff: false, q: "",
	open: new Set(), wide: new Set() };
let printing = false;

function readHash() {
	const p = new URLSearchParams(location.hash.slice(1));
	const list = (name) => (p.get(name) || "").split(",").filter(Boolean);
	state.view = views[p.get("view")] ? p.get("view") : "clauses";
	state.fw = firmwares.some((f) => f.name === p.get("fw")) ? p.get("fw") : "";
	state.m = machines.includes(p.get("m")) ? p.get("m") : "";
	state.v = letters.split("").filter((l) => list("v").includes(wordOf(l))).join("");
	state.diff = p.get("diff") === "1";
	state.q = p.get("q") || "";
	state.open = new Set(list("id"));
	state.wide = new Set(list("wide"));
}

function writeHash() {
	const p = new URLSearchParams();
	const put = (name, value) => value && p.set(name, value);
	put("view", state.view !== "clauses" && state.view);
	put("fw", state.fw);
	put("m", state.m);
	put("v", state.v.split("").map(wordOf).join());
	put("diff", state.diff && "1");
	put("q", state.q);
	put("id", [...state.open].join());
	put("wide", [...state.wide].join());
	history.replaceState(null, "", "#" + p.toString());
}

function columnsShown() {
	return firmwares.filter((fw) => !state.fw || fw.name === state.fw).map((fw) => {
		const of = fw.runs.filter((r) => !state.m || r.machine === state.m);
		return { fw, of, wide: state.wide.has(fw.name) && of.length > 1 };
	}).filter((column) => column.of.length);
}

function found(items, columns) {
	const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
	const counts = { f: 0, d: 0, n: 0, k: 0, s: 0, diff: 0 };
	const rows = [];
	for (const item of items) {
		if (!words.every((w) => haystack(item).includes(w)))
			continue;
		const has = columns.map(({ of }) => verdictOf(of, item)).join("");
		const differs = new Set(has).size > 1;
		// What a machine that is not shown said about it is no row.
		if (!has)
			continue;
		for (const letter of new Set(has))
			counts[letter]++;
		counts.diff += differs;
		if ((!state.v || [...has].some((l) => state.v.includes(l))) &&
			(!state.diff || differs))
			rows.push(item);
	}
	return { rows, counts };
}

function showTable() {
	const items = state.view === "cases" ? casesByGroup : clauses;
	const columns = columnsShown();
	const { rows, counts } = found(items, columns);
	const span = (state.view === "cases" ? 2 : 3) +
		columns.reduce((n, c) => n + 1 + (c.wide ? c.of.length : 0), 0);
	let section, html = head(state.view, columns, printing) + "<tbody>";
	for (const item of rows) {
		if (item.section !== section) {
			section = item.section;
			html += `<tr class="section"><th colspan="${span}" scope="rowgroup" ` +
				`data-section="${esc(section)}"><span>${prose(section)}</span></th></tr>`;
		}
		const isOpen = state.open.has(item.id);
		html += row(item, columns, isOpen) + (isOpen ? detail(item, columns, span) : "");
	}
	$("table").innerHTML = html + "</tbody>";
	$("table").hidden = !rows.length;
	$("empty").hidden = rows.length > 0;
	$("scroll").classList.toggle("wide", columns.some((c) => c.wide));
	$("found").textContent = `${rows.length} of ${plural(items.length,
		state.view === "cases" ? "case" : "clause")}`;
	showChips(counts, columns.length > 1 || state.diff);
}

function showChips(counts, compares) {
	const chip = (key, on, name, inside) => `<button type="button" class="chip ${name}" ` +
		`data-v="${key}" aria-pressed="${on}">${inside} <b>${counts[key]}</b></button>`;
	const all = letters.split("").filter((l) => l !== "n" || counts.n || state.v.includes(l));
	const focused = document.activeElement?.dataset?.v;
	$("chips").innerHTML = all.map((l) => chip(l, state.v.includes(l), verdicts[l].name,
		`<span class="sign" aria-hidden="true">${verdicts[l].sign}</span> ${verdicts[l].word}`))
		.join("") + (compares ? chip("diff", state.diff, "diff", "≠ differs") : "");
	if (focused)
		document.querySelector(`#chips [data-v="${focused}"]`)?.focus();
}

function filterNote() {
	const parts = [];
	if (state.fw)
		parts.push("firmware " + state.fw);
	if (state.m)
		parts.push("machine " + state.m);
	if (state.v)
		parts.push(state.v.split("").map((l) => verdicts[l].word).join(" or "));
	if (state.diff)
		parts.push("only where the firmwares differ");
	if (state.q)
		parts.push(`with "${state.q}"`);
	return parts.length ? "Shown: " + parts.join("; ") + "." : "";
}

function show() {
	const table = state.view === "clauses" || state.view === "cases";
	$("q").value = state.q;
	$("fw").value = state.fw;
	$("m").value = state.m;
	$("matrix").hidden = !table && !printing;
	$("known").hidden = state.view !== "known" && !printing;
	$("environment").hidden = state.view !== "environment" && !printing;
	$("bringup").hidden = state.view !== "bringup" && !printing;
	for (const tab of $("tabs").children)
		tab.setAttribute("aria-current", tab.dataset.view === state.view ? "page" : "false");
	$("filter-note").textContent = filterNote();
	if (table || printing)
		showTable();
}

function change() {
	writeHash();
	show();
}

function toggle(set, key) {
	if (!set.delete(key))
		set.add(key);
}

function rowOf(id) {
	return document.querySelector(`tr.item[data-id="${CSS.escape(id)}"]`);
}

// Only the row changes, so that a long table stays where it is.
function toggleRow(id) {
	const tr = rowOf(id);
	toggle(state.open, id);
	writeHash();
	tr.querySelector(".row").setAttribute("aria-expanded", state.open.has(id));
	if (!state.open.has(id))
		return tr.nextElementSibling.remove();
	const item = (state.view === "cases" ? cases : clauses).find((i) => i.id === id);
	tr.insertAdjacentHTML("afterend", detail(item, columnsShown(), tr.children.length));
}

function onTable(event) {
	const widen = event.target.closest("button.widen");
	if (widen) {
		toggle(state.wide, widen.dataset.fw);
		change();
		document.querySelector(`button.widen[data-fw="${CSS.escape(widen.dataset.fw)}"]`)
			.focus();
		return;
	}
	const tr = event.target.closest("tr.item");
	// Marking text to copy it is no click on the row.
	if (tr && !event.target.closest("a") && getSelection().isCollapsed)
		toggleRow(tr.dataset.id);
}

function onKey(event) {
	const at = document.activeElement;
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step && at.classList.contains("row")) {
		const all = [...document.querySelectorAll("button.row")];
		all[all.indexOf(at) + step]?.focus();
		event.preventDefault();
	} else if (event.key === "/" && !/^(INPUT|SELECT)$/.test(at.tagName)) {
		$("q").focus();
		event.preventDefault();
	} else if (event.key === "Escape" && at === $("q")) {
		state.q = "";
		change();
	}
}

// A link may name a row: it is opened and brought into sight.
function onHash() {
	readHash();
	show();
	const first = [...state.open].map(rowOf).find(Boolean);
	if (first)
		first.scrollIntoView({ block: "center" });
	else if (location.hash.includes("view=") || location.hash.includes("v="))
		$("tabs").scrollIntoView();
}

function setTheme(theme) {
	if (theme)
		document.documentElement.dataset.theme = theme;
	else
		delete document.documentElement.dataset.theme;
	$("theme").textContent = "Theme: " + (theme || "auto");
	// A page that came from a file may have no place to keep it.
	try {
		localStorage.setItem("sbi-pmu-theme", theme);
	} catch (e) { /* then it is forgotten */ }
}

function startTheme() {
	let theme = "";
	try {
		theme = localStorage.getItem("sbi-pmu-theme") || "";
	} catch (e) { /* then it is that of the system */ }
	setTheme(theme);
	$("theme").hidden = false;
	$("theme").onclick = () => setTheme({ "": "light", light: "dark", dark: "" }[
		document.documentElement.dataset.theme || ""]);
}

function fill() {
	const commits = unique(runs.map((r) => r.commit));
	const dates = unique(runs.map((r) => r.started)).sort();
	const meta = [plural(clauses.length, "clause"), plural(cases.length, "case"),
		plural(firmwares.length, "firmware build"), plural(machines.length, "machine")];
	if (dates.length)
		meta.push(dates[0].slice(0, 10));
	if (commits.length)
		meta.push("commit " + commits.join(", "));
	$("meta").textContent = "The PMU extension of RISC-V SBI v3.0: " + meta.join(" · ");
	$("cards").innerHTML = firmwares.map(card).join("");
	$("notes").innerHTML = data.notes.length ? '<div class="notes"><h2>Before you trust this' +
		`</h2><ul>${data.notes.map((n) => `<li>${esc(n)}</li>`).join("")}</ul></div>` : "";
	$("map").innerHTML = clauseMap();
	$("known").innerHTML = knownDefects();
	$("environment").innerHTML = environment();
	const options = (all, names) => `<option value="">${all}</option>` + names.map((n) =>
		`<option>${esc(n)}</option>`).join("");
	$("fw").innerHTML = options("All firmware", firmwares.map((f) => f.name));
	$("m").innerHTML = options("All machines", machines);
	$("fw").hidden = firmwares.length === 1;
	$("m").hidden = machines.length === 1;
	const number = { clauses: clauses.length, cases: cases.length, known: data.known.length,
		environment: runs.length, bringup: bringups };
	$("tabs").innerHTML = Object.keys(views).map((view) => '<button type="button" ' +
		`data-view="${view}">${views[view]} <span>${number[view]}</span></button>`).join("");
}

function listen() {
	$("tabs").onclick = (e) => {
		const tab = e.target.closest("button");
		if (!tab)
			return;
		state.view = tab.dataset.view;
		state.open.clear();
		change();
	};
	$("bar").onsubmit = (e) => e.preventDefault();
	$("q").oninput = () => { state.q = $("q").value; change(); };
	$("fw").onchange = () => { state.fw = $("fw").value; change(); };
	$("m").onchange = () => { state.m = $("m").value; change(); };
	$("reset").onclick = () => {
		Object.assign(state, { fw: "", m: "", v: "", diff: false, q: "" });
		state.open.clear();
		state.wide.clear();
		change();
	};
	$("chips").onclick = (e) => {
		const key = e.target.closest("button")?.dataset.v;
		if (key === "diff")
			state.diff = !state.diff;
		else if (key)
			state.v = letters.split("").filter((l) => state.v.includes(l) !== (l === key))
				.join("");
		change();
	};
	$("table").onclick = onTable;
	$("map").onclick = (e) => {
		const section = e.target.closest("button.jump")?.dataset.section;
		if (section === undefined)
			return;
		Object.assign(state, { view: "clauses", v: "", q: "", diff: false });
		change();
		document.querySelector(`#table [data-section="${CSS.escape(section)}"]`)
			?.scrollIntoView();
	};
	document.addEventListener("keydown", onKey);
	addEventListener("hashchange", onHash);
	addEventListener("beforeprint", () => { printing = true; show(); });
	addEventListener("afterprint", () => { printing = false; show(); });
}

startTheme();
fill();
listen();
$("app").hidden = false;
onHash();
// The head of the table stays below the bar, however high that is.
new ResizeObserver(() => document.documentElement.style.setProperty("--bar",
	$("bar").offsetHeight + "px")).observe($("bar"));
