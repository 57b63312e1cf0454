# SPDX-License-Identifier: BSD-2-Clause
#
# The table of defects that are known in a named firmware, tests/known-defects.

package Known;

use strict;
use warnings;

my @fields = qw(defect title firmware reference cases);

# Read a table; dies with the file, the line and the reason.
sub read_file {
	my ($class, $path) = @_;
	open(my $in, '<', $path) or die "$path: cannot be read: $!\n";
	my (@entries, $entry, $key, %seen);
	while (my $line = <$in>) {
		next if $line =~ /^#/;
		my $at = "$path:$.";
		if ($line =~ /^\s*$/) {
			undef $entry;
		} elsif ($line =~ /^([a-z]+):\s*(.*?)\s*$/) {
			$key = $1;
			grep { $_ eq $key } @fields
				or die "$at: unknown key '$key'; known are "
				. join(', ', @fields) . "\n";
			push @entries, $entry = { at => $at } unless $entry;
			defined $entry->{$key} and die "$at: a second '$key'\n";
			$entry->{$key} = $2;
		} elsif ($entry && $line =~ /^\s+(.*?)\s*$/) {
			$entry->{$key} .= " $1";
		} else {
			die "$at: not of the form 'key: value'\n";
		}
	}
	for my $e (@entries) {
		for my $field (@fields) {
			length($e->{$field} || '')
				or die "$e->{at}: an entry without '$field'\n";
		}
		$seen{ $e->{defect} }++
			and die "$e->{at}: a second $e->{defect}\n";
		parse_entry($e);
	}
	return bless { entries => \@entries, path => $path }, $class;
}

# firmware: IMPLEMENTATION FIRST[-LAST], as NUMBER or 0xNUMBER
sub parse_entry {
	my ($e) = @_;
	my $number = qr/0x[0-9a-f]+|\d+/;
	my ($impl, $first, $last) =
		$e->{firmware} =~ /^($number) ($number)(?:-($number))?$/
		or die "$e->{at}: firmware is '$e->{firmware}', not"
		. " 'IMPLEMENTATION-ID FIRST-VERSION[-LAST-VERSION]'\n";
	$last = $first unless defined $last;
	($e->{impl}, $e->{first}, $e->{last}) =
		map { /^0x/ ? hex : $_ } $impl, $first, $last;
	$e->{id} = $e->{defect};
	$e->{cases} = [ split ' ', $e->{cases} ];
}

# The defect of this firmware that this case shows, if it is a known one.
sub defect {
	my ($k, $impl, $version, $case) = @_;
	for my $e (@{ $k->{entries} }) {
		return $e if $e->{impl} == $impl && $e->{first} <= $version
			&& $version <= $e->{last}
			&& grep { $_ eq $case } @{ $e->{cases} };
	}
	return;
}

1;
