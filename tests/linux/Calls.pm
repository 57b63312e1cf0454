# SPDX-License-Identifier: BSD-2-Clause
#
# Linux on firmware that prints each PMU call (SBI_PMU_TRACE=y): which calls it
# made while it booted and during each section of a script.

package Calls;

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp;

my $root = dirname(dirname(dirname(abs_path(__FILE__))));
require "$root/scripts/Machine.pm";

# The emulated clock stands still while nothing runs, so this is not waiting.
# The console has printed all then, and no call of before is still to come.
use constant REST => 'sleep 0.2';
# Seconds that a boot with its script may take; it takes five to ten.
use constant LIMIT => 120;
# Somebody presses a key each second, which wakes Linux up when it is suspended.
use constant KEYS => 'n=$1; shift; while sleep 1; do echo; done | timeout -s KILL "$n" "$@"';

my $hex = qr/0x[0-9a-f]+/;
my $call = qr/sbi-pmu:\ hart\ (\d+):\ (\w+)
	\(((?:$hex(?:,\ $hex)*)?)\)\ =\ (-?\d+),\ ($hex)\r?\n/x;

# The machine that Linux runs on. Counts are exact on one hart only.
sub machine {
	my (%opt) = @_;
	my $file = File::Temp->new(TEMPLATE => 'sbi-pmu-machine.XXXXXX', TMPDIR => 1,
		SUFFIX => '.t');
	print {$file} map { "$_\n" } 'qemu: 64', 'cpu: rv64,sscofpmf=on,smcntrpmf=on,h=on',
		'icount: shift=0,sleep=off', 'memory: 1G', "harts: " . ($opt{harts} || 1),
		'fw: ' . ($opt{fw} || 'build/trace/fw_dynamic.bin'),
		'dtb-edit: ' . ($opt{snapshot} ? 'snapshot' : 'none');
	close $file or die "sbi-pmu: $file: $!\n";
	return Machine->read_file("$file");
}

sub script {
	my (@sections) = @_;
	my $text = "exec 2>&1\n";
	while (my ($name, $commands) = splice @sections, 0, 2) {
		$text .= join "\n", REST, "echo '@@ $name'", REST, $commands, '';
	}
	return $text . REST . "\necho '@@ end'\n" . REST . "\n";
}

sub initramfs {
	my ($dir, $linux, $script) = @_;
	open(my $out, '>', "$dir/script") or die "sbi-pmu: $dir/script: $!\n";
	print {$out} $script;
	close $out or die "sbi-pmu: $dir/script: $!\n";
	my @cmd = ("$root/scripts/initramfs", "$dir/cpio", "$linux/root",
		"$root/tests/linux/init:init", "$dir/script:script",
		map { "$root/build/linux/$_:usr/bin/$_" } qw(loop pong));
	system(@cmd) == 0 or die "sbi-pmu: no initramfs for $linux\n";
	return "$dir/cpio";
}

# All that the machine prints until it powers off.
sub output_of {
	my (@command) = @_;
	my $log = File::Temp->new(TEMPLATE => 'sbi-pmu-linux.XXXXXX', TMPDIR => 1);
	my $pid = Machine::start(\@command, $log);
	local $SIG{ALRM} = sub { kill 'KILL', $pid };
	local @SIG{qw(INT TERM HUP)} = (sub { kill 'KILL', $pid; exit 130 }) x 3;
	alarm LIMIT;
	waitpid $pid, 0;
	alarm 0;
	my $status = $?;
	open(my $in, '<:raw', "$log") or die "sbi-pmu: $log: $!\n";
	my $text = do { local $/; <$in> };
	return ($text, $status);
}

# Take the output apart. A call may be printed in the middle of a line of Linux,
# which is whole again when the call is taken out.
sub sections {
	my ($text) = @_;
	my @found = ({ name => 'boot', calls => [], text => '' });
	while (length $text) {
		if ($text =~ s/\A([^\n]*?)$call/$1/) {
			push @{ $found[-1]{calls} }, { hart => $2, function => $3,
				args => [ split /, /, $4 ], error => $5, value => $6 };
			next;
		}
		$text =~ s/\A([^\n]*\n|.+\z)//s;
		my $line = $1;
		$line =~ s/\r//g;
		die "sbi-pmu: a call that cannot be read: $line" if $line =~ /sbi-pmu: hart/;
		if ($line =~ /^@@ (.*)$/) {
			push @found, { name => $1, calls => [], text => '' };
		} else {
			$found[-1]{text} .= $line;
		}
	}
	return @found;
}

# boot(linux => DIR, script => [NAME => COMMANDS...], ...): the sections by name,
# "boot" before the first. harts, snapshot and fw as in machine();
# keys: press keys all the time.
sub boot {
	my (%opt) = @_;
	my $dir = File::Temp->newdir('sbi-pmu-linux.XXXXXX', TMPDIR => 1);
	my $machine = machine(%opt);
	my $cpio = initramfs("$dir", $opt{linux}, script(@{ $opt{script} }));
	my @command = $machine->command("$opt{linux}/Image", 'console=ttyS0 quiet',
		'-initrd', $cpio);
	@command = ('sh', '-c', KEYS, 'sh', LIMIT, @command) if $opt{keys};
	my ($text, $status) = output_of(@command);
	my %by_name = map { $_->{name} => $_ } sections($text);
	return \%by_name if $by_name{end};
	my @tail = split /\n/, $text;
	splice @tail, 0, -20 if @tail > 20;
	die "sbi-pmu: Linux in $opt{linux} did not come to the end of the script"
		. " (QEMU's status $status):\n", map { "| $_\n" } @tail;
}

# How many calls of each function, and of all.
sub count {
	my ($section) = @_;
	my %n = (all => scalar @{ $section->{calls} });
	$n{ $_->{function} }++ for @{ $section->{calls} };
	return \%n;
}

# The calls that an amount of work more makes, by function: for each of $more.
sub per {
	my ($less, $much, $more) = @_;
	my ($from, $to) = (count($less), count($much));
	return { map { $_ => (($to->{$_} || 0) - ($from->{$_} || 0)) / $more } keys %$to };
}

1;
