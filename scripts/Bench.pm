# SPDX-License-Identifier: BSD-2-Clause
#
# The rows of tests/bench: made by a machine, compared with those of another
# firmware, with their targets, and with the committed table.

package Bench;

use strict;
use warnings;
use IO::Select;
use Time::HiRes qw(time);
use Machine;

use constant { NO_CALL => 'NUM_COUNTERS', SLOWER => 1.02 };

my $pid; # the running emulator

sub stop_machine {
	return unless $pid;
	kill 'KILL', $pid;
	waitpid $pid, 0;
	$pid = undef;
}
END { local $?; stop_machine(); }

# The lines that a machine prints until it ends by itself.
sub output_of {
	my ($command, $limit) = @_;
	pipe(my $out, my $in) or die "no pipe: $!\n";
	$pid = Machine::start($command, $in);
	close $in;
	my ($text, $end) = ('', time + $limit);
	my $select = IO::Select->new($out);
	while ((my $left = $end - time) > 0) {
		next unless $select->can_read($left);
		next if sysread($out, $text, 65536, length $text);
		waitpid $pid, 0;
		$pid = undef;
		return map { s/\r//gr } split /\n/, $text;
	}
	stop_machine();
	die "the machine does not end within $limit s: look at its console with scripts/qemu\n";
}

sub read_row {
	my ($line) = @_;
	my %row = map { /^(\w+)(?:=(.*))?$/ ? ($1, $2) : () }
		split /; /, $line =~ s/^bench: //r;
	defined && /^-?\d+$/ and $_ += 0 for values %row;
	return \%row;
}

# The rows of one firmware on one machine, in their order.
sub measure {
	my ($m, $fw, $payload, $limit) = @_;
	defined $m->{rows} or die "$m->{name}: its file has no line 'rows:'\n";
	my %machine = (%$m, fw => $fw);
	my $args = 'rows=' . join ',', split ' ', $m->{rows};
	$args .= " map=$1" if $m->{'dtb-edit'} =~ /\bmap-(\d+)/;
	my @lines = output_of([ bless(\%machine, ref $m)->command($payload, $args) ], $limit);
	my ($stopped) = map { /^bench: stopped: (.*)/ ? $1 : () } @lines;
	die "$m->{name}, $fw: $stopped\n" if defined $stopped;
	grep { $_ eq 'bench: end' } @lines
		or die "$m->{name}, $fw: the payload did not come to its end;"
		. " its last line is '" . ($lines[-1] // '') . "'\n";
	my @rows = map { read_row($_) } grep { /^bench: row=/ } @lines;
	my ($varies) = grep { exists $_->{varies} } @rows;
	die "$m->{name}, $fw: '$varies->{row}' takes another number of instructions each"
		. " time: the emulator has to run with -icount shift=0\n" if $varies;
	my ($opensbi) = map { /^OpenSBI (\S+)/ ? $1 : () } @lines;
	# Firmware says it in whole KB
	my ($heap) = map { /^Firmware Heap Size .* (\d+) KB \(used\)/ ? $1 * 1024 : () } @lines;
	return { rows => \@rows, opensbi => $opensbi // 'unknown', heap => $heap };
}

# { row => { of, ratio, more, text } }; a '*' at the end stands for any end.
sub read_targets {
	my ($path) = @_;
	my @targets;
	open(my $in, '<', $path) or die "$path: cannot be read: $!\n";
	while (my $line = <$in>) {
		next if $line =~ /^\s*(#|$)/;
		my ($name, $of, $text) = $line =~ /^(.*?)\s*\|\s*(.*?)\s*\|\s*(\d+(?:\/\d+|\+\d+)?)\s*$/
			or die "$path:$.: not of the form 'row | of what | ratio'\n";
		my ($ratio, $more) = split /\+/, $text;
		my ($up, $down) = split '/', $ratio;
		push @targets, { name => $name, of => $of, text => $text,
			ratio => $up / ($down || 1), more => $more // 0 };
	}
	return \@targets;
}

sub target_of {
	my ($targets, $name) = @_;
	for my $t (@$targets) {
		my $pattern = quotemeta($t->{name}) =~ s/\\\*$/.*/r;
		return $t if $name =~ /^$pattern$/;
	}
	return;
}

sub ratio {
	my ($ours, $stock) = @_;
	return defined $ours && defined $stock && $stock > 0 ? $ours / $stock : undef;
}

# What a row takes beyond so many PMU calls that do nothing, or beyond the row
# that its target names.
sub added {
	my ($row, $rows, $of) = @_;
	my $base = $rows->{ $of eq 'added' ? NO_CALL : $of };
	return unless $row && defined $row->{instructions} && $base
		&& defined $base->{instructions};
	return $row->{instructions} - $base->{instructions}
		* ($of eq 'added' ? $row->{pmu} : 1);
}

# "met", "whole" when only the whole row meets it, or "MISSED"
sub verdict {
	my ($target, $line) = @_;
	my $meets = sub {
		my ($ours, $stock) = @$line{@_};
		return defined ratio($ours, $stock)
			&& $ours <= $target->{ratio} * $stock + $target->{more} + 1e-9;
	};
	my @whole = qw(ours stock);
	return 'met' if $meets->($target->{of} eq 'whole' ? @whole : qw(ours_added stock_added));
	return $target->{of} eq 'added' && $meets->(@whole) ? 'whole' : 'MISSED';
}

# Both firmwares side by side; stock may be missing, or lack rows.
sub compare {
	my ($ours, $stock, $targets) = @_;
	my %o = map { $_->{row} => $_ } @$ours;
	my %s = map { $_->{row} => $_ } @$stock;
	my @table;
	for my $row (@$ours) {
		my $name = $row->{row};
		my $other = $s{$name};
		my $target = target_of($targets, $name);
		my $of = $target && $target->{of} ne 'whole' ? $target->{of} : 'added';
		my %line = (name => $name, calls => $row->{calls}, pmu => $row->{pmu},
			ours => $row->{instructions}, refused => $row->{refused},
			stock => $other && $other->{instructions});
		$line{ratio} = ratio(@line{qw(ours stock)});
		if ($of ne 'added' || $row->{pmu} && $name ne NO_CALL) {
			$line{ours_added} = added($row, \%o, $of);
			$line{stock_added} = added($other, \%s, $of);
			$line{added_ratio} = ratio(@line{qw(ours_added stock_added)});
		}
		$line{differs} = 1 if defined $line{stock} && defined $line{ours}
			&& $row->{done} != $other->{done};
		if ($target && defined $line{ratio}) {
			$line{target} = $target->{text};
			$line{verdict} = verdict($target, \%line);
		}
		push @table, \%line;
	}
	return \@table;
}

# The committed table: { compiler, opensbi, machines => { name => { row => n } } }
sub read_expected {
	my ($path) = @_;
	my (%table, $machine);
	open(my $in, '<', $path) or die "$path: cannot be read: $!: make bench-update"
		. " writes it\n";
	while (my $line = <$in>) {
		next if $line =~ /^\s*(#|$)/;
		if ($line =~ /^(compiler|opensbi): (.*\S)/) {
			$table{$1} = $2;
		} elsif ($line =~ /^\[(.+)\]$/) {
			$machine = $1;
		} elsif (defined $machine && $line =~ /^\s*(\d+)  (.*\S)/) {
			$table{machines}{$machine}{$2} = $1;
		} else {
			die "$path:$.: not a line of this table: make bench-update"
				. " writes it anew\n";
		}
	}
	return \%table;
}

sub expected_text {
	my ($compiler, $opensbi, $machines) = @_;
	my $text = "# SPDX-License-Identifier: BSD-2-Clause\n"
		. "# Instructions of each row with our firmware. Written by make bench-update,\n"
		. "# read by make bench-check.\n"
		. "compiler: $compiler\nopensbi: $opensbi\n";
	for my $m (@$machines) {
		$text .= "\n[$m->{name}]\n";
		$text .= join '', map { sprintf "%9d  %s\n", $_->{instructions}, $_->{row} }
			@{ $m->{rows} };
	}
	return $text;
}

# What is wrong, and what could be better, of one machine.
sub guard {
	my ($name, $rows, $expected) = @_;
	my (@wrong, @hints, %seen);
	for my $row (@$rows) {
		$seen{ $row->{row} } = 1;
		my $was = $expected->{ $row->{row} };
		if (!defined $row->{instructions}) {
			push @wrong, "$name: '$row->{row}' is refused with error $row->{refused}";
			next;
		}
		if (!defined $was) {
			push @wrong, "$name: '$row->{row}' is new: make bench-update adds it";
			next;
		}
		my $change = sprintf '%d instructions instead of %d, %+.1f %%',
			$row->{instructions}, $was, 100 * ($row->{instructions} / $was - 1);
		push @wrong, "$name: '$row->{row}' got slower: $change"
			if $row->{instructions} > $was * SLOWER;
		push @hints, "$name: '$row->{row}' got faster: $change"
			if $row->{instructions} < $was * (2 - SLOWER);
	}
	push @wrong, map { "$name: '$_' is missing: make bench-update takes it out" }
		grep { !$seen{$_} } sort keys %$expected;
	return (\@wrong, \@hints);
}

1;
