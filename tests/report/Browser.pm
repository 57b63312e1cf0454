# SPDX-License-Identifier: BSD-2-Clause
#
# A headless Chromium, driven over a pair of pipes with its DevTools protocol:
# messages in JSON, each ended by a zero byte.

package Browser;

use strict;
use warnings;
use File::Temp qw(tempdir);
use IO::Select;
use JSON::PP ();
use MIME::Base64 qw(decode_base64);
use POSIX ();
use Time::HiRes qw(time sleep);

my $json = JSON::PP->new->utf8->allow_nonref;

# The program to use, or nothing.
sub program {
	my @names = $ENV{CHROMIUM} ? $ENV{CHROMIUM}
		: qw(chromium chromium-browser google-chrome);
	for my $name (@names) {
		my @paths = $name =~ m{/} ? $name : map { "$_/$name" }
			split /:/, $ENV{PATH};
		my ($path) = grep { -f && -x } @paths;
		return $path if defined $path;
	}
	return;
}

sub start {
	my ($class, $program) = @_;
	my $b = bless {
		buffer => '', next => 1, events => [],
		profile => tempdir('sbi-pmu-browser.XXXXXX', TMPDIR => 1, CLEANUP => 1),
	}, $class;
	pipe(my $its_in, $b->{to}) && pipe($b->{from}, my $its_out)
		or die "no pipe: $!\n";
	$b->{pid} = fork // die "no process: $!\n";
	run_in_child($program, $b->{profile}, $its_in, $its_out) unless $b->{pid};
	$b->{to}->autoflush(1);
	my ($page) = grep { $_->{type} eq 'page' }
		@{ $b->call('Target.getTargets')->{targetInfos} };
	$page = $b->call('Target.createTarget', url => 'about:blank') unless $page;
	$b->{session} = $b->call('Target.attachToTarget', flatten => JSON::PP::true,
		targetId => $page->{targetId})->{sessionId};
	$b->call("$_.enable") for qw(Page Runtime Network Log);
	return $b;
}

# The protocol wants descriptor 3 to read and 4 to write.
sub run_in_child {
	my ($program, $profile, $in, $out) = @_;
	POSIX::setpgid(0, 0);
	# Out of the way first, as either may be 3 or 4 already.
	my $r = POSIX::fcntl($in, POSIX::F_DUPFD(), 10);
	my $w = POSIX::fcntl($out, POSIX::F_DUPFD(), 10);
	POSIX::dup2($r, 3);
	POSIX::dup2($w, 4);
	open(STDOUT, '>', '/dev/null');
	open(STDERR, '>', "$profile/log");
	# Chromium's own sandbox does not work for root or in most containers.
	exec($program, '--headless', '--no-sandbox', '--disable-gpu',
		'--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars',
		'--disable-background-networking', '--disable-component-update',
		"--user-data-dir=$profile", '--remote-debugging-pipe', 'about:blank') or POSIX::_exit(127);
}

sub message {
	my ($b, $seconds) = @_;
	my $until = time + $seconds;
	while ($b->{buffer} !~ /\0/) {
		my $left = $until - time;
		return if $left <= 0;
		next unless IO::Select->new($b->{from})->can_read($left);
		sysread($b->{from}, $b->{buffer}, 1 << 20, length $b->{buffer})
			or die "the browser ended\n";
	}
	$b->{buffer} =~ s/^([^\0]*)\0//;
	return $json->decode($1);
}

# Returns the answer of the browser; what happens meanwhile goes into events.
sub call {
	my ($b, $method, %params) = @_;
	my $id = $b->{next}++;
	my %session = defined $b->{session} ? (sessionId => $b->{session}) : ();
	print { $b->{to} } $json->encode({ id => $id, method => $method,
		params => \%params, %session }), "\0";
	while (my $message = $b->message(30)) {
		if (!defined $message->{id}) {
			push @{ $b->{events} }, $message;
		} elsif ($message->{id} == $id) {
			die "$method: $message->{error}{message}\n" if $message->{error};
			return $message->{result};
		}
	}
	die "$method: no answer from the browser\n";
}

# Load an address and wait until it is there.
sub open_page {
	my ($b, $url) = @_;
	$b->call('Page.navigate', url => 'about:blank');
	$b->call('Page.navigate', url => $url);
	my $until = time + 20;
	while (time < $until) {
		return if $b->js('location.href') eq $url
			&& $b->js('document.readyState') eq 'complete';
		sleep 0.05;
	}
	die "$url: did not load\n";
}

sub js {
	my ($b, $code) = @_;
	my $answer = $b->call('Runtime.evaluate', expression => $code,
		returnByValue => JSON::PP::true, awaitPromise => JSON::PP::true);
	die "$code: $answer->{exceptionDetails}{exception}{description}\n"
		if $answer->{exceptionDetails};
	return $answer->{result}{value};
}

sub size {
	my ($b, $width, $height) = @_;
	$b->call('Emulation.setDeviceMetricsOverride', width => $width + 0,
		height => $height + 0, deviceScaleFactor => 1,
		mobile => $width < 600 ? JSON::PP::true : JSON::PP::false);
}

# How the page is to be seen: on screen or paper, light or dark.
sub medium {
	my ($b, $medium, $scheme) = @_;
	$b->call('Emulation.setEmulatedMedia', media => $medium, features =>
		[ { name => 'prefers-color-scheme', value => $scheme } ]);
}

# A key as a person presses it.
sub key {
	my ($b, $key, $text) = @_;
	my %code = (Enter => 13, Tab => 9, '/' => 191, Escape => 27, ArrowDown => 40, ArrowUp => 38);
	my %press = (key => $key, windowsVirtualKeyCode => $code{$key} // ord uc $key,
		defined $text ? (text => $text) : ());
	$b->call('Input.dispatchKeyEvent', type => 'keyDown', %press);
	$b->call('Input.dispatchKeyEvent', type => 'keyUp', %press);
}

sub write_to {
	my ($file, $base64) = @_;
	open(my $out, '>:raw', $file) or die "$file: $!\n";
	print $out decode_base64($base64);
	close $out or die "$file: $!\n";
}

sub screenshot {
	my ($b, $file) = @_;
	write_to($file, $b->call('Page.captureScreenshot')->{data});
}

# Also makes the page go through what it does before and after printing.
sub pdf {
	my ($b, $file) = @_;
	write_to($file, $b->call('Page.printToPDF', preferCSSPageSize => JSON::PP::true,
		printBackground => JSON::PP::true)->{data});
}

# Addresses that were asked for, without pages and what they hold.
sub requests {
	my ($b) = @_;
	return grep { !/^(data|about):/ } map { $_->{params}{request}{url} }
		grep { $_->{method} eq 'Network.requestWillBeSent'
			&& ($_->{params}{type} // '') ne 'Document' } @{ $b->{events} };
}

# What the page complained about.
sub complaints {
	my ($b) = @_;
	my @said;
	for my $event (@{ $b->{events} }) {
		my $p = $event->{params};
		push @said, $p->{exceptionDetails}{exception}{description}
			// $p->{exceptionDetails}{text}
			if $event->{method} eq 'Runtime.exceptionThrown';
		push @said, join ' ', map { $_->{value} // $_->{description} // '' }
			@{ $p->{args} }
			if $event->{method} eq 'Runtime.consoleAPICalled';
		push @said, $p->{entry}{text} if $event->{method} eq 'Log.entryAdded';
	}
	return @said;
}

sub stop {
	my ($b) = @_;
	my $pid = delete $b->{pid} or return;
	eval { delete $b->{session}; $b->call('Browser.close') };
	my $until = time + 5;
	my $gone;
	sleep 0.05 until ($gone = waitpid $pid, POSIX::WNOHANG()) || time > $until;
	# Its helpers are of its group, so that none stays behind.
	kill 'KILL', -$pid;
	waitpid $pid, 0 unless $gone;
}

sub DESTROY {
	my ($b) = @_;
	local ($?, $@);
	$b->stop;
}

1;
