# SPDX-License-Identifier: BSD-2-Clause
#
# The results of runs: one JSON file for each firmware and machine, and the
# verdict on a clause of the catalogue that follows from them.

package Results;

use strict;
use warnings;
use Cwd qw(abs_path);
use Catalogue;
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

# The seed and the other arguments of the run, as the suite printed them.
sub arguments {
	my (@facts) = @_;
	for (@facts) {
		return (seed => $1, steps => $2) if /^run: seed (\d+), steps (\w+)/;
	}
	return (seed => undef, steps => undef);
}

# $run has: report, machine, command, banner, started, seconds, complete.
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
		arguments(@{ $r->{facts} }), commit => $commit,
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

# Dies with the file and the reason when it is not a result.
sub read_file {
	my ($path) = @_;
	open(my $in, '<', $path) or die "$path: cannot be read: $!\n";
	my $text = do { local $/; <$in> };
	my $run = eval { JSON::PP->new->decode($text) };
	ref $run eq 'HASH' && ($run->{format} || 0) == 1
		&& ref $run->{cases} eq 'ARRAY'
		or die "$path: not a result of scripts/run-suite --json; remove"
		. " it and run make conformance again\n";
	return $run;
}

# Of verdicts on several machines or cases, the one to show for all of them. A
# case that was skipped on one machine has run on another.
sub worst {
	my (@verdicts) = @_;
	for my $verdict ('not ok', 'KNOWN', 'ok') {
		return $verdict if grep { $_ eq $verdict } @verdicts;
	}
	return 'SKIP';
}

# The cases of a clause among these results, those for our firmware too.
sub cases_of {
	my ($clause, @cases) = @_;
	my @patterns = (@{ $clause->{cases} }, @{ $clause->{ours} });
	return grep {
		my $id = $_->{id};
		grep { Catalogue::matches($_, $id) } @patterns;
	} @cases;
}

1;
