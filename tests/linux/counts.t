#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# perf stat on one CPU, where QEMU counts every instruction exactly.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Guest;
use Test::More;

use constant { ROUNDS => 1000000, MORE => 3000000 };

my @too_many = map { "$_:u" } qw(instructions cycles dTLB-load-misses
	dTLB-store-misses iTLB-load-misses);
# More events than firmware counters.
my @firmware = map { fw_event($_) } 0 .. 15, (4) x 4;

for my $linux (linux_names()) {
	my $g = Guest->boot(linux => $linux, steps => [
		less => perf_stat('instructions:u cycles:u', 'loop ' . ROUNDS),
		more => perf_stat('instructions:u cycles:u', 'loop ' . MORE),
		kernel => perf_stat('instructions:k', 'loop ' . ROUNDS),
		kernel2 => perf_stat('cycles:k', 'loop ' . ROUNDS),
		all => perf_stat('instructions cycles', 'loop ' . ROUNDS),
		tlb => perf_stat('dTLB-load-misses dTLB-store-misses '
			. 'iTLB-load-misses', 'busybox ls -R /proc/1 >/dev/null'),
		group => 'perf stat -j -e "{cycles,instructions,'
			. 'dTLB-load-misses}" loop ' . ROUNDS,
		rotate => perf_stat("@too_many @firmware",
			'provoke illegal 30000'),
		absent => 'perf stat -e cache-misses,branches,LLC-loads,'
			. 'instructions:u loop 10',
		list => 'perf list hw cache 2>&1 | cat',
	]);
	$g->went_well;

	# The rest of the program and of its start is the same in both.
	for my $event ('instructions:u', 'cycles:u') {
		my ($less, $more) = map { $g->count($_, $event) } qw(less more);
		is($more - $less, 2 * (MORE - ROUNDS),
			"$linux: $event of a loop is exact");
		cmp_ok($less, '<', 2 * ROUNDS + 100,
			"$linux: and holds nothing but the program");
	}
	my $user = $g->count('less', 'instructions:u');
	my $kernel = $g->count('kernel', 'instructions:k');
	my $all = $g->count('all', 'instructions');
	cmp_ok($kernel, '>', 10000, "$linux: instructions:k counts the kernel");
	cmp_ok($kernel, '<', ROUNDS, "$linux: and no user mode");
	cmp_ok($g->count('kernel2', 'cycles:k'), '<', ROUNDS,
		"$linux: neither does cycles:k");
	cmp_ok(abs($all - $user - $kernel), '<', 0.1 * $user,
		"$linux: without a suffix it is both ($all = $user + $kernel)");

	for my $event (qw(dTLB-load-misses dTLB-store-misses iTLB-load-misses)) {
		my $misses = $g->count('tlb', $event);
		cmp_ok($misses, '>', 10, "$linux: $event are counted ($misses)");
	}
	for my $event (qw(cycles instructions dTLB-load-misses)) {
		cmp_ok($g->count('group', $event), '>', 0,
			"$linux: $event counts in a group of three");
	}

	# Multiplexed events are scaled up to the whole time.
	my ($slot) = grep { $g->running('rotate', $_) < 100 } @too_many;
	ok(defined $slot, "$linux: more events than counters take turns");
	for my $nth (0 .. 4) {
		my $count = $g->count('rotate', fw_event(4), $nth);
		cmp_ok(abs($count - 30000), '<', 1500,
			"$linux: illegal instructions, taking turns: $count of 30000");
	}

	for my $event (qw(cache-misses branches LLC-loads)) {
		like($g->text('absent'), qr/<not supported>\s+$event/,
			"$linux: $event cannot be counted, and perf says so");
	}
	my @listed = map { lc } $g->text('list') =~
		/^\s*((?:cpu-|bus-|ref-)?[\w-]+?)(?: OR .*)?\s*(?:\[Hardware.*)?$/mg;
	my @phantoms = grep { /^(?:branch|cache-|bus-|l1|llc|node|ref|stalled)/ }
		@listed;
	ok(!@phantoms, "$linux: perf list has no event that cannot be counted")
		or diag("@phantoms");
}
done_testing();
