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

# Boot a machine that is changed; the table of the boot line, '' for none, and
# { event => counters that take it, fixed ones left out }
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
	return ($table // '', \%events, $run->{report});
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

my $empty = File::Temp->new(SUFFIX => '.dts');
print $empty "/ { pmu { compatible = \"riscv,pmu\"; }; };\n";
close $empty;
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

SKIP: {
	skip 'QEMU= is given and QEMU32= is not', 2
		unless defined Machine->read_file("$bringup/no-node-rv32.t")->qemu;
	my ($table, $events) = boot('RV32', file => 'no-node-rv32.t', cpu => '');
	is($table, 'qemu,virt', 'a core of 32 bits is known, too');
	is_deeply($events, events_of(join '', lines_of($program, 'qemu,virt')),
		'and has its events');
}
done_testing();
