#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The suite on the unmodified firmware of the same OpenSBI tree (make stock).
# Stock dies on single calls of any supervisor; the suite has to report each of
# these as the failure of the case that made the call, and to run all the others.

use strict;
use warnings;
use Test::More;

my $fw = 'build/stock/fw_dynamic.bin';
-f $fw or die "sbi-pmu: there is no $fw: build it with make stock\n";

# What each version dies of, all in the group "hostile".
my @always = qw(event-info-wrap event-info-unbacked event-info-far
	event-info-end-of-ram event-info-zero
	skip-clear-firmware-event-on-fixed);
my %dies = (
	'0x10006' => [ @always, qw(event-info-huge event-info-around
		event-info-top) ],
	'0x10008' => [ @always, qw(event-info-huge event-info-around
		event-info-top skip-clear-hardware-event-on-firmware) ],
	'0x10009' => [ @always, qw(skip-clear-hardware-event-on-firmware) ],
);

my @lines = `scripts/run-suite --fw $fw --strict --timeout 3 --only founding,hostile \\
	tests/machines/rv64-full.t 2>&1`;
chomp @lines;

my ($version) = map { /^# firmware: .*version (0x[0-9a-f]+)/ } @lines;
my ($id, %died);
for (@lines) {
	$id = $1 if /FAIL ([\w.-]+): /;
	$died{$id} = 1 if /the firmware or the hart died/;
}
my $results = grep { /^(not )?ok \d+ - / } @lines;
my ($planned) = map { /^1\.\.(\d+)$/ } @lines;

ok(defined $version, 'the stock firmware boots and says its version');
SKIP: {
	my $known = $dies{ $version || '' };
	skip 'no list of crashes for version ' . ($version || '?'), 1
		unless $known;
	is_deeply([ sort keys %died ], [ sort map { "hostile.$_" } @$known ],
		"$version dies in the cases known for it and in no other");
}
is($results, $planned, 'every case has a result, those after a crash too');
ok((grep { /^ok \d+ - hostile\.memory-pairs/ } @lines),
	'the last case passes: the run went on after the crashes');
ok((grep { /^not ok \d+ - founding\.running-since-boot/ } @lines),
	'stock leaves a configured fixed counter running, and founding says so');
done_testing();
