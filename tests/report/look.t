#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# How the page looks: on a phone, in the dark, on paper, in every view.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use MadeUp;
use Test::More;
use ThePage;

my @views = ('', 'id=ONE-02,ONE-03', 'view=cases&id=b.fails', 'view=known',
	'view=environment', 'view=bringup');

# Names are given by others.
write_result($dir, "firmware-of-a-vendor-$_", 'm-one', $MadeUp::other{'m-one'})
	for 'a' x 20, 'b';
ThePage::run_report();

# What stands out of the page to the right, which would have to be scrolled to.
my $too_wide = <<'END';
(() => {
	document.querySelectorAll("details").forEach((d) => { d.open = true; });
	const width = document.documentElement.clientWidth;
	const out = [...document.querySelectorAll("main *, header *, footer *")].filter((e) =>
		e.checkVisibility() && !e.classList.contains("hidden") &&
		!e.closest(".scroll.wide") && e.getBoundingClientRect().right > width + 1);
	if (document.documentElement.scrollWidth > width)
		out.push(document.documentElement);
	return out.slice(0, 3).map((e) => e.tagName + "." + e.className).join(" ");
})()
END
for my $width (360, 768, 1000, 1280) {
	$b->size($width, 780);
	for my $view (@views, 'wide=other') {
		see($view);
		is(js($too_wide), '', "nothing is cut off: $width wide, #$view");
	}
}
$b->size(360, 780);
see();
is(js('[...document.querySelectorAll(".control, .chip, .tabs button, .row")]'
	. '.filter((e) => e.checkVisibility() && e.offsetHeight < 20).length'), 0,
	'what a finger has to hit is no line of text');

# Text against what is behind it, as WCAG 2 computes it; AA asks for 4.5.
my $contrast = <<'END';
(() => {
	const canvas = document.createElement("canvas").getContext("2d",
		{ willReadFrequently: true });
	const rgb = (colour) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = colour;
		canvas.fillRect(0, 0, 1, 1);
		return [...canvas.getImageData(0, 0, 1, 1).data];
	};
	const light = (c) => c.slice(0, 3).map((x) => x / 255).map((x) =>
		x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
		.reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
	const behind = (e) => {
		for (; e; e = e.parentElement) {
			const c = rgb(getComputedStyle(e).backgroundColor);
			if (c[3] === 255)
				return c;
		}
		return [255, 255, 255];
	};
	const bad = new Set();
	for (const e of document.querySelectorAll("body *")) {
		const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
		if (!own || !e.checkVisibility() || e.closest(".sq"))
			continue;
		const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5)
			bad.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
	}
	return [...bad].join("\n");
})()
END
$b->size(1280, 900);
my %background;
for my $scheme (qw(light dark)) {
	$b->medium('', $scheme);
	for my $view (@views) {
		see($view);
		is(js($contrast), '', "all can be read: $scheme, #$view");
	}
	$background{$scheme} = js('getComputedStyle(document.body).backgroundColor');
}
isnt($background{light}, $background{dark}, 'the page follows the system');
click('#theme');
is(js('getComputedStyle(document.body).backgroundColor'), $background{light},
	'or the button');
is(content('#theme'), 'Theme: light', 'which says what it is');
see('view=known');
is(js('getComputedStyle(document.body).backgroundColor'), $background{light},
	'also the next time');
click('#theme');
is(content('#theme'), 'Theme: dark', 'the next one is dark');
click('#theme');
is(content('#theme'), 'Theme: auto', 'and then that of the system again');

# The head of the table stays in sight below the filters.
$b->medium('', 'light');
see('id=ONE-03');
js('scrollTo(0, document.querySelector(".detail").getBoundingClientRect().top'
	. ' + scrollY)');
is(js('(() => { const bar = document.getElementById("bar").getBoundingClientRect(),'
	. ' th = document.querySelector(".matrix thead th").getBoundingClientRect();'
	. ' return bar.top === 0 && Math.abs(th.top - bar.bottom) < 2; })()'), 1,
	'filters and the head of the table stay in sight');

# On paper: all views and no controls.
see('v=KNOWN&id=ONE-02');
$b->medium('print', 'dark');
js('dispatchEvent(new Event("beforeprint"))');
ok(!shown($_), "no $_ on paper") for '#bar', '.tabs', '#theme', 'button.widen';
ok(shown($_), "$_ is on paper") for '.card', '#map', '#matrix', '.detail',
	'#known', '#environment', '#bringup';
is(content('#filter-note'), 'Shown: KNOWN.', 'and what was filtered');
is(rows(), 'ONE-02 ONE-07', 'which holds');
is(js('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)',
	'paper is white');
$b->size(700, 1000);
cmp_ok(js('document.documentElement.scrollWidth'), '<=', 700, 'and wide enough');
js('document.querySelectorAll("#bringup details").forEach((d) => { d.open = true; })');
cmp_ok(js('document.documentElement.scrollWidth'), '<=', 700, 'also the pictures');
js('dispatchEvent(new Event("afterprint"))');
$b->medium('', 'light');
ok(shown('#bar') && !shown('#known'), 'afterwards all is as before');
$b->pdf("$dir/page.pdf");
ok(-s "$dir/page.pdf" > 10_000, 'it can be printed');
ok(shown('#bar') && !shown('#known'), 'and that leaves no trace');

ThePage::is_quiet();
done_testing;
