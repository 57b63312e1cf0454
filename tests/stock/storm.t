#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The storm on the unmodified firmware of the same OpenSBI tree (make stock):
# within a few calls it loses a hart, and the storm tells in which call. Ours does
# not: that is make check-storm.

use strict;
use warnings;
use Test::More;

my $fw = 'build/stock/fw_dynamic.bin';
-f $fw or die "sbi-pmu: there is no $fw: build it with make stock\n";

my @lines = `scripts/storm --tap --fw $fw --seed 1 --runs 3 --limit 6 --seconds 30 \\
	tests/storm/rv64.t`;
my @lost = grep { /^not ok \d+ - rv64: / } @lines;
is(@lost, 3, 'stock does not survive any of three storms');
is((grep { /: hart \d, .* its call \d+: [A-Z]+ \w+\(0x/ } @lost), 3,
	'each time the storm names hart and call');
ok((grep { /did not come back for 6 s from its call \d+: PMU / } @lost),
	'and a hart does not come back from a call of the PMU');
is((grep { /FOUND after (\d+) calls/ && $1 < 10000 } @lost), 3,
	'after less than 10000 calls');
ok((grep { /^# \| sbi_trap_error: hart\d/ } @lines),
	'and OpenSBI says that it trapped in M-mode');
diag(@lines) if @lost != 3;
done_testing();
