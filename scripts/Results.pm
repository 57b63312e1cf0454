# SPDX-License-Identifier: BSD-2-Clause
#
# The result of one run, one firmware on one machine, as a JSON file.

package Results;

use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA;
use File::Basename qw(basename dirname);
use JSON::PP;
use POSIX qw(strftime);

my %verdict = (PASS => 'ok', FAIL => 'not ok', KNOWN => 'KNOWN', SKIP => 'SKIP');

# What the firmware says of itself, from the facts that the suite prints.
sub identity {
	my (@facts) = @_;
	for (@facts) {
		return { sbi => $1, impl => $2 + 0, impl_name => $3,
			impl_version => $4 }
			if /^firmware: SBI (\S+), implementation (\d+) \((.*?)\), version (\S+)/;
	}
	return { sbi => undef, impl => undef, impl_name => undef,
		impl_version => undef };
}

sub first_line {
	my (@command) = @_;
	open(my $in, '-|', @command) or return;
	my ($line) = <$in>;
	{ local $?; close $in; }
	chomp $line if defined $line;
	return $line;
}

sub case {
	my ($c) = @_;
	return {
		n => $c->{n} + 0, id => $c->{id}, sentence => $c->{text},
		verdict => $verdict{ $c->{status} }, reason => $c->{reason},
		diag => $c->{diag},
		died => $c->{died} ? JSON::PP::true : JSON::PP::false,
		known => $c->{known} && {
			id => $c->{known}{id}, text => $c->{known}{title},
			ref => $c->{known}{reference},
		},
	};
}

# $run has: report, machine, command, banner, started, seconds, seed, steps,
# complete.
sub write_file {
	my ($path, %run) = @_;
	my ($m, $r) = @run{qw(machine report)};
	my $here = dirname(abs_path(__FILE__));
	my $commit = first_line('git', '-C', $here, 'describe', '--always',
		'--dirty');
	my %firmware = (
		%{ identity(@{ $r->{facts} }) },
		file => $m->{fw}, banner => $run{banner},
		sha256 => Digest::SHA->new(256)->addfile($m->{fw})->hexdigest,
		ours => $m->fw_is_ours ? JSON::PP::true : JSON::PP::false,
	);
	$firmware{file} =~ s{^\Q@{[ dirname($here) ]}\E/}{};
	my %machine = (
		name => $m->{name}, about => $m->{about}, cpu => $m->{cpu},
		qemu => first_line($m->qemu, '--version'),
		harts => $m->{harts} + 0, memory => $m->{memory},
		icount => $m->{icount}, command => join(' ', @{ $run{command} }),
	);
	my $json = JSON::PP->new->canonical->pretty->ascii->encode({
		format => 1, firmware => \%firmware, machine => \%machine,
		facts => $r->{facts}, faults => $r->{faults},
		seed => $run{seed}, steps => $run{steps}, commit => $commit,
		started => strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $run{started}),
		seconds => sprintf('%.1f', $run{seconds}) + 0,
		complete => $run{complete} ? JSON::PP::true : JSON::PP::false,
		cases => [ map { case($_) } @{ $r->{results} } ],
	});
	open(my $out, '>', "$path.tmp") or die "$path.tmp: $!\n";
	print {$out} $json;
	close $out or die "$path.tmp: $!\n";
	rename "$path.tmp", $path or die "$path: $!\n";
}

1;
