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
		'first stat' => "$stat loop 1000000",
		'stat' => "$stat loop 1000000",
		'switch 100' => "$stat,context-switches -i pong 100",
		'switch 300' => "$stat,context-switches -i pong 300",
		'swap 100' => "$stat,context-switches pong 100",
		'swap 300' => "$stat,context-switches pong 300",
		'turn 1' => 'perf stat -x, -e ' . TURNS . ' loop 10000000',
		'turn 3' => 'perf stat -x, -e ' . TURNS . ' loop 30000000',
		'read 1' => "$often -e r8000000000000005 sleep 0.2",
		'read 2' => "$often -e r8000000000000005 sleep 0.6",
		'csr 1' => "$often -e instructions sleep 0.2",
		'csr 2' => "$often -e instructions sleep 0.6",
		'probe' => "perf stat -x, -e instructions:u true",
	]);
	my %m = (boot => Calls::count($s->{boot}), text => $s,
		'first stat' => Calls::count($s->{'first stat'}),
		stat => Calls::count($s->{stat}));
	# Each round is two switches, of which the one leaves the counted process
	# and the other one comes back to it.
	$m{$_} = Calls::per($s->{"$_ 100"}, $s->{"$_ 300"}, 400) for qw(switch swap);
	my $full = sub { scalar grep { $_->{function} eq 'CONFIG_MATCHING' && $_->{error} == -2 }
		@{ $s->{ $_[0] }{calls} } };
	# When the counters are all taken one request more fails, once a turn.
	$m{turns} = $full->('turn 3') - $full->('turn 1');
	$m{turn} = Calls::per($s->{'turn 1'}, $s->{'turn 3'}, $m{turns} || 1);
	$m{turn_ms} = value_of($s->{'turn 3'}, 'task-clock') - value_of($s->{'turn 1'},
		'task-clock');
	for my $kind (qw(read csr)) {
		my $reads = reads_of($s->{"$kind 2"}) - reads_of($s->{"$kind 1"});
		$m{$kind} = Calls::per($s->{"$kind 1"}, $s->{"$kind 2"}, $reads || 1);
		$m{"${kind}s"} = $reads;
	}
	return \%m;
}

# Sampling every 100000 instructions, the first thing after boot: 10 million
# instructions are 100 samples. Later QEMU may delay the overflow interrupt.
sub sampling {
	my ($linux, %opt) = @_;
	my $record = 'perf record -e instructions:u -c 100000 -o';
	my $s = Calls::boot(linux => $linux, %opt, script => [
		'sample 1' => "$record /tmp/1 loop 5000000",
		'sample 3' => "$record /tmp/2 loop 15000000",
		'log' => 'dmesg | grep -i pmu',
	]);
	my %m = (text => $s, samples => samples_of($s->{'sample 1'}), expected => 100);
	my $more = samples_of($s->{'sample 3'}) - $m{samples};
	$m{sample} = Calls::per($s->{'sample 1'}, $s->{'sample 3'}, $more || 1);
	$m{more} = $more;
	# START beyond the last counter, which nothing but a wrong base can be.
	my @wrong = grep { $_->{function} eq 'START' && hex $_->{args}[0] > 63 }
		map { @{ $s->{$_}{calls} } } 'sample 1', 'sample 3';
	$m{wrong} = \@wrong;
	return \%m;
}

1;
