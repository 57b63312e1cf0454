# SPDX-License-Identifier: BSD-2-Clause
#
# Pieces of HTML that several parts of the report write.

package Html;

use strict;
use warnings;
use Exporter 'import';
use File::Basename qw(dirname);

our @EXPORT_OK = qw(html pill table part fill);

my $parts = dirname(__FILE__);
my %entity = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;');

sub html {
	my ($text) = @_;
	$text //= '';
	$text =~ s/([&<>"])/$entity{$1}/g;
	return $text;
}

sub pill {
	my ($class, $sign, $word) = @_;
	return "<span class=\"pill $class\"><span class=\"sign\" aria-hidden=\"true\">$sign</span> "
		. html($word) . '</span>';
}

# The rows are HTML already, the heads are text.
sub table {
	my ($class, $caption, $heads, @rows) = @_;
	return "<table class=\"$class\"><caption>" . html($caption) . '</caption><thead><tr>'
		. join('', map { '<th scope="col">' . html($_) . '</th>' } @$heads)
		. "</tr></thead><tbody>\n" . join("\n", @rows) . "\n</tbody></table>";
}

# A file that pages are made of, without the line of its licence.
sub part {
	my ($file) = @_;
	open(my $in, '<:encoding(UTF-8)', "$parts/$file")
		or die "$parts/$file: cannot be read: $!\n";
	my $text = do { local $/; <$in> };
	$text =~ s{^\s*(//|/\*|<!--) SPDX.*\n}{}m;
	return $text;
}

# The page of a file with each @NAME@ of it replaced.
sub fill {
	my ($file, %fill) = @_;
	my $names = join '|', keys %fill;
	return part($file) =~ s/\@($names)\@/$fill{$1}/gr;
}

1;
