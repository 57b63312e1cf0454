#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# perf record. Every kind has a fresh boot: on QEMU 10.0 the first sampling
# after any counting may lose its interrupts, and the probing of perf 6.12 is
# such counting, so only newer kernels are judged.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Guest;
use Test::More;

use constant ROUNDS => 10000000;

my %kind = (
	'instructions:u by count' => [ '-e instructions:u -c 1000000', 20, 20 ],
	'cycles:u by count' => [ '-e cycles:u -c 500000', 40, 40 ],
	'cycles with the kernel by count' => [ '-e cycles -c 100000', 200, 240 ],
	# QEMU runs 10^9 instructions in a second, so this loop takes 200 ms, and as
	# much again with its samples. perf finds its period in the first of them.
	'cycles:u by frequency' => [ '-e cycles:u -F 1000', 100, 600, 10 * ROUNDS ],
);

my @names = grep { $_ ne 'trixie' } linux_names();
plan skip_all => 'only the newer kernel is judged' unless @names;
plan skip_all => 'this QEMU never delivers the overflow interrupt'
	unless has_interrupt();

for my $linux (@names) {
	for my $name (sort keys %kind) {
		my ($options, $min, $max, $rounds) = @{ $kind{$name} };
		my $g = Guest->boot(linux => $linux, steps => [
			record => "perf record -q -o /tmp/data $options loop "
				. ($rounds || ROUNDS),
			samples => 'perf script -i /tmp/data -F ip,sym 2>&1',
		]);
		$g->went_well;
		my @samples = grep { /^\s*[0-9a-f]+ / } $g->lines('samples');
		cmp_ok(@samples, '>=', $min, "$linux: $name: at least $min samples")
			or diag($g->text('record'), "\n", $g->text('samples'));
		cmp_ok(@samples, '<=', $max,
			"$linux: $name: at most $max (" . @samples . ')');
		my $hot = grep { /\bhot\b/ } @samples;
		cmp_ok($hot, '>=', 0.8 * @samples,
			"$linux: $name: the loop is on top ($hot)");
	}
}
done_testing();
