#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# make conformance: clause by clause, and an exit status that can be trusted.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;

my $catalogue = write_file('catalogue.md', <<'END');
# Catalogue

## First section

- **ONE-01** (A section; SBI 0.3) The first clause.
  Cases: `a.one`
- **ONE-02** (A section; SBI 0.3) The second clause.
  Cases: `a.t*`
  Ours: `b.ours`
- **ONE-03** (A section; SBI 0.3) The third clause.
  Cases: `a.skipped`
END

sub conformance {
	my ($script, @args) = @_;
	my $t = machine($script);
	my @command = ("$scripts/conformance", '--catalogue', $catalogue,
		'--results', "$dir/results", '--fw', "$dir/fw", @args, $t);
	my $command = join ' ', map { "'$_'" } @command;
	my $out = `$command 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

sub suite {
	my (%not) = @_;
	my $status = %not ? 1 : 0;
	return <<"END" . join('', map { <<"CASE" } qw(a.one a.two b.ours)) . <<"END";
echo 'TAP version 13'; echo 1..4
echo '# firmware: SBI 3.0, implementation 1 (OpenSBI), version 0x7000f'
END
n=\$((n + 1))
echo "# case \$n $_: Text"; echo '#   detail of $_'
echo "@{[ $not{$_} ? 'not ' : '' ]}ok \$n - $_: Text"
CASE
echo 'ok 4 - a.skipped: Text # SKIP no hardware'
echo '# end of suite'; exit $status
END
}

my ($out, $err, $status) = conformance(suite());
is($status, 0, 'success when nothing failed');
like($out, qr/^fake +3 ok, 0 not ok, 0 KNOWN, 1 SKIP, /m, 'a line per machine');
like($out, qr/^First section\n  ok +ONE-01 +The first clause\.$/m,
	'a line per clause');
like($out, qr/^  SKIP +ONE-03 /m, 'a clause whose cases were skipped says so');
like($out, qr/^clauses: 2 ok, 0 not ok, 0 KNOWN, 1 SKIP$/m, 'clauses counted');
like($out, qr/^cases:   3 ok, 0 not ok, 0 KNOWN, 1 SKIP$/m, 'cases counted');
like($out, qr/^OpenSBI-7\.15 on 1 machines, results in/m,
	'the firmware has the name that it gives itself');
ok(-f "$dir/results/OpenSBI-7.15/fake.json", 'and the results are kept there');
is($err, '', 'nothing else');

($out) = conformance(suite() =~ s/1 \(OpenSBI\), version 0x7000f/3 (KVM), version 0x60c6b/r,
	'--show', 'a.t');
like($out, qr/^KVM-6\.12\.107 on/m, 'KVM has the version of its Linux');
like($out, qr/^Cases a\.t\n  ok +a\.two\n\n/m, '--show tells of cases by name');

($out, $err, $status) = conformance(suite('a.two' => 1), '--name', 'mine');
is($status, 1, 'a failed case fails the run');
like($out, qr/^  not ok +ONE-02 .*\n +a\.two$/m, 'and its clause, which names it');
like($out, qr/^  ok +ONE-01 /m, 'and no other clause');
like($out, qr/a\.two: Text\n +detail of a\.two\n +on fake$/m, 'with details');
ok(-f "$dir/results/mine/fake.json", '--name says where the results are kept');

($out, $err, $status) = conformance(suite('b.ours' => 1));
like($out, qr/^  not ok +ONE-02 /m, 'cases of our own reading count as well');
is($status, 1, 'and fail');

($out, $err, $status) = conformance("echo 'no suite here'");
is($status, 1, 'a machine that does not boot fails');
like($out, qr/machine: The machine boots/, 'and says so');

my @left = glob "$dir/results/.running-*";
is(@left, 0, 'nothing half done is left');

sub trouble {
	my ($pattern, @args) = @_;
	my $said = `$scripts/conformance @args 2>&1`;
	is($? >> 8, 2, 'no verdict without '. $pattern);
	like($said, $pattern, 'and one line why');
	is(($said =~ tr/\n//), 1, 'only one');
}
trouble(qr/there is no firmware \/none/, '--catalogue', $catalogue,
	'--fw', '/none');
trouble(qr/none\.md:0: cannot be read/, '--catalogue', "$dir/none.md");
trouble(qr/none\.t: cannot be read/, '--catalogue', $catalogue, '--fw',
	"$dir/fw", "$dir/none.t");

done_testing;
