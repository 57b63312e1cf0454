#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The pictures of the report show what bringup measured, or nothing.

use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use FindBin;
use lib $FindBin::RealBin, "$FindBin::RealBin/../report",
	"$FindBin::RealBin/../../scripts", "$FindBin::RealBin/../../scripts/report.d";
use BringupPage;
use Fake;
use File::Path qw(make_path remove_tree);
use Histogram;
use MadeUp;
use Test::More;

sub report {
	my (@args) = @_;
	my $command = join ' ', map { "'$_'" } "$scripts/report", '--out', "$dir/out",
		'--results', "$dir/results", '--catalogue', "$dir/catalogue.md", @args;
	my $said = `$command 2>$dir/stderr`;
	return ($said, slurp("$dir/stderr"), $? >> 8);
}

sub page {
	my ($name) = @_;
	my $page = slurp("$dir/out/$name");
	utf8::decode($page);
	return $page;
}

# The pictures alone.
my $file = write_bringup($dir, 'board');
my ($out, $err, $status) = report('--only-bringup', '--bringup', $file);
is($status, 0, 'the pictures need no results of the suite');
like($out, qr{^report: \S+/out/bringup\.html$}, 'and are told where they are');
is_deeply([ map { s{.*/}{}r } glob "$dir/out/*" ], ['bringup.html'], 'alone');
my $html = page('bringup.html');

# The heat map: a row for each event, a cell for each hardware counter.
my ($heat) = $html =~ m{<table class="heat">(.*?)</table>}s;
is_deeply([ $heat =~ m{class="csr"><span>([^<]*)<}g ],
	[ '0 cycle', '2 instret', '3 hpm3', '4 hpm4' ], 'the hardware counters');
my %row = $heat =~ m{<tr><th scope="row" class="id">([^<]*)</th>(.*?)</tr>}g;
sub cells {
	my ($event) = @_;
	return [ map { s/<[^>]*>//gr } $row{$event} =~ m{<td[^>]*>(.*?)</td>}g ];
}
is_deeply(cells('cycles'),
	[ '20000 arithmetic', 100, 'not taken', '✗ 3', '&gt;65k', '✗ BROKEN' ],
	'what each counter counted, one that does not count and one far too often');
is_deeply(cells('stalled-backend'),
	[ 'none', 'not taken', 'not taken', 'taken', 'taken', '? UNKNOWN' ],
	'an event that nothing makes happen');
like($row{cycles}, qr{title="cycles on counter 3 \(hpm3\): 3 % of 20000 arithmetic, not counted"}, 'a cell says it in words, too');
is(BringupPage::shade($_->[0]), $_->[1], "$_->[0] % has the shade $_->[1]")
	for [ 0, 'h0' ], [ 1, 'h1' ], [ 99, 'h3' ], [ 125, 'h4' ], [ 65535, 'h6' ];

# The filters.
my ($filters) = $html =~ m{<table class="plain filters">(.*?)</table>}s;
my ($modes) = $filters =~ m{<tr>(<th scope="row">.*?)</tr>}s;
is_deeply([ map { s/<[^>]*>/ /gr =~ s/\s+/ /gr } $modes =~ m{<td[^>]*>(.*?)</td>}g ],
	[ ' ✓ OK inhibited 0, alone 20048 ', ' ✗ BROKEN inhibited 7, alone 20001 ',
	'no such mode', ' – ABSENT refused, error -2 ', ' ✓ OK inhibited 0 ' ],
	'each mode with its verdict and both numbers');

# The histogram, as picture and table.
like($html, qr{<svg class="histogram"[^>]* role="img" aria-label="[^"]+">},
	'the picture has a name');
is_deeply([ $html =~ m{<rect [^>]*><title>([^<]*)</title>}g ], [ '3: 2', '5: 1' ],
	'a bar for each bin that has samples');
like($html, qr{<th scope="row">3</th><td>2</td></tr>\s*<tr><th scope="row">5</th><td>1</td>},
	'and a row');
like($html, qr/3 of 4 samples came, of counter 3, each 20000 counts/, 'and how many came');
sub shape { return join ' ', map { "$_->[0]-$_->[1]:$_->[2]" } Histogram::bins(@_) }
is(shape(7), '7-7:1', 'one value is one bin');
is(shape(0, 40), '0-4:1 5-9:0 10-14:0 15-19:0 20-24:0 25-29:0 30-34:0 35-39:0 40-44:1',
	'bins of one width');
is(shape(3, 3, 4, 90), '2-4:3 5-9:0 10-19:0 20-49:0 50-99:1',
	'growing ones where a value is far away');
is(shape(0, 0, 1000), '0-0:2 1-1:0 2-4:0 5-9:0 10-19:0 20-49:0 50-99:0 100-199:0'
	. ' 200-499:0 500-999:0 1000-1999:1', 'also from 0');
my @many = map { int(rand 1 << 30) >> int rand 30 } 1 .. 500;
is(eval { my $n = 0; $n += $_->[2] for Histogram::bins(@many); $n }, 500, 'none is lost');
cmp_ok(scalar(Histogram::bins(1 .. 100_000)), '<=', 21, 'many values are few bins');

# Findings, and texts that are no markup.
my ($list) = $html =~ m{<table class="plain found-list">(.*?)</table>}s;
like($list, qr{<th scope="row">event</th><td>0</td><td>cycles: &lt;b&gt; &amp; &quot;}s,
	'findings are escaped');
unlike($list, qr/harmless/, 'and those that are OK are only counted');
like($html, qr{OK</span> 1\b}, 'which they are');
unlike($html =~ s{<!-- SPDX.*?-->}{}r, qr/<!--|<script/, 'no text opens a comment or script');
unlike($html, qr{(?:src|href)="(?!data:|#)|\@import|url\(}i, 'the page asks for nothing');
is(unbalanced($html), '', 'each element that is opened is closed');
like($html, qr{<details class="run"><summary><b>Hart 1</b>}, 'other harts can be opened');
like($html, qr/No samples were taken/, 'and say what was not measured');

# Beside the verdicts of the suite.
write_file('catalogue.md', $catalogue);
write_results($dir);
make_path("$dir/bringup");
write_bringup($dir, 'bringup/one');
write_bringup($dir, 'bringup/two', harts => [], pmu => JSON::PP::false);
($out, $err, $status) = report();
is($status, 0, 'the folder beside the results is taken');
my $index = page('index.html');
like($index, qr{<section id="bringup"[^>]* data-number="2">}, 'with all that is in it');
like($index, qr{<h2>one</h2>.*<h2>two</h2>.*There is no PMU extension}s,
	'also of a firmware without the extension');
remove_tree("$dir/bringup");
report();
like(page('index.html'), qr{<section id="bringup"[^>]* data-number="0"></section>},
	'without reports there is nothing');

# What is no report is named, and the page of before stays.
sub refuses {
	my ($name, $pattern, @args) = @_;
	make_path("$dir/out");
	write_file('out/bringup.html', 'before');
	my ($said, $why, $status) = report('--only-bringup', @args);
	isnt($status, 0, "$name is refused");
	like($why, qr/^sbi-pmu: $pattern/, 'with the reason');
	is(($why =~ tr/\n//), 1, 'in one line') or diag($why);
	is(slurp("$dir/out/bringup.html"), 'before', 'and the page of before stays');
}
refuses('no report', qr/there are no reports of bringup: run make bringup first/);
refuses('a missing file', qr/.*none: cannot be read: /, '--bringup', "$dir/none");
for my $bad ([ 'half a file', '{ "harts": [', 'not a report of bringup' ],
	[ 'a list', '[]', 'not a report of bringup' ],
	[ 'another JSON', '{ "format": 1 }', 'not a report of bringup' ],
	[ 'an older one', '{"harts":[{"hart":0}],"findings":[]}', 'of an older bringup' ],
	[ 'an unknown verdict', '{"harts":[],"findings":[{"verdict":"fine"}]}',
		"a finding has the verdict 'fine'" ]) {
	my ($name, $text, $why) = @$bad;
	my $path = write_file('bad.json', $text);
	refuses($name, qr/\Q$path: $why\E.*: remove it and run make bringup again/,
		'--bringup', $path);
}

# The first element that has no end, or an end that has no element.
sub unbalanced {
	my ($text) = @_;
	my @open;
	while ($text =~ m{<(/?)([a-z0-9]+)[^>]*?(/?)>}g) {
		my ($close, $name, $empty) = ($1, $2, $3);
		next if $empty || $name =~ /^(?:meta|link|br)$/;
		return "</$name>" if $close && (pop(@open) // '') ne $name;
		push @open, $name unless $close;
	}
	return join ' ', @open;
}

done_testing;
