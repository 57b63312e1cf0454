#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/mutants tells a killed fault from one that survives, and says what is
# wrong with a list. The compiler copies its source here and the linker takes
# the first object, so that a firmware is the text of its source.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use File::Path qw(make_path);
use Test::More;
use Time::HiRes qw(sleep time);

my $root = "$dir/tree";
make_path(map { "$root/$_" } qw(lib/sbi/pmu tests/mutants tests/machines tests/storm build/mutants));
$ENV{MUTANTS_DIR} = $dir;

write_file('tree/lib/sbi/pmu/one.c', "alpha\n\tbeta\ngamma\n");
write_file('tree/lib/sbi/pmu/two.c', "delta\ntwice\ntwice\n");
write_file('tree/lib/sbi/pmu/three.S', "omicron\n");
write_file('tree/lib/sbi/pmu/one.h', "omega\n");
write_file('tree/build/suite.bin', "..\0g.first\0g.second_case\0g.skips\0g.newer\0g.broken\0");
write_file('tree/build/storm.bin', '');
write_file('tree/tests/machines/rv64-full.t', "qemu: 64\nicount: shift=0\n");
write_file('tree/tests/storm/rv64.t', "qemu: 64\nharts: 5\n");
write_file('cc', <<'END', 0755);
#!/bin/sh
# cc ... -c SOURCE -o OBJECT; the source says what has to go wrong
while [ "$1" != -c ]; do shift; done
if grep -q 'does not compile' "$2"; then
	echo "$2:1: error: no such thing" >&2; exit 1
fi
cp "$2" "$4"
END
write_file('ld', <<'END', 0755);
#!/bin/sh
# ld -q OBJECT... ARCHIVE -o FIRMWARE
shift
: >"$MUTANTS_DIR/linked.$$"
for arg; do
	case $arg in
	*/libplatsbi.a) break ;;
	*) cat "$arg" >>"$MUTANTS_DIR/linked.$$" ;;
	esac
done
while [ "$1" != -o ]; do shift; done
mv "$MUTANTS_DIR/linked.$$" "$2"
END
my $commands = <<"END";
make: Entering directory 'tree'
mkdir -p o; echo " CC one.o"; $dir/cc -O2 -c t/lib/sbi/pmu/one.c -o o/lib/sbi/pmu/one.o
mkdir -p o; echo " CC two.o"; $dir/cc -O2 -c t/lib/sbi/pmu/two.c -o o/lib/sbi/pmu/two.o
mkdir -p o; echo " AS three.o"; $dir/cc -g -c t/lib/sbi/pmu/three.S -o o/lib/sbi/pmu/three.o
$dir/ld -q o/libplatsbi.a -Wl,-To/fw_dynamic.elf.ld -o o/fw_dynamic.elf
cp o/fw_dynamic.elf o/fw_dynamic.bin
END
write_file('tree/build/mutants/rv64.make', $commands);

# The emulator: what stands in the firmware decides how the cases end.
$ENV{QEMU} = write_file('qemu', <<'END', 0755);
#!/bin/sh
echo $$ >"$MUTANTS_DIR/pid"
for arg; do
	[ "$last" != -bios ] || fw=$arg
	[ "$last" != -append ] || only=$arg
	last=$arg
done
case $only in
*seconds=*)
	echo "storm: seed 1, 1 s"
	grep -q beta "$fw" && echo "storm: 4 harts, 1 calls in 1 s, nothing lost" && exit 0
	echo "storm: FOUND after 3 calls: memory was written"; exit 1 ;;
esac
only=${only##*only=}; only=${only%% *}
status=0
verdict=ok
case $only in
g.first) grep -q beta "$fw" || verdict='not ok' ;;
g.broken) verdict='not ok' ;;
esac
grep -q hangs "$fw" && exec sleep 60
grep -q 'never boots' "$fw" && exit 3
echo "TAP version 13"
echo "1..4"
echo "# case 1 $only: It holds."
grep -q 'dies here' "$fw" && exit 3
if [ "$only" = g.skips ]; then
	echo "ok 1 - $only: It holds. # SKIP nothing to see"
elif [ "$only" = g.newer ]; then
	echo "ok 1 - $only: It holds. # SKIP came with SBI 3.0, this is 2.0"
else
	echo "$verdict 1 - $only: It holds."
fi
echo "# end of suite"
[ "$verdict" = ok ]
END

# Run with this list; returns stdout, stderr and the status.
sub mutants {
	my ($list, @args) = @_;
	write_file('tree/tests/mutants/list.mut', $list);
	my $cmd = join ' ', map { "'$_'" } "$scripts/mutants", '--root', $root,
		'--timeout', 2, '--jobs', 2, @args;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

sub entry {
	my ($name, $case, @change) = @_;
	return "mutant: $name\nwhat: a fault\ncase: $case\n"
		. join('', map { "$_\n" } @change) . "\n";
}

my $file = "file: lib/sbi/pmu/one.c\n\n";
my $good = entry('good', 'g.first', "-\tbeta", "+\tnothing");

my ($out, $err, $status) = mutants($file . $good);
is($status, 0, 'a fault that its case notices is killed');
like($out, qr/^killed   good +by g\.first \(\d+\.\d s\)$/m, 'and says by which');
like($out, qr/^mutants: 1 of 1 killed$/m, 'with a summary');
is_deeply([ glob "$root/build/mutants/run.*" ], [], 'nothing is left behind');
is(slurp("$root/lib/sbi/pmu/one.c"), "alpha\n\tbeta\ngamma\n", 'the source is as it was');

sub fails {
	my ($list, $pattern, $what, @args) = @_;
	my ($out, $err, $status) = mutants($list, @args);
	isnt($status, 0, "$what fails the run");
	like("$out$err", $pattern, 'with one line that says why');
	is(scalar(() = $out =~ /^FAILED/mg), 1, 'and only one') unless $err;
}
fails($file . $good . entry('lives', 'g.second-case', '-gamma', '+other'),
	qr/^FAILED   lives \(a fault\): it survives: g\.second-case on rv64-full passes$/m,
	'a fault that no case notices');
fails($file . entry('skipped', 'g.skips', '-gamma', '+other'),
	qr/g\.skips on rv64-full does not pass without the fault either \(SKIP: nothing to see\)$/m,
	'a case that is skipped');
fails($file . entry('broken', 'g.broken', '-gamma', '+other'),
	qr/g\.broken on rv64-full does not pass without the fault either \(FAIL\)$/m,
	'a case that fails anyway');
fails($file . entry('stale', 'g.first', '-epsilon', '+other'),
	qr/^FAILED   stale .*the mutant no longer applies: its lines are not in .*one\.c/m,
	'a fault whose lines are gone');
fails($file . $good . entry('stale', 'g.first', '-epsilon', '+other'),
	qr/^FAILED   stale .*no longer applies/m, 'such a fault that was not selected',
	'good');
fails("file: lib/sbi/pmu/two.c\n" . entry('unclear', 'g.first', '-twice', '+other'),
	qr/no longer applies: its lines are 2 times in/, 'a fault with two places');
fails($file . entry('unknown', 'g.none', '-gamma', '+other'),
	qr/the suite has no case g\.none$/m, 'a case that does not exist');
fails($file . entry('prefix', 'g.second', '-gamma', '+other'),
	qr/the suite has no case g\.second$/m, 'the beginning of an id');
fails($file . entry('wrong-c', 'g.first', '-gamma', '+does not compile'),
	qr/wrong-c .*: it does not compile: .*error: no such thing$/m,
	'a fault that does not compile');
fails($file . entry('no-boot', 'g.second-case', '-gamma', '+never boots'),
	qr/g\.second-case did not run on rv64-full: QEMU ended with status 3$/m,
	'firmware that dies before the case');

($out) = mutants($file . entry('deadly', 'g.second-case', '-gamma', '+dies here')
	. "file: lib/sbi/pmu/one.h\n" . entry('header', 'g.second-case', '-omega', '+omega2'));
like($out, qr/^killed   deadly /m, 'firmware that dies in the case is noticed');
like($out, qr/^FAILED   header .*it survives/m, 'a fault in a header is tried, too');
($out) = mutants("file: lib/sbi/pmu/three.S\n"
	. entry('assembler', 'g.second-case', '-omicron', '+dies here'));
like($out, qr/^killed   assembler /m, 'and one in an assembler source');
($out) = mutants("file: lib/sbi/pmu/two.c\n"
	. entry('context', 'g.first', ' delta', '-twice', '+other'));
like($out, qr/^killed   context/m, 'lines around tell two places apart');

($out, $err, $status) = mutants($file . $good
	. entry('newer', 'g.newer', '-gamma', '+other'));
is($status, 0, 'a case that needs a newer SBI is no failure');
like($out, qr/^mutants: 1 of 1 killed, 1 skipped$/m, 'but is told apart');

for my $bad (
	[ $good, qr/list\.mut:1: no 'file:' before it$/ ],
	[ $file . "mutant: a\ncase: g.first\n-gamma\n", qr/:3: mutant a has no 'what:'$/ ],
	[ $file . "mutant: a\nwhat: b\n-gamma\n", qr/:3: mutant a has no 'case:'$/ ],
	[ $file . "mutant: a\nwhat: b\ncase: g.first\n", qr/mutant a changes nothing$/ ],
	[ $file . "mutant: a\nwhat: b\ncase: g.first\n+x\n", qr/does not say which lines/ ],
	[ $file . "mutant: a\nwhat: b\nkase: g.first\n-gamma\n", qr/:5: neither one of .*: kase/ ],
	[ $file . $good . $good, qr/mutant good stands in \S+:3 as well$/ ],
	[ $file . "mutant: a\nwhat: b\ncase: g.first\nmachine: pdp11\n-gamma\n",
		qr{mutant a: there is no tests/machines/pdp11\.t$} ],
) {
	my ($out, $err, $status) = mutants($bad->[0]);
	is($status, 2, 'a malformed list is refused');
	like($err, qr/^sbi-pmu: mutants: [^\n]*\n\z/, 'in one line');
	chomp $err;
	like($err, $bad->[1], 'that says what and where');
}

my $many = $file . join '', map {
	entry("m$_", $_ == 7 ? 'founding.x' : 'g.first', "-\tbeta", "+\t$_")
} 1 .. 12;
my $names = sub { join ' ', $_[0] =~ /^(m\d+) /mg };
is($names->((mutants($many, '--list'))[0]), join(' ', map { "m$_" } 1 .. 12), '--list');
is($names->((mutants($many, '--list', '--sample', 4))[0]), 'm3 m7 m8 m11',
	'a sample is spread, with the founding rule in it');
my @parts = map { $names->((mutants($many, '--list', '--shard', "$_/3"))[0]) } 1 .. 3;
is(join(' | ', @parts), 'm1 m4 m7 m10 | m2 m5 m8 m11 | m3 m6 m9 m12',
	'shards share the list');
fails($many, qr{--shard 4/3: it has to be I/N}, 'a shard that is none', '--shard', '4/3');
fails($many, qr/there is no mutant m13;/, 'an unknown name', 'm13');

my $storm = "mutant: stormy\nwhat: a fault\nstorm: %s\n-\tbeta\n+\tnothing\n";
($out, $err, $status) = mutants($file . sprintf($storm, 'memory was'));
is($status, 0, 'a fault that the storm finds is killed');
like($out, qr/^killed   stormy +by rv64 \(/m, 'on the machine that it names');
fails($file . sprintf($storm, 'silence'),
	qr/stormy .*: the storm finds something else: rv64: FOUND after 3 calls: memory/,
	'a storm that finds another fault');
unlink "$root/build/mutants/rv64.make";
fails($file . $good, qr{there is no build/mutants/rv64\.make: run "make mutants"},
	'a missing build');
write_file('tree/build/mutants/rv64.make', "true\n");
fails($file . $good, qr/not the commands of OpenSBI's make/, 'an unknown build');
write_file('tree/build/mutants/rv64.make', $commands);

# Ended early, it takes along what it started.
write_file('tree/tests/mutants/list.mut',
	$file . entry('stuck', 'g.second-case', '-gamma', '+hangs'));
for my $signal (qw(INT TERM KILL)) {
	unlink "$dir/pid";
	my $pid = fork;
	if (!$pid) {
		open(STDOUT, '>', '/dev/null');
		exec "$scripts/mutants", '--root', $root, '--timeout', 60;
	}
	my $until = time + 10;
	my ($qemu) = ('');
	while (time < $until) {
		($qemu) = slurp("$dir/pid") =~ /(\d+)/;
		last if $qemu && slurp("/proc/$qemu/cmdline") =~ /sleep/;
		sleep 0.02;
	}
	kill $signal, $pid;
	waitpid $pid, 0;
	$until = time + 5;
	sleep 0.02 while kill(0, $qemu) && time < $until;
	ok(!kill(0, $qemu), "no emulator outlives SIG$signal");
}

done_testing;
