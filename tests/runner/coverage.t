#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/coverage fails on what has not run, and on exceptions that are not
# true; the counters of a firmware get into a data file as gcov reads it.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin, "$FindBin::RealBin/../../scripts";
use Fake;
use File::Path qw(make_path);
use Gcda;
use JSON::PP;
use Test::More;

make_path("$dir/lib/sbi/pmu");
write_file('lib/sbi/pmu/one.c', <<'END');
int f(int a)
{
	if (a)
		return 1;
	return 2;
}
int g(void)
{
	return 3;
}
END

# What a gcov would print: lines are [number, function, count, branches...].
sub gcov {
	my (@units) = @_;
	write_file('gcov', "#!/bin/sh\ncat $dir/gcov.json\n", 0755);
	write_file('gcov.json', join '', map {
		my ($file, @lines) = @$_;
		encode_json({ files => [ { file => $file, lines => [ map {
			my ($number, $function, $count, @taken) = @$_;
			+{ line_number => $number, function_name => $function,
				count => $count, branches => [ map { +{ count => $_ } } @taken ] };
		} @lines ] } ] }) . "\n";
	} @units);
}

sub coverage {
	my ($exceptions, @args) = @_;
	my $list = write_file('list', $exceptions);
	my $cmd = join ' ', map { "'$_'" } "$scripts/coverage", '--root', $dir,
		'--gcov', "$dir/gcov", '--exceptions', $list, @args, 'x.gcda';
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

my @f = ([ 1, 'f', 4 ], [ 3, 'f', 4, 1, 3 ], [ 4, 'f', 1 ], [ 5, 'f', 3 ]);
my @g = ([ 7, 'g', 1 ], [ 9, 'g', 1 ]);
gcov([ 'lib/sbi/pmu/one.c', @f, @g ], [ 'include/other.h', [ 1, 'h', 0 ] ]);
my ($out, $err, $status) = coverage('');
is($status, 0, 'everything runs') or diag("$out$err");
like($out, qr{^lib/sbi/pmu/one\.c +6 of +6 lines +2 of +2 branches$}m, 'and is counted');
unlike($out, qr/other/, 'what others wrote is left out');

# Two units that each ran the half of it, seen through an OpenSBI tree
my $link = '/tree/lib/sbi/pmu/one.c';
gcov([ $link, [ 3, 'f', 1, 1, 0 ] ], [ $link, [ 3, 'f', 1, 0, 1 ] ]);
is((coverage(''))[2], 0, 'counts of several units add up');
gcov([ $link, [ 3, 'f', 1, 1, 1 ] ], [ $link, [ 3, 'f', 1, 1, 1, 0, 1 ] ]);
($out, $err, $status) = coverage('');
is($status, 1, 'other branches in another build count for themselves');
like($out, qr{^lib/sbi/pmu/one\.c:3: f\(\): branch 3 of 4 not taken: if \(a\)$}m, 'by number');

gcov([ 'lib/sbi/pmu/one.c', [ 1, 'f', 4 ], [ 3, 'f', 4, 0, 4 ], [ 4, 'f', 0 ], [ 5, 'f', 4 ],
	[ 7, 'g', 0 ], [ 9, 'g', 0 ] ]);
($out, $err, $status) = coverage('');
is($status, 1, 'what has not run is a failure');
like($out, qr{one\.c:3: f\(\): branch 1 of 2 not taken: if \(a\)$}m, 'a branch');
like($out, qr{one\.c:4: f\(\): never runs: return 1;$}m, 'a line');
like($out, qr{one\.c:7: g\(\): never called$}m, 'a function, once');
unlike($out, qr/one\.c:9:/, 'and not line by line');
like($err, qr/^sbi-pmu: coverage: see above: [^\n]*\n\z/, 'with one line that says what to do');

sub entry {
	my (%e) = @_;
	return join('', map { "$_: $e{$_}\n" } sort keys %e) . "\n";
}
my %at = (file => 'lib/sbi/pmu/one.c', function => 'f', reason => 'none');
my $all = entry(%at, line => 'if (a)', branch => 1) . entry(%at, line => 'return 1;')
	. entry(%at, function => 'g');
($out, $err, $status) = coverage("# a comment\n$all");
is($status, 0, 'with a reason for each it passes') or diag("$out$err");
like($out, qr/ 4 excused$/m, 'and says how many there are');

sub wrong {
	my ($exceptions, $pattern, $what, @args) = @_;
	my ($out, $err, $status) = coverage($exceptions, @args);
	isnt($status, 0, "$what fails");
	like("$out$err", $pattern, 'with the reason');
}
wrong($all . entry(%at, line => 'return 2;'), qr/return 2;: line 5 runs$/m, 'a line that runs');
wrong(entry(%at, line => 'if (a)', branch => '1, 2'), qr/line 3 takes branch 2$/m,
	'a branch that is taken');
wrong(entry(%at, line => 'if (a)', branch => 3), qr/line 3 has no branch 3$/m,
	'a branch that is not there');
wrong(entry(%at, line => 'return 1;', branch => 1), qr/line 4 does not run at all$/m,
	'a branch of a line that never runs');
wrong(entry(%at, line => 'return 7;'), qr/there is no such line$/m, 'a line that is gone');
wrong(entry(%at, function => 'h'), qr/there is no such function$/m, 'a function that is gone');
wrong(entry(%at, function => 'f'), qr/line 1 runs$/m, 'a function that is called');
wrong("file: lib/sbi/pmu/one.c\nreason: x\n", qr/list:1: there is no 'function:'$/m,
	'an entry without function');
wrong("file: f\nfunction: f\n", qr/there is no 'reason:'$/m, 'one without reason');
wrong("kind: x\n", qr/list:1: not a line 'key: value'/, 'an unknown key');
wrong('', qr{^lib/sbi/pmu/two\.c: is not among what was built}m, 'a file that was not built',
	'--files', 'lib/sbi/pmu/one.c,lib/sbi/pmu/two.c');
write_file('gcov', "#!/bin/sh\necho no JSON\n", 0755);
wrong('', qr/^sbi-pmu: coverage: \S+gcov does not print JSON/m, 'an odd gcov');
write_file('gcov', "#!/bin/sh\nexit 3\n", 0755);
wrong('', qr/^sbi-pmu: coverage: \S+gcov failed/m, 'a gcov that fails');

# -- Counters out of memory ----------------------------------------------------

sub notes {
	my ($version, @functions) = @_;
	my $text = pack 'V4 V/a V', 0x67636e6f, unpack('N', $version), 0xabcd, 0, "/work\0", 1;
	for my $name (@functions) {
		my $body = pack 'V3 V/a', length $name, 2, 3, "$name\0";
		$text .= pack 'V2', 0x01000000, length $body;
		$text .= $body . pack 'V2 V2', 0x01430000, 8, 1, 2;
	}
	return write_file('one.gcno', $text);
}
my $notes = notes('B22*', 'f', 'gone', 'g');
my $readelf = write_file('readelf', <<'END', 0755);
#!/bin/sh
cat <<TABLE
    70: 0000000080000000     0 NOTYPE  GLOBAL DEFAULT    1 _fw_start
    73: 0000000000000000     0 FILE    LOCAL  DEFAULT  ABS one.c
    76: 0000000080000010    16 OBJECT  LOCAL  DEFAULT   12 __gcov0.f
    77: 0000000080000020     8 OBJECT  LOCAL  DEFAULT   12 __gcov0.g
    78: 0000000080000028     8 OBJECT  LOCAL  DEFAULT   12 other
TABLE
END
my $places = Gcda::places($readelf, 'elf');
is_deeply($places, { 'one.c' => { f => [ 0x10, 2 ], g => [ 0x20, 1 ] } },
	'counters are found by the symbols');
my $image = write_file('ram', "\0" x 16 . pack 'Q<3', 5, 1 << 40, 7);
my %sums;
Gcda::add_image(\%sums, $places, $image) for 1, 2;
is_deeply(\%sums, { 'one.c' => { f => [ 10, 2 << 40 ], g => [ 14 ] } },
	'counts of several images add up');
my $data = slurp(Gcda::write_file($notes, $sums{'one.c'}));
is(unpack('H*', $data), unpack('H*', join '',
	pack('V4', 0x67636461, unpack('N', 'B22*'), 0xabcd, 0),
	pack('V5 V2 Q<2', 0x01000000, 12, 1, 2, 3, 0x01a10000, 16, 10, 2 << 40),
	pack('V5 V2 Q<1', 0x01000000, 12, 1, 2, 3, 0x01a10000, 8, 14)),
	'the data file repeats what identifies each function');
write_file('ram', 'short');
ok(!eval { Gcda::add_image(\%sums, $places, $image) }, 'an image that ends early');
like($@, qr/ends before the counters of [fg]$/, 'is refused');
notes('B12*', 'f');
ok(!eval { Gcda::write_file($notes, {}) }, 'so is a compiler');
like($@, qr/a GCC before 12/, 'whose files look different');
write_file('readelf', "#!/bin/sh\necho\n", 0755);
ok(!eval { Gcda::places($readelf, 'elf') }, 'and a firmware without counters');
like($@, qr/elf has no counters/, 'with the reason');

# -- A whole run, of a firmware that is its notes -------------------------------

make_path(map { "$dir/$_" } qw(build/mutants tests/machines tests/glue lib/sbi));
write_file('tests/glue/glue.c', '');
notes('B22*', 'f');
write_file('none-gcc', <<'END', 0755);
#!/bin/sh
for arg; do last=$arg; done
case $last in
*.o) cp "$NOTES" "${last%.o}.gcno" && : >"$last" ;;
*.elf) : >"$last" ;;
esac
END
write_file('none-readelf', <<'END', 0755);
#!/bin/sh
cat <<TABLE
    70: 0000000000000000     0 NOTYPE  GLOBAL DEFAULT    1 _fw_start
    73: 0000000000000000     0 FILE    LOCAL  DEFAULT  ABS sbi_pmu.c
    76: 0000000000000008     8 OBJECT  LOCAL  DEFAULT   12 __gcov0.f
TABLE
END
# A gcov that tells from the data file how often the one line ran
write_file('none-gcov', <<'END', 0755);
#!/usr/bin/perl
my ($file) = grep { m{/rv64/lib/sbi/sbi_pmu\.gcda$} } @ARGV;
open(my $in, '<:raw', $file) or die;
my ($count) = unpack 'x44 Q<', do { local $/; <$in> };
print '{"files":[{"file":"lib/sbi/sbi_pmu.c","lines":[{"line_number":1,'
	. '"function_name":"f","branches":[],"count":' . "$count}]}]}\n";
END
write_file('build/mutants/rv64.make', <<"END");
$dir/none-gcc -O2 -c $dir/t/lib/sbi/sbi_pmu.c -o o/lib/sbi/sbi_pmu.o
$dir/none-gcc -O2 -c $dir/t/lib/sbi/pmu/shmem.c -o o/lib/sbi/pmu/shmem.o
$dir/none-gcc -q o/libplatsbi.a -Wl,-To/fw_dynamic.elf.ld -o o/fw_dynamic.elf
cp o/fw_dynamic.elf o/fw_dynamic.bin
END
write_file('lib/sbi/sbi_pmu.c', "int f;\n");
write_file('ram.0', pack 'Q<2', 0, 0);
write_file('ram.3', pack 'Q<2', 0, 3);
@ENV{qw(NOTES FAKE_DIR)} = ($notes, $dir);
$ENV{QEMU} = write_file('qemu', <<'END', 0755);
#!/bin/sh
for arg; do
	case $arg in *mem-path=*) ram=${arg#*mem-path=}; ram=${ram%%,*} ;; esac
done
cp "$FAKE_DIR/ram.$RUNS" "$ram"
echo "$GLUE"
echo "TAP version 13"
echo "1..1"
echo "# case 1 a.b: C."
echo "ok 1 - a.b: C."
echo "# end of suite"
END

sub whole_run {
	my ($runs, $glue, @args) = @_;
	local @ENV{qw(RUNS GLUE)} = ($runs, $glue);
	write_file('list', '');
	my $cmd = join ' ', map { "'$_'" } "$scripts/coverage-fw", '--root', $dir, @args;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

SKIP: {
	# run-suite looks for the payload in the tree
	skip 'the suite is not built', 8 unless -f "$scripts/../build/suite.bin";
	my $machine = write_file('tests/machines/fake.t', "qemu: 64\nicount: shift=0\n");
	my @all = ('--exceptions', "$dir/list", $machine);
	($out, $err, $status) = whole_run(3, '', @all);
	is($status, 0, 'what the suite runs is covered') or diag("$out$err");
	like($out, qr{^fake: 1 passed, 0 failed, 0 skipped\n.*sbi_pmu\.c +1 of +1 lines}ms, 'and counted');
	($out, $err, $status) = whole_run(0, '', @all);
	like($out, qr{^lib/sbi/sbi_pmu\.c:1: f\(\): never called$}m, 'what it does not run is told');
	is($status, 1, 'and fails');
	($out, $err, $status) = whole_run('none', '', @all);
	is($status, 2, 'a machine that leaves no memory is no verdict');
	like($err, qr/^sbi-pmu: coverage-fw: the firmware fails on fake/m, 'with the reason');
	is((whole_run(3, 'glue test: 7 checks hold', '--glue', $machine))[2], 0,
		'the test of the glue holds');
	is((whole_run(3, '', '--glue', $machine))[2], 2, 'but not when it does not say so');
}

done_testing;
