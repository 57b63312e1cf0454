# SPDX-License-Identifier: BSD-2-Clause
#
# The data files that gcov reads, for a program that cannot write them: the
# counters of a firmware are taken out of an image of its memory. GCC names the
# counters of each function in the symbol table, and says in its notes what a
# data file has to repeat for gcov to believe it.

package Gcda;

use strict;
use warnings;

use constant {
	NOTES => 0x67636e6f, DATA => 0x67636461,
	FUNCTION => 0x01000000, ARC_COUNTERS => 0x01a10000,
};

# Where the counters of each function are, by the source they come from:
# { 'map.c' => { function => [offset from _fw_start, count] } }.
sub places {
	my ($readelf, $elf) = @_;
	my (%places, $source, $base);
	open(my $in, '-|', $readelf, '-sW', $elf)
		or die "$readelf cannot be started: $!\n";
	while (my $line = <$in>) {
		my ($value, $size, $type, $name) = $line =~
			/^\s*\d+: ([0-9a-f]+)\s+(\d+) (\w+)\s.* (\S+)$/ or next;
		$source = $name if $type eq 'FILE';
		$base = hex $value if $name eq '_fw_start';
		$places{$source}{$1} = [ hex $value, $size / 8 ]
			if $type eq 'OBJECT' && $name =~ /^__gcov0\.(\w+)$/;
	}
	close $in or die "$readelf cannot read $elf\n";
	%places && defined $base
		or die "$elf has no counters: was it built to be covered?\n";
	$_->[0] -= $base for map { values %$_ } values %places;
	return \%places;
}

# Add the counters in an image of memory that begins at _fw_start to $sums,
# { 'map.c' => { function => [counts] } }.
sub add_image {
	my ($sums, $places, $image) = @_;
	open(my $in, '<:raw', $image) or die "$image: cannot be read: $!\n";
	for my $source (keys %$places) {
		for my $function (keys %{ $places->{$source} }) {
			my ($offset, $count) = @{ $places->{$source}{$function} };
			seek $in, $offset, 0;
			read($in, my $bytes, 8 * $count) == 8 * $count
				or die "$image ends before the counters of $function\n";
			my @counts = unpack "Q<$count", $bytes;
			my $sum = $sums->{$source}{$function} ||= [ (0) x $count ];
			$sum->[$_] += $counts[$_] for 0 .. $#counts;
		}
	}
}

# The version, the stamp and the functions in the notes of the compiler.
sub read_notes {
	my ($path) = @_;
	open(my $in, '<:raw', $path) or die "$path: cannot be read: $!\n";
	my $text = do { local $/; <$in> };
	my ($magic, $version, $stamp) = unpack 'V3', $text;
	defined $stamp && $magic == NOTES or die "$path: these are no notes of GCC\n";
	my ($major, $minor) = reverse((split //, pack 'V', $version)[2, 3]);
	(ord($major) - ord('A')) * 10 + $minor >= 12
		or die "$path is of a GCC before 12, which writes them otherwise\n";
	# A checksum, the folder it was compiled in, and a flag
	my $at = 20 + unpack('x16 V', $text) + 4;
	my @functions;
	while ($at + 8 <= length $text) {
		my ($tag, $length) = unpack "x$at V2", $text;
		if ($tag == FUNCTION) {
			my ($ident, $lines, $graph, $name) = unpack 'x' . ($at + 8)
				. ' V3 V/a', $text;
			$name =~ s/\0.*//s;
			push @functions, [ $name, $ident, $lines, $graph ];
		}
		$at += 8 + $length;
	}
	return ($version, $stamp, @functions);
}

# Write the data file that belongs to the notes.
sub write_file {
	my ($notes, $counts) = @_;
	my ($version, $stamp, @functions) = read_notes($notes);
	my $text = pack 'V4', DATA, $version, $stamp, 0;
	for my $function (@functions) {
		my ($name, @identity) = @$function;
		# The linker left out what nobody calls
		my $sum = $counts->{$name} or next;
		$text .= pack 'V5', FUNCTION, 12, @identity;
		$text .= pack 'V2 Q<*', ARC_COUNTERS, 8 * @$sum, @$sum;
	}
	(my $path = $notes) =~ s/\.gcno$/.gcda/;
	open(my $out, '>:raw', "$path.tmp") or die "$path.tmp: cannot be written: $!\n";
	print $out $text;
	close $out or die "$path.tmp: cannot be written: $!\n";
	rename "$path.tmp", $path or die "$path: cannot be written: $!\n";
	return $path;
}

1;
