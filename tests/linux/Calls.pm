# SPDX-License-Identifier: BSD-2-Clause
#
# Linux on firmware that prints each PMU call (SBI_PMU_TRACE=y): which calls it
# made while it booted and during each step of a script.

package Calls;

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use Guest;

my $root = dirname(dirname(dirname(abs_path(__FILE__))));

# The emulated clock stands still while nothing runs, so this is not waiting.
# The console has printed all then, and no call of before is still to come.
use constant REST => 'sleep 0.2';

my $hex = qr/0x[0-9a-f]+/;
my $call = qr/sbi-pmu:\ hart\ (\d+):\ (\w+)
	\(((?:$hex(?:,\ $hex)*)?)\)\ =\ (-?\d+),\ ($hex)\n/x;

# Take the output apart. A call may be printed in the middle of a line of Linux,
# which is whole again when the call is taken out.
sub sections {
	my ($text) = @_;
	my @found = ({ name => 'boot', calls => [], text => '' });
	while (length $text) {
		if ($text =~ s/\A([^\n]*?)$call/$1/) {
			push @{ $found[-1]{calls} }, { hart => $2, function => $3,
				args => [ split /, /, $4 ], error => $5, value => $6 };
			next;
		}
		$text =~ s/\A([^\n]*\n|.+\z)//s;
		my $line = $1;
		die "sbi-pmu: a call that cannot be read: $line" if $line =~ /sbi-pmu: hart/;
		if ($line =~ /^@@ begin (\S+)$/) {
			push @found, { name => $1, calls => [], text => '' };
		} else {
			$found[-1]{text} .= $line;
		}
	}
	return @found;
}

# boot(linux => 'forky', script => [NAME => COMMANDS...], ...): what was printed
# and called in each step, by name; before the first it is "boot". The other
# options are those of Guest->boot.
sub boot {
	my (%opt) = @_;
	my $script = delete $opt{script};
	my @steps = map { $_ % 2 ? join "\n", REST, $script->[$_], REST : $script->[$_] }
		0 .. $#$script;
	my $g = Guest->boot(fw => "$root/build/trace/fw_dynamic.bin", %opt,
		steps => \@steps, files => ["$root/build/linux/pong:usr/bin/pong"]);
	die "sbi-pmu: $opt{linux}: $g->{died}:\n", map { "| $_\n" } $g->tail(20) if $g->{died};
	my %by_name = map { $_->{name} => $_ }
		sections(join '', map { "$_\n" } @{ $g->{log} });
	return \%by_name;
}

# How many calls of each function, and of all.
sub count {
	my ($section) = @_;
	my %n = (all => scalar @{ $section->{calls} });
	$n{ $_->{function} }++ for @{ $section->{calls} };
	return \%n;
}

# The calls that an amount of work more makes, by function: for each of $more.
sub per {
	my ($less, $much, $more) = @_;
	my ($from, $to) = (count($less), count($much));
	return { map { $_ => (($to->{$_} || 0) - ($from->{$_} || 0)) / $more } keys %$to };
}

1;
