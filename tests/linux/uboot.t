#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# U-Boot in S-mode, from Debian's package u-boot-qemu, boots on the firmware and
# starts the suite and the bring-up report with booti, as docs and README say of a
# board.

use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../../scripts";
use IO::Select;
use IPC::Open2;
use Test::More;
use Time::HiRes qw(time);
use Machine;

use constant { LIMIT => 60, ADDRESS => '0x88000000', PROMPT => qr/^=> \z/m };

my $uboot = '/usr/lib/u-boot/qemu-riscv64_smode/u-boot.bin';
-f $uboot or die "sbi-pmu: there is no $uboot: run scripts/setup linux\n";
my $machine = Machine->read_file('tests/machines/rv64-full.t');
$machine->{fw} = $ENV{FW} if $ENV{FW};
(my $bringup = $machine->{suite}) =~ s/suite\.bin$/bringup.bin/;
for my $file (@$machine{qw(fw suite)}, $bringup) {
	-f $file or die "sbi-pmu: there is no $file: build it with make\n";
}

my ($pid, $out, $in, $select, $said);

# The emulator must not outlive us, nor loop for ever.
sub boot {
	my ($payload) = @_;
	$said = '';
	$pid = open2($out, $in, 'setpriv', '--pdeathsig', 'KILL', '--',
		'timeout', '-s', 'KILL', 3 * LIMIT, $machine->command($uboot, '',
			'-device', "loader,file=$payload,addr=" . ADDRESS . ',force-raw=on'));
	$select = IO::Select->new($out);
	my $boot = wait_for(qr/Hit any key/);
	syswrite $in, ' ';
	wait_for(PROMPT);
	return $boot;
}

# What is printed until the text matches, or all there is.
sub wait_for {
	my ($what) = @_;
	my $until = time + LIMIT;
	my $from = '';
	while ($from !~ $what) {
		my $rest = $until - time;
		last if $rest <= 0 || !$select->can_read($rest);
		sysread($out, $from, 65536, length $from) or last;
		$from =~ s/\r//g;
	}
	$said .= $from;
	return $from;
}

# U-Boot repeats what is typed.
sub type {
	my ($command, $what) = @_;
	syswrite $in, "$command\n";
	return wait_for($what);
}

# The machine powers off by itself.
sub end {
	close $in;
	wait_for(qr/(?!)/);
	waitpid $pid, 0;
	return $?;
}

my $boot = boot($machine->{suite});
like($boot, qr/^U-Boot \d/m, 'U-Boot boots on the firmware');
my $sbi = type('sbi', PROMPT);
like($sbi, qr/^SBI \d+\.\d+$/m, 'its command sbi finds an SBI');
like($sbi, qr/Performance Monitoring Unit/, 'and the PMU extension');

type('setenv bootargs only=founding', PROMPT);
my $suite = type('booti ' . ADDRESS . ' - $fdtcontroladdr', qr/^# end of suite\n/m);
like($suite, qr/^TAP version/m, 'booti starts the suite');
my @passed = $suite =~ /^ok \d+ - founding\.[\w-]+: (?!.*# SKIP)/mg;
my @failed = $suite =~ /^(not ok .*)/mg;
my @others = $suite =~ /^ok \d+ - (?!founding)(\S+): (?!.*# SKIP)/mg;
cmp_ok(scalar @passed, '>=', 8, 'the cases of group founding pass');
is("@failed", '', 'no case fails');
is("@others", '', 'and no other case runs: the arguments arrived');

is(end(), 0, 'the machine powers off and reports no failure');

boot($bringup);
type('setenv bootargs raw=0x1-0x2', PROMPT);
my $report = type('booti ' . ADDRESS . ' - $fdtcontroladdr', qr/^bringup: end\n/m);
like($report, qr/^OK +firmware\.pmu: /m, 'booti starts the bring-up report');
like($report, qr/^ABSENT +raw: the firmware takes none of 2 selectors/m,
	'the arguments arrived');
is(end(), 0, 'the machine powers off after it');
diag(map { "| $_\n" } grep { defined } (split /\n/, $said)[-20 .. -1])
	unless Test::More->builder->is_passing;
done_testing();
