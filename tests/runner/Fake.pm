# SPDX-License-Identifier: BSD-2-Clause
#
# A fake emulator and machine, to test the scripts without firmware.

package Fake;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

our @EXPORT = qw($scripts $dir write_file slurp machine runner run_suite);
our $scripts = abs_path(dirname(__FILE__) . '/../../scripts');
our $dir = tempdir('sbi-pmu-test.XXXXXX', TMPDIR => 1, CLEANUP => 1);

sub write_file {
	my ($name, $text, $mode) = @_;
	open(my $out, '>', "$dir/$name") or die "$name: $!";
	print $out $text;
	close $out;
	chmod $mode, "$dir/$name" if defined $mode;
	return "$dir/$name";
}

sub slurp {
	my ($path) = @_;
	open(my $in, '<', $path) or return '';
	local $/;
	return scalar <$in>;
}

# Make $ENV{QEMU} a shell script; in it $boot counts the runs from 1, $$ is in
# the file pid, and "first" is the value of first= on its command line.
sub machine {
	my ($script) = @_;
	unlink "$dir/boots";
	$ENV{QEMU} = write_file('qemu', <<"END", 0755);
#!/bin/sh
echo \$\$ >$dir/pid
echo x >>$dir/boots
boot=\$(wc -l <$dir/boots)
first=\$(echo "\$*" | sed -n 's/.*first=\\([0-9]*\\).*/\\1/p')
$script
END
	write_file('fw', '');
	write_file('suite', '');
	return write_file('fake.t', "qemu: 64\nicount: shift=0\n");
}

sub runner {
	my (@args) = @_;
	return ("$scripts/run-suite", '--fw', "$dir/fw", '--suite',
		"$dir/suite", '--timeout', 2, @args);
}

# Returns what it printed on stdout, on stderr, and its exit status.
sub run_suite {
	my ($script, @args) = @_;
	my $t = machine($script);
	my $cmd = join ' ', map { "'$_'" } runner(@args, $t);
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

1;
