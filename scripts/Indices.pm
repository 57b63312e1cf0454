# SPDX-License-Identifier: BSD-2-Clause
#
# Checks for the indices of arrays in structures. CBMC holds an index behind a
# pointer against the whole structure, so that one too far is one of the next
# member. In the copy of the core that is proved each such index asserts that it
# is in its array; lines stay where they are.

package Indices;

use strict;
use warnings;

my $array = qr/(?:\b\w+(?:->|\.))+\w+/;
my $index = qr/\[((?:[^\[\]]++|\[(?-1)\])*+)\]/;

sub check {
	my ($text) = @_;
	$text =~ /(\S*\]\.\w+\[\S*)/ and die "an array in an array, of which no check is made: $1\n";
	return $text =~ s{($array)$index}{ checked($1, $2) }ger;
}

sub checked {
	my ($array, $i) = @_;
	$i = check($i);
	return "$array\[$i]" if $i =~ /^\d+$/;
	return "$array\[(__CPROVER_assert(($i) < sizeof($array) / sizeof($array\[0]), "
		. "\"no index is beyond its array\"), $i)]";
}

1;
