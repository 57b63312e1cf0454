#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What the page of the report shows, and what clicks and keys do.

use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use FindBin;
use lib $FindBin::RealBin;
use MadeUp;
use Test::More;
use ThePage;

my $all = 'ONE-01 ONE-02 ONE-03 ONE-04 ONE-05 ONE-06 ONE-07';

# The verdicts.
see();
is(rows(), $all, 'a row for each clause');
my %verdict = map { @$_ } @{ js('[...document.querySelectorAll("#table .item")]'
	. '.map((tr) => [tr.dataset.id, [...tr.querySelectorAll(".v .word")]'
	. '.map((e) => e.textContent).join()])') };
is_deeply(\%verdict, { 'ONE-01' => 'ok,ok', 'ONE-02' => 'ok,KNOWN',
	'ONE-03' => 'ok,not ok', 'ONE-04' => 'ok,not run', 'ONE-05' => 'ok,SKIP',
	'ONE-06' => 'not run,not run', 'ONE-07' => 'ok,KNOWN' },
	'with the verdict of each firmware');
is(content('.card:nth-child(1) .says'), '? Not decided: 1 clause not run',
	'the card of ours says that something is missing');
is(content('.card:nth-child(2) .says'), '✗ Does not conform: 1 clause not ok',
	'that of the other one that it fails');
is(content('.card:nth-child(2) .counts tbody tr:nth-child(1)'),
	'7 clauses 1 2 2 1 1', 'with the numbers');
like(content('.where-not'), qr/m-one\W1 m-three-with-a-long-name\W1$/,
	'and the machines that failed');
is(js('document.querySelectorAll(".map .sq").length'), 14,
	'a square for each clause and firmware');
like(content('.notes'), qr/different commits: abc, def/, 'notes are seen');
is(content('tr.section'), 'First & <last> section', 'texts are no markup');

# The filters.
sub filter_is {
	my ($rows, $what) = @_;
	is(rows(), $rows, $what);
	my $n = () = $rows =~ /\S+/g;
	is(content('#found'), "$n of 7 clauses", 'and their number');
}
click('.chip[data-v="f"]');
filter_is('ONE-03', 'only what is not ok');
click('.chip[data-v="d"]');
filter_is('ONE-02 ONE-03 ONE-07', 'KNOWN as well');
like(js('location.hash'), qr/^#v=not-ok(?:,|%2C)KNOWN$/, 'the address says so');
is(js('document.activeElement.dataset.v ?? "none"'), 'none',
	'a click from nowhere moves no focus');
choose('#fw', 'mine');
filter_is('', 'ours has neither');
ok(shown('#empty') && !shown('#table'), 'and a sentence says so');
ok(!shown('.chip[data-v="diff"]'), 'one firmware alone differs from nothing');
click('#reset');
filter_is($all, 'all of it again');
is(js('location.hash'), '', 'and a plain address');
click('.chip[data-v="diff"]');
filter_is('ONE-02 ONE-03 ONE-04 ONE-05 ONE-07', 'where the firmwares differ');
click('#reset');
choose('#m', 'm-two');
click('.chip[data-v="k"]');
filter_is('ONE-01 ONE-02 ONE-03', 'what is ok on one machine');
is(js('document.querySelectorAll("thead .fw").length'), 1,
	'a firmware that was not on it has no column');
click('#reset');
for my $case ([ 'whether OPEN', 'ONE-02', 'in what is open' ],
	[ 'received 3', 'ONE-02 ONE-03 ONE-07', 'in what was received' ],
	[ 'd77 b.fails', 'ONE-03', 'by defect and case' ],
	[ '"its"', 'ONE-02', 'of a quote' ], [ 'nothing at all', '', 'for nothing' ]) {
	choose('#q', $case->[0]);
	filter_is($case->[1], "search $case->[2]");
}
click('#reset');

# The details.
click('[data-id="ONE-02"] .text');
my $detail = content('.detail');
like($detail, qr/SBI specification, A section, since SBI 0\.3/, 'where it stands');
like($detail, qr/Open: Whether <i> is open\./, 'what is open');
like($detail, qr/a\.known Case a\.known mine ✓ ok m-one/,
	'the cases with the machine');
like($detail, qr/other ! KNOWN m-one, m-three-with-a-long-name Known defect D77: a defect/,
	'the defect, and where');
like($detail, qr/issue <9> expected 1, received 3/, 'its reference and the values');
like($detail, qr/Other values on m-three-with-a-long-name ✓/,
	'other values of the same defect apart');
like(js('document.querySelector(".more pre").textContent'), qr/received 4 \[of 5\]/,
	'where they can be opened');
like($detail, qr/ok m-two a\.ok Case/, 'then what holds');
is(js('document.querySelector("main script, main i:not(.stack i)")?.outerHTML'), undef,
	'and no text becomes an element');
is(content('.detail .want') . ' ' . content('.detail .got'), '1 3',
	'both values are marked');
is(js('document.querySelector("[data-id=\'ONE-02\'] .row").ariaExpanded'), 'true',
	'the row says that it is open');
is(js('location.hash'), '#id=ONE-02', 'and the address which');
click('[data-id="ONE-02"] .text');
ok(!shown('.detail'), 'and closes');
click('[data-id="ONE-03"] .text');
$detail = content('.detail');
like($detail, qr/Cases that hold only our firmware.*b\.fails/, 'cases of ours apart');
like($detail, qr/not ok m-one The firmware or the hart died\./, 'who died');
like($detail, qr/25 more lines/, 'a long diagnosis is cut');
(my $pictures = $nasty) =~ s/([\0-\x08\x0b-\x1f])/chr(0x2400 + ord $1)/ge;
ok(js('document.querySelector(".detail").textContent.includes('
	. quoted($pictures) . ')'), 'texts are there as they were');

# A link into the page.
click('.detail a.id');
sleep 1 if rows() !~ /a\.known/;
is(rows(), 'a.skip a.known a.ok a.lost a.never a.unheard b.fails',
	'the name of a case leads to the cases');
ok(shown('.detail[data-of]'), 'with its details');
like(content('.detail'), qr/Its clauses? ONE-02 .* ONE-03/, 'which lead back');
see('view=cases&fw=other&m=m-one&v=not-ok,SKIP&q=case&id=b.fails');
is(rows(), 'a.skip a.never b.fails', 'an address keeps the filter');
is(js('[...document.querySelectorAll(".control")].map((e) => e.value).join("|")'),
	'|case|other|m-one|', 'the controls show it');
is(js('[...document.querySelectorAll(".chip[aria-pressed=true]")]'
	. '.map((e) => e.dataset.v).join("")'), 'fs', 'the buttons too');
ok(shown('.detail[data-of="b.fails"]'), 'and what was open is');
see('view=nonsense&fw=nobody&v=maybe&id=none');
is(rows(), $all, 'nonsense in the address does no harm');
see();
click('button.widen[data-fw="other"]');
is(js('document.querySelectorAll("[data-id=\'ONE-01\'] .mv").length'), 3,
	'a column for each machine');
is(content('[data-id="ONE-01"] .mv'), '– SKIP', 'with its verdict');
click('button.widen[data-fw="other"]');
is(js('document.querySelectorAll(".mv").length'), 0, 'which can be put away');

# Other views.
click('[data-view="known"]');
like(content('#known tbody'), qr/^D77 a defect .*issue <9> other a\.known$/, 'known defects');
ok(!shown('#matrix') && !shown('#environment'), 'and nothing else');
click('[data-view="environment"]');
like(content('#environment'), qr/OpenSBI 0x10008 \(id 1\)/, 'who the firmware is');
click('#environment details:last-of-type summary');
like(content('#environment details[open]'), qr/fact <\/script>|unbreakable/,
	'and what the machine was');

# The bring-up reports.
click('[data-view="bringup"]');
like(content('[data-view="bringup"]'), qr/^Bring-up 2$/, 'as many as there are');
like(content('#bringup article h2'), qr/^board$/, 'each with its name');
is(js('document.querySelectorAll("#bringup article .heat").length'), 4,
	'a heat map for each hart');
is(content('#bringup .heat tbody tr td:nth-child(5)'), '✗ 3', 'with its numbers');
is(js('document.querySelector("#bringup .histogram").getAttribute("role")'), 'img',
	'the histogram is a picture with a name');
ok(!shown('#matrix') && !shown('#environment'), 'and nothing else');
like(js('location.hash'), qr/view=bringup/, 'the address says so');
click('[data-view="clauses"]');
ok(!shown('#bringup'), 'which is put away');

# Keys.
see();
$b->key('/', '/');
is(js('document.activeElement.id'), 'q', '/ goes to the search');
$b->key($_, $_) for qw(l a s t);
is(js('document.getElementById("q").value'), 'last', 'which takes letters');
is(rows(), $all, 'and finds the section');
$b->key('x', 'x');
is(rows(), '', 'at once');
$b->key('Escape');
is(rows(), $all, 'Escape gives it up');
js('document.querySelector(".row").focus()');
$b->key('ArrowDown');
is(js('document.activeElement.textContent'), 'ONE-02', 'arrows go through the rows');
$b->key('Enter', "\r");
ok(shown('.detail[data-of="ONE-02"]'), 'Enter opens one');
$b->key('ArrowDown');
is(js('document.activeElement.textContent'), 'ONE-03', 'and they go over details');
js('document.querySelector(".chip").focus()');
$b->key('Enter', "\r");
is(js('document.activeElement.dataset.v'), 'f', 'a filter keeps the focus');
is(js('[...document.querySelectorAll("button, input, select, a")].filter((e) =>'
	. ' !(e.textContent.trim() || e.ariaLabel)).length'), 0,
	'all that can be used has a name');

ThePage::is_quiet();
done_testing;
