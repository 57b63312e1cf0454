#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/bench compares two firmwares, their targets, and a committed table.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use File::Path qw(make_path);
use JSON::PP;
use Test::More;

sub row {
	my ($name, $instructions, %more) = @_;
	my %row = (calls => 1, pmu => 1, done => 1, %more);
	return "bench: row=$name; calls=$row{calls}; pmu=$row{pmu}; done=$row{done};"
		. " instructions=$instructions; first=$instructions" . ($row{end} // '');
}

# What a firmware prints, as a shell script
sub prints {
	my (@lines) = @_;
	return join '', map { "echo '$_'\n" } 'OpenSBI v9.9', @lines, 'bench: end';
}

sub bench {
	my ($ours, $stock, @args) = @_;
	machine("case \"\$*\" in *stock-fw*)\n${stock};;\n*)\n${ours};;\nesac");
	write_file('stock-fw', '');
	my $t = write_file('rig.t', "# A rig.\nqemu: 64\nicount: shift=0\nrows: calls linux\n");
	my $cmd = join ' ', map { "'$_'" } "$scripts/bench", '--fw', "$dir/fw", '--stock-fw',
		"$dir/stock-fw", '--payload', "$dir/suite", '--out', "$dir/out", '--targets',
		"$dir/targets", '--expected', "$dir/expected", '--docs', $dir, '--compiler', 'cc 1', @args, $t;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, $? >> 8, slurp("$dir/stderr"));
}

sub check {
	my ($lines, @args) = @_;
	return bench(prints(@$lines), 'exit 1', '--check', @args);
}

write_file('targets', <<'END');
# row | of | ratio
empty call of another extension | whole | 1
start+stop * | added | 1/3
timer, 16 running | timer, 0 running | 1/5
linux: * | added | 1/2
timer, 0 running | whole | 1+8
timer, 1 running | whole | 1+8
END
my @empty = (row('empty call of another extension', 300, pmu => 0), row('NUM_COUNTERS', 100));
my ($out, $status, $error) = bench(prints(@empty, row('start+stop 1 hw', 300, calls => 2,
	pmu => 2), row('linux: b', 200), row('linux: c', 180), row('timer, 0 running', 358, pmu => 0),
	row('timer, 1 running', 359, pmu => 0), row('timer, 16 running', 368, pmu => 0),
	row('snapshot', 77), row('other', 120)),
	prints(row('empty call of another extension', 299, pmu => 0), row('NUM_COUNTERS', 280),
	row('start+stop 1 hw', 860, calls => 2, pmu => 2), row('linux: b', 400), row('linux: c', 300),
	row('timer, 0 running', 350, pmu => 0), row('timer, 1 running', 350, pmu => 0),
	row('timer, 16 running', 400, pmu => 0),
	'bench: row=snapshot; refused=-2; function=7', row('other', 300, done => 0)));
is($status, 0, 'a comparison is a success, whatever it shows');
like($out, qr/^rig: A rig\.$/m, 'the machine is named');
like($out, qr/^start\+stop 1 hw +300 +860 +0\.35 +100 +300 +0\.33 +1\/3 met$/m,
	'what is added to the empty PMU calls meets its target');
like($out, qr/^empty call of another extension +300 +299 +1\.00 .*1 MISSED$/m,
	'one instruction more than stock is a target missed');
like($out, qr/^timer, 16 running +368 +400 +0\.92 +10 +50 +0\.20 +1\/5 met$/m,
	'a target can be about what is added to another row');
like($out, qr/^timer, 0 running +358 .*1\+8 met$/m, 'or allow some instructions more');
like($out, qr/^timer, 1 running +359 .*1\+8 MISSED$/m, 'and no more than these');
like($out, qr/^linux: b +200 +400 +0\.50 +100 +120 +0\.83 +1\/2 whole$/m,
	'a target met only by the whole row is told apart');
like($out, qr/^linux: c .* MISSED$/m, 'and one that is missed either way');
like($out, qr/^snapshot +77 +- +- +-?\d+ +- +-$/m, 'what stock lacks is a dash');
like($out, qr/^other \* +120 +300 /m, 'different answers are marked');
like($out, qr/^rig: 3 of 7 targets missed$/m, 'and there is a sum');
cmp_ok(length, '<=', 100, 'a line fits into 100 columns') for
	sort { length $b <=> length $a } split /\n/, $out =~ s/^more in .*//mr;
my $json = JSON::PP->new->decode(slurp("$dir/out/bench.json"));
my ($line) = grep { $_->{name} eq 'start+stop 1 hw' } @{ $json->{machines}{rig}{rows} };
is_deeply([ @$line{qw(ours stock verdict)} ], [ 300, 860, 'met' ], 'JSON has the same');
my $svg = slurp("$dir/out/bench.svg");
like($svg, qr/^<svg .*<\/svg>$/s, 'there is a picture');
like($svg, qr/>start\+stop 1 hw<.*>860<.*>300</s, 'with both numbers of a row');
unlike($svg, qr/snapshot/, 'and without rows that only one has');

($out, $status, $error) = bench(prints(row('a', 5, end => '; varies')), prints());
is($status, 2, 'a row that varies is an error');
like($error, qr/^sbi-pmu: bench: rig, .*'a' takes another number of instructions each time/,
	'which is said');
($out, $status, $error) = bench("echo 'bench: stopped: no PMU'", prints());
like($error, qr/^sbi-pmu: bench: rig, \S+: no PMU$/, 'so is what stops the payload');
($out, $status, $error) = bench("echo 'sbi_trap_error: dead'", prints());
like($error, qr/did not come to its end; its last line is 'sbi_trap_error: dead'$/,
	'and an early end');
($out, $status, $error) = bench('exec sleep 60', prints(), '--timeout', '0.5');
is($status, 2, 'a machine that does not end is an error');
like($error, qr/^sbi-pmu: bench: the machine does not end within 0\.5 s/, 'which is said');

# Sizes: of the objects that are in the library, and of what a hart has

make_path(map { "$dir/$_/lib/sbi/pmu" } qw(o s));
write_file("o/lib/sbi/pmu/$_", '') for qw(core.o old.o domain.o);
write_file('size', <<'END', 0755);
#!/bin/sh
case $1 in */o/lib/libsbi.a) echo '100 20 3 123 7b core.o (ex libsbi.a)';; esac
echo '   text    data     bss     dec     hex filename'
echo '1000 200 30 1230 4ce sbi_pmu.o (ex libsbi.a)'
echo '5000 200 30 5230 146e sbi_timer.o (ex libsbi.a)'
END
write_file('readelf', <<'END', 0755);
#!/bin/sh
case $2 in */domain.o) name=domain_pmu size=48;; *) name=sbi_pmu_hart_state size=40;; esac
echo ' <1><10>: Abbrev Number: 2 (DW_TAG_structure_type)'
echo '    <11>   DW_AT_name        : (indirect string, offset: 0x1): other'
echo '    <12>   DW_AT_byte_size   : 8'
echo ' <1><20>: Abbrev Number: 2 (DW_TAG_structure_type)'
echo "    <21>   DW_AT_name        : (indirect string, offset: 0x9): $name"
echo "    <22>   DW_AT_byte_size   : $size"
END
my @sizes = ('--ours', "$dir/o", '--stock', "$dir/s", '--size', "$dir/size", '--readelf',
	"$dir/readelf");
($out, $status, $error) = bench(prints(@empty), prints(@empty), @sizes);
is($status, 0, 'sizes are told') or diag($error);
like($out, qr/^RV64 code and constants +1100 +1000 +1\.10$/m, 'code of objects of the library');
like($out, qr/^RV64 data +253 +230 +1\.10$/m, 'data, zeroes included');
like($out, qr/^RV64 data of a hart +48 +40 +1\.20$/m, 'and what each hart has');
write_file('size', "#!/bin/sh\necho nothing\n", 0755);
($out, $status, $error) = bench(prints(@empty), prints(@empty), @sizes);
like($error, qr/libsbi\.a has no objects of the PMU/, 'a library without them is an error');

# The committed table

my $page = "text\n<!-- make bench-update writes this -->\nold\n<!-- until here -->\nmore\n";
write_file('performance.md', $page);
my @two = (row('a', 1000), row('b', 100));
($out, $status) = bench(prints(@two), prints(@two), '--update');
is($status, 0, 'the table is written');
like(slurp("$dir/performance.md"), qr/^text\n.* this -->\n.*^    cc 1, OpenSBI v9\.9:.*until here -->\nmore\n$/sm,
	'the page gets new tables in their place');
unlike(slurp("$dir/performance.md"), qr/old/, 'the old ones go');
ok(-s "$dir/bench.svg", 'and the picture is there');
like(slurp("$dir/expected"), qr/^compiler: cc 1\nopensbi: v9\.9\n\n\[rig\]\n +1000  a\n +100  b\n/m,
	'with compiler, OpenSBI, machine and rows');
($out, $status) = check([ row('a', 1020), row('b', 100) ]);
is($status, 0, 'two percent more are accepted');
like($out, qr/^bench-check: 2 rows, none slower/m, 'and the rows are counted');
($out, $status, $error) = check([ row('a', 1021), row('b', 100) ]);
is($status, 1, 'more are not');
is($error, "sbi-pmu: bench-check: rig: 'a' got slower: 1021 instructions instead of 1000,"
	. " +2.1 %\n", 'which is said in one line');
unlike($out, qr/none slower/, 'and not the contrary');
($out, $status) = check([ row('a', 980), row('b', 97) ]);
is($status, 0, 'faster is no failure');
like($out, qr/^bench-check: rig: 'b' got faster: 97 instructions instead of 100, -3\.0 %$/m,
	'but told');
unlike($out, qr/'a' got faster/, 'if it is more than two percent');
like($out, qr/make bench-update writes a table/, 'with what to do');
($out, $status, $error) = check([ row('a', 1000) ]);
is($status, 1, 'a missing row fails');
like($error, qr/^sbi-pmu: bench-check: rig: 'b' is missing: make bench-update/, 'by name');
($out, $status, $error) = check([ row('a', 1000), row('b', 100), row('c', 1) ]);
is($status, 1, 'a new row fails');
like($error, qr/'c' is new: make bench-update adds it/, 'by name');
($out, $status, $error) = check([ row('a', 1000), 'bench: row=b; refused=-3; function=2' ]);
is($status, 1, 'a refused row fails');
like($error, qr/'b' is refused with error -3/, 'with the error');
($out, $status) = check([ row('a', 9000) ], '--compiler', 'cc 2');
is($status, 0, 'the table of another compiler says nothing');
like($out, qr/^bench-check: skipped: the table is of cc 1, and the compiler here is cc 2$/m,
	'which is said');
my $before = slurp("$dir/expected");
($out, $status, $error) = bench(prints('bench: row=a; refused=-3; function=2'), prints(@two),
	'--update');
isnt($status, 0, 'a table with a refused row is not written');
is(slurp("$dir/expected"), $before, 'the old one stays');
write_file('performance.md', "text\n");
($out, $status, $error) = bench(prints(@two), prints(@two), '--update');
like($error, qr/performance\.md: the place for the tables is not there$/, 'so a page without a place');
unlink "$dir/expected";
($out, $status, $error) = check([ row('a', 1) ]);
like($error, qr/expected: cannot be read: .*: make bench-update writes it$/,
	'without a table it says what to do');

done_testing;
