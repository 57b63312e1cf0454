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
# Which comes first is for the harts to decide.
is((grep { /did not come back for 6 s|memory was written that no call was given/ } @lost), 3,
	'because a hart does not come back, or memory is written that no call was given');
is((grep { /FOUND after (\d+) calls/ && $1 < 10000 } @lost), 3,
	'after less than 10000 calls');
diag(@lines) if @lost != 3;
done_testing();
