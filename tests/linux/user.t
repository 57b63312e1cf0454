#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A process that reads its own counters while they count, without a system call.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Guest;
use Test::More;

use constant { ROUNDS => 1000000, MORE => 3000000 };

my $program = "$FindBin::RealBin/../../build/linux/selfread";

# mode(N, COMMAND) is COMMAND with the sysctl kernel.perf_user_access at N.
sub mode {
	my ($n, $command) = @_;
	return "echo $n >/proc/sys/kernel/perf_user_access; $command";
}

for my $linux (linux_names()) {
	my (@reads, @steps);
	for my $mode (1, 2) {
		for my $what (qw(instructions cycles)) {
			push @reads, [ "$what$mode", $mode, $what ];
			push @steps, "$what$mode" => mode($mode,
				"selfread $what " . ROUNDS . "; selfread $what " . MORE);
		}
	}
	my $g = Guest->boot(linux => $linux, files => [ "$program:usr/bin/selfread" ],
		steps => [ @steps,
			shut => mode(0, 'selfread instructions 10'),
			csr0 => mode(0, 'selfread instret 10'),
			csr1 => mode(1, 'selfread cycle 10'),
			legacy => mode(2, perf_stat('instructions:u cycles:u',
				'selfread instret ' . ROUNDS)),
			legacy2 => mode(2, perf_stat('instructions:u cycles:u',
				'selfread cycle ' . ROUNDS)),
			after => mode(1, perf_stat('instructions:u', 'loop ' . ROUNDS)),
			after2 => perf_stat('instructions:u', 'loop ' . MORE),
		]);
	$g->went_well;

	# The ways to read take the same instructions in both runs.
	for (@reads) {
		my ($step, $mode, $what) = @$_;
		my @found = map { [ /^self (\d+) kernel (\d+) between (\d)$/ ] }
			$g->lines($step);
		my $says = "$linux: mode $mode: $what";
		is(@found, 2, "$says are opened to the process") or do {
			diag($g->text($step));
			next;
		};
		is($found[1][0] - $found[0][0], 2 * (MORE - ROUNDS),
			"$says are exact");
		cmp_ok($found[0][0], '<', 2 * ROUNDS + 200,
			"$says do not count the kernel");
		ok($_->[2], "$says lie between two reads of the kernel") for @found;
	}
	is($g->text('shut'), 'not opened', "$linux: mode 0 opens no event");
	is($g->text('csr0'), 'refused', "$linux: nor instret");
	is($g->text('csr1'), 'refused', "$linux: mode 1 opens no CSR without an event");
	for my $step (qw(legacy legacy2)) {
		my ($plain) = $g->text($step) =~ /^plain (\d+)$/m;
		ok(defined $plain && $plain >= 2 * ROUNDS && $plain < 2 * ROUNDS + 200,
			"$linux: mode 2: the CSR counts what the event does")
			or diag($g->text($step));
		cmp_ok($g->count($step, $_), '<', 2.1 * ROUNDS,
			"$linux: mode 2: $_ of perf leaves the kernel out")
			for qw(instructions:u cycles:u);
	}
	is($g->count('after2', 'instructions:u') - $g->count('after', 'instructions:u'),
		2 * (MORE - ROUNDS), "$linux: back in mode 1 all is as before");
}
done_testing();
