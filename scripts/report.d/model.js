// SPDX-License-Identifier: BSD-2-Clause
//
// The data of the page: verdicts by case, clause, machine and firmware.

const data = JSON.parse(document.getElementById("data").textContent);

// The letters of the data, from the worst to the best.
const letters = "fdnks";
const verdicts = {
	f: { word: "not ok", name: "fail", sign: "✗" },
	d: { word: "KNOWN", name: "known", sign: "!" },
	n: { word: "not run", name: "none", sign: "?" },
	k: { word: "ok", name: "ok", sign: "✓" },
	s: { word: "SKIP", name: "skip", sign: "–" },
};

const wordOf = (letter) => verdicts[letter].word.replace(" ", "-");
const text = (at) => (at >= 0 ? data.texts[at] : "");

const clauses = data.clauses.map((c, at) => ({
	kind: "clause", at, id: c[0], section: data.sections[c[1]], spec: c[2],
	since: c[3], text: c[4], open: c[5], cases: c[6], ours: c[7],
}));
const cases = data.cases.map((c, at) => ({
	kind: "case", at, id: c[0], text: c[1], isOurs: c[2], clauses: c[3],
	section: c[0].includes(".") ? c[0].split(".")[0] : "the run itself",
}));
// A group may be spread over the suite; on the page it stands together.
const groups = [...new Set(cases.map((c) => c.section))];
const casesByGroup = groups.flatMap((g) => cases.filter((c) => c.section === g));
const runs = data.runs;
const firmwares = data.firmwares.map((f, at) => ({
	...f, at, runs: runs.filter((r) => r.fw === at),
}));
const machines = [...new Set(runs.map((r) => r.machine))];

function worst(given) {
	for (const letter of letters)
		if (given.includes(letter))
			return letter;
	return "";
}

// The verdict of a clause or a case on one run; " " where it has none.
function verdictOn(run, item) {
	return (item.kind === "clause" ? run.c : run.v)[item.at];
}

function verdictOf(of, item) {
	return worst(of.map((run) => verdictOn(run, item)).join(""));
}

function count(of, items) {
	const counts = { f: 0, d: 0, n: 0, k: 0, s: 0 };
	for (const item of items) {
		const verdict = verdictOf(of, item);
		if (verdict)
			counts[verdict]++;
	}
	return counts;
}

// The outcomes of a case, from the worst. Machines with the same outcome stand
// together, and so do those where only the numbers differ.
function outcomes(of, item) {
	const same = new Map();
	for (const run of of) {
		const verdict = verdictOn(run, item);
		if (verdict === " ")
			continue;
		const [reason, known, died, ...places] = run.more[item.at] || [-1, -1, 0];
		const diag = places.map(text);
		const shape = known >= 0 ? "" : diag.join("\n").replace(/0x[0-9a-f]+|\d+/g, "0");
		const key = [verdict, reason, known, died, shape].join();
		if (!same.has(key))
			same.set(key, { verdict, reason: text(reason), known: data.known[known], died,
				variants: new Map() });
		const variants = same.get(key).variants;
		if (!variants.has(places.join()))
			variants.set(places.join(), { diag, machines: [] });
		variants.get(places.join()).machines.push(run.machine);
	}
	return [...same.values()].map((o) => ({ ...o, variants: [...o.variants.values()] }))
		.sort((a, b) => letters.indexOf(a.verdict) - letters.indexOf(b.verdict));
}

// What the search looks at, put together when it is first asked for.
function haystack(item) {
	if (item.words)
		return item.words;
	const parts = [item.id, item.text, item.section];
	if (item.kind === "clause") {
		parts.push(item.spec, item.open || "", "SBI " + item.since);
		for (const at of item.cases.concat(item.ours))
			parts.push(haystack(cases[at]));
	} else {
		for (const run of runs) {
			const [reason, known, , ...diag] = run.more[item.at] || [-1, -1];
			parts.push(text(reason), known >= 0 ? data.known[known].id : "",
				...diag.map(text));
		}
	}
	item.words = [...new Set(parts)].join("\n").toLowerCase();
	return item.words;
}
