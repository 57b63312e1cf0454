# SPDX-License-Identifier: BSD-2-Clause
#
# Builds firmware with a few sources of ours replaced, in well under a second:
# by the commands that OpenSBI's make would give, which is asked for them once
# (make -n). The objects that did not change are taken from where it keeps them.

package Relink;

use strict;
use warnings;

# Read what make -n printed for a firmware all of whose own sources were new.
sub read_file {
	my ($class, $path) = @_;
	my $r = bless { compile => {} }, $class;
	open(my $in, '<', $path)
		or die "there is no $path: run \"make mutants\", which writes it\n";
	while (my $line = <$in>) {
		chomp $line;
		# What stands before makes folders and says what is being made
		my $command = (split /; /, $line)[-1];
		if ($command =~ m{ -c \S*/(lib/sbi/\S+\.[cS]) -o \S+$}) {
			$r->{compile}{$1} = $command;
		} elsif ($command =~ m{ -o (\S*/fw_dynamic)\.elf$}) {
			@$r{qw(link base)} = ($command, $1);
		} elsif ($command =~ m{ \S*/fw_dynamic\.bin$}) {
			$r->{objcopy} = $command;
		}
	}
	%{ $r->{compile} } && defined $r->{link} && defined $r->{objcopy}
		&& $r->{link} =~ m{ \S*/libplatsbi\.a }
		or die "$path: these are not the commands of OpenSBI's make that"
		. " compile our sources, link fw_dynamic.elf with libplatsbi.a"
		. " and copy it to fw_dynamic.bin\n";
	return $r;
}

# Sources to compile after a change of $file: a header may be in all of them.
sub affected {
	my ($r, $file) = @_;
	return sort keys %{ $r->{compile} } if $file =~ /\.h$/;
	return $file if defined $r->{compile}{$file};
	# The core is compiled as one
	my $core = 'lib/sbi/pmu/core.c';
	return $core if $file =~ m{^lib/sbi/pmu/\w+\.c$} && defined $r->{compile}{$core};
	die "$file: OpenSBI's make does not compile this file\n";
}

# The command that compiles a source of ours, from the file and into the object
# given, with more flags behind those of OpenSBI's make.
sub compile {
	my ($r, $source, $from, $object, @flags) = @_;
	my $command = $r->{compile}{$source};
	$from = ($command =~ m{ -c (\S+) -o \S+$})[0] unless defined $from;
	$command =~ s{ -c \S+ -o \S+$}{join ' ', '', @flags, '-c', $from, '-o', $object}e;
	return $command;
}

# A source that OpenSBI's make was not asked to compile, with the flags of another
# one in the same folder.
sub add_like {
	my ($r, $source, $like) = @_;
	my ($new, $old) = map { m{([^/]+)\.c$} } $source, $like;
	($r->{compile}{$source} = $r->{compile}{$like}) =~ s/\b\Q$old\E\b/$new/g;
}

# Commands that link $dir/fw.bin with these objects.
sub link_with {
	my ($r, $dir, @objects) = @_;
	# Named before the archive, they come in place of its members
	my $link = $r->{link};
	$link =~ s{( \S*/libplatsbi\.a )}{ @objects$1};
	my $objcopy = $r->{objcopy};
	s{\Q$r->{base}\E\.(elf|bin)(?= |$)}{$dir/fw.$1}g for $link, $objcopy;
	return ($link, $objcopy);
}

# Shell commands that make $dir/fw.bin, with the sources below $dir taken in
# place of those of the tree.
sub commands {
	my ($r, $dir, @sources) = @_;
	# A fault may leave a variable or a function without use
	return ((map { $r->compile($_, "$dir/$_", "$dir/$_.o", '-Wno-error') } @sources),
		$r->link_with($dir, map { "$dir/$_.o" } @sources));
}

1;
