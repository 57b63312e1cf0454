#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Known defects: read strictly, reported apart, and no excuse for our firmware.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use JSON::PP;
use Test::More;
use lib "$scripts";
use Known;

my $good = <<'END';
# a comment
defect: D01
title: a title
	on two lines
firmware: 1 0x10006-0x10008
reference: somewhere
cases: a.one a.two

defect: D02
title: another
firmware: 4 7
reference: elsewhere
cases: a.one
END
my $known = Known->read_file(write_file('known', $good));
is($known->defect(1, 0x10006, 'a.one')->{id}, 'D01', 'the first version');
is($known->defect(1, 0x10008, 'a.two')->{title}, 'a title on two lines',
	'the last version, and a title on two lines');
is($known->defect(1, 0x10005, 'a.one'), undef, 'not the version before');
is($known->defect(1, 0x10009, 'a.one'), undef, 'not the version after');
is($known->defect(2, 0x10006, 'a.one'), undef, 'not another implementation');
is($known->defect(1, 0x10006, 'a.three'), undef, 'not another case');
is($known->defect(4, 7, 'a.one')->{id}, 'D02', 'a single decimal version');

sub refuses {
	my ($text, $pattern) = @_;
	my $file = write_file('bad', $text);
	ok(!eval { Known->read_file($file) }, "refused: $pattern");
	like($@, $pattern, 'with file, line and reason');
}
refuses("nonsense\n", qr/bad:1: not of the form/);
refuses("defect: D1\nwhy: x\n", qr/bad:2: unknown key 'why'/);
refuses("defect: D1\ndefect: D2\n", qr/bad:2: a second 'defect'/);
refuses("defect: D1\ntitle: x\n", qr/bad:1: an entry without 'firmware'/);
refuses($good =~ s/0x10006-/new/r, qr/bad:2: firmware is '1 new0x10008'/);
refuses($good =~ s/D02/D01/r, qr/bad:9: a second D01/);
ok(Known->read_file("$scripts/../tests/known-defects"),
	'the table of this tree can be read');

# hostile.event-info-wrap is D01 of OpenSBI in that table.
my $stock = <<'END';
echo 'TAP version 13'; echo 1..2
echo "# firmware: SBI 3.0, implementation 1 (OpenSBI), version $version"
echo '# case 1 hostile.event-info-wrap: Wraps'; echo '#   expected 1'
echo 'not ok 1 - hostile.event-info-wrap: Wraps'
echo 'ok 2 - a.two: Two'; echo '# end of suite'; exit 1
END
$ENV{version} = '0x10008';
my ($out, $err, $status) = run_suite($stock);
is($status, 0, 'a known defect does not fail the run');
like($out, qr/^not ok 1 - .* # TODO known defect D01: .*issue/m,
	'and is named in TAP');
($out, $err, $status) = run_suite($stock, '--pretty', '--json', "$dir/r.json");
like($out, qr/^KNOWN  hostile.event-info-wrap .*\n +known defect D01: /m,
	'and for people');
like($out, qr/^fake: 1 passed, 0 failed, 1 known defects, 0 skipped$/m,
	'and in the summary');
my $run = JSON::PP->new->decode(slurp("$dir/r.json"));
is($run->{cases}[0]{verdict}, 'KNOWN', 'and in the JSON');
is($run->{cases}[0]{known}{id}, 'D01', 'with its id');
is_deeply($run->{cases}[0]{diag}, ['expected 1'], 'and what was received');
is($run->{firmware}{impl_version}, '0x10008', 'which says what it tested');

($out, $err, $status) = run_suite($stock, '--strict');
is($status, 1, '--strict lets it fail');
$ENV{version} = '0x1000a';
($out, $err, $status) = run_suite($stock);
is($status, 1, 'so does a version that the table does not have');

$ENV{version} = '0x10008';
my $machine = machine($stock);
write_file('fw', 'SBI PMU Extension: sbi-pmu %s, counters');
my $command = join ' ', runner($machine);
`$command 2>/dev/null`;
is($? >> 8, 1, 'and our own firmware is not excused');

done_testing;
