// SPDX-License-Identifier: BSD-2-Clause
//
// The parts of the page as HTML text. Nothing gets in without esc().

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// Control characters, which a console may have sent, are shown as pictures.
const picture = (c) => String.fromCharCode(0x2400 + c.charCodeAt(0));
const esc = (s) => String(s ?? "").replace(/[&<>"']/g, (c) => entities[c])
	.replace(/[\x00-\x08\x0b-\x1f]/g, picture);
const prose = (s) => esc(s).replace(/`([^`]+)`/g, "<code>$1</code>");
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const hashOf = (params) => "#" + new URLSearchParams(params).toString();

function pill(letter, extra = "") {
	const v = verdicts[letter];
	return `<span class="pill ${v.name}"><span class="sign">${v.sign}</span> ` +
		`<span class="word">${v.word}</span>${extra}</span>`;
}

// A row of the table of a card: how many have which verdict.
function countsRow(name, view, fw, items, shown) {
	const counts = count(fw.runs, items);
	const cells = shown.map((l) => {
		const v = verdicts[l];
		const to = hashOf({ view, fw: fw.name, v: wordOf(l) });
		return `<td>` + (counts[l] ? `<a class="count ${v.name}" href="${esc(to)}">` +
			`${counts[l]}</a>` : '<span class="count zero">0</span>') + "</td>";
	});
	return `<tr><th scope="row">${plural(items.length, name)}</th>${cells.join("")}</tr>`;
}

function verdictBar(counts) {
	return '<div class="stack" aria-hidden="true">' + letters.split("").filter((l) => counts[l])
		.map((l) => `<i class="${verdicts[l].name}" style="flex-grow:${counts[l]}"></i>`)
		.join("") + "</div>";
}

// What it comes to, in one line: the state, and why.
function judgement(fw) {
	const counts = count(fw.runs, clauses), ofCases = count(fw.runs, cases);
	const broken = fw.runs.filter((r) => !r.complete || r.faults.length).length;
	const n = (letter) => (counts[letter] ? plural(counts[letter], "clause")
		: ofCases[letter] && plural(ofCases[letter], "case"));
	if (n("f"))
		return ["f", `Does not conform: ${n("f")} not ok`];
	if (broken)
		return ["f", `Not decided: ${plural(broken, "run")} went wrong`];
	if (n("n"))
		return ["n", `Not decided: ${n("n")} not run`];
	if (n("d"))
		return ["d", `Known defects only, in ${n("d")}`];
	if (!counts.k)
		return ["s", "Not decided: all was skipped"];
	return ["k", "Conforms: no clause fails"];
}

function failingMachines(fw) {
	const worse = fw.runs.map((run) => ({ run, n: count([run], clauses).f }))
		.filter(({ n }) => n).sort((a, b) => b.n - a.n);
	if (!worse.length || fw.runs.length === 1)
		return "";
	return '<p class="where-not"><b>Clauses not ok by machine</b> ' + worse.map(({ run, n }) => {
		const to = hashOf({ fw: fw.name, m: run.machine, v: "not-ok" });
		return `<a href="${esc(to)}">${esc(run.machine)}&nbsp;<b>${n}</b></a>`;
	}).join(" ") + "</p>";
}

// The few that no machine decided can be named.
function undecided(fw) {
	const skipped = clauses.filter((c) => verdictOf(fw.runs, c) === "s");
	if (!skipped.length || skipped.length > 8)
		return "";
	return '<p class="undecided"><b>Skipped on every machine</b> ' + skipped.map((c) =>
		`<a class="id" href="${esc(hashOf({ fw: fw.name, id: c.id }))}">${esc(c.id)}</a>`)
		.join(" ") + "</p>";
}

function card(fw) {
	const [state, says] = judgement(fw);
	const counts = count(fw.runs, clauses);
	const shown = letters.split("").filter((l) => l !== "n" || counts.n ||
		count(fw.runs, cases).n);
	const sub = [fw.title, fw.sbi && "SBI " + fw.sbi,
		plural(fw.runs.length, "machine")].filter(Boolean);
	return `<article class="card ${verdicts[state].name}"><header><h2>${esc(fw.name)}</h2>` +
		`<p>${sub.map(esc).join(" · ")}</p></header>` +
		`<p class="says"><span class="sign" aria-hidden="true">${verdicts[state].sign}` +
		`</span>${esc(says)}</p>` + verdictBar(counts) +
		`<table class="counts"><thead><tr><td></td>` + shown.map((l) =>
		`<th scope="col">${verdicts[l].word}</th>`).join("") + "</tr></thead><tbody>" +
		countsRow("clause", "clauses", fw, clauses, shown) +
		countsRow("case", "cases", fw, cases, shown) + "</tbody></table>" +
		failingMachines(fw) + undecided(fw) + "</article>";
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

// Buttons do not come again on the next sheet of paper, so there are none there.
function head(view, columns, isPrinted) {
	const isClauses = view === "clauses";
	const deep = columns.some((c) => c.wide);
	const span = deep ? ' rowspan="2"' : "";
	const cells = columns.map(({ fw, of, wide }) => {
		const name = esc(fw.name) + `<small>${esc(of.length === 1 ? of[0].machine
			: plural(of.length, "machine"))}</small>`;
		const inside = of.length > 1 && !isPrinted ? `<button type="button" class="widen" data-fw="` +
			`${esc(fw.name)}" aria-expanded="${wide}" title="${wide ? "Hide" : "Show"} ` +
			`each machine">${name}</button>` : `<span class="widen">${name}</span>`;
		return `<th scope="col" class="fw"${wide ? ` colspan="${of.length + 1}"` : span}>` +
			`${inside}</th>`;
	});
	const second = columns.filter((c) => c.wide).map(({ of }) => '<th scope="col" class="all">' +
		"worst of all</th>" + of.map((run) => '<th scope="col" class="mv"><span>' +
		`${esc(run.machine)}</span></th>`).join(""));
	return `<thead><tr><th scope="col"${span}>${isClauses ? "Clause" : "Case"}</th>` +
		`<th scope="col"${span}>${isClauses ? "Our reading" : "What it shows"}</th>` +
		(isClauses ? `<th scope="col" class="since"${span}>Since SBI</th>` : "") +
		cells.join("") + `</tr>${deep ? `<tr>${second.join("")}</tr>` : ""}</thead>`;
}

// "all 14 machines", "all but spike", or their names.
function machinesText(names, of) {
	const rest = of.map((run) => run.machine).filter((name) => !names.includes(name));
	if (!rest.length)
		return of.length === 1 ? names[0] : `all ${of.length} machines`;
	if (rest.length * 3 <= of.length && of.length > 3)
		return `all ${of.length} machines but ${rest.join(", ")}`;
	return names.join(", ");
}

// Enough lines to see what is wrong; the rest is one click away.
function diagnosis(lines) {
	const html = (part) => `<pre>${part.map(diagHtml).join("\n")}</pre>`;
	if (lines.length <= 8)
		return lines.length ? html(lines) : "";
	return html(lines.slice(0, 6)) + `<details class="more"><summary>${lines.length - 6} ` +
		`more lines</summary>${html(lines.slice(6))}</details>`;
}

function outcomeHtml(outcome, of) {
	const { known, variants } = outcome;
	const names = variants.flatMap((v) => v.machines);
	let html = `<div class="outcome"><p>${pill(outcome.verdict)} <span class="where">` +
		`${esc(machinesText(names, of))}</span>` +
		(outcome.died ? " <b>The firmware or the hart died.</b>" : "") +
		(outcome.reason ? ` <span class="reason">${esc(outcome.reason)}</span>` : "") + "</p>";
	if (known)
		html += `<p>Known defect <a href="${esc(hashOf({ view: "known" }))}">` +
			`${esc(known.id)}</a>: ${prose(known.text)}` +
			` <span class="ref">${prose(known.ref)}</span></p>`;
	html += diagnosis(variants[0].diag);
	if (variants.length > 1)
		html += '<details class="more"><summary>Other values on ' +
			`${esc(variants.slice(1).flatMap((v) => v.machines).join(", "))}</summary>` +
			variants.slice(1).map((v) => `<p class="where">${esc(v.machines.join(", "))}</p>` +
			diagnosis(v.diag)).join("") + "</details>";
	return html + "</div>";
}

// The two values of a comparison are what the eye looks for.
function diagHtml(line) {
	return esc(line).replace(/^(expected )(.*?)(, received )(.*?)( \[|$)/,
		'$1<b class="want">$2</b>$3<b class="got">$4</b>$5');
}

function caseOutcomes(item, columns) {
	return '<div class="by-case">' + columns.map(({ fw, of }) => {
		const found = outcomes(of, item);
		return found.length ? `<div class="by-fw"><b>${esc(fw.name)}</b><div>` +
			found.map((o) => outcomeHtml(o, of)).join("") + "</div></div>" : "";
	}).join("") + "</div>";
}

// What does not hold stands first.
function byVerdict(ats, columns) {
	const runs = columns.flatMap(({ of }) => of);
	const place = (at) => letters.indexOf(verdictOf(runs, cases[at]) || "s");
	return [...ats].sort((a, b) => place(a) - place(b));
}

// The reading itself stands in the row above.
function clauseDetail(clause, columns) {
	const list = (name, ats) => (ats.length ? `<h4>${name}</h4>` +
		byVerdict(ats, columns).map((at) => {
			const item = cases[at];
			const to = hashOf({ view: "cases", id: item.id });
			return '<div class="one-case"><p><a class="id" href="' +
				`${esc(to)}">${esc(item.id)}</a> ${prose(item.text)}</p>` +
				caseOutcomes(item, columns) + "</div>";
		}).join("") : "");
	return `<p class="source">SBI specification, <cite>${prose(clause.spec)}</cite>, ` +
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
	const counts = count([run], cases);
	const shown = letters.split("").filter((l) => l !== "n" || counts.n);
	return `<details class="run"><summary><b>${esc(run.machine)}</b> <span class="about">` +
		`${esc(text(run.about))}</span><span class="tally">` + shown.map((l) =>
		`<span class="count ${counts[l] ? verdicts[l].name : "zero"}"><b>${counts[l]}</b> ` +
		`${verdicts[l].word}</span>`).join(" ") + "</span></summary>" +
		`<dl class="facts">` +
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
			(banner ? `<details class="run"><summary><b>Banner</b> <span class="about">what the firmware ` +
				`prints when it boots</span></summary><pre>${esc(banner)}</pre></details>` : "") +
			of.map(runDetail).join("");
	}).join("");
}
