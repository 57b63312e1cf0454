#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/stack finds frames without a size, recursion and deep chains;
# scripts/check-compilers tries what there is. The compiler is a fake one: a
# source holds the call graph that it writes.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use File::Path qw(make_path);
use Test::More;

make_path(map { "$dir/$_" } qw(build/mutants t/lib/sbi/pmu lib/sbi/pmu bin));
write_file('bin/none-gcc', <<'END', 0755);
#!/bin/sh
# ... -c SOURCE -o OBJECT, or -c SOURCE...
for arg; do
	case $last in -o) object=$arg ;; -c) source=$arg ;; esac
	last=$arg
done
grep -H 'has a warning' $source && exit 1
case $object in *.o) cp "$source" "${object%.o}.ci" ;; esac
case " $* " in *-O0*-std=gnu11*\ -c\ *) echo "$0 $*" >>"$FAKE_LOG" ;; esac
exit 0
END
$ENV{FAKE_LOG} = "$dir/log";
write_file("build/mutants/rv$_.make", <<"END") for 64, 32;
none-gcc -g -O2 -I$dir/include -march=rv64imafdc_zicsr_zifencei -c $dir/t/lib/sbi/sbi_pmu.c -o o/lib/sbi/sbi_pmu.o
none-gcc -g -O2 -I$dir/include -c $dir/t/lib/sbi/pmu/core.c -o o/lib/sbi/pmu/core.o
none-gcc -g -O2 -D__OBJNAME__=shmem -c $dir/t/lib/sbi/pmu/shmem.c -o o/lib/sbi/pmu/shmem.o
none-gcc -q o/libplatsbi.a -Wl,-To/fw_dynamic.elf.ld -o o/fw_dynamic.elf
cp o/fw_dynamic.elf o/fw_dynamic.bin
END
write_file("t/lib/sbi/pmu/$_", '') for qw(core.c trace.c options_none.c);
$ENV{PATH} = "$dir/bin:$ENV{PATH}";

sub run {
	my ($script, @args) = @_;
	my $cmd = join ' ', map { "'$_'" } "$scripts/$script", '--root', $dir, @args;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

# -- scripts/stack -------------------------------------------------------------

# Each function is [name, bytes, kind, callees...]; a static one has its file.
sub graph {
	my ($file, @functions) = @_;
	write_file("t/lib/sbi/$file", join '', map {
		my ($name, $bytes, $kind, @calls) = @$_;
		my $short = $name =~ s/.*://r;
		(qq(node: { title: "$name" label: "$short\\n$file:1:2\\n$bytes bytes ($kind)" }\n),
			map { qq(node: { title: "$_" label: "$_\\nx.h:1:2" shape : ellipse }\n)
			. qq(edge: { sourcename: "$name" targetname: "$_" label: "$file:3:4" }\n) }
			@calls);
	} @functions);
}

graph('sbi_pmu.c', [ 'entry', 32, 'static', '/a b/s.c:middle', 'leaf', 'sbi_printf' ],
	[ '/a b/s.c:middle', 48, 'static', 'leaf', '__indirect_call' ]);
graph('pmu/shmem.c', [ 'leaf', 16, 'static' ]);
my ($out, $err, $status) = run('stack', '--limit', 96, 64, 32);
is($status, 0, 'a shallow firmware passes') or diag("$out$err");
like($out, qr/^entry +32 +96 +middle > leaf$/m, 'with the deepest chain of each function');
like($out, qr/^leaf +16 +16 +$/m, 'and those that call nothing');
like($out, qr/^RV32: at most 96 of 96 bytes, 3 functions$/m, 'for each width');

sub stack_fails {
	my ($pattern, $what, $limit) = @_;
	my ($out, $err, $status) = run('stack', '--limit', $limit || 1000, 64);
	is($status, 1, "$what fails");
	like($err, $pattern, 'with the reason');
}
stack_fails(qr/^sbi-pmu: stack: RV64: entry needs 96 bytes, the limit is 95$/m, 'a deep chain', 95);
graph('pmu/shmem.c', [ 'leaf', 16, 'dynamic,bounded' ]);
stack_fails(qr/^sbi-pmu: stack: leaf: its frame is dynamic,bounded, not static$/m, 'a dynamic frame');
graph('pmu/shmem.c', [ 'leaf', 16, 'static', 'leaf' ]);
stack_fails(qr/^sbi-pmu: stack: leaf can call itself/m, 'recursion');
graph('pmu/shmem.c', [ 'leaf', 16, 'static', 'entry' ]);
stack_fails(qr/^sbi-pmu: stack: entry can call itself, by way of leaf$/m, 'or that in a circle');
write_file('t/lib/sbi/pmu/shmem.c', 'has a warning');
($out, $err, $status) = run('stack', '--limit', 96, 64);
is($status, 2, 'a source that does not compile is no verdict');
like($err, qr{^sbi-pmu: stack: lib/sbi/pmu/shmem\.c does not compile}m, 'and says so');
($out, $err, $status) = run('stack', '--limit', 96, 128);
like($err, qr/^sbi-pmu: stack: there is no \S+rv128\.make/m, 'so is a build that is missing');

# -- scripts/check-compilers ---------------------------------------------------

write_file('t/lib/sbi/pmu/shmem.c', '');
write_file('lib/sbi/pmu/hart.c', '');
symlink "$dir/bin/none-gcc", "$dir/bin/$_" for qw(gcc gcc-12);
my $sh = (grep { -x } '/bin/sh', '/usr/bin/sh')[0];
mkdir "$dir/tools";
for my $tool (qw(sh grep cp env perl)) {
	my ($path) = grep { -x } map { "$_/$tool" } split /:/, $ENV{PATH};
	symlink $path, "$dir/tools/$tool";
}
# Nothing but the fake compilers
local $ENV{PATH} = "$dir/bin:$dir/tools";
my @files = ('lib/sbi/pmu/hart.c', '--', map { "lib/sbi/pmu/$_" } 'core.c', 'shmem.c', 'trace.c');
($out, $err, $status) = run('check-compilers', @files);
is($status, 0, 'sources without a warning pass') or diag("$out$err");
like($out, qr/^ok gcc: core on this machine$/m, 'on this machine');
like($out, qr/^ok none-gcc: core and glue on RV$_$/m, "on RV$_") for 64, 32;
like($out, qr/^ok none-gcc -fanalyzer: core and glue on RV64$/m, 'and in the analyser');
unlike($out, qr/ok gcc-12/, 'the same compiler under another name is left out');
like($out, qr/^skipped: not installed: .*\bclang\b.*\bgcc-13\b/m, 'what is missing is named');
like($out, qr/^check-compilers: 5 compilers and targets, no warning$/m, 'with a summary');
like(slurp("$dir/log"), qr{/gcc .*-Wconversion .*-c \S+/hart\.c}, 'the core is held to all');
like(slurp("$dir/log"), qr{-isystem \S+/include .*-Wconversion -Werror -O0 .*-c \S+/core\.c},
	'for RISC-V as well');
like(slurp("$dir/log"), qr/-Wconversion .*-Wno-conversion .*-c \S+trace\.c/, 'and the glue to what it can');

write_file('t/lib/sbi/pmu/trace.c', 'has a warning');
($out, $err, $status) = run('check-compilers', @files);
isnt($status, 0, 'a warning fails');
like($out, qr/^not ok none-gcc: core and glue on RV64\n.*trace\.c:has a warning$/ms, 'and is shown');
like($err, qr/^sbi-pmu: check-compilers: see above: none-gcc -fanalyzer: core and glue on RV32, .*\n\z/,
	'with one line at the end');

done_testing;
