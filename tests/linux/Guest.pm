# SPDX-License-Identifier: BSD-2-Clause
#
# Boot Linux on a firmware, run commands in it and take their output apart.
#
#	my $g = Guest->boot(linux => 'forky', steps => [
#		plain => perf_stat('instructions:u', 'loop 1000'),
#	]);
#	is($g->count('plain', 'instructions:u'), ...);
#
# Test programs of ours are in the PATH: see loop.S and provoke.c.

package Guest;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use Fcntl qw(:flock);
use File::Basename qw(dirname);
use File::Temp;
use JSON::PP;
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(time sleep);
use lib dirname(dirname(dirname(abs_path(__FILE__)))) . '/scripts';
use Machine;

# perf_stat(EVENTS, COMMAND, OPTIONS...) is a command for a step, fw_event(CODE)
# an event, linux_names() the kernels to test, has_interrupt() whether to sample.
our @EXPORT = qw(perf_stat fw_event linux_names has_interrupt);

my $root = dirname(dirname(dirname(abs_path(__FILE__))));
my $programs = "$root/build/linux";
my $running;

$SIG{$_} = sub { exit 130 } for qw(INT TERM HUP);
END { local $?; stop(); }

sub stop {
	return unless $running;
	kill 'KILL', $running;
	waitpid $running, 0;
	$running = undef;
}

# The kernels to test: that of KERNEL=, else those of LINUX=, else both.
sub linux_names {
	return ('own') if $ENV{KERNEL};
	return split ' ', $ENV{LINUX} || 'forky trixie';
}

sub perf_stat {
	my ($events, $command, @options) = @_;
	return join ' ', 'perf stat -j', @options,
		(map { "-e $_" } split / /, $events), $command;
}

# The event of an SBI firmware event code, as every perf takes it.
sub fw_event {
	return sprintf 'r80000000%08x', $_[0];
}

# Newer QEMU never delivers the overflow interrupt: no sampling has a sample then.
sub has_interrupt {
	return 1 if $ENV{QEMU_HAS_LCOFI};
	my $version = `@{[ $ENV{QEMU} || 'qemu-system-riscv64' ]} --version`;
	my ($major, $minor, $patch) = $version =~ /version (\d+)\.(\d+)\.(\d+)/;
	return $major == 10 && $minor == 0 && $patch < 11;
}

# The directory of Debian's kernel and programs; fetching has been done by make.
sub fetched {
	my ($name) = @_;
	my $cache = $ENV{SBI_PMU_CACHE} || "$root/build/cache";
	my $dir = "$cache/linux-$name";
	-f "$dir/Image" or die "sbi-pmu: there is no $dir/Image: run"
		. " scripts/fetch-linux $name, or make check-linux\n";
	return $dir;
}

sub run_or_die {
	system(@_) == 0 or die "sbi-pmu: $_[0] failed, see above\n";
}

# All that is the same in every boot, made once.
sub base_archive {
	my ($dir, $name) = @_;
	return $ENV{INITRD} if $ENV{INITRD};
	my $out = "$programs/$name.cpio";
	# Tests run side by side, and one of them makes it for all.
	open(my $lock, '>', "$programs/.lock") or die "sbi-pmu: $programs: $!\n";
	flock($lock, LOCK_EX) or die "sbi-pmu: $programs cannot be locked: $!\n";
	return $out if -f $out && -M $out < -M "$dir/version";
	run_or_die("$root/scripts/initramfs", $out, "$dir/root");
	return $out;
}

# Linux unpacks one archive behind the other, each at a multiple of four bytes.
sub add_archive {
	my ($to, $file) = @_;
	open(my $in, '<:raw', $file) or die "sbi-pmu: $file: $!\n";
	local $/ = \1048576;
	while (my $part = <$in>) {
		print {$to} $part;
	}
	print {$to} "\0" x (-tell($in) % 4);
}

sub script {
	my (@steps) = @_;
	my $text = "exec 2>&1\n";
	while (my ($name, $command) = splice @steps, 0, 2) {
		$text .= "echo '\@\@ begin $name'\n$command\n"
			. "echo \"\@\@ end $name \$?\"\n";
	}
	return $text;
}

sub initrd {
	my ($opt, $dir) = @_;
	my $out = File::Temp->new(TEMPLATE => 'sbi-pmu-initrd.XXXXXX', TMPDIR => 1);
	my $small = File::Temp->new(TEMPLATE => 'sbi-pmu-cpio.XXXXXX', TMPDIR => 1);
	my @parts = ("$root/tests/linux/init:init",
		map { "$programs/$_:usr/bin/$_" } qw(loop provoke));
	my $script = File::Temp->new(TEMPLATE => 'sbi-pmu-run.XXXXXX', TMPDIR => 1);
	if ($opt->{steps}) {
		print {$script} script(@{ $opt->{steps} });
		close $script;
		push @parts, "$script:script";
	}
	push @parts, @{ $opt->{files} || [] };
	run_or_die("$root/scripts/initramfs", "$small", @parts);
	binmode $out;
	add_archive($out, base_archive($dir, $opt->{linux}));
	add_archive($out, "$small");
	close $out or die "sbi-pmu: $out cannot be written: $!\n";
	return $out;
}

# The machine is rv64-full with more memory unless the caller says otherwise.
sub machine {
	my ($opt) = @_;
	my $m = Machine->read_file("$root/tests/machines/rv64-full.t");
	$m->{memory} = '1G';
	$m->{fw} = $ENV{FW} if $ENV{FW};
	for my $key (qw(cpu harts icount memory machine dtb-edit fw)) {
		$m->{$key} = $opt->{$key} if defined $opt->{$key};
	}
	-f $m->{fw} or die "sbi-pmu: there is no $m->{fw}: build it with make\n";
	return $m;
}

# The command to boot with, and what has to live as long as it runs.
sub command {
	my (%opt) = @_;
	my $name = $opt{linux};
	# A kernel of one's own runs with the newest perf there is.
	my $dir = fetched($opt{linux} = $name eq 'own' ? 'forky' : $name);
	my $kernel = $name eq 'own' ? $ENV{KERNEL} : "$dir/Image";
	-f $kernel or die "sbi-pmu: KERNEL=$kernel: there is no such file\n";
	my $initrd = initrd(\%opt, $dir);
	my $m = machine(\%opt);
	my $args = join ' ', 'console=ttyS0 quiet loglevel=1',
		grep { defined } $opt{append};
	my @cmd = $m->command($kernel, $args, '-initrd', "$initrd",
		@{ $opt{extra} || [] });
	return (\@cmd, $m, $initrd);
}

# Returns what the machine said; {died} has the reason if it did not power off.
sub boot {
	my ($class, %opt) = @_;
	my $log = File::Temp->new(TEMPLATE => 'sbi-pmu-log.XXXXXX', TMPDIR => 1);
	my $limit = $opt{limit} || 120;
	$opt{steps} = [ @{ $opt{steps} }, dmesg => 'dmesg' ];
	my ($cmd, @keep) = command(%opt);
	my $until = time + $limit;
	pipe(my $keyboard, my $keys) or die "no pipe: $!\n";
	$running = Machine::start($cmd, $log, $keyboard);
	my ($died, $key_at) = (undef, 0);
	while (!waitpid $running, WNOHANG) {
		if (time > $until) {
			stop();
			$died = "it did not power off within $limit s";
			last;
		}
		# A key wakes a machine that is suspended to idle.
		if ($opt{keys} && time > $key_at) {
			syswrite $keys, "\n";
			$key_at = time + 1;
		}
		sleep 0.02;
	}
	$died = "QEMU ended with status $?" if !defined $died && $?;
	$running = undef;
	open(my $in, '<:raw', "$log") or die "sbi-pmu: $log: $!\n";
	my $self = bless { died => $died, command => $cmd, name => $opt{linux},
		sections => {}, status => {}, log => [] }, $class;
	$self->take($in);
	return $self;
}

sub take {
	my ($self, $in) = @_;
	my $name;
	while (my $line = <$in>) {
		$line =~ s/[\r\n]//g;
		$line =~ s/[^\t\x20-\x7e]/?/g;
		push @{ $self->{log} }, $line;
		if ($line =~ /^@@ begin (\S+)$/) {
			$name = $1;
			$self->{sections}{$name} = [];
		} elsif ($line =~ /^@@ end (\S+) (\d+)$/) {
			$self->{status}{$1} = $2;
			$name = undef;
		} elsif (defined $name) {
			push @{ $self->{sections}{$name} }, $line;
		}
	}
}

sub lines {
	my ($self, $step) = @_;
	return @{ $self->{sections}{$step} || [] };
}

sub status {
	my ($self, $step) = @_;
	return $self->{status}{$step};
}

sub text {
	my ($self, $step) = @_;
	return join "\n", $self->lines($step);
}

# What perf stat said of each event of a step, in its order.
sub events {
	my ($self, $step) = @_;
	return map { eval { decode_json($_) } || () }
		map { s/ \[cpu\]"/"/r } grep { /^\{.*counter-value/ }
		$self->lines($step);
}

# The count of an event: a number, or '<not counted>', or '<not supported>'. The
# third argument selects among several of the same name.
sub count {
	my ($self, $step, $event, $nth) = @_;
	my @found = grep { $_->{event} eq $event } $self->events($step);
	my $e = $found[$nth || 0] or return '<no line>';
	my $value = $e->{'counter-value'};
	$value =~ s/\.0+$//;
	return $value;
}

# The share of the time in which an event was counted, in percent.
sub running {
	my ($self, $step, $event) = @_;
	my ($e) = grep { $_->{event} eq $event } $self->events($step);
	return $e ? $e->{'pcnt-running'} : 0;
}

# Complaints of the kernel's PMU driver, of the kernel at large, of the firmware.
sub complaints {
	my ($self) = @_;
	my @bad = grep { /WARNING|\bBUG:|Oops|Unable to handle|soft lockup|
		rcu_sched\ |(?:Starting|Stopping|Enabling)\ counter|
		pmu.*(?:fail|error|invalid|unexpected)/x } $self->lines('dmesg');
	push @bad, grep { /^sbi_\w+: |sbi_trap_error/ } @{ $self->{log} };
	return @bad;
}

# The tests that hold for every boot: every step ran, and nobody complained.
sub went_well {
	my ($self) = @_;
	my $name = $self->{name};
	ok(!defined $self->{died}, "$name: Linux boots and powers off")
		or diag("$self->{died}; the last lines were:\n",
			map { "| $_\n" } $self->tail(15));
	my @bad = $self->complaints;
	ok(!@bad, "$name: no complaint of kernel or firmware") or diag(@bad);
}

sub tail {
	my ($self, $count) = @_;
	my @log = @{ $self->{log} };
	return @log > $count ? @log[-$count .. -1] : @log;
}

1;
