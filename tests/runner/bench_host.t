#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/bench-host counts what belongs to the core, and says what went wrong. The
# valgrind here writes what files the test gives it.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use JSON::PP;
use Test::More;

my $program = write_file('bench', '', 0755);

# Run with a valgrind that does this; "$out" is where its files go.
sub bench {
	my ($script, @args) = @_;
	$ENV{VALGRIND} = write_file('valgrind', <<"END", 0755);
#!/bin/sh
for arg; do
	case \$arg in --callgrind-out-file=*) out=\${arg#*=} ;; esac
done
$script
END
	my $cmd = join ' ', map { "'$_'" } "$scripts/bench-host", @args;
	my $said = `$cmd 2>$dir/stderr`;
	return ($said, slurp("$dir/stderr"), $? >> 8);
}

sub dump_of {
	my ($number, $name, $text) = @_;
	return "cat >\$out.$number <<'X'\nversion: 1\n"
		. "desc: Trigger: Client Request: $name\n\nevents: Ir\n$text\nX\n";
}

my $start = <<'END';

fl=/t/lib/sbi/pmu/counter.c
fn=pmu_counter_start
20 4
fi=/t/lib/sbi/pmu/bits.h
7 2
fe=/t/lib/sbi/pmu/counter.c
21 1
cfi=/t/lib/sbi/pmu/hpm.c
cfn=hpm_start
calls=1 30
21 9000
22 3

fl=/t/lib/sbi/pmu/hpm.c
fn=hpm_start
30 5
fi=/t/tests/bench-host/env_bench.h
80 2

fl=/t/tests/bench-host/bench.c
fn=start_stop
90 700
fi=/t/lib/sbi/pmu/pmu.h
50 8
fe=/t/tests/bench-host/bench.c
91 700
cfi=/t/lib/sbi/pmu/counter.c
cfn=pmu_counter_start
calls=1 20
90 9000
END

my $two = dump_of(1, 'start', $start)
	. dump_of(2, 'stop', "fl=/t/lib/sbi/pmu/hpm.c\nfn=hpm_stop\n30 6")
	. 'echo "version: 1" >$out';
my ($out, $err, $status) = bench($two, $program);
is($status, 0, 'what could be counted is a success');
like($out, qr/^start +23 +2$/m, 'core and registers apart, without driver and calls');
like($out, qr/^stop +6 +0$/m, 'each sequence has a line');
is($err, '', 'and nothing else is said');
($out) = bench($two, '--functions', $program);
like($out, qr/^start .*\n +pmu_counter_start +10\n +inline of pmu\.h +8\n +hpm_start +7\nstop /m,
	'its functions can be had');
($out) = bench($two, '--json', $program);
is_deeply([ map { decode_json($_) } split /\n/, $out ], [
	{ name => 'start', core => 23, registers => 2, functions => {
		pmu_counter_start => 10, hpm_start => 7, 'inline of pmu.h' => 8 } },
	{ name => 'stop', core => 6, registers => 0, functions => { hpm_stop => 6 } },
], 'or all of it as JSON');
($out) = bench(join('', map { dump_of($_, "n$_", "fl=/t/lib/sbi/pmu/hpm.c\nfn=f\n1 1") }
	1, 2, 10), $program);
is(join(' ', $out =~ /^(n\d+)/mg), 'n1 n2 n10', 'in the order of the program');

sub refused {
	my ($what, $pattern, $script, @args) = @_;
	my ($out, $err, $status) = bench($script, @args);
	isnt($status, 0, "$what is a failure");
	like($err, $pattern, 'with the reason');
	is(($err =~ tr/\n//), 1, 'in one line') or diag($err);
	is($out, '', 'and without a number');
}

refused('code that is not of the core',
	qr{^sbi-pmu: bench-host: x: memcpy of \S*/string\.c is no part of the core$},
	dump_of(1, 'x', "fl=/libc/string.c\nfn=memcpy\n1 9"), $program);
refused('a sequence without the core', qr/x: no instruction of the core was counted$/,
	dump_of(1, 'x', "fl=/t/tests/bench-host/bench.c\nfn=main\n1 9"), $program);
refused('a program of another kind', qr/has told of no sequence: /,
	'echo "version: 1" >$out', $program);
refused('a call that fails', qr/ended with status 1: STOP does not answer as it should$/,
	'echo "==9== Callgrind"; echo "STOP does not answer as it should" >&2;'
	. ' echo "==9== bye"; exit 1', $program);
refused('a program that is not there', qr/there is no program \S+none: make bench-host/,
	'true', "$dir/none");
refused('no program', qr/^usage: /, 'true');
$ENV{VALGRIND} = "$dir/none";
my $said = `$scripts/bench-host $program 2>&1`;
isnt($? >> 8, 0, 'no valgrind is a failure');
like($said, qr/ended with status 127: .*; scripts\/setup bench installs valgrind$/,
	'that says how to get it');

done_testing;
