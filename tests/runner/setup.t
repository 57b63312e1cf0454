#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What cannot work is refused with one line that says what to do.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;

# Returns the status and what it said.
sub run {
	my ($env, @cmd) = @_;
	local @ENV{ keys %$env } = values %$env;
	my $said = `@cmd 2>&1`;
	return ($? >> 8, $said);
}

sub refuses {
	my ($name, $pattern, $env, @cmd) = @_;
	my ($status, $said) = run($env, @cmd);
	isnt($status, 0, "$name is refused");
	like($said, $pattern, 'with the reason');
	is(($said =~ tr/\n//), 1, 'in one line') or diag($said);
}

delete @ENV{qw(OPENSBI_DIR OPENSBI_VERSION QEMU QEMU32 CROSS_COMPILE LLVM)};
my $setup = "$scripts/setup";
my $fetch = "$scripts/fetch-opensbi";

my $old = write_file('old-qemu', "#!/bin/sh\necho 'QEMU emulator version"
	. " 7.2.22 (Debian)'\n", 0755);
my $new = write_file('new-qemu', "#!/bin/sh\necho 'QEMU emulator version"
	. " 11.1.0'\n", 0755);
my $odd = write_file('odd-qemu', "#!/bin/sh\n", 0755);
refuses('an old QEMU', qr/is QEMU 7\.2, .*10\.0 or later/, { QEMU => $old },
	$setup, 'run');
refuses('an old QEMU32', qr/QEMU32=.* is QEMU 7\.2/,
	{ QEMU => $new, QEMU32 => $old }, $setup, 'run');
refuses('no QEMU', qr/is not a program/, { QEMU => "$dir/none" }, $setup, 'run');
refuses('another program', qr/--version/, { QEMU => $odd }, $setup, 'run');
is_deeply([ run({ QEMU => $new }, $setup, 'run') ], [ 0, '' ],
	'a new QEMU is taken');
is_deeply([ run({ CHROMIUM => 'true' }, $setup, 'browser') ], [ 0, '' ],
	'so is a browser that is there');
refuses('an unknown part', qr/'none': use build, run, check, schema, linux, fuzz, lint, bench, labgrid, browser or compilers/, {},
	$setup, 'none');
refuses('a missing compiler', qr/there is no none-gcc/,
	{ CROSS_COMPILE => 'none-' }, $setup, 'build');

mkdir "$dir/$_" for qw(bare tree tree/lib tree/lib/sbi tree/include
	tree/include/sbi cache);
refuses('no directory', qr/no such directory/, { OPENSBI_DIR => "$dir/none" },
	$fetch);
refuses('another tree', qr/lacks lib.sbi.sbi_pmu.c/,
	{ OPENSBI_DIR => "$dir/bare" }, $fetch);
write_file('tree/lib/sbi/sbi_pmu.c', '');
refuses('a tree without version', qr/does not say its version/,
	{ OPENSBI_DIR => "$dir/tree" }, $fetch);
for my $case ([ 0, 9 ], [ 1, 5 ]) {
	write_file('tree/include/sbi/sbi_version.h',
		"#define OPENSBI_VERSION_MAJOR $case->[0]\n"
		. "#define OPENSBI_VERSION_MINOR $case->[1]\n");
	refuses('an old OpenSBI', qr/too old: use 1\.6 or later/,
		{ OPENSBI_DIR => "$dir/tree" }, $fetch);
}
for my $case ([ 1, 6 ], [ 2, 0 ]) {
	write_file('tree/include/sbi/sbi_version.h',
		"#define OPENSBI_VERSION_MAJOR $case->[0]\n"
		. "#define OPENSBI_VERSION_MINOR $case->[1]\n");
	is_deeply([ run({ OPENSBI_DIR => "$dir/tree" }, $fetch) ],
		[ 0, "$dir/tree\n" ], "OpenSBI $case->[0].$case->[1] is taken");
}

my %cache = (SBI_PMU_CACHE => "$dir/cache");
refuses('an unknown version', qr/choose of 1\.9/,
	{ %cache, OPENSBI_VERSION => '1.0' }, $fetch);
write_file('cache/opensbi_1.8.1.orig.tar.gz', 'not what it should be');
refuses('a wrong hash', qr/has SHA-256 .* is pinned: removed it/,
	{ %cache, OPENSBI_VERSION => '1.8.1' }, $fetch);
ok(!-e "$dir/cache/opensbi_1.8.1.orig.tar.gz", 'and the file is gone');
ok(!-e "$dir/cache/opensbi-1.8.1", 'and nothing unpacked');

done_testing;
