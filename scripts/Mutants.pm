# SPDX-License-Identifier: BSD-2-Clause
#
# The faults of tests/mutants: reading the lists, and putting one fault into a
# source file. A list names the file it changes in its first entry line, and
# holds mutants like this one:
#
#	file: lib/sbi/pmu/counter.c
#
#	mutant: clear-ignored
#	what: CLEAR_VALUE is ignored
#	case: config.clear-value
#	machine: rv64-full
#	 static void before(void)
#	-	the lines that are there
#	+	the lines that take their place
#
# Lines with a blank in front stay, and tell which of several places is meant.
# Without a machine it is rv64-full. A fault for a proof instead of a case has
# "proof:", the name of the proof, and "property:", how what fails begins. One for
# the storm has "storm:", a pattern of what it has to find, and runs on a machine
# of tests/storm, rv64 when none is named.

package Mutants;

use strict;
use warnings;

my %known = map { $_ => 1 } qw(mutant what case machine proof property storm counter);

# All mutants of the list files given, in the order they stand there.
sub read_lists {
	my ($root, @files) = @_;
	my @mutants = read_all(@files);
	for my $m (@mutants) {
		-f "$root/$m->{machine_file}"
			or die "$m->{place}: mutant $m->{mutant}: there is no"
			. " $m->{machine_file}\n";
	}
	return @mutants;
}

# The same, whatever machines there are. A name is that of a folder as well.
sub read_all {
	my (@files) = @_;
	my (@mutants, %place);
	for my $m (map { read_list($_) } @files) {
		die "$m->{place}: mutant $m->{mutant} stands in $place{ $m->{mutant} } as well\n"
			if $place{ $m->{mutant} };
		$place{ $m->{mutant} } = $m->{place};
		push @mutants, $m;
	}
	return @mutants;
}

sub read_list {
	my ($path) = @_;
	my (@mutants, $source);
	open(my $in, '<', $path) or die "$path: cannot be read: $!\n";
	while (my $line = <$in>) {
		chomp $line;
		my $m = $mutants[-1];
		if ($line eq '' || $line =~ /^#/) {
			next;
		} elsif ($line =~ /^file:\s*(\S+)$/) {
			$source = $1;
		} elsif ($line =~ /^mutant:\s*([a-z0-9-]+)$/) {
			defined $source or die "$path:$.: no 'file:' before it\n";
			push @mutants, {
				mutant => $1, file => $source, place => "$path:$.",
				old => [], new => [],
			};
		} elsif ($line =~ /^(\w+):\s*(\S.*?)$/ && $m && $known{$1}
			&& $1 ne 'mutant' && !@{ $m->{old} } && !@{ $m->{new} }) {
			$m->{$1} = $2;
		} elsif ($line =~ /^([-+ ])(.*)$/ && $m) {
			push @{ $m->{old} }, $2 if $1 ne '+';
			push @{ $m->{new} }, $2 if $1 ne '-';
		} else {
			die "$path:$.: neither one of 'file:', 'mutant:', 'what:',"
				. " 'case:' and 'machine:', nor a line of a change:"
				. " $line\n";
		}
	}
	complete($_) for @mutants;
	return @mutants;
}

sub complete {
	my ($m) = @_;
	$m->{machine} ||= $m->{storm} ? 'rv64' : 'rv64-full';
	$m->{machine_file} = 'tests/' . ($m->{storm} ? 'storm' : 'machines')
		. "/$m->{machine}.t";
	# What scripts/storm says of a run bears the name of the machine
	$m->{case} = $m->{machine} if $m->{storm};
	for my $key ('what', $m->{proof} ? 'property' : 'case') {
		defined $m->{$key}
			or die "$m->{place}: mutant $m->{mutant} has no '$key:'\n";
	}
	join("\n", @{ $m->{old} }) ne join("\n", @{ $m->{new} })
		or die "$m->{place}: mutant $m->{mutant} changes nothing\n";
	@{ $m->{old} } or die "$m->{place}: mutant $m->{mutant} does not say"
		. " which lines it changes\n";
}

# The text of the source file with the fault in it.
sub apply {
	my ($m, $text) = @_;
	my $old = join '', map { "$_\n" } @{ $m->{old} };
	my $new = join '', map { "$_\n" } @{ $m->{new} };
	my $found = () = $text =~ /^\Q$old\E/mg;
	$found == 1 or die "the mutant no longer applies: its lines are "
		. ($found ? "$found times" : 'not') . " in $m->{file}"
		. " ($m->{place})\n";
	$text =~ s/^\Q$old\E/$new/m;
	return $text;
}

# For a quick look: about $count of them from all over the list, the founding
# rule among them.
sub sample {
	my ($count, @mutants) = @_;
	return @mutants if $count >= @mutants;
	my ($first) = grep { $_->{case} =~ /^founding\./ } @mutants;
	my %chosen = $first ? ($first->{mutant} => 1) : ();
	my $open = $count - keys %chosen;
	for my $n (1 .. $open) {
		my $at = int(($n - 0.5) * @mutants / $open);
		$at = ($at + 1) % @mutants while $chosen{ $mutants[$at]{mutant} };
		$chosen{ $mutants[$at]{mutant} } = 1;
	}
	return grep { $chosen{ $_->{mutant} } } @mutants;
}

1;
