#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The runner reports what the suite says, and what it could not say any more.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;

my ($out, $err, $status) = run_suite(<<'END');
printf 'Some firmware\r\nok banana\r\n'
echo 'TAP version 13'; echo 1..2; echo '# firmware: SBI 3.0'
echo '# case 1 a.one: One'; echo 'noise from the firmware'
echo 'ok 1 - a.one: One'
echo 'ok 2 - a.two: Two # SKIP no such thing'; echo '# end of suite'
END
is($out, "TAP version 13\n1..2\n# firmware: SBI 3.0\nok 1 - a.one: One\n"
	. "#   | noise from the firmware\n"
	. "ok 2 - a.two: Two # SKIP no such thing\n", 'a good run');
is($err, '', 'says nothing else');
is($status, 0, 'succeeds');

my $failing = <<'END';
echo 'TAP version 13'; echo 1..2
echo '# case 1 a.one: One'; echo '#   expected 1, received 2'
echo 'not ok 1 - a.one: One'
echo 'ok 2 - a.two: Two'; echo '# end of suite'; exit 1
END
($out, $err, $status) = run_suite($failing);
like($out, qr/^not ok 1 - a.one: One$/m, 'a failure is passed on');
like($err, qr/fake: FAIL a.one: One\n.*expected 1, received 2/,
	'with its values where prove shows them');
is($status, 1, 'and in the status');

($out, $err, $status) = run_suite($failing, '--pretty');
like($out, qr/^FAIL   a.one +One\n +expected 1, received 2\nPASS   a.two +Two$/m,
	'people get words');
like($out, qr/^fake: 1 passed, 1 failed, 0 skipped\nfailed: a.one$/m,
	'and a summary');

($out, $err, $status) = run_suite(<<'END');
echo "TAP version 13"; echo 1..3
if [ $boot = 1 ]; then
	echo '# case 1 a.one: One'; echo 'ok 1 - a.one: One'
	echo '# case 2 a.two: Two'; echo 'registers'; sleep 60
fi
echo "# case $first a.three: Three"; echo "ok $first - a.three: Three"
echo '# end of suite'
END
like($out, qr/^ok 1 .*\nnot ok 2 - a.two: Two\nok 3 - a.three: Three\n\z/m,
	'a hang is the failure of its case, and the rest runs');
like($err, qr/registers\n.*died: no answer for 2 s/, 'with the reason');
is($status, 1, 'and in the status');

($out, $err, $status) = run_suite(<<'END');
echo "TAP version 13"; echo 1..1; echo '# case 1 a.one: One'
while :; do echo trap; sleep 0.01; done
END
like($err, qr/died: no answer for 2 s/, 'printing is no answer');
like($err, qr/lines more/, 'and is cut short');

($out, $err, $status) = run_suite(<<'END');
echo "TAP version 13"; echo 1..2; echo "# case $boot a.$boot: Case"; exit 3
END
like($out, qr/^not ok 1 - a.1: Case\nnot ok 2 - a.2: Case\n\z/m,
	'each death is one failure');
like($err, qr/died: QEMU ended with status 3/, 'which names the status');

($out, $err, $status) = run_suite('echo "cannot boot"; exit 1');
like($out, qr/^1\.\.1\nnot ok 1 - machine: The machine boots/m,
	'no plan is one failure');
like($err, qr/cannot boot/, 'which shows the console');

($out, $err, $status) = run_suite(<<'END');
echo "TAP version 13"; echo 1..3; echo 'ok 1 - a.one: One'; exit 0
END
like($out, qr/^ok 1 .*\nnot ok 2 - machine: .* between two cases/m,
	'a death between cases ends the run');
is($status, 1, 'which fails');

($out, $err, $status) = run_suite(<<'END');
echo "TAP version 13"; echo 1..3; echo 'ok 1 - a.one: One'
echo 'ok 1 - a.one: One'
echo '# case 2 a.two: Two'; echo '# case 3 a.three: Three'
echo 'ok 3 - a.three: Three'; echo '# end of suite'
END
like($err, qr/case 1 \(a.one\) was answered twice/, 'two answers are an error');
like($out, qr/^not ok 2 - a.two/m, 'no answer is a failure');

my $echo_only = <<'END';
only=$(echo "$*" | sed -n 's/.*only=\([^ ]*\).*/\1/p')
echo "TAP version 13"; echo 1..9; [ "$only" = b. ] &&
{ echo '# case 4 b.x: X'; echo 'ok 4 - b.x: X'; }
echo '# end of suite'
END
($out, $err, $status) = run_suite($echo_only, '--only', 'b.');
is($out, "TAP version 13\nok 1 - b.x: X\n1..1\n", 'selected cases');
is($status, 0, 'succeed');
($out, $err, $status) = run_suite($echo_only, '--only', 'c.');
like($err, qr/no case's id begins with c\./, 'selecting nothing');
is($status, 1, 'fails');

my $over = 'echo "TAP version 13"; echo 1..1; echo "ok 1 - a.one: One";'
	. 'echo "# end of suite";';
($out, $err, $status) = run_suite("$over sleep 60");
like($err, qr/does not power off/, 'a machine has to power off');
is($status, 1, 'or fails');
($out, $err, $status) = run_suite("$over exit 4");
like($err, qr/no case failed, yet QEMU ended with status 4/,
	'a bad end after good cases is seen');
is($status, 1, 'and fails');
(my $silent = $failing) =~ s/exit 1/exit 0/;
($out, $err, $status) = run_suite($silent);
like($err, qr/cases failed, yet QEMU ended with status 0/,
	'the status has to tell of a failed case');

done_testing;
