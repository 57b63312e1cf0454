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

// The machines on which a case had the same outcome, with that outcome.
function outcomes(of, item) {
	const same = new Map();
	for (const run of of) {
		const verdict = verdictOn(run, item);
		if (verdict === " ")
			continue;
		const more = run.more[item.at] || [-1, -1, 0];
		const key = verdict + more.join();
		if (!same.has(key))
			same.set(key, {
				verdict, machines: [], reason: text(more[0]),
				known: data.known[more[1]], died: more[2],
				diag: more.slice(3).map(text),
			});
		same.get(key).machines.push(run.machine);
	}
	return [...same.values()].sort((a, b) =>
		letters.indexOf(a.verdict) - letters.indexOf(b.verdict));
}

// What the search looks at, put together when it is first asked for.
function haystack(item) {
	if (item.words)
		return item.words;
	const parts = [item.id, item.text, item.section];
	if (item.kind === "clause") {
		parts.push(item.spec, item.open || "", "SBI " + item.since);
		for (const at of item.cases.concat(item.ours))
			parts.push(cases[at].id, cases[at].text);
	} else {
		for (const at of item.clauses)
			parts.push(clauses[at].id);
	}
	item.words = parts.join("\n").toLowerCase();
	return item.words;
}
