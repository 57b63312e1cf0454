# SPDX-License-Identifier: BSD-2-Clause
#
# How a run of the suite is shown: as TAP for prove, or for people to read.
# A result is { n, id, text, status (PASS, FAIL, KNOWN, SKIP), reason, known,
# died, diag => [] }; a fault is what goes wrong outside of any case.

package Report;

use strict;
use warnings;

sub new {
	my ($class, %arg) = @_;
	my $colour = $arg{pretty} && -t STDOUT && !$ENV{NO_COLOR};
	return bless {
		%arg, colour => $colour, results => [], facts => [],
		faults => [], console => [],
		count => { PASS => 0, FAIL => 0, KNOWN => 0, SKIP => 0 },
	}, $class;
}

sub failures {
	my ($r) = @_;
	return $r->{count}{FAIL} + @{ $r->{faults} };
}

sub known_text {
	my ($known) = @_;
	return "$known->{id}: $known->{title} ($known->{reference})";
}

# prove keeps what goes to stderr in sight; one write keeps the lines of
# machines that run at the same time apart.
sub to_stderr {
	my ($r, @lines) = @_;
	syswrite STDERR, join '', map { "# $r->{name}: $_\n" } @lines;
}

sub plan {
	my ($r, $total) = @_;
	return if $r->{pretty};
	print "TAP version 13\n";
	print "1..$total\n" unless $r->{selected};
}

sub fact {
	my ($r, $text) = @_;
	push @{ $r->{facts} }, $text;
	print $r->{pretty} ? "$text\n" : "# $text\n";
}

sub console {
	my ($r, $line) = @_;
	print $r->{pretty} ? "$line\n" : "# | $line\n";
}

sub result {
	my ($r, $c) = @_;
	$r->{count}{ $c->{status} }++;
	push @{ $r->{results} }, $c;
	return $r->{pretty} ? $r->pretty_result($c) : $r->tap_result($c);
}

sub tap_result {
	my ($r, $c) = @_;
	# Selected cases are numbered afresh, or prove would miss the others.
	my $n = $r->{selected} ? @{ $r->{results} } : $c->{n};
	my $line = ($c->{status} =~ /FAIL|KNOWN/ ? 'not ' : '')
		. "ok $n - $c->{id}: $c->{text}";
	$line .= " # SKIP $c->{reason}" if $c->{status} eq 'SKIP';
	# TAP's word for a failure that is expected.
	$line .= ' # TODO known defect ' . known_text($c->{known})
		if $c->{status} eq 'KNOWN';
	print "$line\n";
	if ($c->{status} eq 'FAIL') {
		$r->to_stderr("FAIL $c->{id}: $c->{text}",
			map { "    $_" } @{ $c->{diag} });
	} else {
		print map { "#   $_\n" } @{ $c->{diag} };
	}
}

sub pretty_result {
	my ($r, $c) = @_;
	my %code = (PASS => 32, FAIL => 31, KNOWN => 35, SKIP => 33);
	my $word = $c->{status};
	$word = "\e[$code{$word}m$word\e[0m" if $r->{colour};
	print $word, ' ' x (7 - length $c->{status});
	printf "%-32s  %s\n", $c->{id}, $c->{text};
	print "          skipped: $c->{reason}\n" if $c->{status} eq 'SKIP';
	print '          known defect ', known_text($c->{known}), "\n"
		if $c->{status} eq 'KNOWN';
	print map { "          $_\n" } @{ $c->{diag} }
		if $c->{status} =~ /FAIL|KNOWN/;
}

# Something went wrong that no case answers for.
sub fault {
	my ($r, $text, @detail) = @_;
	push @{ $r->{faults} }, join ' ', $text, @detail;
	if ($r->{pretty}) {
		print "FAIL   $text\n", map { "          $_\n" } @detail;
	} else {
		$r->to_stderr($text, map { "    $_" } @detail);
	}
}

sub finish {
	my ($r, $stopped) = @_;
	if (!$r->{pretty}) {
		print '1..' . @{ $r->{results} } . "\n" if $r->{selected};
		return;
	}
	my $c = $r->{count};
	printf "\n%s: %d passed, %d failed, %s%d skipped%s\n", $r->{name},
		$c->{PASS}, $r->failures,
		$c->{KNOWN} ? "$c->{KNOWN} known defects, " : '', $c->{SKIP},
		$stopped ? ', the rest did not run' : '';
	for my $status (qw(FAIL KNOWN)) {
		my @ids = map { $_->{status} eq $status ? $_->{id} : () }
			@{ $r->{results} };
		print { FAIL => 'failed', KNOWN => 'known' }->{$status},
			": @ids\n" if @ids;
	}
}

1;
