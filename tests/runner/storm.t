#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/storm judges what the payload says, and notices when it says nothing.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;
use Time::HiRes qw(time);

my $begin = 'echo "OpenSBI v1"; echo "storm: seed 7, 1 s"; echo "storm: 0 s: 5 calls";';
my $good = 'storm: 4 harts, 12 calls in 1 s, 2 sanity checks, nothing lost';
my $found = 'storm: FOUND after 9 calls: hart 1, did not come back';

sub storm {
	my ($script, @args) = @_;
	my $t = machine($script);
	my $cmd = join ' ', map { "'$_'" } "$scripts/storm", '--fw', "$dir/fw",
		'--payload', "$dir/suite", '--limit', 0, @args, $t;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, $? >> 8, slurp("$dir/stderr"));
}

my ($out, $status) = storm("$begin echo '$good'", '--seed', 7);
is($status, 0, 'nothing lost is a success');
like($out, qr/^\Q$good\E$/m, 'and is said');
unlike($out, qr/again with/, 'without a way to repeat it');
unlike($out, qr/OpenSBI/, 'the boot of the firmware is left out');

($out, $status) = storm("$begin echo 'sbi_trap_error: hart1'; echo '$found'; sleep 60",
	'--seed', 7);
is($status, 1, 'a finding is a failure');
like($out, qr/^\| sbi_trap_error: hart1$/m, 'what the firmware says meanwhile is shown');
like($out, qr/^storm: again with --seed 7 --seconds 60$/m, 'and how to repeat it');

my $before = time;
($out, $status) = storm("$begin exec sleep 60");
is($status, 1, 'silence is a failure');
like($out, qr/^storm: DEAD after more than 5 calls: no word from any hart/m, 'and is said');
cmp_ok(time - $before, '<', 30, 'it does not wait for long');

($out, $status) = storm("$begin [ \$boot = 1 ] || { echo '$good'; exit 0; };"
	. ' exec perl -e "1 while 1"');
is($status, 0, 'an emulator that stands still is booted again');
like($out, qr/^# QEMU stands still after 5 calls, which is no fault/m, 'and that is told');

($out, $status) = storm("$begin kill -SEGV \$\$");
like($out, qr/DEAD after more than 5 calls: QEMU ended with signal 11/, 'a crash is told');
($out, $status) = storm("$begin echo '$good'; exit 1");
is($status, 1, 'a payload that says good and ends badly fails');

($out, $status) = storm("$begin [ \$boot = 2 ] && echo '$good' || echo '$found'",
	'--tap', '--runs', 3);
like($out, qr/^1\.\.3$/m, 'TAP has a plan');
like($out, qr/^ok 2 - fake: 4 harts, 12 calls/m, 'a good run is ok');
like($out, qr/^not ok 3 - fake: FOUND after 9 calls/m, 'a loss is not');
like($out, qr/^# storm: 2 of 3 runs ended in a loss, after 9 calls in the median/m,
	'and there is a median');
is($status, 1, 'with a failure in the end');
($out, $status) = storm("$begin echo '$found'", '--quiet');
is($out, "$found\n", 'quiet tells only the end');

($out, $status, my $error) = storm('true', '--payload', "$dir/none");
isnt($status, 0, 'a payload that is not there is refused');
like($error, qr/^sbi-pmu: there is no \S+none: build it with make/, 'in one line');

done_testing;
