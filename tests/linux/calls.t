#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The calls that Linux makes: how many it needs for what it does, that each is
# answered as it should be, and what becomes of sampling with snapshots on. The
# numbers are in docs/linux-calls.md.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Test::More;
use Guest;
use Measure;

# Which errors a kernel gets, and for what: nothing else may be refused.
sub expected_error {
	my ($c) = @_;
	my ($function, $error, @args) = (@$c{qw(function error)}, @{ $c->{args} });
	# There is no counter 1, which is the time.
	return $error == -3 && $args[0] eq '0x1' if $function eq 'COUNTER_GET_INFO';
	# Events that QEMU does not have, or no counter is free.
	return $error == -2 if $function eq 'CONFIG_MATCHING';
	# Off by default.
	return $error == -2 if $function eq 'SNAPSHOT_SET_SHMEM';
	# RESET of what is stopped, and all counters when a CPU starts.
	return $error == -8 && hex $args[2] & 1 if $function eq 'STOP';
	return 0;
}

sub near {
	my ($n, $is) = @_;
	# Other processes come between now and then.
	return abs($n - $is) < 0.15;
}

sub everyday {
	my ($linux) = @_;
	my $m = Measure::everyday($linux);
	my $boot = $m->{boot};
	is($boot->{NUM_COUNTERS}, 1, 'boot asks for the number of counters once');
	is($boot->{COUNTER_GET_INFO}, 35, 'and for each of the counters');
	# 10 general and 42 cache events
	if ($m->{release} =~ /^6\./) {
		is($boot->{CONFIG_MATCHING}, 52, 'Linux 6 tries each event');
	} else {
		is($boot->{EVENT_GET_INFO}, 1, 'Linux 7 asks for all events at once');
		is($boot->{CONFIG_MATCHING}, undef, 'and tries none');
	}
	is($boot->{START}, undef, 'boot starts no counter');
	for my $stat (@$m{qw(first stat)}) {
		my ($config, $start, $stop) = @$stat{qw(CONFIG_MATCHING START STOP)};
		is("$start $stop", join(' ', $config, 2 * $config),
			'perf stat: each CONFIG_MATCHING has one START and two STOP');
	}
	ok(near($m->{switch}{all}, 2), 'a context switch is 2 calls')
		or diag($m->{switch}{all});
	ok(near($m->{swap}{all}, 0), 'none between processes of the same perf')
		or diag($m->{swap}{all});
	is(join(' ', @{ $m->{turn} }{qw(CONFIG_MATCHING START STOP FW_READ)}),
		'17 16 32 16', 'calls for 18 events to take turns on 16 counters');
	is($m->{read}{all}, 1, 'a firmware event is read with one call');
	is($m->{csr}{all}, 0, 'a hardware event with none');
	my @refused = grep { $_->{error} && !expected_error($_) }
		map { @{ $_->{calls} } } values %{ $m->{text} };
	is(scalar @refused, 0, 'no call is refused that should not be')
		or diag(map { "$_->{function}(@{ $_->{args} }) = $_->{error}\n" } @refused);
}

# Linux to 7.2 restarts counters from index 4096 on when it has a snapshot.
# A kernel that has been mended has all samples and no such call.
sub sampling {
	my ($linux) = @_;
	plan skip_all => 'this QEMU never delivers the overflow interrupt'
		unless has_interrupt();
	my $off = Measure::sampling($linux);
	my $on = Measure::sampling($linux, 'dtb-edit' => 'snapshot');
	is(scalar @{ $off->{wrong} }, 0, 'without snapshots every START is in range');
	# perf 6 counts cycles before it samples, after which QEMU is late.
	my $old = $off->{release} =~ /^6\./;
	my $least = $old ? 30 : 99;
	cmp_ok($off->{samples}, '>=', $least, "at least $least of 100 samples");
	is($off->{sample}{STOP}, 1, 'a sample is one STOP');
	is($off->{sample}{START}, $old ? 2 : 1, 'and ' . ($old ? 'two' : 'one') . ' of START');
	if (@{ $on->{wrong} }) {
		cmp_ok($on->{samples}, '<', $off->{samples} / 2,
			'with snapshots samples are lost');
		is(join(' ', $on->{wrong}[0]{args}[0], $on->{wrong}[0]{error}), '0x1000 -3',
			'because the base is 4096, which is refused');
	} else {
		cmp_ok($on->{samples}, '>=', $least, 'this Linux samples with snapshots, too');
		diag('this Linux restarts counters rightly: see docs/linux-calls.md');
	}
}

sub comings {
	my ($linux) = @_;
	my $off = Measure::comings($linux);
	my $on = Measure::comings($linux, 'dtb-edit' => 'snapshot');
	for my $m ($off, $on) {
		ok($m->{suspended}, 'Linux was suspended to idle and woken');
		cmp_ok($m->{woken}, '>=', 2000000, 'and counts as before');
		cmp_ok($m->{woken}, '<', 20000000, 'no more');
	}
	is($off->{complaints}, 0, 'without snapshots no complaint after CPU 1 was off');
	for my $count (@$off{qw(after again)}) {
		cmp_ok($count, '>=', 4000000, 'and it counts');
		cmp_ok($count, '<', 20000000, 'no more');
	}
	my $cpu1 = $on->{cpu1};
	ok(defined $cpu1, 'CPU 1 gives its snapshot area up when it goes') or return;
	is($on->{area}{ 1 - $cpu1 }, 1, 'CPU 0 keeps its own');
	# Linux forgets to set it again, and each STOP wants a snapshot.
	if ($on->{area}{$cpu1}) {
		is($on->{complaints}, 0, 'this Linux sets the area of CPU 1 again');
	} else {
		cmp_ok($on->{complaints}, '>', 0, 'CPU 1 has none when it is back: complaints');
		cmp_ok($on->{no_shmem}, '>', 0, 'because each STOP is refused with NO_SHMEM');
	}
}

for my $linux (linux_names()) {
	subtest "$linux: calls by what Linux does" => sub { everyday($linux) };
	subtest "$linux: sampling" => sub { sampling($linux) };
	subtest "$linux: a CPU goes and comes, suspend" => sub { comings($linux) };
}
done_testing();
