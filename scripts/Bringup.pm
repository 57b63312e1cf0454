# SPDX-License-Identifier: BSD-2-Clause
#
# Boots the bring-up report, and takes its output apart.

package Bringup;

use strict;
use warnings;
use IO::Select;
use JSON::PP;
use Time::HiRes qw(time sleep);
use Machine;

use constant { TOTAL_S => 600, MAX_LINE => 1 << 22, LAST_LINE => 'bringup: end' };

my $pid; # the running emulator

END { local $?; stop(); }

sub stop {
	return unless $pid;
	kill 'KILL', $pid;
	waitpid $pid, 0;
	$pid = undef;
}

# What one line of the machine says
sub take_line {
	my ($run, $line, $show) = @_;
	$line =~ s/\r//g;
	$line =~ s/[^\t\x20-\x7e]/?/g;
	push @{ $run->{lines} }, $line;
	if ($line =~ /^bringup-json: (.*)$/) {
		$run->{text} = $1;
		return;
	}
	$run->{ended} = 1 if $line eq LAST_LINE;
	if ($line =~ m{^// begin}) {
		$run->{dts} = '';
	} elsif ($line =~ m{^// end}) {
		$run->{dts_ended} = 1;
	} elsif (defined $run->{dts} && !$run->{dts_ended}) {
		$run->{dts} .= "$line\n";
	}
	print "$line\n" if $show && !$run->{ended};
}

# Read until the report has ended; dies when it does not.
sub follow {
	my ($run, $out, %opt) = @_;
	my $select = IO::Select->new($out);
	my $deadline = time + TOTAL_S;
	my $buffer = '';
	while (!$run->{ended}) {
		die "the report took more than " . TOTAL_S . " s: it was ended\n"
			if time > $deadline;
		$select->can_read($opt{limit})
			or die "the machine was silent for $opt{limit} s"
			. last_words($run);
		my $read = sysread($out, $buffer, 65536, length $buffer);
		take_line($run, $1, $opt{show}) while $buffer =~ s/^([^\n]*)\n//;
		die "the machine prints a line without end\n" if length $buffer > MAX_LINE;
		next if $read;
		waitpid $pid, 0;
		$pid = undef;
		die "QEMU ended with status " . ($? >> 8) . ", before the report did"
			. last_words($run) unless $run->{ended};
	}
}

sub last_words {
	my ($run) = @_;
	my ($last) = grep { /\S/ } reverse @{ $run->{lines} };
	return defined $last ? "; its last line is '$last'\n"
		: " and printed nothing: see whether the firmware boots there\n";
}

# The report of a machine: {report} of its JSON, {text} that itself, {dts} the
# node, {lines} all that was printed.
sub run {
	my ($machine, %opt) = @_;
	my %run = (lines => []);
	defined $machine->qemu
		or die "$machine->{name} needs QEMU32=, a qemu-system-riscv32\n";
	(my $payload = $machine->{suite}) =~ s/suite\.bin$/bringup.bin/;
	$payload = $opt{payload} if defined $opt{payload};
	for my $file ($machine->{fw}, $payload) {
		-f $file or die "there is no $file: build it with make"
			. " (make help lists the targets)\n";
	}
	my @command = $machine->command($payload, defined $opt{args} ? $opt{args} : '');
	pipe(my $out, my $in) or die "no pipe: $!\n";
	$pid = Machine::start(\@command, $in);
	close $in;
	eval { follow(\%run, $out, limit => $opt{limit} || 60, show => $opt{show}); 1 }
		or do { my $why = $@; stop(); die $why; };
	stop();
	defined $run{text} or die "the report has no line of JSON\n";
	$run{report} = eval { JSON::PP->new->decode($run{text}) }
		or die "the JSON of the report is broken: $@";
	return \%run;
}

1;
