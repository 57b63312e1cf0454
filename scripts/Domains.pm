# SPDX-License-Identifier: BSD-2-Clause
#
# Two OpenSBI domains in a device tree. The suite runs in one, and a payload of its
# own in the other, with memory of its own: see tests/suite/witness.h. With a hart
# in both, it is the suite's at boot.

package Domains;

use strict;
use warnings;

# The memory of the other domain, and two pages that both may use.
use constant { OTHER => 0x8c000000, OTHER_ORDER => 21, SHARED => 0x8c200000, SHARED_ORDER => 13 };
use constant { UART => 0x10000000, UART_ORDER => 12 };
# What S- and U-mode may do: with Smepmp a region is either theirs or M-mode's.
use constant { NOTHING => 0, ALL => 0x38 };

my $config = '/chosen/opensbi-domains';
my %phandle = (own => 0xd0, shared => 0xd1, all => 0xd2, uart => 0xd3, suite => 0xd4,
	other => 0xd5);

# $run->(command...) dies when the command fails.
sub edit {
	my ($run, $dtb, $suite_harts, $other_harts) = @_;
	my $e = bless { run => $run, dtb => $dtb }, __PACKAGE__;
	my %domain = map({ $_ => 'other' } @$other_harts);
	$domain{$_} = 'suite' for @$suite_harts;
	$e->{cpu} = { map { $_ => $e->cpu_phandle($_) } keys %domain };

	$e->text($config, 'compatible', 'opensbi,domain,config');
	$e->region('own', OTHER, OTHER_ORDER);
	$e->region('shared', SHARED, SHARED_ORDER);
	$e->region('all', 0, 64);
	# A device that nobody calls one is memory, for the firmware, too.
	$e->region('uart', UART, UART_ORDER);
	$e->cells("$config/uart", 'mmio');
	$e->instance('suite', $suite_harts, own => NOTHING, uart => ALL, all => ALL);
	$e->cells("$config/suite", $_) for qw(system-reset-allowed system-suspend-allowed);
	$e->instance('other', $other_harts, own => ALL, shared => ALL);
	$e->cells("$config/other", 'next-addr', 0, OTHER);
	$e->cells("$config/other", 'next-arg1', 0, 0);
	$e->cells("/cpus/cpu\@$_", 'opensbi-domain', $phandle{ $domain{$_} })
		for sort keys %domain;

	# The hart that boots the machine tells which domain gets what QEMU loaded.
	$e->text('/chosen/opensbi-config', 'compatible', 'opensbi,config');
	$e->cells('/chosen/opensbi-config', 'cold-boot-harts', @{ $e->{cpu} }{@$suite_harts});

	# OpenSBI takes its own description away, so this one is for the suite.
	$e->cells('/reserved-memory', $_, 2) for map { "#$_-cells" } qw(address size);
	$e->cells('/reserved-memory', 'ranges');
	$e->reserve('other-domain', OTHER, OTHER_ORDER);
	$e->reserve('shared', SHARED, SHARED_ORDER);
	return;
}

sub cells {
	my ($e, $node, $property, @cells) = @_;
	$e->{run}->('fdtput', '-p', '-t', 'x', $e->{dtb}, $node, $property,
		map { sprintf '%x', $_ } @cells);
	return;
}

sub text {
	my ($e, $node, $property, $text) = @_;
	$e->{run}->('fdtput', '-p', '-t', 's', $e->{dtb}, $node, $property, $text);
	return;
}

sub region {
	my ($e, $name, $base, $order) = @_;
	$e->text("$config/$name", 'compatible', 'opensbi,domain,memregion');
	$e->cells("$config/$name", 'base', 0, $base);
	$e->cells("$config/$name", 'order', $order);
	$e->cells("$config/$name", 'phandle', $phandle{$name});
	return;
}

sub instance {
	my ($e, $name, $harts, %access) = @_;
	$e->text("$config/$name", 'compatible', 'opensbi,domain,instance');
	$e->cells("$config/$name", 'possible-harts', @{ $e->{cpu} }{@$harts});
	$e->cells("$config/$name", 'boot-hart', $e->{cpu}{ $harts->[0] });
	$e->cells("$config/$name", 'regions', map { ($phandle{$_}, $access{$_}) } sort keys %access);
	$e->cells("$config/$name", 'phandle', $phandle{$name});
	return;
}

sub reserve {
	my ($e, $name, $base, $order) = @_;
	my $node = sprintf '/reserved-memory/%s@%x', $name, $base;
	$e->text($node, 'compatible', "sbi-pmu,$name");
	$e->cells($node, 'reg', 0, $base, 0, 1 << $order);
	$e->cells($node, 'no-map');
	return;
}

sub cpu_phandle {
	my ($e, $hart) = @_;
	open(my $in, '-|', 'fdtget', '-t', 'u', $e->{dtb}, "/cpus/cpu\@$hart", 'phandle')
		or die "cannot start fdtget: $!\n";
	my $phandle = <$in>;
	close $in and defined $phandle
		or die "the device tree of QEMU has no phandle for hart $hart\n";
	chomp $phandle;
	return $phandle;
}

1;
