# SPDX-License-Identifier: BSD-2-Clause
#
# The results as JUnit XML, the way Jenkins, GitLab and GitHub's readers take
# it: one test suite per run, a known defect as a skipped test.

package JUnit;

use strict;
use warnings;
use Results;

# XML has no way at all to write a control character.
sub xml {
	my ($text) = @_;
	$text //= '';
	my %entity = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;',
		"\t" => '&#9;', "\n" => '&#10;');
	$text =~ s/([^\t\n\x{20}-\x{7e}\x{a0}-\x{d7ff}\x{e000}-\x{fffd}\x{10000}-\x{10ffff}])
		/sprintf '\\x{%x}', ord $1/gex;
	$text =~ s/([&<>"\t\n])/$entity{$1}/g;
	return $text;
}

# The same between tags, where the lines stay lines.
sub lines {
	my (@lines) = @_;
	return join "\n", map { xml($_) } @lines;
}

sub property {
	my ($name, $value) = @_;
	return '<property name="' . xml($name) . '" value="' . xml($value) . '"/>';
}

# The part of a class name: a dot there would begin another package.
sub part {
	my ($name) = @_;
	$name =~ tr/./_/;
	return $name;
}

# The same test on another machine needs another name, or readers that take
# class and name for the identity show one and drop the rest.
sub class_name {
	my ($run, $group) = @_;
	return xml(join '.', part($run->{firmware}{name}),
		part($run->{machine}{name}), $group);
}

sub outcome {
	my ($case) = @_;
	my $verdict = $case->{verdict};
	my @diag = @{ $case->{diag} };
	if ($verdict eq 'not ok') {
		my $first = @diag ? $diag[0] : $case->{sentence};
		my $type = $case->{died} ? 'died' : 'failed';
		return '<failure type="' . $type . '" message="' . xml($first) . '">'
			. lines($case->{sentence}, @diag) . '</failure>';
	}
	if ($verdict eq 'KNOWN') {
		my $known = $case->{known};
		my $text = "known defect $known->{id}: " . ($known->{text} // '');
		return '<properties>' . property('known-defect', $known->{id})
			. property('reference', $known->{ref}) . '</properties>'
			. '<skipped message="' . xml($text) . '"/><system-out>'
			. lines($case->{sentence}, @diag) . '</system-out>';
	}
	return '<skipped message="' . xml($case->{reason}) . '"/>'
		if $verdict eq 'SKIP';
	return '';
}

sub test_case {
	my ($run, $case) = @_;
	my ($group) = $case->{id} =~ /^([^.]+)\./ or return
		'<testcase classname="' . class_name($run, 'run') . '" name="'
		. xml($case->{id}) . '">' . outcome($case) . '</testcase>';
	my $time = defined $case->{seconds}
		? sprintf ' time="%.3f"', $case->{seconds} : '';
	my $inside = outcome($case);
	return '<testcase classname="' . class_name($run, $group) . '" name="'
		. xml($case->{id}) . "\"$time" . ($inside eq '' ? '/>'
			: ">$inside</testcase>");
}

# What no case answers for has to fail somebody's build all the same.
sub run_faults {
	my ($run) = @_;
	my @faults = @{ $run->{faults} };
	push @faults, 'the run did not reach its end' unless $run->{complete};
	my $n = 0;
	return map {
		'<testcase classname="' . class_name($run, 'run') . '" name="fault-'
		. ++$n . '"><failure type="fault" message="' . xml($_) . '">'
		. lines($_) . '</failure></testcase>'
	} @faults;
}

sub suite {
	my ($run) = @_;
	my ($f, $m) = @$run{qw(firmware machine)};
	my %count = map { $_ => 0 } @Results::verdicts;
	$count{ $_->{verdict} }++ for @{ $run->{cases} };
	my @faults = run_faults($run);
	my $started = $run->{started} // '';
	$started =~ s/Z$//;
	my %properties = (
		firmware => $f->{name}, 'firmware.file' => $f->{file},
		'firmware.sha256' => $f->{sha256}, sbi => $f->{sbi},
		implementation => $f->{impl_name},
		'implementation.version' => $f->{impl_version},
		machine => $m->{name}, qemu => $m->{qemu}, cpu => $m->{cpu},
		command => $m->{command}, commit => $run->{commit},
		seed => $run->{seed}, steps => $run->{steps},
	);
	return sprintf('<testsuite name="%s" tests="%d" failures="%d" errors="0"'
		. ' skipped="%d" time="%.3f"%s>',
		xml(part($f->{name}) . '.' . part($m->{name})),
		@{ $run->{cases} } + @faults, $count{'not ok'} + @faults,
		$count{SKIP} + $count{KNOWN}, $run->{seconds} // 0,
		$started eq '' ? '' : ' timestamp="' . xml($started) . '"') . "\n"
		. "<properties>\n"
		. join('', map { property($_, $properties{$_}) . "\n" }
			grep { defined $properties{$_} } sort keys %properties)
		. "</properties>\n"
		. join('', map { "$_\n" } (map { test_case($run, $_) }
			@{ $run->{cases} }), @faults)
		. "</testsuite>\n";
}

sub document {
	my ($results) = @_;
	return qq(<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sbi-pmu">\n)
		. join('', map { suite($_) } @{ $results->{runs} })
		. "</testsuites>\n";
}

1;
