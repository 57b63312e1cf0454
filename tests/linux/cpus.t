#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Several CPUs: counting all of them, taking one offline and back, suspending
# the machine to idle, and reading a counter from user mode.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Guest;
use Test::More;

use constant N => 1000;

my $cpu1 = '/sys/devices/system/cpu/cpu1/online';
my $illegal = fw_event(4);
my $both = 'sh -c "taskset -c 0 provoke illegal 1000 & '
	. 'taskset -c 1 provoke illegal 1000; wait"';

for my $linux (linux_names()) {
	my $g = Guest->boot(linux => $linux, harts => 2, icount => 'none',
		keys => 1, steps => [
		all => perf_stat("$illegal instructions:u", $both, '-a'),
		per_cpu => perf_stat($illegal, $both, '-a', '-A'),
		offline => "(sleep 0.5; echo 0 >$cpu1; sleep 0.5; echo 1 >$cpu1;"
			. ' sleep 0.5) & '
			. perf_stat($illegal, 'sh -c "sleep 2; taskset -c 0 '
			. 'provoke illegal 1000"', '-a') . '; wait',
		after => perf_stat("$illegal instructions:u", $both, '-a'),
		suspend => 'echo enabled >/sys/class/tty/ttyS0/power/wakeup; '
			. perf_stat("$illegal instructions:u", 'sh -c "'
			. 'provoke illegal 500; echo freeze >/sys/power/state; '
			. 'provoke illegal 500"'),
		woken => perf_stat("$illegal instructions:u", $both, '-a'),
	]);
	$g->went_well;
	is($g->count('all', $illegal), 2 * N, "$linux: -a adds the CPUs up");
	cmp_ok($g->count('all', 'instructions:u'), '>', 0,
		"$linux: -a with a hardware event");
	is($g->count('per_cpu', $illegal, $_), N, "$linux: CPU $_ on its own")
		for 0, 1;
	is($g->count('offline', $illegal), N,
		"$linux: CPU 0 counts on while CPU 1 goes and comes");
	is($g->count('after', $illegal), 2 * N,
		"$linux: both count when CPU 1 is back");
	cmp_ok($g->count('after', 'instructions:u'), '>', 0,
		"$linux: the hardware counters, too");
	my $slept = grep { /PM: suspend exit/ } $g->lines('dmesg');
	is($slept, 1, "$linux: suspend to idle and return");
	is($g->count('suspend', $illegal), N,
		"$linux: a firmware counter goes on after it");
	is($g->count('woken', $illegal), 2 * N, "$linux: both CPUs count after it");
}
done_testing();
