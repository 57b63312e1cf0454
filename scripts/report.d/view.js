// SPDX-License-Identifier: BSD-2-Clause
//
// The parts of the page as HTML text. Nothing gets in without esc().

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const esc = (s) => String(s ?? "").replace(/[&<>"']/g, (c) => entities[c]);
const prose = (s) => esc(s).replace(/`([^`]+)`/g, "<code>$1</code>");
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const hashOf = (params) => "#" + new URLSearchParams(params).toString();

function pill(letter, extra = "") {
	const v = verdicts[letter];
	return `<span class="pill ${v.name}"><span class="sign">${v.sign}</span> ` +
		`<span class="word">${v.word}</span>${extra}</span>`;
}

function countsRow(name, view, fw, items) {
	const counts = count(fw.runs, items);
	const cells = letters.split("").filter((l) => l !== "n" || counts.n).map((l) => {
		const v = verdicts[l];
		const to = hashOf({ view, fw: fw.name, v: v.word.replace(" ", "-") });
		const inside = `<b>${counts[l]}</b> ${v.word}`;
		return counts[l] ? `<a class="count ${v.name}" href="${esc(to)}">${inside}</a>`
			: `<span class="count zero">${inside}</span>`;
	});
	const bar = letters.split("").reverse().filter((l) => counts[l]).map((l) =>
		`<i class="${verdicts[l].name}" style="flex-grow:${counts[l]}"></i>`);
	return `<div class="counts"><h3>${plural(items.length, name)}</h3>` +
		`<div class="stack" aria-hidden="true">${bar.join("")}</div>` +
		`<div class="numbers">${cells.join("")}</div></div>`;
}

function card(fw) {
	const shown = clauses.length ? clauses : cases;
	const counts = count(fw.runs, shown);
	const broken = fw.runs.filter((r) => !r.complete || r.faults.length).length;
	const failedCases = count(fw.runs, cases).f;
	const what = clauses.length ? "clause" : "case";
	let state = "k", says = "Nothing fails";
	if (counts.f) {
		state = "f";
		says = `${plural(counts.f, what)} not ok`;
	} else if (failedCases) {
		state = "f";
		says = `${plural(failedCases, "case")} not ok`;
	} else if (broken) {
		state = "f";
		says = `${plural(broken, "run")} went wrong`;
	} else if (counts.n) {
		state = "n";
		says = `${plural(counts.n, what)} not run`;
	} else if (counts.d) {
		state = "d";
		says = `Only known defects, in ${plural(counts.d, what)}`;
	}
	const sub = [fw.title, fw.sbi && "SBI " + fw.sbi,
		plural(fw.runs.length, "machine")].filter(Boolean);
	return `<article class="card ${verdicts[state].name}"><header><h2>${esc(fw.name)}</h2>` +
		`<p>${sub.map(esc).join(" · ")}</p></header>` +
		`<p class="says"><span class="sign" aria-hidden="true">${verdicts[state].sign}` +
		`</span>${esc(says)}</p>` +
		countsRow("clause", "clauses", fw, clauses) +
		countsRow("case", "cases", fw, cases) + "</article>";
}

// One square for each clause: the whole at a glance, and a way to each.
function clauseMap() {
	const rows = data.sections.map((section) => {
		const here = clauses.filter((c) => c.section === section);
		const cells = firmwares.map((fw) => {
			const squares = here.map((c) => {
				const v = verdicts[verdictOf(fw.runs, c) || "n"];
				const to = hashOf({ view: "clauses", id: c.id });
				return `<a tabindex="-1" class="sq ${v.name}" href="${esc(to)}" ` +
					`title="${esc(c.id + ": " + v.word)}">${v.sign}</a>`;
			});
			return `<td data-fw="${esc(fw.name)}"><div class="squares" aria-hidden="true">` +
				squares.join("") + "</div></td>";
		});
		return `<tr><th scope="row"><button type="button" class="jump" data-section="` +
			`${esc(section)}">${prose(section)}</button></th>${cells.join("")}</tr>`;
	});
	const heads = firmwares.map((fw) => `<th scope="col">${esc(fw.name)}</th>`);
	return `<details open><summary>Every clause at a glance</summary><table class="map">` +
		`<thead><tr><th scope="col">Section</th>${heads.join("")}</tr></thead>` +
		`<tbody>${rows.join("")}</tbody></table></details>`;
}

function firmwareCell(fw, of, item) {
	const all = of.map((run) => verdictOn(run, item)).join("");
	const verdict = worst(all);
	if (!verdict)
		return `<td class="v" data-fw="${esc(fw.name)}"></td>`;
	const on = all.split(verdict).length - 1;
	const some = "fd".includes(verdict) && on < of.length
		? ` <small title="on ${on} of ${of.length} machines">${on}/${of.length}</small>` : "";
	return `<td class="v" data-fw="${esc(fw.name)}">${pill(verdict, some)}</td>`;
}

function machineCell(run, item) {
	const v = verdicts[verdictOn(run, item)];
	if (!v)
		return '<td class="mv"></td>';
	return `<td class="mv"><span class="dot ${v.name}" title="` +
		`${esc(run.machine + ": " + v.word)}"><span aria-hidden="true">${v.sign}</span>` +
		`<span class="hidden">${v.word}</span></span></td>`;
}

function row(item, columns, isOpen) {
	const cells = columns.map(({ fw, of, wide }) => firmwareCell(fw, of, item) +
		(wide ? of.map((run) => machineCell(run, item)).join("") : ""));
	const tag = item.isOurs ? ' <span class="tag">ours</span>' : "";
	const since = item.kind === "clause" ? `<td class="since">${esc(item.since)}</td>` : "";
	return `<tr class="item" data-id="${esc(item.id)}"><th scope="row">` +
		`<button type="button" class="row" aria-expanded="${isOpen}">${esc(item.id)}` +
		`</button></th><td class="text">${prose(item.text)}${tag}</td>${since}` +
		`${cells.join("")}</tr>`;
}

function head(view, columns) {
	const isClauses = view === "clauses";
	const deep = columns.some((c) => c.wide);
	const span = deep ? ' rowspan="2"' : "";
	const cells = columns.map(({ fw, of, wide }) => {
		const name = esc(fw.name) + `<small>${esc(of.length === 1 ? of[0].machine
			: plural(of.length, "machine"))}</small>`;
		const inside = of.length > 1 ? `<button type="button" class="widen" data-fw="` +
			`${esc(fw.name)}" aria-expanded="${wide}" title="${wide ? "Hide" : "Show"} ` +
			`each machine">${name}</button>` : `<span class="widen">${name}</span>`;
		return `<th scope="col" class="fw"${wide ? ` colspan="${of.length + 1}"` : span}>` +
			`${inside}</th>`;
	});
	const second = columns.filter((c) => c.wide).map(({ of }) => '<th scope="col" class="mv">' +
		"<span>worst</span></th>" + of.map((run) => '<th scope="col" class="mv"><span>' +
		`${esc(run.machine)}</span></th>`).join(""));
	return `<thead><tr><th scope="col"${span}>${isClauses ? "Clause" : "Case"}</th>` +
		`<th scope="col"${span}>${isClauses ? "Our reading" : "What it shows"}</th>` +
		(isClauses ? `<th scope="col" class="since"${span}>Since SBI</th>` : "") +
		cells.join("") + `</tr>${deep ? `<tr>${second.join("")}</tr>` : ""}</thead>`;
}

function outcomeHtml(outcome, total) {
	const n = outcome.machines.length;
	const where = n === total && n > 1 ? `all ${n} machines` : outcome.machines.join(", ");
	let html = `<div class="outcome">${pill(outcome.verdict)} <span class="where">` +
		`${esc(where)}</span>`;
	if (outcome.reason)
		html += `<p>${esc(outcome.reason)}</p>`;
	if (outcome.known)
		html += `<p>Known defect <a href="${esc(hashOf({ view: "known" }))}">` +
			`${esc(outcome.known.id)}</a>: ${prose(outcome.known.text)}` +
			` <span class="ref">${prose(outcome.known.ref)}</span></p>`;
	if (outcome.died)
		html += "<p><b>The firmware or the hart died.</b></p>";
	if (outcome.diag.length)
		html += `<pre>${outcome.diag.map(diagHtml).join("\n")}</pre>`;
	return html + "</div>";
}

// The two values of a comparison are what the eye looks for.
function diagHtml(line) {
	return esc(line).replace(/^(expected )(.*?)(, received )(.*?)( \[|$)/,
		'$1<b class="want">$2</b>$3<b class="got">$4</b>$5');
}

function caseOutcomes(item, columns) {
	return columns.map(({ fw, of }) => {
		const found = outcomes(of, item);
		return found.length ? `<div class="by-fw"><b>${esc(fw.name)}</b><div>` +
			found.map((o) => outcomeHtml(o, of.length)).join("") + "</div></div>" : "";
	}).join("");
}

function clauseDetail(clause, columns) {
	const list = (name, ats) => (ats.length ? `<h4>${name}</h4>` + ats.map((at) => {
		const item = cases[at];
		const to = hashOf({ view: "cases", id: item.id });
		return `<div class="one-case"><p><a class="id" href="${esc(to)}">${esc(item.id)}</a> ` +
			`${prose(item.text)}</p>${caseOutcomes(item, columns)}</div>`;
	}).join("") : "");
	return `<p class="reading">${prose(clause.text)}</p>` +
		`<p class="source">SBI specification, <cite>${prose(clause.spec)}</cite>; ` +
		`since SBI ${esc(clause.since)}</p>` +
		(clause.open ? `<p class="open"><b>Open:</b> ${prose(clause.open)}</p>` : "") +
		list("Cases", clause.cases) +
		list("Cases that hold only our firmware to our reading", clause.ours);
}

function caseDetail(item, columns) {
	const named = item.clauses.map((at) => {
		const to = hashOf({ view: "clauses", id: clauses[at].id });
		return `<li><a class="id" href="${esc(to)}">${esc(clauses[at].id)}</a> ` +
			`${prose(clauses[at].text)}</li>`;
	});
	return caseOutcomes(item, columns) + (named.length
		? `<h4>${named.length === 1 ? "Its clause" : "Its clauses"}</h4><ul>${named.join("")}</ul>`
		: '<p class="source">No clause of the catalogue names this case.</p>');
}

function detail(item, columns, span) {
	return `<tr class="detail" data-of="${esc(item.id)}"><td colspan="${span}">` +
		`<div class="detail-in">` + (item.kind === "clause" ? clauseDetail(item, columns)
			: caseDetail(item, columns)) + "</div></td></tr>";
}

function knownDefects() {
	if (!data.known.length)
		return "<h2>Known defects</h2><p>None was met.</p>";
	const rows = data.known.map((k) => `<tr><th scope="row">${esc(k.id)}</th>` +
		`<td><p>${prose(k.text)}</p><p class="ref">${prose(k.ref)}</p></td>` +
		`<td class="on">${k.firmwares.map(esc).join(", ")}</td><td>` + k.cases.map((id) =>
		`<a class="id" href="${esc(hashOf({ view: "cases", id }))}">${esc(id)}</a>`)
		.join(" ") + "</td></tr>");
	return '<h2>Known defects that the cases met</h2><table class="plain"><thead><tr>' +
		'<th scope="col">Id</th><th scope="col">Defect</th><th scope="col">Firmware</th>' +
		`<th scope="col">Cases</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function pairs(list) {
	return list.filter(([, value]) => value !== undefined && value !== null && value !== "")
		.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("");
}

const unique = (list) => [...new Set(list.filter((x) => x !== null && x !== undefined && x !== ""))];
const mono = (list) => unique(list).map((x) => `<code>${esc(x)}</code>`).join("<br>");

function runDetail(run) {
	const facts = run.facts.map(text).concat(run.faults.map((f) => "fault: " + f));
	return `<details class="run"><summary><b>${esc(run.machine)}</b> <span>` +
		`${esc(text(run.about))}</span></summary><dl class="facts">` +
		pairs([["CPU", mono([run.cpu])], ["Harts", esc(run.harts)],
			["Memory", esc(run.memory)], ["icount", mono([run.icount])],
			["QEMU", esc(text(run.qemu))], ["Seed", mono([run.seed])],
			["Steps", mono([run.steps])], ["Started", esc(run.started)],
			["Took", run.seconds ? esc(Number(run.seconds).toFixed(1)) + " s" : ""],
			["Firmware file", mono([run.file])], ["SHA-256", mono([run.sha256])],
			["Commit", mono([run.commit])], ["Command", mono([run.command])],
			["The suite says", facts.map(esc).join("<br>")]]) + "</dl></details>";
}

function environment() {
	return "<h2>Environment</h2>" + firmwares.map((fw) => {
		const of = fw.runs;
		const banner = unique(of.map((r) => text(r.banner)))[0];
		return `<h3>${esc(fw.name)}</h3><dl class="facts">` + pairs([
			["Implementation", esc([fw.impl_name, fw.impl_version].filter(Boolean).join(" ")) +
				(fw.impl !== null ? ` (id ${esc(fw.impl)})` : "")],
			["SBI version", esc(fw.sbi)], ["File", mono(of.map((r) => r.file))],
			["SHA-256", mono(of.map((r) => r.sha256))],
			["QEMU", unique(of.map((r) => text(r.qemu))).map(esc).join("<br>")],
			["Commit", mono(of.map((r) => r.commit))], ["Seed", mono(of.map((r) => r.seed))],
			["Date", esc(unique(of.map((r) => r.started)).sort()[0])]]) + "</dl>" +
			(banner ? `<details class="run"><summary><b>Banner</b> <span>what the firmware ` +
				`prints when it boots</span></summary><pre>${esc(banner)}</pre></details>` : "") +
			of.map(runDetail).join("");
	}).join("");
}
