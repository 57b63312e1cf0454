#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What users of perf see go wrong on unmodified OpenSBI, here and there. The
# last lines are the table of docs/linux.md. With FW= that firmware alone has to
# do well.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Guest;
use Test::More;

use constant { ROUNDS => 10000000, TRAPS => 30000, N => 1000 };

my $loop = 'loop ' . ROUNDS;
my $filters = 'rv64,sscofpmf=on,smcntrpmf=on';
my $group = join ',', my @group = qw(cycles instructions dTLB-load-misses);
my @pair = qw(cycles:u instructions:u);

# A number of samples of each of two events, of a command that has the counters.
sub record {
	return "perf record -q -o /tmp/data " . join(' ', map {
		"-e $_ -c 1000000" } @pair) . " $loop; perf script -i /tmp/data"
		. ' -F event';
}

sub samples {
	my ($g) = @_;
	return join ', ', map {
		my $event = $_;
		scalar(grep { /\Q$event\E/ } $g->lines('record')) . " of $event";
	} @pair;
}

sub counts {
	my ($step, @events) = @_;
	return sub {
		my ($g) = @_;
		return join ', ', map { $g->count($step, $_) } @events;
	};
}

# Whether a number is there and not more than a fifth away: scaled counts are
# estimates.
sub near {
	my ($count, $expected) = @_;
	return $count =~ /^\d+$/ && abs($count - $expected) < $expected / 5;
}

sub same_as_alone {
	my ($with, $alone) = map { /^(\d+)/ } @_;
	return near($with, $alone);
}

sub far_from_alone {
	my ($with, $alone) = map { /^(\d+)/ } @_;
	return $with > 10 * $alone;
}

# For each finding: the machine, what to run there, what of it to show, whether
# that is as it should be, and whether stock's is what is known of it.
my @findings = (
	{
		name => 'a running counter is not programmed anew',
		cpu => "$filters,pmu-mask=0x8",
		run => perf_stat('dTLB-load-misses cycles:k cycles:u', $loop),
		show => counts('run', 'cycles:k', 'cycles:u'),
		right => sub {
			my ($kernel, $user) = @_;
			return $kernel =~ /^\d+$/ && $kernel < ROUNDS
				&& near($user, 2 * ROUNDS);
		},
		stock => sub { $_[0] > 2**63 },
	}, {
		name => 'two counters on one firmware event',
		cpu => $filters,
		run => perf_stat(join(' ', (fw_event(4)) x 2),
			'provoke illegal ' . N),
		show => sub {
			my ($g) = @_;
			return join ', ', map { $g->count('run', fw_event(4), $_) } 0, 1;
		},
		right => sub { $_[0] == N && $_[1] == N },
		stock => sub { $_[0] == N && $_[1] == 0 },
	}, {
		name => 'no event that no counter can count',
		cpu => 'rv64,sscofpmf=off,smcntrpmf=off,pmu-mask=0',
		run => perf_stat('dTLB-load-misses cycles instructions', $loop)
			. '; perf list hw cache 2>&1 | cat',
		show => sub {
			my ($g) = @_;
			my $listed = grep { /^\s+[di]tlb-/i } $g->lines('run');
			return "$listed TLB events listed, "
				. $g->count('run', 'dTLB-load-misses') . ', cycles '
				. int($g->running('run', 'cycles')) . ' % of the time';
		},
		right => sub { "@_" eq '0 TLB events listed <not supported>'
			. ' cycles 100 % of the time' },
		stock => sub { $_[0] =~ /^3/ && $_[2] !~ / 100 %/ },
	}, {
		name => 'a filter is kept, or the counter is not given',
		cpu => 'rv64,sscofpmf=on,smcntrpmf=off,pmu-mask=0x8',
		run => perf_stat('dTLB-load-misses cycles:u',
			'provoke illegal ' . TRAPS),
		alone => perf_stat('cycles:u', 'provoke illegal ' . TRAPS),
		show => sub {
			my ($g) = @_;
			return $g->count('run', 'cycles:u') . ' with another event, '
				. $g->count('alone', 'cycles:u') . ' alone';
		},
		right => \&same_as_alone,
		stock => \&far_from_alone,
	}, {
		name => 'a filter is kept in legacy mode (perf_user_access = 2)',
		cpu => $filters,
		alone => perf_stat('instructions:u', 'provoke illegal ' . TRAPS),
		run => 'echo 2 >/proc/sys/kernel/perf_user_access; '
			. perf_stat('instructions:u', 'provoke illegal ' . TRAPS),
		show => sub {
			my ($g) = @_;
			return $g->count('run', 'instructions:u') . ', '
				. $g->count('alone', 'instructions:u') . ' in mode 1';
		},
		right => \&same_as_alone,
		stock => \&far_from_alone,
	}, {
		name => 'sampling two events with two programmable counters',
		cpu => "$filters,pmu-mask=0x18",
		samples => 1,
		record => record(),
		show => \&samples,
		right => sub { "@_" eq '20 of cycles:u 20 of instructions:u' },
	}, {
		# A fixed counter never interrupts, and no call says that it has to.
		name => 'the same with one: the first event has the samples',
		cpu => "$filters,pmu-mask=0x8",
		samples => 1,
		record => record(),
		show => \&samples,
		right => sub { "@_" eq '20 of cycles:u 0 of instructions:u' },
	}, {
		name => 'a group whose first event has no other counter',
		cpu => "$filters,pmu-mask=0x18",
		run => "perf stat -j -e '{dTLB-load-misses,cycles,instructions}' $loop",
		show => counts('run', @group),
		right => sub { near($_[0], 2 * ROUNDS) && near($_[1], 2 * ROUNDS)
			&& $_[2] > 0 },
	}, {
		# cycles and instructions had their choice, and took what can sample.
		name => 'the same group in the other order is not counted',
		cpu => "$filters,pmu-mask=0x18",
		run => "perf stat -j -e '{$group}' $loop",
		show => counts('run', @group),
		right => sub { "@_" eq join ' ', ('<not counted>') x 3 },
	}, {
		name => 'but it is where no counter can sample',
		cpu => 'rv64,sscofpmf=off,smcntrpmf=off,pmu-mask=0x18',
		run => "perf stat -j -e '{$group}' $loop",
		show => counts('run', @group),
		right => sub { near($_[0], 2 * ROUNDS) && near($_[1], 2 * ROUNDS)
			&& $_[2] > 0 },
	},
);

# The older kernel asks for no list of events, and its perf samples too late.
my ($linux) = grep { $_ ne 'trixie' } linux_names();
plan skip_all => 'only the newer kernel is judged' unless defined $linux;
my @firmware = $ENV{FW} ? ([ $ENV{FW}, undef ]) : (
	[ 'build/fw_dynamic.bin', 'ours' ],
	[ 'build/stock/fw_dynamic.bin', 'stock' ]);
my @table;

for my $f (@findings) {
	my @row = $f->{name};
	for (@firmware) {
		my ($fw, $who) = @$_;
		my $says = "$linux: " . ($who // 'this firmware') . ": $f->{name}";
		SKIP: {
			skip "$says: QEMU never delivers the overflow interrupt", 1
				if $f->{samples} && !has_interrupt();
			my $g = Guest->boot(linux => $linux, fw => $fw,
				cpu => $f->{cpu}, steps => [ map { $_ => $f->{$_} }
					grep { $f->{$_} } qw(alone run record) ]);
			my $shown = $f->{show}->($g);
			my @shown = split /, /, $shown;
			push @row, $shown;
			ok(!defined $g->{died}, "$says: Linux powers off")
				or diag($g->{died});
			# Later versions of stock may do better.
			my $known = $f->{stock} && ($who // '') eq 'stock';
			next if $known && !grep { /^OpenSBI v1\.8/ } @{ $g->{log} };
			ok(($known ? $f->{stock} : $f->{right})->(@shown),
				"$says: $shown" . ($known ? ', which is wrong' : ''))
				or diag($g->text('run'), $g->text('record'));
		}
	}
	push @table, '| ' . join(' | ', @row) . " |\n";
}
note('| ', join(' | ', 'finding', map { $_->[1] // 'this firmware' } @firmware),
	" |\n", '|---' x (1 + @firmware), "|\n", @table);
done_testing();
