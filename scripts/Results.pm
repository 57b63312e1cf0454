# SPDX-License-Identifier: BSD-2-Clause
#
# The results of runs: one JSON file for each firmware and machine, written,
# checked and read here only, and the verdicts that follow from them.

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
my %given = reverse %verdict;

# From the worst to the best. What should have run and did not must not hide
# behind the "ok" of something else; what was skipped on one machine has run on
# another.
our @verdicts = ('not ok', 'KNOWN', 'not run', 'ok', 'SKIP');
my %rank = map { $verdicts[$_] => $_ } 0 .. $#verdicts;

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

sub hash_of {
	my ($value) = @_;
	return ref $value eq 'HASH' ? $value : {};
}

sub is_text {
	my ($value) = @_;
	return defined $value && !ref $value && $value ne '';
}

# What is wrong with a case of a result file; nothing when it is sound.
sub wrong_with_case {
	my ($case) = @_;
	my $id = hash_of($case)->{id};
	return 'has a case without an id' unless is_text($id);
	my $verdict = $case->{verdict} // 'missing';
	return "case $id has the verdict '$verdict'" unless $given{$verdict};
	return "case $id is KNOWN and does not say which defect"
		if $verdict eq 'KNOWN' && !is_text(hash_of($case->{known})->{id});
	return "the diagnosis of case $id is not a list"
		if ref($case->{diag} // []) ne 'ARRAY';
	return;
}

# The same for all of it.
sub wrong_with {
	my ($run) = @_;
	return 'not a result of scripts/run-suite --json'
		unless ref $run eq 'HASH' && ($run->{format} // '') eq '1'
		&& ref $run->{cases} eq 'ARRAY';
	return 'it tells nothing of the firmware'
		unless ref $run->{firmware} eq 'HASH';
	return 'it names no machine'
		unless is_text(hash_of($run->{machine})->{name});
	for my $list (qw(facts faults)) {
		return "its '$list' is not a list"
			if ref($run->{$list} // []) ne 'ARRAY';
	}
	return (map { wrong_with_case($_) } @{ $run->{cases} })[0];
}

# Dies with the file and the reason when it is not a result.
sub read_file {
	my ($path) = @_;
	open(my $in, '<:raw', $path) or die "$path: cannot be read: $!\n";
	my $text = do { local $/; <$in> };
	my $run = eval { JSON::PP->new->utf8->decode($text) };
	my $wrong = wrong_with($run);
	die "$path: $wrong: remove it and run make conformance again\n"
		if defined $wrong;
	$run->{$_} ||= [] for qw(facts faults);
	for my $case (@{ $run->{cases} }) {
		$case->{sentence} //= '';
		$case->{diag} ||= [];
	}
	return $run;
}

# Of verdicts on several machines or cases, the one to show for all of them.
sub worst {
	my ($worst, @others) = @_;
	for my $v (@others) {
		$worst = $v if $rank{$v} < $rank{$worst};
	}
	return $worst // 'not run';
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
