#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Firmware built with SBI_PMU_TRACE=y prints each call of the extension, whole
# lines even when several harts call at once, and other firmware prints none.

use strict;
use warnings;
use Test::More;

my %fw = (traced => 'build/trace/fw_dynamic.bin', usual => 'build/fw_dynamic.bin');
for my $file (values %fw) {
	-f $file or die "sbi-pmu: there is no $file: build it with make fw fw-trace\n";
}

sub console {
	my ($fw, $machine, $case) = @_;
	my @lines = `scripts/run-suite --fw $fw --console --only $case \\
		tests/machines/$machine.t 2>&1`;
	is($?, 0, "$case passes on $fw, on $machine");
	return @lines;
}

my $hex = qr/0x[0-9a-f]+/;
my $line = qr/^# \| sbi-pmu: hart (\d+): (\w+)\(((?:$hex(?:, $hex)*)?)\) = (-?\d+), ($hex)$/;

my @all = console($fw{traced}, 'rv64-full', 'founding.programmable-general');
my (%args, @shown);
for (@all) {
	my (undef, $function, $args, $error, $value) = $_ =~ $line or next;
	my @args = split /, /, $args;
	push @{ $args{$function} }, scalar @args;
	push @shown, "$function $error" if $function eq 'CONFIG_MATCHING'
		|| $function eq 'START';
}
my %most = (NUM_COUNTERS => 0, COUNTER_GET_INFO => 1, CONFIG_MATCHING => 5,
	START => 4, STOP => 3);
for my $function (sort keys %most) {
	my @wrong = grep { $_ != $most{$function} } @{ $args{$function} || [-1] };
	is("@wrong", '', "$function is shown, with $most{$function} arguments");
}
like("@shown", qr/CONFIG_MATCHING 0 START 0/,
	'the case that configures and then starts is seen to do so');

# The case makes all harts ask for the same things at the same time, far longer
# than is needed here; run-suite ends when nobody reads what it says.
my @traced;
open(my $from, '-|', 'scripts/run-suite', '--fw', $fw{traced}, '--console', '--only',
	'harts.ask-together', 'tests/machines/rv64-smp4.t')
	or die "sbi-pmu: cannot run scripts/run-suite: $!\n";
while (@traced < 2000 && defined($_ = <$from>)) {
	push @traced, $_ if /^# \|.*sbi-pmu: hart/;
}
close $from;
my @broken = grep { $_ !~ $line } @traced;
my @harts = map { $_ =~ $line ? $1 : () } @traced;
my %harts = map { $_ => 1 } @harts;
my $turns = grep { $harts[$_] != $harts[$_ - 1] } 1 .. $#harts;
cmp_ok($turns, '>', 500, 'four harts make many calls at the same time');
is(join(' ', sort keys %harts), '0 1 2 3', 'each of the harts is named');
is(join('', @broken), '', 'no line is mixed with another');

@all = console($fw{usual}, 'rv64-full', 'founding.programmable-general');
is(scalar(grep { /sbi-pmu: hart/ } @all), 0, 'usual firmware prints no call');
open(my $in, '<:raw', $fw{usual}) or die "sbi-pmu: $fw{usual}: $!\n";
my $bytes = do { local $/; <$in> };
unlike($bytes, qr/CONFIG_MATCHING/, 'and does not hold the names of functions');
done_testing();
