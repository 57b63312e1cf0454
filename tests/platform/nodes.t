#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Each table of platform/ as a device-tree node: dtc takes it, and dt-schema finds
# that it keeps to the binding. Leaves the trees for the test of the tables.
# usage: tests/platform/nodes.t PROGRAM FOLDER

use strict;
use warnings;
use FindBin;
use Test::More;

@ARGV == 2 or die "usage: tests/platform/nodes.t PROGRAM FOLDER\n";
my ($program, $folder) = @ARGV;

sub output {
	my (@command) = @_;
	my $pid = open(my $in, '-|');
	defined $pid or die "cannot start $command[0]: $!\n";
	if (!$pid) {
		open(STDERR, '>&', \*STDOUT);
		no warnings 'exec';
		exec @command;
		print "cannot start $command[0]: $!\n";
		exit 127;
	}
	local $/;
	my $said = <$in> // '';
	close $in;
	return ($? >> 8, $said);
}

# A tree with the text of a node in it; what dtc and dt-validate say of it.
sub faults {
	my ($name, $node) = @_;
	open(my $out, '>', "$folder/$name.dts") or die "$folder/$name.dts: $!\n";
	print $out <<'END', $node;
/dts-v1/;
/ {
	compatible = "sbi-pmu,test";
	model = "sbi-pmu,test";
	#address-cells = <2>;
	#size-cells = <2>;
};
END
	close $out or die "$folder/$name.dts: $!\n";
	my ($status, $said) = output('dtc', '-I', 'dts', '-O', 'dtb', '-o',
		"$folder/$name.dtb", "$folder/$name.dts");
	return $said || "status $status" if $status || $said ne '';
	return (output('dt-validate', '-s', "$folder/schema.json",
		"$folder/$name.dtb"))[1];
}

my ($status, $said) = output('dt-mk-schema', '-j', '-o', "$folder/schema.json",
	"$FindBin::RealBin/schema");
is("$status$said", '0', 'dt-schema takes the binding') or done_testing, exit 1;

($status, my $list) = output($program);
my (undef, @names) = map { /^(\S+)/ } split /\n/, $list;
ok(@names > 1, 'there are tables');
my %node = map { $_ => (output($program, $_))[1] } @names;
is(faults($_, $node{$_}), '', "the node of $_ is valid") for @names;
is(faults('empty', '/ { pmu { compatible = "riscv,pmu"; }; };'), '',
	'so is one without events');

# What is wrong has to be found, or the above says nothing
my $good = $node{'sifive,u74'};
for my $bad (
	[ 'a row of two words', sub { s/<0x00004 0x0 0x302>/<0x00004 0x302>/ },
		qr/mhpmevent.*too short/ ],
	[ 'a property without counters', sub { s/riscv,event-to-mhpmcounters =/x =/ },
		qr/is a dependency/ ],
	[ 'a property that is not there', sub { s/riscv,raw-event\S+/riscv,raw/ },
		qr/does not match/ ],
	[ 'an event of 21 bits', sub { s/<0x10009 0x10009/<0x10009 0x110009/ },
		qr/greater than the maximum/ ],
	[ 'no counter', sub { s/0x00000018/0x0/ }, qr/less than the minimum/ ],
	[ 'half a row', sub { s/ 0x00000018>;/>;/ }, qr/too short/ ],
) {
	my ($name, $change, $pattern) = @$bad;
	local $_ = $good;
	$change->() or die "$name: the node of sifive,u74 has another form\n";
	like(faults('bad', $_), $pattern, "$name is noticed");
}

($status, $said) = output($program, 'none,such');
is($status, 1, 'an unknown core is refused');
like($said, qr/^sbi-pmu: CORE=none,such: [^\n]*make platform-node[^\n]*\n$/, 'in one line');
done_testing();
