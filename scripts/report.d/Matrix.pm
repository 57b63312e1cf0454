# SPDX-License-Identifier: BSD-2-Clause
#
# All results of the suite beside each other: the verdict of each case and of
# each clause of the catalogue on each run, which is one firmware on one machine.

package Matrix;

use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Glob qw(bsd_glob);
use Catalogue;
use Results;

sub read_run {
	my ($file) = @_;
	my $run = Results::read_file($file);
	$run->{from} = $file;
	# make conformance names the folder after the firmware.
	$run->{firmware}{name} = basename(dirname($file));
	my %same;
	push @{ $same{ $_->{id} } }, $_ for @{ $run->{cases} };
	$run->{by_id} = { map { $_ => worst_case(@{ $same{$_} }) } keys %same };
	return $run;
}

sub worst_case {
	my (@cases) = @_;
	my $worst = Results::worst(map { $_->{verdict} } @cases);
	return (grep { $_->{verdict} eq $worst } @cases)[0];
}

# Our own firmware and the reference machine come first.
sub by_place {
	my ($x, $y) = @_;
	return ($y->{firmware}{ours} ? 1 : 0) <=> ($x->{firmware}{ours} ? 1 : 0)
		|| $x->{firmware}{name} cmp $y->{firmware}{name}
		|| ($y->{machine}{name} eq 'rv64-full')
		<=> ($x->{machine}{name} eq 'rv64-full')
		|| $x->{machine}{name} cmp $y->{machine}{name};
}

# Quoted, as a name may hold what a glob gives a meaning.
sub folders {
	my ($dir) = @_;
	opendir(my $in, $dir) or return;
	return map { s/([][*?{}~\\])/\\$1/gr } map { "$dir/$_" }
		grep { !/^\./ && -d "$dir/$_" } readdir $in;
}

sub read_all {
	my ($class, $dir, $catalogue) = @_;
	my @files = sort map { bsd_glob("$_/*.json") } folders($dir);
	@files or die "there are no results in $dir: run make conformance first\n";
	my %seen;
	my @runs = sort { by_place($a, $b) } map { read_run($_) } @files;
	for my $run (@runs) {
		my $key = "$run->{firmware}{name} on $run->{machine}{name}";
		die "$run->{from}: a second result of $key, which $seen{$key} is"
			. " too: remove one of them\n" if $seen{$key};
		$seen{$key} = $run->{from};
	}
	my $r = bless { runs => \@runs, catalogue => $catalogue }, $class;
	$r->gather_firmwares;
	$r->gather_cases;
	$r->gather_clauses;
	$r->gather_known;
	$r->gather_notes;
	return $r;
}

sub gather_firmwares {
	my ($r) = @_;
	my (@names, %runs);
	for my $run (@{ $r->{runs} }) {
		my $name = $run->{firmware}{name};
		push @names, $name unless $runs{$name};
		push @{ $runs{$name} }, $run;
	}
	$r->{firmwares} = [ map { { name => $_, runs => $runs{$_} } } @names ];
}

# Every case of any run, in the order of the suite: that of the longest run,
# with what only other runs know behind.
sub gather_cases {
	my ($r) = @_;
	my @by_length = sort { @{ $b->{cases} } <=> @{ $a->{cases} } } @{ $r->{runs} };
	$r->{cases} = [];
	$r->{case} = {};
	$r->add_case(@$_{qw(id sentence)}) for map { @{ $_->{cases} } } @by_length;
}

sub add_case {
	my ($r, $id, $sentence) = @_;
	return if $r->{case}{$id};
	$r->{case}{$id} = {
		id => $id, sentence => $sentence, ours => 0, clauses => [],
		n => scalar @{ $r->{cases} },
	};
	push @{ $r->{cases} }, $r->{case}{$id};
}

# The verdict of a case on a run. What the runner adds when a machine dies has
# no dot in its id; where that is missing, nothing is.
sub verdict {
	my ($run, $id) = @_;
	my $case = $run->{by_id}{$id};
	return $case ? $case->{verdict} : $id =~ /\./ ? 'not run' : ();
}

# The catalogue comes as bytes.
sub text {
	my ($bytes) = @_;
	utf8::decode($bytes) if defined $bytes;
	return $bytes;
}

sub matching {
	my ($r, $patterns) = @_;
	my (@ids, %seen);
	for my $pattern (@{ $patterns || [] }) {
		my @found = grep { Catalogue::matches($pattern, $_) }
			map { $_->{id} } @{ $r->{cases} };
		# A name that no run knows stays, as a case that did not run.
		if (!@found && $pattern !~ /\*/) {
			$r->add_case($pattern, '');
			@found = ($pattern);
		}
		push @ids, grep { !$seen{$_}++ } @found;
	}
	return \@ids;
}

sub gather_clauses {
	my ($r) = @_;
	my @clauses;
	for my $section (@{ $r->{catalogue}{sections} }) {
		for my $from (@{ $section->{clauses} }) {
			my $clause = {
				(map { $_ => text($from->{$_}) }
					qw(id spec since text open)),
				section => text($section->{title}),
				cases => $r->matching($from->{cases}),
				ours => $r->matching($from->{ours}),
			};
			push @clauses, $clause;
			for my $id (@{ $clause->{cases} }, @{ $clause->{ours} }) {
				my $case = $r->{case}{$id} or next;
				push @{ $case->{clauses} }, $clause->{id}
					unless grep { $_ eq $clause->{id} }
					@{ $case->{clauses} };
			}
		}
	}
	$r->{clauses} = \@clauses;
	my %any = map { $_ => 1 } map { @{ $_->{cases} } } @clauses;
	$_->{ours} = @{ $_->{clauses} } && !$any{ $_->{id} } ? 1 : 0
		for @{ $r->{cases} };
}

sub clause_verdict {
	my ($run, $clause) = @_;
	return Results::worst(map { verdict($run, $_) }
		@{ $clause->{cases} }, @{ $clause->{ours} });
}

# The defects that were found although they are known, and where.
sub gather_known {
	my ($r) = @_;
	my %known;
	for my $run (@{ $r->{runs} }) {
		for my $case (grep { $_->{verdict} eq 'KNOWN' } @{ $run->{cases} }) {
			my $id = $case->{known}{id};
			$known{$id} ||= { id => $id, text => $case->{known}{text} // '',
				ref => $case->{known}{ref} // '', cases => {},
				firmwares => {} };
			$known{$id}{cases}{ $case->{id} } = 1;
			$known{$id}{firmwares}{ $run->{firmware}{name} } = 1;
		}
	}
	$r->{known} = [ map { $known{$_} } sort keys %known ];
	$_->{cases} = [ sort keys %{ $_->{cases} } ] for @{ $r->{known} };
	$_->{firmwares} = [ sort keys %{ $_->{firmwares} } ] for @{ $r->{known} };
}

sub distinct {
	my %seen;
	return grep { defined && !ref && !$seen{$_}++ } @_;
}

# What a reader has to know before trusting the verdicts.
sub gather_notes {
	my ($r) = @_;
	my @notes;
	for my $fw (@{ $r->{firmwares} }) {
		my %sums;
		for my $run (@{ $fw->{runs} }) {
			my $where = "$fw->{name} on $run->{machine}{name}";
			my $f = $run->{firmware};
			push @{ $sums{ $f->{file} } }, $f->{sha256}
				if Results::is_text($f->{file})
				&& Results::is_text($f->{sha256});
			push @notes, map { "$where: $_" } @{ $run->{faults} };
			push @notes, "$where: the run did not reach its end"
				unless $run->{complete};
		}
		push @notes, map { "$fw->{name}: the results are of different"
			. " builds of $_" }
			grep { distinct(@{ $sums{$_} }) > 1 } sort keys %sums;
	}
	my @commits = distinct(map { $_->{commit} } @{ $r->{runs} });
	push @notes, 'The results are of different commits: ' . join(', ', @commits)
		if @commits > 1;
	$r->{notes} = \@notes;
}

# How many of the things have which verdict on these runs, the worst counting.
sub count {
	my ($runs, $verdict_of, @things) = @_;
	my %count = map { $_ => 0 } @Results::verdicts;
	for my $thing (@things) {
		my @given = map { $verdict_of->($_, $thing) } @$runs;
		$count{ Results::worst(@given) }++ if @given;
	}
	return \%count;
}

sub count_clauses {
	my ($r, @runs) = @_;
	return count(\@runs, \&clause_verdict, @{ $r->{clauses} });
}

sub count_cases {
	my ($r, @runs) = @_;
	return count(\@runs, sub { verdict($_[0], $_[1]{id}) }, @{ $r->{cases} });
}

# How many of the runs did not go as they should, whatever their cases say.
sub faults {
	my (@runs) = @_;
	return scalar grep { @{ $_->{faults} } || !$_->{complete} } @runs;
}

1;
