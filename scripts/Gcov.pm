# SPDX-License-Identifier: BSD-2-Clause
#
# What gcov says of our sources: for each line how often it ran and how often
# each of its branches was taken, over all the programs that have run it.

package Gcov;

use strict;
use warnings;
use JSON::PP;

# The counts in data files that lie beside the notes of the compiler:
# { file => { number => { count, function, branches => [counts] } } }.
sub counts {
	my ($program, @data) = @_;
	my %files;
	open(my $in, '-|', $program, '--json-format', '--stdout',
		'--branch-probabilities', @data)
		or die "$program cannot be started: $!\n";
	while (my $text = <$in>) {
		my $unit = eval { JSON::PP->new->utf8->decode($text) }
			or die "$program does not print JSON: it has to be"
			. " the gcov of the compiler, GCC 9 or newer\n";
		for my $file (@{ $unit->{files} }) {
			my $path = our_path($file->{file});
			add($files{$path} ||= {}, $_)
				for defined $path ? @{ $file->{lines} } : ();
		}
	}
	close $in or die "$program failed (status $?): is it the gcov of the"
		. " compiler that built this?\n";
	%files or die "$program found nothing of ours in @data\n";
	return \%files;
}

# As it is named in the tree, or nothing for what others wrote. The sources may
# have been compiled as links in an OpenSBI tree.
sub our_path {
	my ($path) = @_;
	return $path =~ m{(?:^|/)(lib/sbi/(?:pmu/.*|sbi_pmu\.c|sbi_ecall_pmu\.c))$} ? $1 : undef;
}

# Functions of a header are in many units, and a file in builds for several
# widths, in which a line need not have the same branches.
sub add {
	my ($lines, $seen) = @_;
	my $line = $lines->{ $seen->{line_number} }
		||= { count => 0, function => $seen->{function_name}, shapes => {} };
	$line->{count} += $seen->{count};
	my @taken = map { $_->{count} } @{ $seen->{branches} } or return;
	my $sum = $line->{shapes}{ scalar @taken } ||= [ (0) x @taken ];
	$sum->[$_] += $taken[$_] for 0 .. $#taken;
}

1;
