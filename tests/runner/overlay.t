#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The overlay follows the source tree and our files, and forgets what was built
# from files that are gone.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Cwd qw(abs_path);
use File::Path qw(make_path);
use Fake;
use Test::More;

make_path(map { "$dir/$_" } qw(src/lib/sbi src/include/sbi src/build src/.git
	ours/scripts ours/lib/sbi/pmu ours/include/sbi_pmu ours/platform
	out/a/lib/sbi out/a/platform/generic/lib));
write_file('src/lib/sbi/sbi_pmu.c', "theirs\n");
write_file('src/lib/sbi/sbi_ecall_pmu.c', "theirs\n");
write_file('src/build/junk', '');
write_file('src/Makefile', "one\n");
write_file('ours/lib/sbi/sbi_pmu.c', "ours\n");
write_file('ours/lib/sbi/pmu/a.c', "a\n");
write_file('ours/include/sbi_pmu/abi.h', "abi\n");
write_file('ours/platform/core.c', "core\n");
write_file('ours/scripts/overlay', slurp("$scripts/overlay"), 0755);

sub overlay {
	return system("$dir/ours/scripts/overlay", "$dir/src", "$dir/copy",
		"$dir/out/a");
}

is(overlay(), 0, 'an overlay is made');
my $copy = abs_path("$dir/copy");
is(slurp("$copy/lib/sbi/sbi_pmu.c"), "ours\n", 'our file replaces theirs');
is(slurp("$copy/lib/sbi/sbi_ecall_pmu.c"), "theirs\n", 'another stays');
is(slurp("$copy/lib/sbi/pmu/a.c"), "a\n", 'our directory is added');
is(slurp("$copy/include/sbi_pmu/abi.h"), "abi\n", 'and our headers');
is(slurp("$copy/lib/sbi/pmu/platform/core.c"), "core\n",
	'tables of cores are where the build finds them');
ok(!-e "$copy/platform/core.c", 'and not among the platforms of OpenSBI');
ok(!-e "$copy/build" && !-e "$copy/.git", 'what was built there is left out');

make_path("$dir/out/a/lib/sbi/pmu");
write_file('out/a/lib/sbi/pmu/a.o', '');
my $made = (stat "$copy/Makefile")[1];
overlay();
is((stat "$copy/Makefile")[1], $made, 'a second time nothing is done');
ok(-e "$dir/out/a/lib/sbi/pmu/a.o", 'and objects stay');

write_file('ours/lib/sbi/pmu/a.c', "changed\n");
overlay();
is(slurp("$copy/lib/sbi/pmu/a.c"), "changed\n", 'an edit shows');
ok(-e "$dir/out/a/lib/sbi/pmu/a.o", 'and objects stay');

write_file("out/a/$_", '') for qw(lib/libsbi.a lib/sbi/sbi_pmu.o
	lib/sbi/sbi_init.o platform/generic/lib/libplatsbi.a);
write_file('ours/lib/sbi/pmu/b.c', "b\n");
unlink "$dir/ours/lib/sbi/pmu/a.c", "$dir/ours/lib/sbi/sbi_pmu.c";
overlay();
is(slurp("$copy/lib/sbi/pmu/b.c"), "b\n", 'a new file comes');
ok(!-l "$copy/lib/sbi/pmu/a.c", 'a removed one goes');
is(slurp("$copy/lib/sbi/sbi_pmu.c"), "theirs\n", 'theirs comes back');
ok(!-e "$dir/out/a/lib/$_", "$_ is forgotten")
	for qw(libsbi.a sbi/pmu/a.o sbi/sbi_pmu.o);
ok(-e "$dir/out/a/lib/sbi/sbi_init.o", 'objects of others stay');

write_file('src/Makefile', "another\n");
overlay();
is(slurp("$copy/Makefile"), "another\n", 'an edit of the source tree shows');
is(slurp("$copy/lib/sbi/pmu/b.c"), "b\n", 'and ours are still there');
is(slurp("$dir/src/lib/sbi/sbi_pmu.c"), "theirs\n", 'which was not touched');

mkdir "$dir/victim";
write_file('victim/keep', '');
my $refusal = `scripts/overlay '$dir/src' '$dir/victim' 2>&1`;
like($refusal, qr/no overlay of ours/, 'a folder of somebody else is refused');
ok($?, 'with an error');
ok(-e "$dir/victim/keep", 'and stays as it was');

done_testing;
