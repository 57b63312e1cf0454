# SPDX-License-Identifier: BSD-2-Clause
#
# The catalogue of clauses, docs/conformance.md, taken apart. Whatever is not of
# the form that the file itself explains is an error: a clause that a script
# overlooks would count as tested. A section's clauses are
#   { id, spec, since, text, open (or undef), cases => [], ours => [], line }

package Catalogue;

use strict;
use warnings;

my $ID = qr/[A-Z]+(?:-[A-Z0-9]+)?-[0-9]{2}/;
my $PATTERN = qr/[a-z0-9-]+\.[a-z0-9*-]+/;
my %versions = map { $_ => 1 } qw(0.1 0.2 0.3 1.0 2.0 3.0);

# Dies with "file:line: reason".
sub read {
	my ($class, $path) = @_;
	my $c = bless { path => $path, sections => [], seen => {} }, $class;
	open(my $in, '<', $path) or die "$path:0: cannot be read: $!\n";
	my $lines; # the clause being read: { line, head, Open, Cases, Ours }
	while (my $line = <$in>) {
		chomp $line;
		$line =~ s/\s+$//;
		my $at = $.;
		if ($line =~ /^##\s+(\S.*)$/) {
			$lines = $c->take($lines);
			$c->section_ends;
			push @{ $c->{sections} },
				{ title => $1, clauses => [], line => $at };
		} elsif ($line =~ /^#{2,}/) {
			$c->fail($at, 'headings are "# ..." once and "## ..." per'
				. ' section');
		} elsif (!@{ $c->{sections} }) {
			$c->fail($at, 'a clause before the first section')
				if $line =~ /^\s*[-*]\s+\*\*$ID/;
		} elsif ($line eq '') {
			$lines = $c->take($lines);
		} elsif ($line =~ /^- /) {
			$c->take($lines);
			$lines = { line => $at, head => substr($line, 2),
				field => 'head' };
		} elsif ($lines && $line =~ /^  (\S.*)$/) {
			$c->continues($lines, $1, $at);
		} elsif ($lines || @{ $c->{sections}[-1]{clauses} }) {
			$c->fail($at, 'neither a clause ("- **ID** ...") nor its'
				. ' continuation, indented by two blanks');
		} elsif ($line !~ /^\w/) {
			$c->fail($at, 'before its first clause a section has'
				. ' only plain paragraphs');
		}
	}
	$c->take($lines);
	$c->section_ends;
	@{ $c->{sections} } or $c->fail(0, 'there is no section ("## ...")');
	return $c;
}

sub fail {
	my ($c, $line, $reason) = @_;
	die "$c->{path}:$line: $reason\n";
}

sub section_ends {
	my ($c) = @_;
	my $last = $c->{sections}[-1] or return;
	@{ $last->{clauses} }
		or $c->fail($last->{line}, "section '$last->{title}' has no clause");
}

sub continues {
	my ($c, $lines, $text, $at) = @_;
	if ($text =~ /^(Open|Cases|Ours):\s*(.*)$/) {
		defined $lines->{$1}
			and $c->fail($at, "'$1:' stands twice in one clause");
		$lines->{field} = $1;
		$lines->{$1} = $2;
	} else {
		$c->fail($at, "no field begins with '$1:'; there are Open, Cases,"
			. ' Ours') if $text =~ /^([A-Z]\w+):\s+`/;
		$lines->{ $lines->{field} } .= " $text";
	}
}

# A clause is complete: check it and keep it.
sub take {
	my ($c, $lines) = @_;
	return unless $lines;
	my $at = $lines->{line};
	my ($id, $spec, $since, $text) = $lines->{head} =~
		/^\*\*($ID)\*\* \((.+?); SBI ([0-9.]+)\) (\S.*)$/
		or $c->fail($at, "not of the form '**ID-01** (section; SBI x.y)"
			. " text'");
	$versions{$since} or $c->fail($at, "$id: there is no SBI $since; known"
		. ' are ' . join(', ', sort keys %versions));
	$c->{seen}{$id} and $c->fail($at,
		"$id stands already in line $c->{seen}{$id}");
	$c->{seen}{$id} = $at;
	my %list;
	for my $field (qw(Cases Ours)) {
		next unless defined $lines->{$field};
		my @patterns = split /,\s*/, $lines->{$field}, -1;
		/^`$PATTERN`$/ or $c->fail($at, "$id: '$_' under $field is not"
			. ' a `group.name`') for @patterns;
		@patterns or $c->fail($at, "$id: nothing stands under $field");
		$list{$field} = [ map { tr/`//dr } @patterns ];
	}
	defined $lines->{Open} && $lines->{Open} !~ /\S/
		and $c->fail($at, "$id: nothing stands under Open");
	push @{ $c->{sections}[-1]{clauses} }, {
		id => $id, spec => $spec, since => $since, text => $text,
		open => $lines->{Open}, line => $at,
		cases => $list{Cases} || [], ours => $list{Ours} || [],
	};
	return;
}

sub clauses {
	my ($c) = @_;
	return map { @{ $_->{clauses} } } @{ $c->{sections} };
}

# Whether a pattern, with * for anything, stands for the case.
sub matches {
	my ($pattern, $case_id) = @_;
	my $regex = join '.*', map { quotemeta } split /\*/, $pattern, -1;
	return $case_id =~ /^$regex$/ ? 1 : 0;
}

# The clauses that name the case.
sub clause_of {
	my ($c, $case_id) = @_;
	return grep {
		grep { matches($_, $case_id) } @{ $_->{cases} }, @{ $_->{ours} }
	} $c->clauses;
}

1;
