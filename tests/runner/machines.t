#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Machine files are read strictly, and the two commands of the README stay.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use lib "$FindBin::RealBin/../../scripts";
use Machine;
use Test::More;

my $top = "$scripts/..";

for my $machine (glob "$top/tests/{machines,storm}/*.t") {
	my ($name) = $machine =~ m{([^/]+)\.t$};
	like(slurp($machine), qr/^# (?!SPDX)\S.*/m, "$name says what it shows");
	next if slurp($machine) =~ /^dtb-edit:/m;
	my $command = `QEMU=q QEMU32=q32 $scripts/qemu -n $machine`;
	like($command, qr/^q(32)? -M (virt|spike) .*-bios .*-kernel /, 'and runs');
}

sub refuses {
	my ($text, $pattern) = @_;
	my $file = write_file('bad.t', $text);
	my $said = `$scripts/qemu -n $file 2>&1`;
	isnt($?, 0, 'a bad machine file is refused');
	like($said, $pattern, 'with file, line and reason');
}
refuses("qemu: 64\nhart: 1\n", qr/bad\.t:2: unknown key 'hart'/);
refuses("qemu 64\n", qr/bad\.t:1: not of the form/);
refuses("qemu: 48\n", qr/must be 64 or 32/);

# A guest of KVM: its arguments go through the host, and nobody takes it for ours.
mkdir "$dir/linux-there";
write_file('linux-there/Image', '');
my $guest = write_file('guest.t', "qemu: 64\nharts: 2\nhost: there\n");
$ENV{SBI_PMU_CACHE} = $dir;
like(`$scripts/qemu -n $guest 2>&1`, qr{^sbi-pmu: there is no \S*/kvm/there\.cpio: make kvm},
	'a guest without its host tells how to make it');
delete $ENV{SBI_PMU_CACHE};
for my $machine (glob "$top/tests/kvm/*-*.t") {
	my ($name) = slurp($machine) =~ /^host: (\w+)$/m;
	ok(defined $name, "$machine has a host");
	my $m = Machine->read_file($machine);
	ok(!$m->fw_is_ours, 'and is not ours');
}

my $plain = Machine->read_file("$top/tests/machines/rv64-plain.t");
unlike(join(' ', $plain->command('k', '')), qr/memory-backend/, 'memory is of QEMU');
$plain->{ram} = '/there/ram';
like(join(' ', $plain->command('k', '')),
	qr{size=256M,mem-path=/there/ram,share=on -machine memory-backend=ram}, 'or a file');

my $readme = slurp("$top/README.md");
like($readme, qr/^    make run\n    make check$/m, 'the README has two commands');
like(slurp("$top/.ci/run"), qr{for target in check }, 'and CI runs the second');

done_testing;
