#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/bringup shows the report and writes its files, or says why there is none.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;
use Time::HiRes qw(time);

my $json = '{"lost":0,"findings":[]}';
my $report = 'echo "OpenSBI v1"; echo "OK      time.csr: 5 ticks";'
	. ' echo "// begin"; echo "/ {"; echo "};"; echo "// end";'
	. " echo 'bringup-json: $json'; echo 'bringup: end';";

sub bringup {
	my ($script, @args) = @_;
	my $t = machine($script);
	unlink "$dir/json", "$dir/dts";
	my $cmd = join ' ', map { "'$_'" } "$scripts/bringup", '--fw', "$dir/fw",
		'--payload', "$dir/suite", '--json', "$dir/json", '--limit', 1, @args, $t;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, $? >> 8, slurp("$dir/stderr"));
}

my $before = time;
my ($out, $status, $err) = bringup("$report exec sleep 60", '--dts', "$dir/dts");
is($status, 0, 'a report is a success, also when the machine stays on');
cmp_ok(time - $before, '<', 20, 'which is not waited for');
like($out, qr/^OK +time\.csr/m, 'the report is shown');
unlike($out, qr/bringup/, 'without what is for programs');
is(slurp("$dir/json"), "$json\n", 'that is in a file');
is(slurp("$dir/dts"), "/ {\n};\n", 'and so is the node');

($out, $status) = bringup($report, '--quiet');
is($out, '', '--quiet shows nothing');

($out, $status, $err) = bringup('echo "-- Events"; exec sleep 60');
is($status, 255, 'silence is a failure');
like($err, qr/^sbi-pmu: the machine was silent for 1 s; its last line is '-- Events'$/,
	'that says where it hung');
ok(!-e "$dir/json", 'and leaves no file');

($out, $status, $err) = bringup('exit 3');
like($err, qr/^sbi-pmu: QEMU ended with status 3, .*printed nothing: see whether/,
	'an emulator that does not start is told');
($out, $status, $err) = bringup("echo 'bringup-json: {'; echo 'bringup: end'");
like($err, qr/^sbi-pmu: the JSON of the report is broken: /, 'broken JSON is told');
($out, $status, $err) = bringup("echo 'bringup: end'");
like($err, qr/^sbi-pmu: the report has no line of JSON$/, 'and no JSON');
($out, $status, $err) = bringup("echo 'bringup-json: $json'; echo 'bringup: end'",
	'--dts', "$dir/dts");
like($err, qr/^sbi-pmu: the report has no node for /, 'a node that is not there is told');
ok(!-e "$dir/dts", 'and leaves no file');
is(scalar(() = $err =~ /\n/g), 1, 'in one line');

($out, $status, $err) = bringup($report, '--node', "$dir/none");
like($err, qr/^sbi-pmu: .*none: cannot be read: /, 'a node that cannot be read is told');
done_testing();
