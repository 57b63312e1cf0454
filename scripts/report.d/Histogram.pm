# SPDX-License-Identifier: BSD-2-Clause
#
# A histogram of whole numbers as SVG, and the same as a table for those who do
# not see it.

package Histogram;

use strict;
use warnings;
use utf8;
use Html ();

use constant { BINS => 20, WIDTH => 720, HEIGHT => 200, LEFT => 48, RIGHT => 30, BOTTOM => 34, TOP => 18 };

# 1, 2 or 5 times a power of ten: the largest up to a number, the next of one.
sub step_below {
	my ($n) = @_;
	my $step = 1;
	$step = step_above($step) while step_above($step) <= $n;
	return $step;
}

sub step_above {
	my ($step) = @_;
	return $step =~ /^2/ ? $step / 2 * 5 : $step * 2;
}

# The upper bound of a bin of one width.
sub same_width {
	my ($width) = @_;
	return sub { (int($_[0] / $width) + 1) * $width };
}

# Bins of one width where that shows something, growing ones where a few values
# are far from the rest: [from, to, how many].
sub bins {
	my @values = sort { $a <=> $b } @_;
	my ($least, $median, $most) = @values[0, @values / 2, -1];
	my $width = step_below(($most - $least) / BINS || 1);
	$width = step_above($width) while ($most - $least + 1) / $width > BINS;
	my $from = int($least / $width) * $width;
	my $next = same_width($width);
	if ($most > 10 * $median && $most > BINS) {
		$from = $least ? step_below($least) : 0;
		$next = sub { $_[0] ? step_above($_[0]) : 1 };
	}
	my @bins;
	for (; $from <= $most; $from = $next->($from)) {
		push @bins, [ $from, $next->($from) - 1, 0 ];
	}
	for my $value (@values) {
		my ($bin) = grep { $value <= $_->[1] } @bins;
		$bin->[2]++;
	}
	return @bins;
}

sub range {
	my ($bin) = @_;
	return $bin->[0] == $bin->[1] ? $bin->[0] : "$bin->[0]–$bin->[1]";
}

sub svg {
	my ($title, $x, $y, @bins) = @_;
	my ($most) = sort { $b <=> $a } map { $_->[2] } @bins;
	my $step = (WIDTH - LEFT - RIGHT) / @bins;
	$step = 90 if $step > 90;
	my $floor = HEIGHT - BOTTOM;
	my $every = 1 + int(@bins / 10);
	my $svg = sprintf '<svg class="histogram" viewBox="0 0 %d %d" role="img" aria-label="%s">'
		. '<line x1="%d" y1="%d" x2="%d" y2="%d"/>', WIDTH, HEIGHT,
		Html::html("$title: a histogram, the numbers are in the table below"),
		LEFT, $floor, WIDTH - RIGHT, $floor;
	for my $i (0 .. $#bins) {
		my ($from, undef, $n) = @{ $bins[$i] };
		my $height = ($floor - TOP) * $n / $most;
		my $left = LEFT + $i * $step;
		$svg .= sprintf '<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s: %d'
			. '</title></rect>', $left + 1, $floor - $height, $step - 2, $height,
			range($bins[$i]), $n if $n;
		$svg .= sprintf '<text x="%.1f" y="%.1f" class="n">%d</text>', $left + $step / 2,
			$floor - $height - 4, $n if $n;
		$svg .= sprintf '<text x="%.1f" y="%d" class="n">%s</text>', $left + $step / 2,
			$floor + 14, $from unless $i % $every;
	}
	return $svg . sprintf '<text x="%d" y="%d">%s</text><text x="0" y="12">%s</text></svg>',
		LEFT, HEIGHT - 4, Html::html($x), Html::html($y);
}

sub html {
	my ($values, $title, $x, $y) = @_;
	my @bins = bins(@$values);
	my @rows = map { '<tr><th scope="row">' . range($_) . "</th><td>$_->[2]</td></tr>" }
		grep { $_->[2] } @bins;
	return '<figure>' . svg($title, $x, $y, @bins) . '<figcaption>' . Html::html($title)
		. '</figcaption></figure><details class="more"><summary>As a table</summary>'
		. Html::table('plain numbers', $title, [ $x, $y ], @rows) . '</details>';
}

1;
