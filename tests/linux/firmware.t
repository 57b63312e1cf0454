#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# SBI firmware events in perf, against what the kernel must have asked for.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Guest;
use Test::More;

use constant N => 1000;

my %code = (
	'misaligned load' => 0, 'access load' => 2, 'access store' => 3,
	'illegal instruction' => 4, 'set timer' => 5, 'IPI sent' => 6,
	'IPI received' => 7, 'FENCE.I sent' => 8, 'FENCE.I received' => 9,
	'SFENCE.VMA with ASID sent' => 12, 'SFENCE.VMA with ASID received' => 13,
);
my $all = join ' ', map { fw_event($_) } 0 .. 15;
my $rest = join ' ', map { fw_event($_) } 16 .. 21;

# What each way to provoke has to raise to N; QEMU reports a misaligned atomic
# as a load and carries out a misaligned load itself.
my %alone = (
	'illegal' => 'illegal instruction', 'load' => 'access load',
	'store' => 'access store', 'odd-amo' => 'misaligned load',
	'odd-load' => undef, 'sleep' => undef,
);

sub one_cpu {
	my ($linux) = @_;
	my $g = Guest->boot(linux => $linux, steps => [
		(map { $_ => perf_stat($all, "provoke $_ " . N) } sort keys %alone),
		rest => perf_stat($rest, 'provoke illegal ' . N),
		pair => perf_stat(join(' ', (fw_event(4)) x 2),
			'provoke illegal ' . N),
		sessions => perf_stat(fw_event(4), 'sh -c "'
			. perf_stat(fw_event(4), 'provoke illegal ' . N) . '"'),
	]);
	$g->went_well;
	for my $way (sort keys %alone) {
		my $what = $alone{$way};
		my $code = defined $what ? $code{$what} : -1;
		my @wrong = grep { $g->count($way, fw_event($_)) ne
			($_ == $code ? N : 0) } 0 .. 15;
		ok(!@wrong, "$linux: $way: " . (defined $what ?
			N . " of $what and nothing else" : 'no firmware event'))
			or diag($g->text($way));
	}
	my @fences = grep { $g->count('rest', fw_event($_)) ne 0 } 16 .. 21;
	ok(!@fences, "$linux: no hypervisor fence, for there is no guest");
	is($g->count('pair', fw_event(4), $_), N,
		"$linux: counter $_ of two on the same firmware event") for 0, 1;
	is($g->count('sessions', fw_event(4), $_), N,
		"$linux: session $_ of two on the same firmware event") for 0, 1;
}

# Without Sstc each timer that the kernel sets is an SBI call; a sleep that ends
# with the tick of the kernel shares its timer.
sub timer {
	my ($linux) = @_;
	my $g = Guest->boot(linux => $linux,
		cpu => 'rv64,sscofpmf=on,smcntrpmf=on,sstc=off',
		steps => [ sleep => perf_stat(fw_event(5), 'provoke sleep ' . N) ]);
	$g->went_well;
	my $count = $g->count('sleep', fw_event(5));
	cmp_ok($count, '>=', 0.9 * N, "$linux: a timer for each sleep ($count)");
	cmp_ok($count, '<=', 5 * N, "$linux: and not many more");
}

# A few calls come from the rest of the system. On a loaded machine the other
# thread is often not on its CPU, and there is nobody to interrupt.
sub is_about {
	my ($count, $expected, $what) = @_;
	cmp_ok($count, '>', $expected / 2, "$what: $count, about $expected");
	cmp_ok($count, '<', $expected * 1.2, "$what: and not many more");
}

sub two_cpus {
	my ($linux) = @_;
	my $g = Guest->boot(linux => $linux, harts => 2, icount => 'none', steps => [
		map { $_ => perf_stat($all, "provoke $_ " . N, '-a') }
			qw(barrier icache protect)
	]);
	$g->went_well;
	my $of = sub {
		my ($way, $what) = @_;
		return $g->count($way, fw_event($code{$what}));
	};
	is_about($of->('barrier', "IPI $_"), N, "$linux: membarrier, IPI $_")
		for qw(sent received);
	is($of->('icache', "FENCE.I $_"), N, "$linux: icache flush, FENCE.I $_")
		for qw(sent received);
	# A call names both harts, and both carry it out.
	my $fence = 'SFENCE.VMA with ASID';
	is_about($of->('protect', "$fence sent"), 2 * N,
		"$linux: mprotect, $fence sent");
	is($of->('protect', "$fence received"),
		2 * $of->('protect', "$fence sent"), "$linux: received by both");
	is($of->('barrier', "FENCE.I $_"), 0, "$linux: membarrier, no FENCE.I $_")
		for qw(sent received);
}

for my $linux (linux_names()) {
	one_cpu($linux);
	timer($linux);
	two_cpus($linux);
}
done_testing();
