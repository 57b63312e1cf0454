#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The catalogue is read strictly, and each kind of hole in it is found.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin, "$FindBin::RealBin/../../scripts";
use Fake;
use Test::More;
use Catalogue;

my $intro = <<'END';
# Conformance

What this is:

- **ok**: good

END
my $good = $intro . <<'END';
## Function one

A word before the clauses.

- **ONE-01** (Function: One; SBI 0.3) The first of
  all sentences: it wraps.
  Open: nothing is said
  about the rest.
  Cases: `a.one`,
  `a.two-*`
  Ours: `a.own`

- **ONE-FW-02** (Table: Errors; see
  the text; SBI 2.0) Second.
  Ours: `a.own`

## Function two

- **TWO-01** (Two; SBI 3.0) Third.
  Cases: `b.*`
END
my $cases = <<'END';
CASE(a, one, "One.")
CASE(a, two_three,
     "Two and three, wrapped.")
CASE(a, two_four, "Two and four.")
CASE_OURS(a, own, "Ours.")
CASE(b, one, "One.")
 *	CASE(c, comment, "Not one.")
END

mkdir "$dir/suite";

# Returns what the script said on stdout and stderr together, and its status.
sub check {
	my ($catalogue, $source) = @_;
	my $md = write_file('conformance.md', $catalogue);
	write_file('suite/a.c', defined $source ? $source : $cases);
	my $said = `$scripts/check-catalogue $md $dir/suite 2>&1`;
	return ($said, $? >> 8);
}

sub finds {
	my ($pattern, $what, @files) = @_;
	my ($said, $status) = check(@files);
	like($said, $pattern, $what);
	isnt($status, 0, 'and fails');
}

# The good catalogue with one thing changed.
sub but {
	my ($from, $to) = @_;
	my $text = $good;
	$text =~ s/\Q$from\E/$to/ or die "nothing to change: $from";
	return $text;
}

my ($said, $status) = check($good);
is($said, "catalogue: 3 clauses, 5 cases, no hole\n", 'a good catalogue');
is($status, 0, 'succeeds');

my $c = Catalogue->read("$dir/conformance.md");
is_deeply([ map { $_->{title} } @{ $c->{sections} } ],
	[ 'Function one', 'Function two' ], 'sections');
is_deeply($c->{sections}[0]{clauses}[0], {
	id => 'ONE-01', spec => 'Function: One', since => '0.3', line => 11,
	text => 'The first of all sentences: it wraps.',
	open => 'nothing is said about the rest.',
	cases => [ 'a.one', 'a.two-*' ], ours => ['a.own'],
}, 'a clause with all there is');
is($c->{sections}[0]{clauses}[1]{spec}, 'Table: Errors; see the text',
	'a wrapped section name');
is($c->{sections}[0]{clauses}[1]{open}, undef, 'nothing open');
is_deeply([ map { $_->{id} } $c->clause_of('a.own') ],
	[ 'ONE-01', 'ONE-FW-02' ], 'the clauses of a case');
is_deeply([ $c->clause_of('a.none') ], [], 'a case without');
ok(Catalogue::matches('a.two-*', 'a.two-four'), 'a glob matches');
ok(!Catalogue::matches('a.two', 'a.two-four'), 'a name is no prefix');
ok(!Catalogue::matches('a.two', 'aXtwo'), 'a dot is a dot');

finds(qr/a\.c:8: case c\.new: no clause of .*conformance\.md names it/,
	'a case without clause', $good, "${cases}CASE(c, new, \"New.\")\n");
finds(qr/md:19: ONE-FW-02: no case tests this clause$/m,
	'a clause without case',
	but("Second.\n  Ours: `a.own`", 'Second.'));
finds(qr/md:11: ONE-01: no case is called a\.won/, 'a name of no case',
	but('a.one', 'a.won'));
finds(qr/md:25: TWO-01: no case is called c\.\*/, 'a pattern of no case',
	but('b.*', 'c.*'));
finds(qr/ONE-01: a\.own stands under Cases and is a CASE_OURS\( in .*a\.c:5/,
	'our reading among the cases for all', but('`a.one`', '`a.one`, `a.own`'));
finds(qr/ONE-01: a\.one stands under Ours and is a CASE\( in .*a\.c:1/,
	'a case for all among our readings', but('Ours: `a.own`', 'Ours: `a.one`'));
finds(qr/a\.c:8: case a\.one stands already in .*a\.c:1/, 'a case twice',
	$good, "${cases}CASE(a, one, \"Again.\")\n");
finds(qr/a\.c:8: case c\.new: no clause/, 'a case wrapped by the formatter',
	$good, "${cases}CASE(\n\tc, new,\n\t\"New.\")\n");
finds(qr/a\.c:8: a case without group and name/, 'a case without name',
	$good, "${cases}CASE(\"New.\")\n");
finds(qr/no case in .*suite/, 'a folder without cases', $good, "\n");
($said) = check(but('a.one', 'a.won'));
like($said, qr/2 holes: add what is missing/, 'holes are counted');

finds(qr/md:25: ONE-01 stands already in line 11/, 'an id twice',
	but('TWO-01', 'ONE-01'));
finds(qr/md:11: not of the form/, 'a bad id', but('ONE-01', 'ONE-1'));
finds(qr/md:11: not of the form/, 'no version', but('; SBI 0.3', ''));
finds(qr/md:11: ONE-01: there is no SBI 0\.9/, 'an unknown version',
	but('SBI 0.3', 'SBI 0.9'));
finds(qr/md:25: not of the form/, 'no text', but(' Third.', ''));
finds(qr/md:11: ONE-01: 'a\.one' under Cases is not/, 'a bare name',
	but('`a.one`', 'a.one'));
finds(qr/md:11: ONE-01: '`a\.one` `a\.two-\*`' under/, 'a missing comma',
	but('`a.one`,', '`a.one`'));
finds(qr/md:25: TWO-01: nothing stands under Cases/, 'no names',
	but('`b.*`', ''));
finds(qr/md:11: ONE-01: nothing stands under Open/, 'nothing open',
	but(" nothing is said\n  about the rest.", ''));
finds(qr/md:17: 'Cases:' stands twice/, 'a field twice',
	but("Ours: `a.own`\n", "Cases: `a.own`\n"));
finds(qr/md:17: no field begins with 'Our:'/, 'an unknown field',
	but('Ours:', 'Our:'));
finds(qr/md:12: neither a clause/, 'a line that is not indented',
	but('  all sentences', 'all sentences'));
finds(qr/md:9: before its first clause/, 'a list before the clauses',
	but('A word', '* A word'));
finds(qr/md:9: headings/, 'a heading below a section',
	but('A word before', '### A word before'));
finds(qr/md:7: section 'Function one' has no clause/, 'an empty section',
	"$intro## Function one\n\n## Two\n");
finds(qr/md:1: a clause before the first section/, 'a clause without section',
	"- **ONE-01** (x; SBI 0.3) Text.\n");
finds(qr/md:0: there is no section/, 'an empty catalogue', '');
$said = `$scripts/check-catalogue $dir/none.md $dir/suite 2>&1`;
like($said, qr/none\.md:0: cannot be read/, 'no catalogue');

done_testing;
