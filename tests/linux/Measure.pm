# SPDX-License-Identifier: BSD-2-Clause
#
# What is measured of the PMU calls of a Linux: for "make linux-calls", which
# prints it, and for calls.t, which judges it.

package Measure;

use strict;
use warnings;
use Calls;

# More firmware events than the 16 firmware counters, so that they take turns.
use constant TURNS => join ',', 'task-clock', map { sprintf 'r%x', 1 << 63 | $_ } 0 .. 17;

# perf stat -x, prints: value,unit,event,...
sub value_of {
	my ($section, $event) = @_;
	my ($value) = $section->{text} =~ /^([\d.]+),[^,]*,\Q$event\E(?:[:u]*),/m;
	defined $value or die "sbi-pmu: perf counted no $event in $section->{name}:\n"
		. $section->{text};
	return $value;
}

sub release_of {
	my ($s) = @_;
	return $s->{uname}{text} =~ /^(\d\S+)/m ? $1 : 'unknown';
}

# How often perf stat -I read: the lines that begin with the time.
sub reads_of {
	my ($section) = @_;
	return scalar(() = $section->{text} =~ /^ *\d+\.\d+,/mg);
}

sub samples_of {
	my ($section) = @_;
	my ($samples) = $section->{text} =~ /\((\d+) samples\)/;
	return defined $samples ? $samples : 0;
}

# Boot, perf stat, context switches, events that take turns, and reading.
sub everyday {
	my ($linux, %opt) = @_;
	my $stat = 'perf stat -x, -e instructions:u';
	my $often = 'perf stat -a -x, -I 20';
	my $s = Calls::boot(linux => $linux, %opt, script => [
		'uname' => 'uname -r',
		'first' => "$stat loop 1000000",
		'stat' => "$stat loop 1000000",
		'switch-100' => "$stat,context-switches -i pong 100",
		'switch-300' => "$stat,context-switches -i pong 300",
		'swap-100' => "$stat,context-switches pong 100",
		'swap-300' => "$stat,context-switches pong 300",
		'turn-1' => 'perf stat -x, -e ' . TURNS . ' loop 10000000',
		'turn-3' => 'perf stat -x, -e ' . TURNS . ' loop 30000000',
		'read-1' => "$often -e r8000000000000005 sleep 0.2",
		'read-2' => "$often -e r8000000000000005 sleep 0.6",
		'csr-1' => "$often -e instructions sleep 0.2",
		'csr-2' => "$often -e instructions sleep 0.6",
	]);
	my %m = (text => $s, map { $_ => Calls::count($s->{$_}) } 'boot', 'first', 'stat');
	$m{release} = release_of($s);
	# Each round is two switches, of which the one leaves the counted process
	# and the other one comes back to it.
	$m{$_} = Calls::per($s->{"$_-100"}, $s->{"$_-300"}, 400) for qw(switch swap);
	my $full = sub { scalar grep { $_->{function} eq 'CONFIG_MATCHING' && $_->{error} == -2 }
		@{ $s->{ $_[0] }{calls} } };
	# When the counters are all taken one request more fails, once a turn.
	$m{turns} = $full->('turn-3') - $full->('turn-1');
	$m{turn} = Calls::per($s->{'turn-1'}, $s->{'turn-3'}, $m{turns} || 1);
	$m{turn_ms} = value_of($s->{'turn-3'}, 'task-clock') - value_of($s->{'turn-1'},
		'task-clock');
	for my $kind (qw(read csr)) {
		my $reads = reads_of($s->{"$kind-2"}) - reads_of($s->{"$kind-1"});
		$m{$kind} = Calls::per($s->{"$kind-1"}, $s->{"$kind-2"}, $reads || 1);
		$m{"${kind}s"} = $reads;
	}
	return \%m;
}

# Sampling every 100000 instructions, the first thing after boot: 10 million
# instructions are 100 samples. Later QEMU may delay the overflow interrupt.
sub sampling {
	my ($linux, %opt) = @_;
	my $s = Calls::boot(linux => $linux, %opt, script => [
		'uname' => 'uname -r',
		'sample' => 'perf record -e instructions:u -c 100000 loop 5000000',
		'log' => 'dmesg | grep -i pmu',
	]);
	my %m = (text => $s, samples => samples_of($s->{sample}), expected => 100,
		release => release_of($s));
	# The process is scheduled in and out meanwhile, which is CONFIG_MATCHING,
	# START and two of STOP each time; the rest is the overflow handler's.
	my $n = Calls::count($s->{sample});
	my $in = delete $n->{CONFIG_MATCHING};
	$n->{START} -= $in;
	$n->{STOP} -= 2 * $in;
	$n->{all} -= 4 * $in;
	$m{sample} = { map { $_ => $n->{$_} / ($m{samples} || 1) } keys %$n };
	# START beyond the last counter, which nothing but a wrong base can be.
	my @wrong = grep { $_->{function} eq 'START' && hex(substr $_->{args}[0], -8) > 63 }
		@{ $s->{sample}{calls} };
	$m{wrong} = \@wrong;
	return \%m;
}

# CPU 1 goes and comes back, and the machine is suspended to idle and woken by
# its serial line. QEMU counts the instructions of both harts together, so that
# the loop is counted with more than the two or four million of its own.
sub comings {
	my ($linux, %opt) = @_;
	my $stat = 'taskset -c 1 perf stat -x, -e instructions:u loop';
	my $online = '/sys/devices/system/cpu/cpu1/online';
	my $s = Calls::boot(linux => $linux, harts => 2, keys => 1, %opt, script => [
		'before' => "$stat 1000000",
		'off' => "echo 0 >$online",
		'on' => "echo 1 >$online",
		'after' => "$stat 2000000",
		'again' => "$stat 2000000",
		'suspend' => "echo enabled >/sys/class/tty/ttyS0/power/wakeup\n"
			. 'echo freeze >/sys/power/state',
		'woken' => 'taskset -c 0 perf stat -x, -e instructions:u loop 1000000',
		'log' => 'dmesg | grep -E "riscv-pmu|PM: suspend"',
	]);
	my %m = (text => $s, map { $_ => value_of($s->{$_}, 'instructions') }
		qw(before after again woken));
	$m{complaints} = () = $s->{log}{text} =~ /Stopping counter idx \d+ failed/g;
	$m{suspended} = $s->{log}{text} =~ /PM: suspend exit/ ? 1 : 0;
	# Which harts have a snapshot area at the end. Linux may have booted on either;
	# CPU 1 is the one that gives its area up when it goes.
	for my $call (map { @{ $s->{$_}{calls} } } qw(boot before off on after again suspend)) {
		$m{no_shmem}++ if $call->{error} == -9;
		next if $call->{function} ne 'SNAPSHOT_SET_SHMEM' || $call->{error};
		my $set = $call->{args}[0] !~ /^0xf+$/;
		$m{area}{ $call->{hart} } = $set ? 1 : 0;
		$m{cpu1} = $call->{hart} unless $set;
	}
	return \%m;
}

# What a round of pong (two context switches) costs in instructions of all
# modes: a nanosecond of the emulated clock is one instruction. The first seconds
# after boot are full of other work; of three runs the middle one is taken.
sub cost {
	my ($linux, $fw) = @_;
	my %what = (
		nothing => '',
		software => 'perf stat -i -e context-switches',
		one => 'perf stat -i -e cycles:u',
		four => 'perf stat -i -e cycles:u,instructions:u,'
			. 'dTLB-load-misses:u,iTLB-load-misses:u',
	);
	my @runs = map { my $name = $_; map { "$name-$_" } 1 .. 3 } sort keys %what;
	my $s = Calls::boot(linux => $linux, fw => $fw, script => [
		'settle' => 'sleep 5',
		map { my ($name) = split /-/; ($_ => "$what{$name} pong 200; $what{$name} pong 1000") }
			@runs ]);
	my (%m, %rounds);
	for my $run (@runs) {
		my ($name) = split /-/, $run;
		my @ns = $s->{$run}{text} =~ /rounds, (\d+) ns/g;
		@ns == 2 or die "sbi-pmu: pong did not end:\n$s->{$run}{text}";
		push @{ $rounds{$name} }, ($ns[1] - $ns[0]) / 800;
	}
	$m{$_} = (sort { $a <=> $b } @{ $rounds{$_} })[1] for keys %rounds;
	return \%m;
}

1;
