#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Defects of stock OpenSBI (make stock), each with the cases that show it: there
# the case has to fail, and on our firmware to pass. A case that no longer finds
# what it was written for, or that fails for us too, is found here.
#
# Not every reviewed oddity of stock is in the list. That a configured counter
# which is stopped cannot be configured again without SKIP_MATCH is a reading
# that the specification leaves room for, and ours does the same. Which error an
# event gets whose event_idx has bits above 19 is nowhere said; the case takes every
# answer but success. What START does with a counter that has no event, and what
# scountovf shows of counters that nobody has started, is open and not in the list.
# Nothing says either that reserved event_data has to be refused.

use strict;
use warnings;
use Test::More;

my $fw = 'build/stock/fw_dynamic.bin';
-f $fw or die "sbi-pmu: there is no $fw: build it with make stock\n";

# What is wrong, on which machine it shows, in which cases, and the first version
# that is without it.
my @defects = (
	[ 'size of the event table wraps around',
		'rv64-full', [qw(hostile.event-info-wrap)] ],
	[ 'table where there is no memory',
		'rv64-full', [qw(hostile.event-info-unbacked
			hostile.event-info-far hostile.event-info-end-of-ram)] ],
	[ 'firmware event on a hardware counter',
		'rv64-full', [qw(hostile.skip-clear-firmware-event-on-fixed
			hostile.skip-auto-firmware-event-on-fixed)] ],
	[ 'hardware event on a firmware counter', 'rv64-full',
		[qw(hostile.skip-clear-hardware-event-on-firmware)] ],
	[ 'START of a running counter loses its overflow',
		'rv64-full', [qw(overflow.failed-start start.running-overflow)] ],
	[ 'a1 of an error shows what lay on the stack',
		'rv64-full', [qw(hostile.errors-tell-nothing)] ],
	[ 'reserved flags accepted', 'rv64-full',
		[qw(corner.config-flag corner.start-flag corner.stop-flag)] ],
	[ 'event_idx of more than 20 bits accepted',
		'rv64-full', [qw(corner.event-bits corner.info-event-bits)] ],
	[ 'the last counter of a set decides the result', 'rv64-full',
		[qw(corner.start-running-first corner.stop-stopped-first)] ],
	[ 'a counter that does not exist in a set', 'rv64-full',
		[qw(corner.start-hole corner.stop-hole)] ],
	[ 'event info: firmware events',
		'rv64-full', [qw(corner.info-firmware)] ],
	[ 'event info: raw events', 'rv64-full', [qw(corner.info-raw)] ],
	[ 'event info: no entries', 'rv64-full', [qw(corner.info-nothing)] ],
	[ 'event info: cycles without a map', 'spike',
		[qw(corner.info-cycles)] ],
	[ 'event info: events without a counter',
		'rv64-nohpm', [qw(corner.info-uncountable)] ],
	[ 'index 2^32 is counter 0', 'rv64-full',
		[qw(corner.info-wide-index)] ],
	[ 'fixed counter outside of the mask', 'rv64-plain',
		[qw(corner.cycles-in-mask corner.instructions-in-mask)] ],
	[ 'fixed counter outside of the mask when it is full',
		'rv64-full', [qw(config.fixed-outside-mask)] ],
	[ 'one counter of several on a firmware event counts',
		'rv64-full', [qw(corner.two-on-event)] ],
	[ 'FW_READ_HI of anything', 'rv64-full',
		[qw(corner.read-hi-hardware corner.read-hi-beyond)],
		'0x10009' ],
	[ 'unknown firmware event is INVALID_PARAM',
		'rv64-full', [qw(corner.firmware-reserved)] ],
	[ 'event 0 accepted with SKIP_MATCH',
		'rv64-full', [qw(corner.no-event)] ],
	[ 'fixed counter left running by CONFIG', 'rv64-full',
		[qw(founding.running-since-boot)] ],
	[ 'SKIP_MATCH keeps the old filters', 'rv64-full',
		[qw(filter.replace-programmable filter.replace-fixed)] ],
);
# OpenSBI 1.6 fails most of them for one reason more: it finds no firmware counter
# by a set whose base is not 0.
my %known = map { $_ => 1 } qw(0x10008 0x10009);

# Run the cases on a machine; returns the version and the verdicts by case.
sub run_cases {
	my ($machine, $cases, @options) = @_;
	my $only = join ',', @$cases;
	my %verdict;
	# What the cases have to say about stock is of no interest here.
	open(my $out, '-|', "scripts/run-suite @options --only $only"
		. " tests/machines/$machine.t 2>/dev/null")
		or die "scripts/run-suite: $!\n";
	my $version = '0x0';
	while (<$out>) {
		$version = $1 if /^# firmware: .*version (0x[0-9a-f]+)/;
		$verdict{$3} = $4 ? 'skip' : $1 ? 'not ok' : 'ok'
			if /^(not )?(ok) \d+ - ([\w.-]+): .*?(# SKIP)?[^#]*$/;
	}
	close $out;
	return ($version, \%verdict);
}

my %cases;
push @{ $cases{ $_->[1] } }, @{ $_->[2] } for @defects;
my (%stock, %ours, $version);
for my $machine (sort keys %cases) {
	($version, $stock{$machine}) = run_cases($machine, $cases{$machine},
		'--strict', '--timeout', 3, '--fw', $fw);
	(undef, $ours{$machine}) = run_cases($machine, $cases{$machine});
}

for my $d (@defects) {
	my ($what, $machine, $ids, $fixed) = @$d;
	my $expected = $fixed && hex $version >= hex $fixed ? 'ok' : 'not ok';
	for my $id (@$ids) {
		is($ours{$machine}{$id}, 'ok', "ours: $what: $id, $machine");
		SKIP: {
			skip "nothing is known of version $version", 1
				unless $known{$version};
			is($stock{$machine}{$id}, $expected,
				"stock: $what: $id, $machine");
		}
	}
}
done_testing();
