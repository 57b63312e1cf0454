# SPDX-License-Identifier: BSD-2-Clause
#
# The machines of tests/machines and the QEMU command lines that make them.

package Machine;

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Spec;
use File::Temp;
use POSIX qw(setpgid);
use Domains;

my $root = dirname(dirname(abs_path(__FILE__)));
my %known = map { $_ => 1 } qw(qemu machine cpu harts memory icount dtb-edit fw host
	other dts rows);
my %edits = (
	snapshot => \&edit_snapshot, maps => \&edit_maps,
	'no-pmu' => sub { run_quietly('fdtput', '-r', $_[0], '/pmu') },
	uneven => \&edit_uneven,
	domains => sub { Domains::edit(\&run_quietly, $_[0], [ 0, 1 ], [ 2, 3 ]) },
	'domain-switch' => sub { Domains::edit(\&run_quietly, $_[0], [0], [0]) },
);

# Read a machine file; relative paths in it start at the top of the tree.
sub read_file {
	my ($class, $path) = @_;
	my %m = (
		qemu => 64, machine => 'virt', harts => 1, memory => '256M',
		icount => 'none', 'dtb-edit' => 'none',
	);
	open(my $in, '<', $path) or die "$path: cannot be read: $!\n";
	$m{about} = '';
	while (my $line = <$in>) {
		$m{about} .= ($m{about} && ' ') . $1
			if $line =~ /^# (?!SPDX)(.*\S)/;
		next if $line =~ /^\s*(#|$)/;
		my ($key, $value) = $line =~ /^([\w-]+):\s*(.*?)\s*$/
			or die "$path:$.: not of the form 'key: value'\n";
		$known{$key} or die "$path:$.: unknown key '$key'; known are "
			. join(', ', sort keys %known) . "\n";
		$m{$key} = $value;
	}
	$m{qemu} =~ /^(32|64)$/ or die "$path: qemu must be 64 or 32\n";
	$m{name} = basename($path, '.t');
	my $built = "$root/build" . ($m{qemu} == 32 ? '/rv32' : '');
	$m{fw} = defined $m{fw} ? File::Spec->rel2abs($m{fw}, $root)
		: "$built/fw_dynamic.bin";
	$m{suite} = "$built/suite.bin";
	for my $file (grep { defined $m{$_} } qw(other dts)) {
		$m{$file} = File::Spec->rel2abs($m{$file}, $root);
	}
	return bless \%m, $class;
}

# With icount a hart makes progress at a known pace; without, a loaded host
# may hold it up for long.
sub silence_limit {
	my ($m) = @_;
	return $m->{icount} eq 'none' ? 60 : 15;
}

# The firmware says who it is when it boots; the text of that stands in the
# file. Only our own is held to readings that the specification leaves open.
sub fw_is_ours {
	my ($m) = @_;
	return 0 if defined $m->{host};
	open(my $in, '<:raw', $m->{fw}) or return 0;
	local $/;
	return scalar(<$in> =~ /: sbi-pmu %s, /);
}

# Undefined when the user named an emulator for RV64 only.
sub qemu {
	my ($m) = @_;
	if ($m->{qemu} == 64) {
		return $ENV{QEMU} || 'qemu-system-riscv64';
	}
	return $ENV{QEMU32} if $ENV{QEMU32};
	return 'qemu-system-riscv32' unless $ENV{QEMU};
	# Beside the one that was named, along PATH when it has no folder.
	my @dirs = $ENV{QEMU} =~ m{/} ? dirname($ENV{QEMU})
		: split /:/, $ENV{PATH} || '';
	@dirs = grep { -x "$_/" . basename($ENV{QEMU}) } @dirs;
	my ($sibling) = map { "$_/qemu-system-riscv32" } @dirs;
	return defined $sibling && -x $sibling ? $sibling : undef;
}

sub hardware_args {
	my ($m, $machine_suffix) = @_;
	my @args = ('-M', $m->{machine} . $machine_suffix,
		'-smp', $m->{harts}, '-m', $m->{memory});
	push @args, '-cpu', $m->{cpu} if defined $m->{cpu};
	return @args;
}

# This board takes -bios for another thing, and its default firmware for ours.
sub firmware_args {
	my ($m) = @_;
	return ('-bios', $m->{fw}) if $m->{machine} ne 'microchip-icicle-kit';
	$m->{firmware_dir} = File::Temp->newdir('sbi-pmu-fw.XXXXXX', TMPDIR => 1,
		CLEANUP => !$m->{keep_files});
	my $name = "$m->{firmware_dir}/opensbi-riscv64-generic-fw_dynamic.bin";
	symlink File::Spec->rel2abs($m->{fw}), $name or die "$name: cannot be made: $!\n";
	return ('-L', "$m->{firmware_dir}");
}

# The suite is a guest of the Linux that scripts/fetch-linux fetches by this name;
# what boots is that one, and passes our arguments on.
sub host_files {
	my ($m) = @_;
	my $cache = $ENV{SBI_PMU_CACHE} || "$root/build/cache";
	my @files = ("$cache/linux-$m->{host}/Image", "$root/build/kvm/$m->{host}.cpio");
	for my $file (@files) {
		-f $file or die "there is no $file: make kvm makes it\n";
	}
	return @files;
}

# The command to run, as a list. Files it needs live as long as the machine.
sub command {
	my ($m, $kernel, $bootargs, @extra) = @_;
	if (defined $m->{host}) {
		($kernel, my $initrd) = $m->host_files;
		push @extra, '-initrd', $initrd;
		$bootargs = "console=ttyS0 quiet loglevel=1 -- $m->{harts} $bootargs";
	}
	my @cmd = ($m->qemu, $m->hardware_args(''));
	push @cmd, '-icount', $m->{icount} if $m->{icount} ne 'none';
	push @cmd, '-dtb', $m->edited_dtb($bootargs)
		if $m->{'dtb-edit'} ne 'none' || defined $m->{node} || defined $m->{dts};
	push @cmd, '-device', sprintf('loader,file=%s,force-raw=on,addr=0x%x', $m->{other},
		Domains::OTHER) if defined $m->{other};
	push @cmd, '-nic', 'none' if $m->{machine} eq 'virt';
	push @cmd, '-display', 'none', '-serial', 'stdio', '-monitor', 'none',
		'-no-reboot', $m->firmware_args, '-kernel', $kernel;
	push @cmd, '-append', $bootargs if $bootargs ne '';
	# Its memory stays in this file when it is off
	push @cmd, '-object', "memory-backend-file,id=ram,size=$m->{memory},"
		. "mem-path=$m->{ram},share=on", '-machine', 'memory-backend=ram'
		if defined $m->{ram};
	return (@cmd, @extra);
}

sub run_quietly {
	my (@cmd) = @_;
	my $log = File::Temp->new(TEMPLATE => 'sbi-pmu-log.XXXXXX', TMPDIR => 1);
	my $pid = start(\@cmd, $log);
	local $SIG{ALRM} = sub { kill 'KILL', $pid };
	alarm 20;
	waitpid $pid, 0;
	alarm 0;
	return if $? == 0;
	seek $log, 0, 0;
	my ($why) = grep { /\S/ } <$log>;
	$why = "status $?" unless defined $why;
	chomp $why;
	die "$cmd[0] failed while making a device tree: $why\n";
}

sub edited_dtb {
	my ($m, $bootargs) = @_;
	die "$m->{name}: QEMU's machine spike has a device tree of its own always: choose"
		. " another machine for a changed one\n" if $m->{machine} eq 'spike';
	my $dtb = File::Temp->new(TEMPLATE => 'sbi-pmu-dtb.XXXXXX', TMPDIR => 1,
		UNLINK => !$m->{keep_files});
	$m->{dtb} = $dtb;
	if (defined $m->{dts}) {
		run_quietly('dtc', '-q', '-I', 'dts', '-O', 'dtb', '-o', "$dtb", $m->{dts});
	} else {
		run_quietly($m->qemu, $m->hardware_args(",dumpdtb=$dtb"),
			'-display', 'none', '-bios', 'none');
	}
	for my $name (grep { $_ ne 'none' } split /[\s,]+/, $m->{'dtb-edit'}) {
		my ($map) = $name =~ /^map-(\d+)$/;
		my $edit = defined $map ? sub { edit_map($_[0], $map) } : $edits{$name}
			or die "$m->{name}: unknown dtb-edit '$name'\n";
		$edit->("$dtb");
	}
	replace_pmu("$dtb", $m->{node}) if defined $m->{node};
	# QEMU leaves a device tree that it was given as it is.
	run_quietly('fdtput', '-t', 's', "$dtb", '/chosen', 'bootargs', $bootargs);
	return "$dtb";
}

sub edit_snapshot {
	my ($dtb) = @_;
	my $node = '/chosen/opensbi-config';
	run_quietly('fdtput', '-p', '-c', $dtb, $node);
	run_quietly('fdtput', '-t', 's', $dtb, $node, 'compatible',
		'opensbi,config');
	run_quietly('fdtput', $dtb, $node, 'sbi-pmu,snapshot');
}

# Maps as boards have them: rows for counters 0 and 2, ranges, counters that no
# hart has, events without a selector, a class of raw events, rows of zeroes.
# The snapshot property stands in the node of the PMU here.
sub edit_maps {
	my ($dtb) = @_;
	my @counters = qw(1 1 fffffff9  2 2 fffffffc  3 a 18
		10019 10019 fffffff8  1001b 1001b fffffff8  10021 10021 7fff8
		0 0 0  0 0 0);
	my @selectors = qw(1 0 1  2 0 2  10019 0 10019);
	my @raw = qw(0 0 0 ffff0000 78  0 abcdef ffffffff ffffffff 80
		0 2 ffffffff ffffffff 7fffffff);
	my $set = sub {
		run_quietly('fdtput', '-t', 'x', $dtb, '/pmu', @_);
	};
	$set->('riscv,event-to-mhpmcounters', @counters);
	$set->('riscv,event-to-mhpmevent', @selectors);
	$set->('riscv,raw-event-to-mhpmcounters', @raw);
	run_quietly('fdtput', $dtb, '/pmu', 'sbi-pmu,snapshot');
}

# So many rows for one raw event each, besides QEMU's own five for standard ones;
# tests/bench/rows_config.c knows the selectors.
sub edit_map {
	my ($dtb, $rows) = @_;
	my @raw = map { sprintf('0 %x ffffffff ffffffff 7fff8', 0x100 + $_) }
		0 .. $rows - 1;
	run_quietly('fdtput', '-t', 'x', $dtb, '/pmu', 'riscv,raw-event-to-mhpmcounters',
		map { split ' ' } @raw);
}

# The second hart says that it has no Sscofpmf.
sub edit_uneven {
	my ($dtb) = @_;
	for my $name ('riscv,isa', 'riscv,isa-extensions') {
		open(my $in, '-|', 'fdtget', '-t', 's', $dtb, '/cpus/cpu@1', $name)
			or die "cannot start fdtget: $!\n";
		my @words = grep { $_ ne 'sscofpmf' } split ' ', join('', <$in>);
		close $in && @words or die "the second hart has no $name\n";
		s/_sscofpmf(?=_|$)// for @words;
		run_quietly('fdtput', '-t', 's', $dtb, '/cpus/cpu@1', $name, @words);
	}
}

# Put the node of a file in the place of the machine's own.
sub replace_pmu {
	my ($dtb, $file) = @_;
	my $dts = File::Temp->new(TEMPLATE => 'sbi-pmu-dts.XXXXXX', TMPDIR => 1);
	open(my $in, '<', $file) or die "$file: cannot be read: $!\n";
	run_quietly('dtc', '-q', '-I', 'dtb', '-O', 'dts', '-o', "$dts", $dtb);
	open(my $out, '>>', "$dts") or die "$dts: cannot be written: $!\n";
	print $out "/ { /delete-node/ pmu; };\n", <$in>;
	close $out or die "$dts: cannot be written: $!\n";
	run_quietly('dtc', '-q', '-I', 'dts', '-O', 'dtb', '-o', $dtb, "$dts");
}

# Start a command that writes to $out and must not outlive us: it is out of the
# terminal's reach, and the kernel ends it should we be killed outright. It reads
# from $in, if there is one.
sub start {
	my ($cmd, $out, $in) = @_;
	my $parent = $$;
	my $pid = fork;
	defined $pid or die "cannot start $cmd->[0]: $!\n";
	return $pid if $pid;
	setpgid(0, 0);
	$SIG{$_} = 'DEFAULT' for qw(INT TERM HUP PIPE);
	open(STDIN, '<&', $in) if $in;
	open(STDIN, '<', '/dev/null') if !$in;
	open(STDOUT, '>&', $out);
	open(STDERR, '>&', $out);
	POSIX::_exit(127) if getppid() != $parent;
	no warnings "exec";
	exec 'setpriv', '--pdeathsig', 'KILL', '--', @$cmd;
	print STDERR "cannot start setpriv: $!\n";
	POSIX::_exit(127);
}

1;
