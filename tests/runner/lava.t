#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The monitors of the LAVA jobs make the right test cases of what payloads print.

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use Test::More;

# Each monitor: its name, and what stands below it. A pattern stands in the line
# after its key, as a regular expression that Perl and Python read alike.
sub monitors {
	my ($file) = @_;
	my $yaml = slurp("$scripts/../tests/lava/$file");
	my %monitor;
	while ($yaml =~ /^    - name: (\S+)\n((?:      .*\n)+)/mg) {
		my ($name, $text) = ($1, $2);
		my %m = (text => $text);
		($m{$_}) = $text =~ /^      $_: "(.*)"$/m for qw(start end);
		($m{pattern}) = $text =~ /^      pattern: >-\n        (.*)$/m;
		if ($text =~ /^      fixupdict: \{(.*)\}$/m) {
			my $pairs = $1;
			$m{fix}{$1} = $2 while $pairs =~ /"?([^",:]+)"?: (\w+)/g;
			$m{fix} = { map { s/^\s+//r => $m{fix}{$_} } keys %{ $m{fix} } };
		}
		$monitor{$name} = \%m;
	}
	return \%monitor;
}

# As LAVA does it: the earliest match in what is left, until the end is earlier.
sub cases {
	my ($m, $text) = @_;
	$text =~ s/\n/\r\n/g;
	$text =~ s/^.*?$m->{start}//s or return 'no start';
	my @cases;
	while ($text =~ /(?<end>$m->{end})|(?:$m->{pattern})/) {
		my ($end, $id, $result, $number, $after) =
			(@+{qw(end test_case_id result measurement)}, $+[0]);
		last if defined $end;
		$result = $m->{fix}{$result} // "unknown to fixupdict: $result"
			if defined $result;
		push @cases, join ' ', $id =~ s/\W+/_/gr, $result // 'pass', $number // ();
		$text = substr $text, $after;
	}
	return \@cases;
}

my $qemu = monitors('qemu.yaml');
is_deeply([ sort keys %$qemu ], [ map { "sbi-pmu-$_" } qw(bench bringup suite) ],
	'the job in QEMU has a monitor for each payload');
my $board = monitors('board.yaml');
is_deeply([ sort keys %$board ], [ map { "sbi-pmu-$_" } qw(bringup suite) ],
	'that on boards for two');
is($board->{$_}{text}, $qemu->{$_}{text}, "$_ is the same in both") for sort keys %$board;

is_deeply(cases($qemu->{'sbi-pmu-suite'}, <<'END'), [ 'base_probe pass',
ok 0 - not.yet: Before the start.
TAP version 13
1..5
# run: seed 1
# case 1 base.probe: The firmware says that it has it.
ok 1 - base.probe: The firmware says that it has it.
# case 2 num.counters: NUM_COUNTERS is ok 3 - times.
# expected 0, received -2
not ok 2 - num.counters: NUM_COUNTERS is ok 3 - times.
ok 3 - client.test-ipi: At 25, # and more. # SKIP needs 2 harts, there are 1
ok 4 - a.b: Last one # SKIP it is not
not ok 5 - c.d: No # SKIP of a failure
# end of suite
ok 6 - after.end: Too late.
END
	'num_counters fail', 'client_test_ipi skip', 'a_b skip', 'c_d fail' ],
	'TAP: passed, failed, skipped, and nothing before and after');

is_deeply(cases($qemu->{'sbi-pmu-bringup'}, <<'END'), [ 'firmware_sbi pass',
sbi-pmu bring-up report, rv64, hart 0 of 1

-- Firmware
OK      firmware.sbi: SBI 3.0
ABSENT  event: cache-references, cache-misses, branches, branch-misses,
          bus-cycles: no counter takes it
OK      event: cycles: on 0,3-18; counts 20040 in 20000 arithmetic
BROKEN  control.stop: 0,2: go on after STOP, the first by 20029
        expected: the value stays after STOP
        do: set mcountinhibit in STOP; see BROKEN
UNKNOWN raw: no selectors were tried
BROKEN  control.still-again: 0: moves
ABSENT  hart 1: event: LL-loads: no counter takes it
63 OK, 8 ABSENT, 0 BROKEN, 5 UNKNOWN

bringup-json: {"findings":[{"verdict":"OK","id":"firmware.sbi"}]}
bringup: end
END
	'event skip', 'event_cycles pass', 'control_stop fail', 'raw unknown',
	'control_still_again fail', 'hart_1_event_LL_loads skip' ], 'each finding once, its advice is none');

is_deeply(cases($qemu->{'sbi-pmu-bench'}, <<'END'), [ 'boot pass 10616387',
# machine: rv64, 1 harts
bench: row=boot; calls=0; pmu=0; done=0; instructions=10616387; first=10616387
bench: row=SNAPSHOT; refused=-2; function=7
bench: row=linux: switch, 1 event; calls=4; pmu=4; done=3; instructions=966; first=970; varies
bench: end
END
	'linux_switch_1_event pass 966' ], 'rows are measurements, refused ones are none');

# The lines are those that the payloads print.
sub prints {
	my ($file, $text) = @_;
	like(slurp("$scripts/../$file"), qr/\Q$text\E/, "$file prints '$text'");
}
prints('tests/suite/main.c', $_) for 'TAP version 13', $qemu->{'sbi-pmu-suite'}{end};
prints('tests/bringup/main.c', $qemu->{'sbi-pmu-bringup'}{start});
prints('tests/bringup/json.c', $qemu->{'sbi-pmu-bringup'}{end});
prints('tests/suite/facts.c', $qemu->{'sbi-pmu-bench'}{start});
prints('tests/bench/main.c', $qemu->{'sbi-pmu-bench'}{end});
done_testing;
