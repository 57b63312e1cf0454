#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The report says what the results say, whatever they contain, or nothing.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin, "$FindBin::RealBin/../report";
use Fake;
use MadeUp;
use File::Path qw(make_path remove_tree);
use Test::More;

write_file('catalogue.md', $catalogue);

sub report {
	my (@args) = @_;
	my @command = ("$scripts/report", '--results', "$dir/results",
		'--catalogue', "$dir/catalogue.md", '--out', "$dir/out", @args);
	my $command = join ' ', map { "'$_'" } @command;
	my $said = `$command 2>$dir/stderr`;
	return ($said, slurp("$dir/stderr"), $? >> 8);
}

write_results($dir);
my ($out, $err, $status) = report();
is($status, 0, 'a report of failures is a success of the report');
is($err, '', 'which complains about nothing');
my ($mine, $theirs, $where) = split /\n/, $out;
is($mine, 'mine on 1 machine: clauses: 6 ok, 0 not ok, 0 KNOWN, 0 SKIP,'
	. ' 1 not run; cases: 6 ok, 0 not ok, 0 KNOWN, 0 SKIP, 1 not run',
	'a line per firmware, ours first');
is($theirs, 'other on 2 machines: clauses: 1 ok, 1 not ok, 2 KNOWN, 1 SKIP,'
	. ' 2 not run; cases: 2 ok, 1 not ok, 1 KNOWN, 1 SKIP, 2 not run',
	'a known defect is neither ok nor not ok, nor missing');
like($where, qr{^report: \S+/out/index\.html }, 'and where it is');

# The JSON: the verdicts of the clauses.
my $all = $json->decode(slurp("$dir/out/results.json"));
my %worst = map { $_->{id} => $_->{verdicts}{other}{worst} } @{ $all->{clauses} };
is_deeply(\%worst, { 'ONE-01' => 'ok', 'ONE-02' => 'KNOWN', 'ONE-03' => 'not ok',
	'ONE-04' => 'not run', 'ONE-05' => 'SKIP', 'ONE-06' => 'not run',
	'ONE-07' => 'KNOWN' },
	'a clause has the worst verdict of its cases on all machines');
is_deeply($all->{clauses}[1]{verdicts}{other}{machines},
	{ 'm-one' => 'KNOWN', 'm-two' => 'ok' }, 'and one on each machine');
is($all->{clauses}[1]{verdicts}{mine}{worst}, 'ok', 'and on each firmware');
is($all->{summary}{other}{cases}{KNOWN}, 1, 'the summary counts KNOWN');
is_deeply([ map { @$_{qw(id cases firmwares)} } @{ $all->{known} } ],
	[ 'D77', ['a.known'], ['other'] ], 'the defect names cases and firmware');
my ($run) = grep { $_->{firmware}{name} eq 'other' } @{ $all->{runs} };
is($run->{cases}[3]{diag}[0], "got $nasty", 'texts come through as they were');

# The page: one element holds all data, and nothing can end it early.
my $page = slurp("$dir/out/index.html");
utf8::decode($page);
my ($data) = $page =~
	m{<script type="application/json" id="data">(.*?)</script>}s;
my $of_page = eval { JSON::PP->new->decode($data // '') } || {};
my %text = map { $_ => 1 } @{ $of_page->{texts} || [] };
ok($text{$_}, 'the page has every text as it was')
	for "got $nasty", "no <hardware> $nasty", "fact $nasty", "about $nasty";
is($of_page->{known}[0]{text}, "a defect $nasty", 'and that of the defect');
my ($static) = $page =~ m{<noscript>(.*)</noscript>}s;
like($static, qr{<td>ONE-02</td><td>The `&lt;b&gt;` clause &amp; &quot;its&quot;},
	'without script the readings are there, escaped');
like($static, qr{First &amp; &lt;last&gt; section}, 'and the sections');
my %short = (ok => 'ok', known => 'KNOWN', fail => 'not ok', skip => 'SKIP',
	none => 'not run');
while ($static =~ m{<tr><td>(ONE-..)</td>.*?class="pill\ (\w+)">[^<]*</span></td>
	<td><span\ class="pill\ (\w+)"}gx) {
	is($short{$3}, $worst{$1}, "and the verdict on $1");
	delete $worst{$1};
}
is_deeply(\%worst, {}, 'of every clause');
unlike($page =~ s{<!-- SPDX.*?-->}{}r, qr/<!--/, 'no text opens a comment');
(my $outside = $page) =~ s{<script.*?</script>}{}sg;
unlike($outside, qr{(?:src|href)="(?!data:|#)|\@import|url\(}i,
	'the page asks for nothing');

# JUnit: whatever the texts hold, XML can be read.
my $xml = slurp("$dir/out/junit.xml");
utf8::decode($xml);
unlike($xml, qr/[^\t\n\x{20}-\x{d7ff}\x{e000}-\x{fffd}]/,
	'no character that XML cannot have');
is(unbalanced($xml), '', 'JUnit XML is well formed');
SKIP: {
	skip 'there is no xmllint', 1 unless grep { -x "$_/xmllint" }
		split /:/, $ENV{PATH};
	is(`xmllint --noout '$dir/out/junit.xml' 2>&1`, '', 'xmllint agrees');
}

sub unbalanced {
	my ($text) = @_;
	my @open;
	$text =~ s/^<\?xml[^>]*\?>\n//;
	while ($text =~ s{^([^<]*)<(/?)([a-z-]+)((?:\ [a-z]+="[^<"]*")*)(/?)>}{}) {
		my ($before, $close, $name, $attributes, $empty) = ($1, $2, $3, $4, $5);
		return "$before$attributes" if "$before$attributes" =~
			/&(?!(?:amp|lt|gt|quot|#\d+);)/;
		return "]]> in $before" if $before =~ /]]>/;
		return "</$name>" if $close && pop(@open) ne $name;
		push @open, $name unless $close || $empty;
	}
	return $text =~ s/^\s+$//r . join ' ', @open;
}
my ($suite) = $xml =~ m{(<testsuite name="other\.m-one".*?</testsuite>)}s;
like($suite, qr/tests="6" failures="1" errors="0" skipped="3" time="1.500"/,
	'known defects count as skipped in JUnit');
like($suite, qr{name="a\.known"><properties>.*?"known-defect"\ value="D77".*?
	<skipped\ message="known\ defect\ D77:\ a\ defect}x,
	'with the defect as the message');
like($suite, qr{name="b\.fails"><failure\ type="died"\ message="got\ &lt;/script&gt;
	[^"]*&\#9;}x,
	'a failure has what was received as the message');
like($suite, qr{<testcase classname="other\.m-one\.a" name="a\.ok"/>},
	'and what passed says no more');

# A run that broke off fails a build although no case does.
write_result($dir, 'other', 'm-two', $MadeUp::other{'m-two'}, complete => JSON::PP::false,
	faults => [ 'does not power <off>' ]);
($out, $err, $status) = report();
like($out, qr/^other .*; 1 run with faults$/m, 'a faulty run is in the summary');
$xml = slurp("$dir/out/junit.xml");
like($xml, qr/"other\.m-two" tests="7" failures="2"/, 'its faults are failures');
like($xml, qr/message="does not power &lt;off&gt;"/, 'and say which');
$all = $json->decode(slurp("$dir/out/results.json"));
is_deeply($all->{notes}, [ 'other on m-two: does not power <off>',
	'other on m-two: the run did not reach its end' ], 'the notes name them');

# What scripts/run-suite writes is what the report reads.
write_results($dir);
make_path("$dir/results/fresh");
run_suite(<<'END', '--json', "$dir/results/fresh/fake.json");
echo 'TAP version 13'; echo 1..1; echo '# case 1 a.ok: Real'
echo 'ok 1 - a.ok: Real'; echo '# end of suite'
END
($out, $err, $status) = report();
like($out, qr/^fresh on 1 machine: .* cases: 1 ok, 0 not ok/m,
	'a result of run-suite is read');

# What is no result is named, and the report of before stays whole.
sub refuses {
	my ($name, $pattern, @args) = @_;
	make_path("$dir/out");
	write_file("out/$_", 'before') for qw(index.html junit.xml results.json);
	my ($said, $why, $status) = report(@args);
	isnt($status, 0, "$name is refused");
	like($why, $pattern, 'with the reason');
	is(($why =~ tr/\n//), 1, 'in one line') or diag($why);
	is($said, '', 'and no summary');
	is_deeply([ map { slurp("$dir/out/$_") } qw(index.html junit.xml results.json) ],
		[ ('before') x 3 ], 'and the report of before stays');
	is_deeply([ glob "$dir/out/*.tmp" ], [], 'and nothing half written');
}

sub refuses_result {
	my ($name, $pattern, $content) = @_;
	write_results($dir);
	my $file = ref $content ? write_result($dir, 'other', 'm-bad', [], %$content)
		: write_file('results/other/m-bad.json', $content);
	refuses($name, qr{\Q$file\E: .*$pattern.*: remove it and run make conformance again});
}
refuses_result('broken JSON', 'not a result', '{ "format": 1, "cas');
refuses_result('an empty file', 'not a result', '');
refuses_result('another format', 'not a result', { format => 2 });
refuses_result('a list', 'not a result', '[]');
refuses_result('a run of no machine', 'names no machine', { machine => {} });
refuses_result('a run of no firmware', 'tells nothing of the firmware',
	{ firmware => undef });
refuses_result('an unknown verdict', qr/case a\.x has the verdict 'fine'/,
	{ cases => [ case('a.x', 'fine') ] });
refuses_result('a KNOWN without defect', qr/a\.x is KNOWN and does not say/,
	{ cases => [ case('a.x', 'KNOWN') ] });
refuses_result('a case without id', 'has a case without an id',
	{ cases => [ { verdict => 'ok' } ] });
refuses_result('a diagnosis that is none', qr/diagnosis of case a\.x/,
	{ cases => [ case('a.x', 'ok', diag => 'text') ] });

write_results($dir);
write_result($dir, 'other', 'm-again', [], machine => { name => 'm-one' });
refuses('the same run twice', qr/a second result of other on m-one/);
write_results($dir);
refuses('a broken catalogue', qr/none\.md:0: cannot be read/, '--catalogue',
	"$dir/none.md");
remove_tree("$dir/results");
refuses('no result', qr/there are no results in .*: run make conformance first/);

write_results($dir);
for my $name ('index.html', 'results.json') {
	remove_tree("$dir/out");
	make_path("$dir/out/$name");
	my ($said, $why, $status) = report();
	isnt($status, 0, "a $name that cannot be written is an error");
	like($why, qr{out/\Q$name\E: cannot be written: }, 'with the reason');
	is_deeply([ grep { -f } glob "$dir/out/*" ], [], 'and nothing is left');
}
write_file('file', '');
($out, $err, $status) = report('--out', "$dir/file/out");
isnt($status, 0, 'a folder that cannot be made is an error');
like($err, qr{file/out: cannot be made: .*: give another one with --out},
	'which says what to do');
is(($err =~ tr/\n//), 1, 'in one line');

done_testing;
