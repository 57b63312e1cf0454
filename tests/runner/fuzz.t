#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/fuzz-mutants tells a fault that the fuzzer finds from one that it does not,
# scripts/fuzz-coverage what it reaches. The compiler copies its source, and the fuzzer
# is the text of all objects: "loud" in it fails with the seeds, "quiet" in a search.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use File::Path qw(make_path);
use Test::More;

my $root = "$dir/tree";
make_path(map { "$root/$_" } qw(lib/sbi/pmu tests/mutants tests/machines tests/fuzz/corpus/calls
	tests/fuzz/corpus/map build/fuzz/lib/sbi/pmu build/fuzz/tests/fuzz build/found/map.corpus));
write_file('tree/tests/machines/rv64-full.t', "qemu: 64\n");
write_file('tree/lib/sbi/pmu/one.c', "alpha\nbeta\n");
write_file('tree/lib/sbi/pmu/two.c', "gamma\n");
write_file('tree/lib/sbi/pmu/glue.c', "delta\n");
write_file('tree/lib/sbi/pmu/internal.h', "omega\n");
write_file('tree/lib/sbi/pmu/pmu.h', "psi\n");
write_file('tree/tests/fuzz/calls.c', "phi\n");
write_file("tree/build/fuzz/$_.o", "sound\n")
	for qw(lib/sbi/pmu/one lib/sbi/pmu/two tests/fuzz/calls);
$ENV{FUZZ_COMPILE} = write_file('cc', <<'END', 0755);
#!/bin/sh
# cc -c -o OBJECT SOURCE -iquote DIR; a header is in one of the folders
if grep -q 'does not compile' "$4"; then echo "$4:1: error: no such thing"; exit 1; fi
cat "$4" >"$3"
for header in "${4%/*}/internal.h" "$6/pmu.h"; do
	[ ! -f "$header" ] || cat "$header" >>"$3"
done
END
$ENV{FUZZ_LINK} = write_file('ld', <<'END', 0755);
#!/bin/sh
# ld -o PROGRAM OBJECT... -lcmocka
to=$2
shift 2
{
	echo '#!/bin/sh'
	echo 'for arg; do case $arg in -artifact_prefix=*) at=${arg#*=} ;; esac; done'
	for object; do
		case $object in *.o) sed 's/^/# /' "$object" ;; esac
	done
	cat <<'X'
case "$*" in *-runs=0*) word=loud ;; *) word=quiet ;; esac
if grep -q "^# $word" "$0"; then echo found >"${at}crash-1"; exit 77; fi
X
} >"$to"
chmod +x "$to"
END
$ENV{FUZZ_OBJS} = join ' ', map { "build/fuzz/$_.o" }
	qw(lib/sbi/pmu/one lib/sbi/pmu/two tests/fuzz/calls);

sub run {
	my (@cmd) = @_;
	my $cmd = join ' ', map { "'$_'" } @cmd;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

# -- fuzz-mutants ---------------------------------------------------------------

sub fault {
	my ($name, @change) = @_;
	return "mutant: $name\nwhat: a fault\ncase: g.first\n"
		. join('', map { "$_\n" } @change) . "\n";
}

# Run with these faults, and these names in tests/fuzz/not-found.
sub mutants {
	my ($faults, $known, @args) = @_;
	write_file('tree/tests/mutants/list.mut', $faults);
	write_file('tree/tests/fuzz/not-found', "# why\n$known");
	return run("$scripts/fuzz-mutants", '--root', $root, '--seconds', 1, @args);
}

my $file = "file: lib/sbi/pmu/one.c\n\n";
my $loud = fault('by-seeds', '-alpha', '+loud');
my $quiet = fault('by-search', '-beta', '+quiet');
my $dumb = fault('unseen', '-beta', '+nothing');

my ($out, $err, $status) = mutants($file . $loud . $quiet, '', '--jobs', 2);
is($status, 0, 'faults that are found are a success');
like($out, qr/^found +by-seeds +by the seeds$/m, 'by the seeds');
like($out, qr/^found +by-search +by a search$/m, 'or by a search');
like($out, qr/^fuzz-mutants: 2 of 2 found, 1 by the seeds and 1 by a search$/m,
	'with a summary');
is($err, '', 'and nothing else');
is(slurp("$root/build/fuzz/mutants/by-search.input"), "found\n", 'the input is kept');
ok(!-d "$root/build/fuzz/mutants/by-search", 'and nothing else is');
is(slurp("$root/lib/sbi/pmu/one.c"), "alpha\nbeta\n", 'the source is as it was');

sub fails {
	my ($what, $pattern, @run) = @_;
	my ($out, $err, $status) = mutants(@run);
	is($status, 1, "$what is a failure");
	like($out, $pattern, 'with the reason');
	like($out, qr/^fuzz-mutants: .*; look at: \S+$/m, 'and told in the end');
}
fails('a fault that is not found', qr/^FAILED +unseen \(a fault\): not found in 1 s$/m,
	$file . $loud . $dumb, '');
fails('one that is found against what is known',
	qr{^FAILED +by-seeds .*: found by the seeds, though it stands in tests/fuzz/not-found$}m,
	$file . $loud, "by-seeds: nobody can\n");
fails('one that does not compile', qr/^FAILED +bad .*: it does not compile: .*no such thing$/m,
	$file . fault('bad', '-alpha', '+does not compile'), '');
fails('one whose lines are gone', qr/^FAILED +gone .*: the mutant no longer applies/m,
	$file . fault('gone', '-epsilon', '+loud'), '');
($out, $err, $status) = mutants($file . $dumb, "unseen: nothing shows it\n");
is($status, 0, 'what cannot be found need not be');
like($out, qr/^not found unseen, as known$/m, 'and is told');

($out) = mutants("file: lib/sbi/pmu/internal.h\n" . fault('header', '-omega', '+loud'), '');
like($out, qr/^found +header +by the seeds$/m, 'a fault in the header is tried, too');
($out) = mutants("file: lib/sbi/pmu/pmu.h\n" . fault('inline', '-psi', '+loud'), '');
like($out, qr/^found +inline +by the seeds$/m, 'and one that the fuzzer itself compiles');
($out, $err, $status) = mutants("file: lib/sbi/pmu/glue.c\n"
	. fault('elsewhere', '-delta', '+nothing') . $file . $loud, '');
is($status, 0, 'what the fuzzer is not built of');
unlike($out, qr/elsewhere/, 'is left out');
($out) = mutants($file . $loud . $quiet, '', 'by-search');
like($out, qr/: 1 of 1 found, 0 by the seeds and 1 by a search$/m, 'a fault can be asked for');

sub refused {
	my ($what, $pattern, $status, $err) = @_;
	isnt($status, 0, "$what is refused");
	like($err, $pattern, 'with the reason');
	is(($err =~ tr/\n//), 1, 'in one line') or diag($err);
}
refused('an unknown fault', qr/there is no fault none of the core$/,
	reverse +(mutants($file . $loud, '', 'none'))[1, 2]);
refused('a known one that is gone', qr/not-found:2: there is no fault old of the core$/,
	reverse +(mutants($file . $loud, "old: nobody can\n"))[1, 2]);
refused('one without a reason', qr/not-found:2: not a line 'name: reason'$/,
	reverse +(mutants($file . $loud, "by-seeds\n"))[1, 2]);

# -- fuzz-coverage --------------------------------------------------------------

my $bin = "$dir/bin";
make_path($bin);
$ENV{PATH} = "$bin:$ENV{PATH}";
write_file('bin/llvm-profdata', "#!/bin/sh\necho \"\$*\" >$dir/merged\n", 0755);
write_file('bin/llvm-cov', "#!/bin/sh\ncat $dir/lcov\n", 0755);
write_file('map', "#!/bin/sh\necho \"\$*\" >$dir/inputs\n", 0755);
write_file('calls', "#!/bin/sh\nexit 0\n", 0755);
write_file('broken', "#!/bin/sh\nexit 7\n", 0755);
make_path("$root/tests/fuzz/corpus/broken");
write_file('lcov', <<END);
SF:$root/lib/sbi/pmu/one.c
DA:1,5
DA:2,0
BRDA:1,0,0,3
BRDA:1,0,1,0
end_of_record
SF:$root/lib/sbi/pmu/two.c
DA:1,1
BRDA:1,0,0,-
BRDA:1,0,1,2
end_of_record
SF:$root/lib/sbi/pmu/two.c
DA:1,0
BRDA:1,0,0,4
BRDA:1,0,1,-
end_of_record
END

sub coverage {
	return run("$scripts/fuzz-coverage", '--root', $root, '--out', "$dir/counts",
		'--inputs', "$root/build/found", @_);
}

($out, $err, $status) = coverage("$dir/map", "$dir/calls", '--', 'lib/sbi/pmu/one.c',
	'lib/sbi/pmu/two.c');
is($status, 0, 'what could be counted is a success');
like($out, qr{^lib/sbi/pmu/one\.c +1 of +2 lines \( 50\.0 %\), +1 of +2 branches \( 50\.0 %\)$}m,
	'lines and branches of a file');
like($out, qr{^  lib/sbi/pmu/one\.c:2: never: beta$}m, 'a line that is not reached');
like($out, qr{^  lib/sbi/pmu/one\.c:1: one way only: alpha$}m, 'half a branch');
like($out, qr{^lib/sbi/pmu/two\.c +1 of +1 lines \(100\.0 %\), +2 of +2 branches}m,
	'what different programs reach adds up');
like($out, qr{^fuzz-coverage: 2 of 3 lines \(66\.7 %\), 3 of 4 branches \(75\.0 %\)$}m,
	'and there is a sum');
like(slurp("$dir/inputs"), qr{/tests/fuzz/corpus/map \S+/build/found/map\.corpus$}m,
	'a program runs on its seeds and on what was found');
like(slurp("$dir/merged"), qr{map\.profraw \S+calls\.profraw$}m, 'and all are counted');

refused('a program that fails', qr{broken ended with status \d+, see \S+/broken\.log$},
	reverse +(coverage("$dir/broken", '--', 'lib/sbi/pmu/one.c'))[1, 2]);
refused('a program without inputs', qr/there are no inputs for none$/,
	reverse +(coverage("$dir/none", '--', 'lib/sbi/pmu/one.c'))[1, 2]);
refused('a file that no program has', qr{the programs have no lib/sbi/pmu/glue\.c in them$},
	reverse +(coverage("$dir/map", '--', 'lib/sbi/pmu/glue.c'))[1, 2]);
refused('no file', qr/^usage: /, reverse +(coverage("$dir/map"))[1, 2]);

done_testing;
