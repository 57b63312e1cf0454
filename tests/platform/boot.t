#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Which table the firmware takes, on machines of QEMU that have no riscv,pmu node
# and the ids of a core: the boot line names it, and the bring-up report finds its
# events on its counters. Run by make check-bringup.
# usage: tests/platform/boot.t PROGRAM

use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../../scripts";
use File::Temp;
use Test::More;
use Bringup;
use Machine;

use constant HPM => 0x7fff8; # QEMU's mhpmcounters, unless pmu-mask says otherwise

@ARGV == 1 or die "usage: tests/platform/boot.t PROGRAM\n";
my ($program) = @ARGV;
my $bringup = "$FindBin::RealBin/../bringup";
$SIG{$_} = sub { exit 130 } for qw(INT TERM HUP PIPE);

# Boot a machine that is changed; the table of the boot line, '' for none, what takes
# each event as { event => counters, fixed ones left out }, the report, and what the
# firmware said of the node
sub boot {
	my ($what, %change) = @_;
	my $m = Machine->read_file("$bringup/" . (delete $change{file} // 'no-node.t'));
	$m->{cpu} =~ s/,mvendorid=.*/$change{cpu}/ if defined $change{cpu};
	$m->{$_} = $change{$_} for grep { $_ ne 'cpu' } keys %change;
	my $run = eval { Bringup::run($m) };
	if (!$run) {
		fail("$what boots: $@");
		return ('', {});
	}
	my ($line) = grep { /^SBI PMU Extension/ } @{ $run->{lines} };
	my ($table) = ($line // '') =~ /, events of (\S+)$/;
	my %events;
	for my $e (@{ $run->{report}{harts}[0]{events} }) {
		my $mask = 0;
		$mask |= 1 << $_ for grep { $_ < 32 } @{ $e->{counters} };
		$events{ $e->{event} } = $mask & HPM if $mask & HPM;
	}
	return ($table // '', \%events, $run->{report},
		[ grep { /^sbi-pmu: / } @{ $run->{lines} } ]);
}

# What a node gives a hart with QEMU's counters
sub events_of {
	my ($node) = @_;
	my ($rows) = $node =~ /riscv,event-to-mhpmcounters =(.*?);/s;
	my %events;
	while ($rows =~ /<(\w+) (\w+) (\w+)>/g) {
		my ($first, $last, $mask) = map { hex } $1, $2, $3;
		$events{$_} = $mask & HPM for $first .. $last;
	}
	return \%events;
}

sub lines_of {
	my (@command) = @_;
	open(my $in, '-|', @command) or die "cannot start $command[0]: $!\n";
	my @lines = <$in>;
	close $in or die "@command failed\n";
	return @lines;
}

my (undef, @list) = lines_of($program);
for my $line (@list) {
	my ($name, @ids) = split ' ', $line;
	my $cpu = '';
	for my $id (qw(mvendorid marchid mimpid)) {
		my $value = shift @ids;
		$cpu .= ",$id=" . ($value eq 'any' ? 5 : $value);
	}
	my ($table, $events) = boot($name, cpu => $cpu);
	is($table, $name, "a core of $name is known");
	is_deeply($events, events_of(join '', lines_of($program, $name)),
		'and has the events of its table');
}

# Selectors: those of the X60 for branches are QEMU's for cycles and instructions,
# and that of ITLB misses is none of QEMU's
my (undef, undef, $report) = boot('an X60',
	cpu => ',mvendorid=0x710,marchid=0x8000000058000001');
my %event = map { $_->{event} => $_ } @{ $report->{harts}[0]{events} };
is_deeply([ map { $event{$_}{own} > 0 ? 1 : 0 } 5, 6, 0x10021 ], [ 1, 1, 0 ],
	'mhpmevent gets the selectors of the table');

sub knows_nothing {
	my ($what, %change) = @_;
	my ($table, $events) = boot($what, %change);
	is($table, '', "$what: no table is taken");
	is_deeply($events, {}, 'and no event is known');
}

my $u74 = ',mvendorid=0x489,marchid=0x8000000000000007';
knows_nothing('a core that nobody knows');
knows_nothing('another architecture', cpu => ',mvendorid=0x489,marchid=7');

# A file with a node that has these properties; it is there as long as its name is
sub node_file {
	my ($text) = @_;
	my $node = File::Temp->new(SUFFIX => '.dts');
	print $node "/ { pmu { compatible = \"riscv,pmu\"; $text }; };\n";
	close $node;
	return $node;
}

my $empty = node_file('');
knows_nothing('a U74 with a node that is empty', cpu => $u74, 'dtb-edit' => 'none',
	node => "$empty");

my ($table, $events) = boot("a U74 with QEMU's node", cpu => $u74, 'dtb-edit' => 'none');
is($table, '', 'a node wins over a table');
is_deeply($events, events_of(join '', lines_of($program, 'qemu,virt')), 'with its events');

# Ids of 0 say nothing: without QEMU's machine around it, the core may be any
my $other = File::Temp->new(SUFFIX => '.dts');
Machine::run_quietly('dtc', '-q', '-I', 'dtb', '-O', 'dts', '-o', "$other",
	Machine->read_file("$bringup/no-node.t")->edited_dtb(''));
Machine::run_quietly('sed', '-i', 's/"riscv-virtio"/"some,machine"/', "$other");
knows_nothing('ids of 0 on another machine', cpu => '', 'dtb-edit' => 'none',
	dts => "$other");

# A node with faults: the boot goes on with what is good in it
sub with_node {
	my ($text) = @_;
	my $node = node_file($text);
	my (undef, $events, undef, $said) = boot('a node with faults',
		'dtb-edit' => 'none', node => "$node");
	return ($events, $said);
}

my $rows = 'riscv,event-to-mhpmcounters = <0x10019 0x10019 0xf8>, <9 8 0xf8>,'
	. ' <0x1001b 0x1001b 0x18>';
($events, my $said) = with_node("$rows, <0x10021>; riscv,event-to-mhpmevent;"
		. ' riscv,raw-event-to-mhpmcounters = <0 0x10019 0xffffffff 0 0xf8>;');
my %good = (0x10019 => 0xf8, 0x1001b => 0x18);
is_deeply($events, \%good, 'the good rows of a node with faults are kept');
is_deeply($said, [
	'sbi-pmu: riscv,event-to-mhpmcounters, row 4: ignored, it has 4 bytes of 12',
	'sbi-pmu: riscv,event-to-mhpmevent: ignored, it has no row',
	'sbi-pmu: riscv,event-to-mhpmcounters, row 2: ignored, 0x9 to 0x8 is no range of events',
	'sbi-pmu: riscv,raw-event-to-mhpmcounters, row 1: ignored, select has bits that the mask does not have',
], 'and each fault is named with its property and row');

# More selectors than the firmware has memory for
($events, $said) = with_node("$rows, <0x100 0x2000 0x18>; riscv,event-to-mhpmevent = "
		. join(', ', map { "<$_ 0 1>" } 0x100 .. 0x1fff) . ';');
is_deeply($events, \%good, 'a node that is too large does not stop the boot');
is(scalar(grep { $_ eq 'sbi-pmu: riscv,event-to-mhpmevent, row 129: ignored as all after it' }
		@$said), 1, 'and it is said what was left out');

SKIP: {
	skip 'QEMU= is given and QEMU32= is not', 2
		unless defined Machine->read_file("$bringup/no-node-rv32.t")->qemu;
	my ($table, $events) = boot('RV32', file => 'no-node-rv32.t', cpu => '');
	is($table, 'qemu,virt', 'a core of 32 bits is known, too');
	is_deeply($events, events_of(join '', lines_of($program, 'qemu,virt')),
		'and has its events');
}
done_testing();
