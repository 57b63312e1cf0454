#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# perf on the host counts guest and host apart: the filters of VS- and VU-mode.

use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../linux";
use Guest;
use Test::More;

use constant { ROUNDS => 1000000, MORE => 3000000 };

plan skip_all => 'the KVM of KERNEL= is not at hand' if $ENV{KERNEL};

my $built = "$FindBin::RealBin/../../build/kvm";
my @files = ("$built/vmm:usr/bin/vmm",
	map { "$built/guest-$_.bin:guest-$_" } ROUNDS, MORE);
# How much more the longer guest executes, half of it in VS-mode, half in VU.
my $longer = 2 * 2 * (MORE - ROUNDS);

# QEMU counts an event in one programmable counter at a time, so each has a run.
my @events = qw(instructions:G instructions:H instructions:GH instructions:Hu
	instructions:Hk cycles:G cycles:H cycles:GH);

for my $linux (linux_names()) {
	my @steps = (kvm => 'insmod /modules/kvm.ko');
	for my $event (@events) {
		push @steps, map { +"$event.$_" => perf_stat($event,
			"vmm /guest-$_") } ROUNDS, MORE;
	}
	my $g = Guest->boot(linux => $linux, files => \@files, steps => \@steps,
		cpu => 'rv64,sscofpmf=on,smcntrpmf=on,h=on');
	$g->went_well;
	my @ill = grep { $g->status($_) ne '0' }
		map { $steps[2 * $_] } 0 .. $#steps / 2;
	ok(!@ill, "$linux: every guest ends well")
		or diag(map { "$_: " . $g->text($_) . "\n" } @ill);

	my %less = map { $_ => $g->count("$_." . ROUNDS, $_) } @events;
	my %more = map { $_ => $g->count("$_." . MORE, $_) - $less{$_} } @events;
	note("$_: $less{$_}, and $more{$_} more") for @events;
	for my $event (qw(instructions cycles)) {
		is($more{"$event:G"}, $longer,
			"$linux: $event:G is the guest, exactly");
		cmp_ok($less{"$event:G"}, '<', 4 * ROUNDS + 100,
			"$linux: and nothing but the guest");
		cmp_ok($less{"$event:H"}, '>', 1000,
			"$linux: $event:H is the host");
		cmp_ok($more{"$event:H"}, '<', $longer / 4,
			"$linux: and not the guest");
		cmp_ok(abs($more{"$event:GH"} - $more{"$event:G"}
			- $more{"$event:H"}), '<', $longer / 10,
			"$linux: $event:GH is both");
	}
	is($more{'instructions:Hu'}, 0,
		"$linux: user mode of the host takes no part in it");
	cmp_ok($less{'instructions:Hu'}, '>', 100, "$linux: but started it");
	cmp_ok($less{'instructions:Hk'}, '>', 1000, "$linux: as did its kernel");
}
done_testing();
