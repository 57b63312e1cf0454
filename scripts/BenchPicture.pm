# SPDX-License-Identifier: BSD-2-Clause
#
# The picture of scripts/bench: each row of one machine as two bars, ours below
# that of unmodified OpenSBI, which is always as long.

package BenchPicture;

use strict;
use warnings;

use constant { LEFT => 270, BAR => 360, RIGHT => 110, STEP => 30, TOP => 64 };

my %escape = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;');

sub text {
	my ($x, $y, $class, $text) = @_;
	$text =~ s/([&<>"])/$escape{$1}/g;
	return sprintf qq{<text x="%.1f" y="%.1f" class="%s">%s</text>\n}, $x, $y, $class, $text;
}

sub bar {
	my ($y, $class, $part, $number) = @_;
	my $width = BAR * $part;
	return sprintf(qq{<rect x="%d" y="%.1f" width="%.1f" height="9" class="%s"/>\n},
		LEFT, $y, $width, $class)
		. text(LEFT + $width + 5, $y + 8.5, 'number', $number);
}

sub svg {
	my ($title, $rows) = @_;
	my @rows = grep { defined $_->{ours} && $_->{stock} } @$rows;
	my $longest = 1;
	for my $r (@rows) {
		$longest = $r->{ratio} if $r->{ratio} > $longest;
	}
	my $height = TOP + @rows * STEP + 10;
	my $width = LEFT + BAR + RIGHT;
	my $svg = <<"END";
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $width $height" width="$width" height="$height" role="img">
<style>
text { font: 12px sans-serif; fill: #222; }
.title { font-size: 15px; font-weight: bold; }
.name { text-anchor: end; }
.number { font-size: 10px; fill: #444; }
.ours { fill: #1f6fb4; }
.stock { fill: #b9bec4; }
</style>
<rect width="$width" height="$height" fill="#fff"/>
END
	$svg .= text(10, 22, 'title', $title);
	$svg .= sprintf qq{<rect x="%d" y="36" width="12" height="9" class="%s"/>\n}, @$_
		for [ LEFT, 'stock' ], [ LEFT + 160, 'ours' ];
	$svg .= text(LEFT + 17, 45, 'legend', 'unmodified OpenSBI');
	$svg .= text(LEFT + 177, 45, 'legend', 'sbi-pmu; shorter is better');
	my $y = TOP;
	for my $r (@rows) {
		$svg .= text(LEFT - 8, $y + 14, 'name', $r->{name});
		$svg .= bar($y, 'stock', 1 / $longest, $r->{stock});
		$svg .= bar($y + 11, 'ours', $r->{ratio} / $longest, $r->{ours});
		$y += STEP;
	}
	return "$svg</svg>\n";
}

1;
