#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# scripts/prove tells a proof that holds from one that does not, and from one that
# proves nothing. The prover reads harnesses of its own kind: prove("NAME", WORD)
# fails when the core has the WORD in it, and takes for ever when WORD is "slow".

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Fake;
use File::Path qw(make_path remove_tree);
use Test::More;
use Time::HiRes qw(sleep time);

my $root = "$dir/tree";
my $cbmc = write_file('cbmc', <<'END', 0755);
#!/usr/bin/perl
use strict;
use warnings;
use JSON::PP;
my ($harness) = grep { m{/harness\.c$} } @ARGV;
my ($lib) = grep { m{/lib/sbi/pmu$} } @ARGV;
my ($counter) = map { /^-DCOUNTER=(\d+)$/ ? $1 : () } @ARGV;
my %only = map { $ARGV[$_] eq '--property' ? ($ARGV[$_ + 1] => 1) : () } 0 .. $#ARGV;
sub slurp { open(my $in, '<', $_[0]) or die "$_[0]: $!"; local $/; return scalar <$in> }
my ($text, $core) = (slurp($harness), slurp("$lib/one.c"));
my ($list) = grep { /^--show-properties$/ } @ARGV;
grep { /^--(32|64)$/ } @ARGV or die "no width\n";
if ($text =~ /^#error (.*)$/m) {
	print $list ? encode_json([ { messageType => 'ERROR', messageText => $1 } ])
		: "file harness.c line 1: $1\nPARSING ERROR\n";
	exit 6;
}
my @properties;
while ($text =~ /prove\("([^"]+)", (\w+)\)/g) {
	push @properties, { name => 'harness.assertion.' . (1 + @properties),
		description => $1, word => $2 };
}
if ($list) {
	print encode_json([ { program => 'fake' }, { properties => \@properties } ]);
	exit 0;
}
@properties = grep { $only{ $_->{name} } } @properties if %only;
open(my $log, '>>', "$ENV{PROVE_DIR}/runs") or die;
print $log join(' ', $counter // '-', map { $_->{name} =~ /(\d+)$/ } @properties), "\n";
close $log;
if (grep { $_->{word} eq 'slow' } @properties) {
	open(my $pid, '>', "$ENV{PROVE_DIR}/pid") or die;
	print $pid $$;
	close $pid;
	sleep 60;
}
my ($failed, $all) = (0, scalar @properties);
print "Starting Bounded Model Checking\n\n** Results:\nharness.c function harness\n";
if ($text =~ /^\s*(undefined\w*)\(\);/m) {
	print "[harness.no-body.$1] line 2 no body for callee $1: FAILURE\n";
	($failed, $all) = ($failed + 1, $all + 1);
}
for my $p (@properties) {
	my $bad = $core =~ /\b$p->{word}\b/;
	$failed++ if $bad;
	printf "[%s] line 3 %s: %s\n", @$p{qw(name description)}, $bad ? 'FAILURE' : 'SUCCESS';
}
print "\n** $failed of $all failed (1 iterations)\n";
print 'VERIFICATION ', $failed ? 'FAILED' : 'SUCCESSFUL', "\n";
exit($failed ? 10 : 0);
END
$ENV{PROVE_DIR} = $dir;

# Proofs by name: the text of the harness, and more lines for the file "proof".
sub proofs {
	my (%of) = @_;
	remove_tree("$root/tests", "$root/build");
	make_path("$root/lib/sbi/pmu", "$root/tests/proof/world");
	write_file('tree/lib/sbi/pmu/one.c', "sound\nweak\n");
	for my $name (keys %of) {
		my ($text, $more) = ref $of{$name} ? @{ $of{$name} } : ($of{$name}, '');
		make_path("$root/tests/proof/$name");
		write_file("tree/tests/proof/$name/harness.c", $text);
		write_file("tree/tests/proof/$name/proof",
			"entry: f\nbounds: none\nsample: yes\n$more");
	}
}

sub faults {
	write_file('tree/tests/proof/list.mut', "file: lib/sbi/pmu/one.c\n\n" . join '', @_);
}

sub fault {
	my ($name, $proof, $property, @change) = @_;
	return "mutant: $name\nwhat: a fault\nproof: $proof\nproperty: $property\n"
		. join('', map { "$_\n" } @change) . "\n";
}

# Returns stdout, stderr and the status.
sub prove {
	my (@args) = @_;
	unlink "$dir/runs";
	my $cmd = join ' ', map { "'$_'" } "$scripts/prove", '--root', $root,
		'--cbmc', $cbmc, @args;
	my $out = `$cmd 2>$dir/stderr`;
	return ($out, slurp("$dir/stderr"), $? >> 8);
}

sub refused {
	my ($what, $pattern, @args) = @_;
	my ($out, $err, $status) = prove(@args);
	isnt($status, 0, "$what is refused");
	like($err, $pattern, 'with the reason');
	is(($err =~ tr/\n//), 1, 'in one line') or diag($err);
	is(slurp("$dir/runs"), '', 'and nothing is run');
}

# -- Proofs -------------------------------------------------------------------

proofs(good => "prove(\"a: one\", faulty)\nprove(\"b: two\", other)\n");
my ($out, $err, $status) = prove();
is($status, 0, 'a proof that holds is a success');
like($out, qr/^ok     good: 2 properties \(\d+ s\)$/m, 'and tells how much was proved');
like($out, qr/^prove: 1 of 1 proofs hold, \d+ s$/m, 'with a summary');
is($err, '', 'and nothing else');

proofs(good => 'prove("a: one", faulty)',
	bad => "prove(\"a: one\", faulty)\nprove(\"b: is safe\", weak)\n");
($out, $err, $status) = prove('--jobs', 2);
is($status, 1, 'a property that fails is a failure');
like($out, qr/^not ok bad: b: is safe \(\d+ s\)$/m, 'and is named');
like($out, qr/^ok     good: /m, 'the others are proved all the same');
like($out, qr/^prove: 1 of 2 proofs hold/m, 'and counted');
my ($log) = $err =~ /^sbi-pmu: prove: all it said is in (\S+)$/m;
like(slurp($log // ''), qr/^\[harness\.assertion\.2\] .*FAILURE$/m, 'the log is where it says');

($out, $err, $status) = prove('good');
is($status, 0, 'a proof can be asked for by name');
unlike($out, qr/bad/, 'and no other is run');
refused('an unknown name', qr/there is no proof 'none': choose of bad good$/, 'none');
refused('an unknown root', qr/--root \S+none: there is no such folder$/, '--root', "$dir/none");
($out, $err, $status) = prove('--xlen', 32, 'good');
like($out, qr/^ok     good of RV32: 1 properties /m, 'the width may be another');
refused('a width that there is not', qr/^usage: /, '--xlen', 16);

proofs(hollow => "undefined_function();\nprove(\"a: one\", faulty)\n");
($out, $err, $status) = prove();
is($status, 1, 'a function without body is a failure');
like($out, qr/^not ok hollow: undefined_function is not defined, so nothing is proved /m,
	'and is named');

proofs(broken => "#error syntax error before ';'\n");
($out, $err, $status) = prove();
is($status, 1, 'an error of CBMC is a failure');
like($out, qr/^not ok broken: CBMC ended with status 6: .*syntax error before ';' /m,
	'and is told');
proofs(broken => [ "#error syntax error before ';'\n", "part: a\n" ]);
refused('a harness whose properties cannot be listed',
	qr/prove: broken: \S+ lists no properties: syntax error before ';'$/);

# -- Indices ------------------------------------------------------------------

# What is proved of a line of the core.
sub copy_of {
	my ($line) = @_;
	proofs(good => 'prove("a: one", faulty)');
	write_file('tree/lib/sbi/pmu/one.c', "$line\n");
	prove('good');
	chomp(my $copy = slurp("$root/build/proof/core/lib/sbi/pmu/one.c"));
	return $copy;
}

sub checks {
	my ($array, $i) = @_;
	return "$array\[(__CPROVER_assert(($i) < sizeof($array) / sizeof($array\[0]), "
		. "\"no index is beyond its array\"), $i)]";
}

is(copy_of('h->a[n + 1] = 0;'), checks('h->a', 'n + 1') . ' = 0;', 'an index is checked');
is(copy_of('x = h->m->a[h->b[n]].c;'), 'x = ' . checks('h->m->a', checks('h->b', 'n')) . '.c;',
	'so is one in an index');
is(copy_of('h.a[0] = b[n] + p->q;'), 'h.a[0] = b[n] + p->q;', 'and nothing else is touched');
is(slurp("$root/lib/sbi/pmu/one.c"), "h.a[0] = b[n] + p->q;\n", 'the core is as it was');
write_file('tree/lib/sbi/pmu/one.c', "x = h->a[n].b[1];\n");
refused('an array in an array', qr/one\.c: an array in an array, .*: h->a\[n\]\.b\[1\];$/, 'good');

# -- Parts --------------------------------------------------------------------

my @three = map { "prove(\"$_\", faulty)\n" } 'a: one', 'b: two', 'a: three';
proofs(cut => [ join('', @three), "part: a: | c:\n" ]);
($out, $err, $status) = prove();
is($status, 0, 'a proof in parts holds');
is(slurp("$dir/runs"), "- 1 3\n- 2\n", 'each property is in one part');
like($out, qr/^ok     cut, a:: 2 properties .*^ok     cut, the rest: 1 properties /ms,
	'which are told apart');
proofs(cut => [ join('', @three), "part: c:\n" ]);
refused('a part without a property', qr/cut: no property begins with 'c:'$/);

proofs(each => [ 'prove("a: one", faulty)', "counters: each\n" ]);
(undef, undef, $status) = prove('--jobs', 4);
is(join(' ', sort { $a <=> $b } slurp("$dir/runs") =~ /^(\d+) 1$/mg),
	join(' ', 0, 2 .. 31), 'each counter but 1 has a run of its own');
write_file('tree/tests/proof/each/proof',
	"entry: f\nbounds: none\nsample: 5\ncounters: each\n");
prove('--sample');
is(slurp("$dir/runs"), "5 1\n", 'the sample follows one counter');
write_file('tree/tests/proof/each/proof', "entry: f\nbounds: none\nsample: no\n");
refused('a sample of nothing', qr/nothing to run$/, '--sample');
write_file('tree/tests/proof/each/proof', "entry: f\nlimits: none\n");
refused('an unknown key', qr{each/proof:2: not a line 'key: value' of a known key$});
write_file('tree/tests/proof/each/proof', "entry: f\nsample: no\n");
refused('a proof that does not tell its bounds', qr{each/proof has no 'bounds:'$});

# -- Runs that do not end -----------------------------------------------------

my @slow = map { "prove(\"$_\", " . (/slow/ ? 'slow' : 'faulty') . ")\n" }
	'a: one', 'b: two', 'c: slow', 'd: four';
proofs(long => join '', @slow);
my $before = time;
($out, $err, $status) = prove('--jobs', 2, '--patience', 2.5, '--timeout', 3);
cmp_ok(time - $before, '<', 30, 'a run that does not end is ended');
is($status, 1, 'and is a failure');
like($out, qr/^ +long: not in 2\.5 s, goes on in halves$/m, 'but first it goes on in halves');
like($out, qr/^ok     long, half 1: 2 properties /m, 'of which one holds');
like($out, qr/^ +long, half 2: not in 2\.5 s, goes on in halves$/m, 'and one is halved again');
like($out, qr/^not ok long, half 21: did not end in 3 s /m, 'down to what cannot be halved');
like($out, qr/^ok     long, half 22: 1 properties /m, 'beside what can be proved');
like($out, qr/^prove: 2 of 3 proofs hold/m, 'and all are counted');

my $pid = fork;
if (!$pid) {
	open(STDOUT, '>', '/dev/null');
	unlink "$dir/pid";
	exec "$scripts/prove", '--root', $root, '--cbmc', $cbmc;
}
my ($solver, $until) = ('', time + 20);
while (!$solver && time < $until) {
	($solver) = slurp("$dir/pid") =~ /^(\d+)$/;
	sleep 0.02;
}
kill 'TERM', $pid;
waitpid $pid, 0;
$until = time + 5;
sleep 0.02 while kill(0, $solver) && time < $until;
ok($solver && !kill(0, $solver), 'no solver outlives it');

# -- Faults -------------------------------------------------------------------

proofs(one => "prove(\"a: first\", faulty)\nprove(\"b: second\", other)\n");
faults(fault('breaks-a', 'one', 'a: first', '-sound', '+faulty'),
	fault('breaks-b', 'one', 'b:', '-sound', '+other'));
($out, $err, $status) = prove('--mutants');
is($status, 0, 'faults that fail as they should are a success');
like($out, qr/^ok     breaks-a: one: fails as it should: a: first /m, 'each is told');
like($out, qr/^prove: 2 of 2 faults make their proof fail/m, 'and counted');
is(slurp("$dir/runs"), "- 1\n- 2\n", 'only the property that has to fail is tried');
is(slurp("$root/lib/sbi/pmu/one.c"), "sound\nweak\n", 'the core is as it was');
prove('--mutants', 'breaks-b');
is(slurp("$dir/runs"), "- 2\n", 'a fault can be asked for by name');
prove('--mutants', 'one');
is(slurp("$dir/runs"), "- 1\n- 2\n", 'or all of a proof');
refused('an unknown fault', qr/there is no fault 'none' in/, '--mutants', 'breaks-a', 'none');

faults(fault('harmless', 'one', 'a: first', '-sound', '+different'),
	fault('breaks-b', 'one', 'b:', '-sound', '+other'));
($out, $err, $status) = prove('--mutants');
is($status, 1, 'a fault that breaks nothing is a failure');
like($out, qr/^not ok harmless: one: 'a: first' did not fail /m, 'and is told');
like($out, qr/^prove: 1 of 2 faults/m, 'and not counted');

# CBMC knows the ends of loops only later, so that the whole proof is tried.
faults(fault('breaks-a', 'one', 'a: first', '-sound', '+faulty'),
	fault('breaks-b', 'one', 'b:', '-sound', '+other'),
	fault('breaks-another', 'one', 'unwinding', '-sound', '+other'));
($out, $err, $status) = prove('--mutants', 'breaks-another');
is($status, 1, 'a fault that breaks another property is a failure');
like($out, qr/'unwinding' did not fail, but: b: second /, 'that says which');

faults(fault('breaks-a', 'one', 'a: first', '-sound', '+faulty'));
faults(fault('twice', 'one', 'a: first', '-sound', '+faulty'),
	fault('twice', 'one', 'b:', '-sound', '+other'));
refused('a second fault of the same name', qr/mutant twice stands in \S+ as well$/, '--mutants');
faults(fault('breaks-a', 'one', 'a: first', '-sound', '+faulty'));
refused('a property without a fault',
	qr{no fault in tests/proof/\*\.mut breaks 'b: second': add one$}, '--mutants');
faults(fault('breaks-a', 'one', 'a: first', '-gone', '+faulty'),
	fault('breaks-b', 'one', 'b:', '-sound', '+other'));
refused('a fault whose lines are gone', qr/the mutant no longer applies: /, '--mutants');

proofs(one => "prove(\"a: first\", slow)\nprove(\"b: second\", other)\n");
faults(fault('stuck', 'one', 'a: first', '-sound', '+different'),
	fault('breaks-b', 'one', 'b:', '-sound', '+other'));
($out, $err, $status) = prove('--mutants', '--patience', 0.2, '--timeout', 0.7, 'stuck');
is($status, 1, 'a fault whose run does not end is a failure');
like($out, qr/^not ok stuck: one: did not end in 0\.7 s /m, 'and is not halved');
proofs(one => "undefined_function();\nprove(\"a: first\", faulty)\n");
faults(fault('breaks-a', 'one', 'a: first', '-sound', '+faulty'));
($out, $err, $status) = prove('--mutants');
is($status, 1, 'a fault in a proof that proves nothing is a failure');
like($out, qr/^not ok breaks-a: one: undefined_function is not defined/m, 'and told apart');

done_testing;
