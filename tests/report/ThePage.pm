# SPDX-License-Identifier: BSD-2-Clause
#
# The report of made-up results in a browser, and what a test asks of it.

package ThePage;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use Browser;
use MadeUp;

our @EXPORT = qw($b $dir see js rows shown content click choose quoted is_quiet);
our $b;
our $dir = tempdir('sbi-pmu-test.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $word = 'unbreakable' x 40;

# A third machine has what does not fit anywhere.
sub make_report {
	write_results($dir);
	my ($skip, $known, $ok, $fails, $lost, $never) = @{ $MadeUp::other{'m-one'} };
	write_result($dir, 'other', 'm-three-with-a-long-name', [ $skip,
		{ %$known, diag => [ 'expected 1, received 4 [of 5]' ] }, $ok,
		{ %$fails, diag => [ $word, map { "line $_" } 1 .. 30 ] }, $lost, $never ],
		facts => [ $word ], commit => 'def');
	mkdir "$dir/bringup";
	write_bringup($dir, "bringup/$_") for 'board', 'board-with-a-long-name';
	run_report();
}

sub run_report {
	open(my $out, '>', "$dir/catalogue.md") or die "$dir: $!\n";
	print $out $catalogue;
	close $out or die "$dir: $!\n";
	my $report = abs_path(dirname(__FILE__)) . '/../../scripts/report';
	my $said = `$report --results $dir/results --catalogue $dir/catalogue.md --out $dir/out 2>&1`;
	die $said if $?;
}

# A browser that cannot show any page tells nothing of this one.
sub start {
	my $program = Browser::program()
		or plan(skip_all => 'there is no Chromium: scripts/setup browser installs it');
	open(my $out, '>', "$dir/empty.html") or die "$dir: $!\n";
	close $out;
	$b = eval { my $new = Browser->start($program);
		$new->open_page("file://$dir/empty.html"); $new };
	plan(skip_all => "$program does not work here: $@") unless $b;
	make_report();
	$b->medium('', 'light');
	$b->size(1280, 900);
}

# The page, with what follows the # in its address.
sub see {
	my ($hash) = @_;
	$b->open_page("file://$dir/out/index.html" . ($hash ? "#$hash" : ''));
}

sub js { return $b->js(@_) }

sub quoted {
	my ($text) = @_;
	return JSON::PP->new->allow_nonref->encode($text);
}

# The ids of the rows of the table.
sub rows {
	return join ' ', @{ js('[...document.querySelectorAll("#table .item")]'
		. '.map((tr) => tr.dataset.id)') };
}

# Whether something can be seen.
sub shown {
	my ($selector) = @_;
	return js('!!document.querySelector(' . quoted($selector)
		. ')?.checkVisibility({ checkVisibilityCSS: true })') ? 1 : 0;
}

# The text that is seen of the first that is found, blanks made one.
sub content {
	my ($selector) = @_;
	my $text = js('document.querySelector(' . quoted($selector)
		. ')?.innerText') // "no $selector";
	$text =~ s/\s+/ /g;
	return $text =~ s/^ | $//gr;
}

sub click {
	my ($selector) = @_;
	js('document.querySelector(' . quoted($selector) . ').click()');
}

# An option of a list, or a text into a field.
sub choose {
	my ($selector, $value) = @_;
	js('{ const e = document.querySelector(' . quoted($selector) . '); e.value = '
		. quoted($value) . '; for (const t of ["input", "change"])'
		. ' e.dispatchEvent(new Event(t, { bubbles: true })); }');
}

# Has to be the last test: that it notices something is part of it.
sub is_quiet {
	is_deeply([ $b->complaints ], [], 'the page complained about nothing');
	is_deeply([ $b->requests ], [], 'and asked for nothing');
	js('console.log("a complaint"); fetch("https://localhost/").catch(() => 0)');
	my $until = time + 10;
	js('1') until $b->complaints > 1 || time > $until;
	like(join("\n", $b->complaints), qr/a complaint\n.*Content Security Policy/s,
		'which would be seen, and refused');
}

start();

1;
