# SPDX-License-Identifier: BSD-2-Clause
#
# What scripts/bringup measured, as pictures: counters by events, filters by
# mode, how late the overflow interrupt comes. Nothing here needs a script, and
# each colour stands beside a word or a number.

package BringupPage;

use strict;
use warnings;
use utf8;
use File::Basename qw(basename);
use JSON::PP ();
use POSIX qw(strftime);
use Histogram;
use Html qw(html pill table);

my %class = (OK => 'ok', BROKEN => 'fail', UNKNOWN => 'known', ABSENT => 'skip');
my %sign = (OK => '✓', BROKEN => '✗', UNKNOWN => '?', ABSENT => '–');
my @worst = qw(BROKEN UNKNOWN ABSENT OK);
my %implementation = (0 => 'BBL', 1 => 'OpenSBI', 2 => 'Xvisor', 3 => 'KVM',
	4 => 'RustSBI', 5 => 'Diosix', 6 => 'Coffer', 10 => 'Salus');

# The reports of a file, or of all files *.json of a folder.
sub read_all {
	my (@paths) = @_;
	my @reports;
	for my $path (@paths) {
		push @reports, map { read_file($_) }
			-d $path ? glob("\Q$path\E/*.json") : $path;
	}
	return [ sort { $a->{name} cmp $b->{name} } @reports ];
}

sub read_file {
	my ($file) = @_;
	my $again = 'remove it and run make bringup again';
	open(my $in, '<:raw', $file) or die "$file: cannot be read: $!\n";
	my $text = do { local $/; <$in> } // '';
	my $r = eval { JSON::PP->new->decode($text) };
	ref $r eq 'HASH' && ref $r->{harts} eq 'ARRAY' && ref $r->{findings} eq 'ARRAY'
		or die "$file: not a report of bringup: $again\n";
	for my $hart (@{ $r->{harts} }) {
		ref $hart->{filters} eq 'ARRAY' && ref $hart->{samples} eq 'HASH'
			or die "$file: of an older bringup, without filters and samples: $again\n";
	}
	for my $f (@{ $r->{findings} }) {
		defined $class{ $f->{verdict} // '' }
			or die "$file: a finding has the verdict '" . ($f->{verdict} // '')
			. "': $again\n";
	}
	return { %$r, file => $file, name => basename($file, '.json'),
		when => strftime('%Y-%m-%d %H:%M UTC', gmtime((stat $in)[9])) };
}

sub verdict {
	my ($verdict) = @_;
	return pill($class{$verdict} // 'none', $sign{$verdict} // '?', $verdict);
}

sub csr_name {
	my ($c) = @_;
	my $n = $c->{csr} - 0xc00;
	return $n == 0 ? 'cycle' : $n == 2 ? 'instret' : "hpm$n";
}

# Seven shades: from hardly any to many times as much.
sub shade {
	my ($percent) = @_;
	my $n = 0;
	for my $from (1, 25, 75, 125, 300, 1000) {
		$n++ if $percent >= $from;
	}
	return "h$n";
}

sub short {
	my ($n) = @_;
	return $n >= 65535 ? '&gt;65k' : $n >= 1000 ? sprintf('%.0fk', $n / 1000) : $n;
}

# One event on one counter; nothing but the word says that it is not taken.
sub cell {
	my ($event, $c, $at) = @_;
	return '<td class="none"><span class="hidden">not taken</span></td>'
		unless defined $at;
	my $name = "$event->{name} on counter $c->{index} (" . csr_name($c) . ')';
	my $percent = ($event->{percent} || [])->[$at];
	return '<td class="taken" title="' . html("$name: taken, not measured")
		. '">taken</td>' unless defined $percent;
	my $silent = grep { $_ == $c->{index} } @{ $event->{silent} };
	my $says = "$name: " . ($percent >= 65535 ? '65535 or more' : $percent)
		. " % of $event->{amount} $event->{work}" . ($silent ? ', not counted' : '');
	return '<td class="' . ($silent ? 'fail' : shade($percent)) . '" title="'
		. html($says) . '">' . ($silent ? '✗ ' : '') . short($percent) . '</td>';
}

sub heat_map {
	my ($hart) = @_;
	my @counters = grep { !$_->{firmware} } @{ $hart->{counters} };
	my @events = @{ $hart->{events} };
	return '<p class="empty">No counter takes any event.</p>' unless @counters && @events;
	my $html = '<p class="seen">In each cell: counts in percent of what a workload makes'
		. ' happen, about 100 of instructions. Empty: the counter does not take the'
		. ' event. ✗: it takes the event and does not count it.</p>'
		. '<div class="scroll wide" tabindex="0" role="region" aria-label="'
		. "Counters by events of hart $hart->{hart}\"><table class=\"heat\">"
		. '<caption class="hidden">Counts in percent</caption>'
		. '<thead><tr><th scope="col">Event</th>'
		. '<th scope="col">Workload</th>'
		. join('', map { '<th scope="col" class="csr"><span>' . "$_->{index} "
			. csr_name($_) . '</span></th>' } @counters)
		. "<th scope=\"col\">Verdict</th></tr></thead><tbody>\n";
	for my $event (@events) {
		my @on = @{ $event->{counters} };
		my %at = map { $on[$_] => $_ } 0 .. $#on;
		$html .= '<tr><th scope="row" class="id">' . html($event->{name}) . '</th><td>'
			. (defined $event->{work} ? html("$event->{amount} $event->{work}") : 'none')
			. '</td>' . join('', map { cell($event, $_, $at{ $_->{index} }) } @counters)
			. '<td>' . verdict($event->{verdict}) . "</td></tr>\n";
	}
	return "$html</tbody></table></div>";
}

sub filter_cell {
	my ($name, $mode) = @_;
	return "<td data-mode=\"$name\">no such mode</td>" unless $mode;
	my $seen = $mode->{error} ? "refused, error $mode->{error}"
		: "inhibited $mode->{shut}"
		. (defined $mode->{open} ? ", alone $mode->{open}" : '');
	return "<td data-mode=\"$name\">" . verdict($mode->{verdict})
		. '<br><span class="seen">' . html($seen)
		. '</span></td>';
}

sub filters {
	my ($hart) = @_;
	my @filters = @{ $hart->{filters} };
	return '<p class="empty">No counter could be tried.</p>' unless @filters;
	my @modes = qw(S U VS VU M);
	my $work = $filters[0]{work};
	my @rows;
	for my $f (@filters) {
		my %mode = map { $_->{mode} => $_ } @{ $f->{modes} };
		(my $kind = $f->{id}) =~ s/^filter\.//;
		push @rows, '<tr><th scope="row">' . html("$kind, counter $f->{counter}") . '</th>'
			. join('', map { filter_cell($_, $mode{$_}) } @modes) . '</tr>';
	}
	return table('plain filters', "What a counter shows of $work instructions in a mode"
		. ' when that mode is inhibited, which should be 0, and when only the others'
		. ' are. M: of SBI calls, never to be counted.', [ 'Counter', @modes ], @rows);
}

sub samples {
	my ($hart) = @_;
	my $s = $hart->{samples};
	my @late = @{ $s->{late} };
	return '<p class="empty">No samples were taken: there is no overflow interrupt.</p>'
		unless $s->{wanted};
	my $came = @late . " of $s->{wanted} samples came, of counter $s->{counter}, each $s->{period}"
		. ' counts.';
	return '<p class="fail-text">' . html($came) . '</p>' unless @late;
	return '<p>' . html($came) . '</p>'
		. Histogram::html(\@late, 'Counts after the overflow at which the interrupt comes',
			'counts late', 'samples');
}

sub pictures {
	my ($hart) = @_;
	return '<h4>Counters by events</h4>' . heat_map($hart)
		. '<h4>Filters by mode</h4>' . filters($hart)
		. '<h4>Lateness of the overflow interrupt</h4>' . samples($hart);
}

sub findings {
	my ($r) = @_;
	my @rows;
	for my $verdict (qw(BROKEN UNKNOWN)) {
		for my $f (grep { $_->{verdict} eq $verdict } @{ $r->{findings} }) {
			my $more = join '', map { defined $f->{$_}
				? "<p class=\"seen\">$_: " . html($f->{$_}) . '</p>' : '' }
				qw(expected do);
			push @rows, '<tr><td>' . verdict($verdict) . '</td><th scope="row">'
				. html($f->{id}) . '</th><td>' . html($f->{hart}) . '</td><td>'
				. html(join ': ', grep { ($_ // '') ne '' } @$f{qw(about text)})
				. "$more</td></tr>";
		}
	}
	return '<p>Nothing is broken or unknown.</p>' unless @rows;
	return table('plain found-list', 'What is broken, or could not be measured',
		[ 'Verdict', 'What', 'Hart', 'Seen' ], @rows);
}

sub report {
	my ($r) = @_;
	my %n;
	$n{ $_->{verdict} }++ for @{ $r->{findings} };
	my $name = $implementation{ $r->{implementation} }
		// "implementation $r->{implementation}";
	my $html = '<h2>' . html($r->{name}) . '</h2><p class="meta">' . html(sprintf
		'%s, version 0x%x; SBI %d.%d; RV%d; measured %s', $name, $r->{version},
		$r->{sbi} >> 24, $r->{sbi} & 0xffffff, $r->{xlen}, $r->{when}) . '</p><p>'
		. join(' ', map { verdict($_) . ' ' . ($n{$_} || 0) } @worst) . '</p>'
		. '<h3>Findings</h3>' . findings($r);
	my ($first, @others) = @{ $r->{harts} };
	return "$html<p>There is no PMU extension, so there are no pictures.</p>"
		unless $first;
	$html .= "<h3>Hart $first->{hart}</h3>" . pictures($first);
	$html .= "<details class=\"run\"><summary><b>Hart $_->{hart}</b></summary>"
		. pictures($_) . '</details>' for @others;
	return $html;
}

# All reports, to stand in a section of a page.
sub section {
	my ($reports) = @_;
	return join "\n", map { '<article class="bringup">' . report($_) . '</article>' }
		@$reports;
}

1;
