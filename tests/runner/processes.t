#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# However the runner ends, no emulator and no temporary file stays behind.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;
use Time::HiRes qw(sleep time);

sub within {
	my ($seconds, $check) = @_;
	my $until = time + $seconds;
	while (time < $until) {
		return 1 if $check->();
		sleep 0.02;
	}
	return 0;
}

sub emulator {
	my ($pid) = slurp("$dir/pid") =~ /(\d+)/;
	return $pid;
}

mkdir "$dir/tmp";
$ENV{TMPDIR} = "$dir/tmp";

for my $signal (qw(INT TERM HUP KILL)) {
	my $t = machine('echo "TAP version 13"; exec sleep 60');
	unlink "$dir/pid";
	my $pid = fork;
	if (!$pid) {
		open(STDOUT, '>', '/dev/null');
		exec runner('--timeout', 30, $t);
	}
	ok(within(5, sub { emulator() }), 'the emulator runs');
	my $qemu = emulator();
	kill $signal, $pid;
	ok(within(5, sub { !kill 0, $qemu }), "and is gone after SIG$signal");
	waitpid $pid, 0;
}
is_deeply([ glob "$dir/tmp/*" ], [], 'no temporary file is left');

done_testing;
