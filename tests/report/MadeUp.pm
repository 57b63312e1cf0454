# SPDX-License-Identifier: BSD-2-Clause
#
# A made-up catalogue and results that have everything a report can meet, also
# texts that would be something else in HTML, XML or a script.

package MadeUp;

use strict;
use warnings;
use Exporter 'import';
use File::Path qw(make_path remove_tree);
use JSON::PP;

our @EXPORT = qw($json $nasty $catalogue case write_result write_results write_bringup);
our $json = JSON::PP->new->utf8->canonical;
our $nasty = "</script><!-- & \"x\" 'y' ]]>\t\x{1}\x{1b}[31m\x{0} \x{e9}\x{2028}";

our $catalogue = <<'END';
# Catalogue

## First & <last> section

- **ONE-01** (A section; SBI 0.3) Runs on one machine and is skipped on the other.
  Cases: `a.skip`
- **ONE-02** (A section; SBI 0.3) The `<b>` clause & "its" case.
  Open: Whether <i> is open.
  Cases: `a.ok`, `a.known`
- **ONE-03** (A section; SBI 2.0) A known defect beside a failure.
  Cases: `a.known`
  Ours: `b.fails`
- **ONE-04** (A section; SBI 3.0) Its case has no result on one machine.
  Cases: `a.lost`
- **ONE-05** (A section; SBI 3.0) Skipped everywhere.
  Cases: `a.never`
- **ONE-06** (A section; SBI 3.0) No run knows its case.
  Cases: `a.unheard`
- **ONE-07** (A section; SBI 3.0) A known defect, and no result on one machine.
  Cases: `a.known`, `a.lost`
END

sub case {
	my ($id, $verdict, %more) = @_;
	return { id => $id, sentence => "Case $id", verdict => $verdict,
		n => 1, died => JSON::PP::false, diag => [], known => undef,
		reason => undef, %more };
}

my %defect = (id => 'D77', text => "a defect $nasty", ref => 'issue <9>');
our %other = (
	'm-one' => [
		case('a.skip', 'SKIP', reason => "no <hardware> $nasty"),
		case('a.known', 'KNOWN', known => \%defect,
			diag => [ 'expected 1, received 3' ]),
		case('a.ok', 'ok'),
		case('b.fails', 'not ok', died => JSON::PP::true,
			diag => [ "got $nasty", 'line two' ]),
		case('a.lost', 'ok'), case('a.never', 'SKIP'),
	],
	'm-two' => [
		case('a.skip', 'ok'), case('a.known', 'ok'), case('a.ok', 'ok'),
		case('b.fails', 'ok'), case('a.never', 'SKIP'),
	],
);

# $dir/results/FIRMWARE/MACHINE.json, where make conformance puts it.
sub write_result {
	my ($dir, $fw, $machine, $cases, %more) = @_;
	make_path("$dir/results/$fw");
	my $file = "$dir/results/$fw/$machine.json";
	open(my $out, '>:raw', $file) or die "$file: $!\n";
	print $out $json->encode({
		format => 1, firmware => { sbi => '3.0', impl => 1,
			impl_name => 'OpenSBI', impl_version => '0x10008',
			file => 'fw.bin', sha256 => 'ab', banner => [ "OpenSBI v1.8 $nasty" ],
			ours => $fw eq 'mine' ? JSON::PP::true : JSON::PP::false },
		machine => { name => $machine, about => "about $nasty", harts => 1 },
		facts => [ "fact $nasty" ], faults => [], seed => 1, steps => 2,
		commit => 'abc', started => '2026-01-02T03:04:05Z', seconds => 1.5,
		complete => JSON::PP::true, cases => $cases, %more,
	});
	close $out or die "$file: $!\n";
	return $file;
}

# "other" with something of everything, and "mine", where all is well.
sub write_results {
	my ($dir) = @_;
	remove_tree("$dir/results", "$dir/out");
	write_result($dir, 'other', $_, $other{$_}) for sort keys %other;
	write_result($dir, 'mine', 'm-one', [ map { case($_, 'ok') } qw(a.skip
		a.known a.ok b.fails a.lost a.never) ]);
}

# What bringup writes: a counter that does not count, and one that counts too
# much, a mode that is not left out and one that is not there.
my @modes = (
	{ mode => 'S', verdict => 'OK', error => 0, shut => 0, open => 20048 },
	{ mode => 'U', verdict => 'BROKEN', error => 0, shut => 7, open => 20001 },
	{ mode => 'VU', verdict => 'ABSENT', error => -2, shut => 0, open => 0 },
	{ mode => 'M', verdict => 'OK', error => 0, shut => 0 },
);
my @counters = map { { index => $_, firmware => JSON::PP::false, csr => 0xc00 + $_,
	width => 64 } } 0, 2, 3, 4;
my @events = (
	{ event => 1, name => 'cycles', verdict => 'BROKEN', counters => [ 0, 3, 4 ],
		silent => [3], work => 'arithmetic', amount => 20000, percent => [ 100, 3, 65535 ] },
	{ event => 9, name => 'stalled-backend', verdict => 'UNKNOWN', counters => [ 3, 4 ],
		silent => [] },
);

sub write_bringup {
	my ($dir, $name, %more) = @_;
	my $file = "$dir/$name.json";
	my %hart = (counters => [ @counters, { index => 5, firmware => JSON::PP::true,
		csr => 0, width => 64 } ], events => \@events);
	open(my $out, '>:raw', $file) or die "$file: $!\n";
	print $out $json->encode({ sbi => 3 << 24, implementation => 1, version => 0x10008,
		xlen => 64, pmu => JSON::PP::true, lost => 0, harts => [
			{ %hart, hart => 0, filters => [ { id => 'filter.cycle', counter => 0,
				event => 1, work => 20000, modes => \@modes } ],
				samples => { period => 20000, wanted => 4, counter => 3,
					late => [ 3, 3, 5 ] } },
			{ %hart, hart => 1, filters => [],
				samples => { period => 20000, wanted => 0, late => [] } } ],
		findings => [
			{ hart => 0, verdict => 'BROKEN', id => 'event', about => 'cycles',
				text => '<b> & "' . 'unbreakable' x 20, expected => 'more', do => 'see' },
			{ hart => 0, verdict => 'OK', id => 'time.csr', text => 'harmless' } ],
		%more });
	close $out or die "$file: $!\n";
	return $file;
}

1;
