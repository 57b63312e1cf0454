# SPDX-License-Identifier: BSD-2-Clause
#
# The results as one page that needs nothing else. The data go in once, as
# JSON; the script of the page builds from them what is looked at.

package Page;

use strict;
use warnings;
use JSON::PP ();
use BringupPage;
use Html qw(html part fill);
use Matrix;

my @scripts = qw(model.js view.js page.js);

# One letter per case and run keeps ten thousand results small.
my %letter = ('not ok' => 'f', KNOWN => 'd', 'not run' => 'n', ok => 'k',
	SKIP => 's');
my %class = ('not ok' => 'fail', KNOWN => 'known', 'not run' => 'none',
	ok => 'ok', SKIP => 'skip');

# Who the firmware says it is, in the words of its banner when it has any.
sub title {
	my ($f) = @_;
	for my $line (@{ $f->{banner} || [] }) {
		return $1 if $line =~ /^\s*(OpenSBI v\S+)/;
	}
	return join ' ', grep { defined && $_ ne '' }
		@$f{qw(impl_name impl_version)};
}

# Texts that many results share are stored once; returns a function that gives
# the place of a text, -1 for none.
sub pool {
	my ($texts) = @_;
	my %at;
	return sub {
		my ($text) = @_;
		return -1 unless defined $text && $text ne '';
		if (!exists $at{$text}) {
			$at{$text} = @$texts;
			push @$texts, $text;
		}
		return $at{$text};
	};
}

sub run_data {
	my ($r, $run, $fw, $place, $known) = @_;
	my ($f, $m) = @$run{qw(firmware machine)};
	my %more;
	my $verdicts = '';
	for my $case (@{ $r->{cases} }) {
		my ($verdict) = Matrix::verdict($run, $case->{id});
		$verdicts .= defined $verdict ? $letter{$verdict} : ' ';
		my $result = $run->{by_id}{ $case->{id} } or next;
		my @more = ($place->($result->{reason}),
			$known->{ $result->{known}{id} // '' } // -1,
			$result->{died} ? 1 : 0,
			map { $place->($_) } grep { $_ ne '' } @{ $result->{diag} });
		$more{ $case->{n} } = \@more
			if @more > 3 || $more[0] >= 0 || $more[1] >= 0 || $more[2];
	}
	return {
		fw => $fw, machine => $m->{name}, v => $verdicts, more => \%more,
		c => join('', map { $letter{ Matrix::clause_verdict($run, $_) } }
			@{ $r->{clauses} }),
		complete => $run->{complete} ? 1 : 0,
		banner => $place->(join "\n", @{ $f->{banner} || [] }),
		about => $place->($m->{about}), qemu => $place->($m->{qemu}),
		facts => [ map { $place->($_) } @{ $run->{facts} } ],
		map({ $_ => $m->{$_} } qw(cpu harts memory icount command)),
		map({ $_ => $f->{$_} } qw(file sha256)),
		map({ $_ => $run->{$_} } qw(seed steps commit started seconds faults)),
	};
}

sub data {
	my ($r) = @_;
	my (@texts, @runs, @firmwares, @sections);
	my $place = pool(\@texts);
	my $n = 0;
	my %known = map { $_->{id} => $n++ } @{ $r->{known} };
	for my $fw (@{ $r->{firmwares} }) {
		my $f = $fw->{runs}[0]{firmware};
		push @firmwares, { name => $fw->{name}, title => title($f),
			ours => $f->{ours} ? 1 : 0,
			map({ $_ => $f->{$_} } qw(sbi impl impl_name impl_version)) };
		push @runs, map {
			run_data($r, $_, $#firmwares, $place, \%known)
		} @{ $fw->{runs} };
	}
	my %at = map { $r->{clauses}[$_]{id} => $_ } 0 .. $#{ $r->{clauses} };
	my $cases_of = sub { [ map { $r->{case}{$_}{n} } @{ $_[0] } ] };
	for my $clause (@{ $r->{clauses} }) {
		push @sections, $clause->{section}
			if !@sections || $sections[-1] ne $clause->{section};
		$clause->{place} = $#sections;
	}
	return {
		texts => \@texts, runs => \@runs, firmwares => \@firmwares,
		sections => \@sections, known => $r->{known}, notes => $r->{notes},
		cases => [ map { [ @$_{qw(id sentence ours)},
			[ map { $at{$_} } @{ $_->{clauses} } ] ] } @{ $r->{cases} } ],
		clauses => [ map { [ $_->{id}, $_->{place},
			@$_{qw(spec since text open)}, $cases_of->($_->{cases}),
			$cases_of->($_->{ours}) ] } @{ $r->{clauses} } ],
	};
}

sub json_for_html {
	my ($data) = @_;
	my $json = JSON::PP->new->canonical->encode($data);
	# Nothing in it can end the element or begin a comment.
	$json =~ s/</\\u003c/g;
	return $json;
}

# What a reader without script sees: each clause and its verdict per firmware.
sub static_table {
	my ($r) = @_;
	my @firmwares = @{ $r->{firmwares} };
	my $html = '<table class="static"><thead><tr><th>Clause</th><th>Our reading</th>'
		. join('', map { '<th>' . html($_->{name}) . '</th>' } @firmwares)
		. "</tr></thead><tbody>\n";
	my $section = '';
	for my $clause (@{ $r->{clauses} }) {
		if ($clause->{section} ne $section) {
			$section = $clause->{section};
			$html .= '<tr><th colspan="' . (2 + @firmwares) . '">'
				. html($section) . "</th></tr>\n";
		}
		$html .= '<tr><td>' . html($clause->{id}) . '</td><td>'
			. html($clause->{text}) . '</td>';
		for my $fw (@firmwares) {
			my $v = Results::worst(map { Matrix::clause_verdict($_, $clause) }
				@{ $fw->{runs} });
			$html .= "<td><span class=\"pill $class{$v}\">$v</span></td>";
		}
		$html .= "</tr>\n";
	}
	return "$html</tbody></table>";
}

sub document {
	my ($r, $bringup) = @_;
	return fill('page.html',
		STYLE => part('page.css') . part('bringup.css'),
		SCRIPT => join("\n", map { part($_) } @scripts),
		DATA => json_for_html(data($r)),
		STATIC => static_table($r),
		NUMBER => scalar @$bringup,
		BRINGUP => BringupPage::section($bringup),
	);
}

# The bring-up reports alone, where nobody ran the suite.
sub bringup_document {
	my ($bringup) = @_;
	return fill('bringup.html', STYLE => part('page.css') . part('bringup.css'),
		BRINGUP => BringupPage::section($bringup));
}

1;
