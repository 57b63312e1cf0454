# SPDX-License-Identifier: BSD-2-Clause
#
# Tables of scripts/bench for people: rows, sizes, and how cost grows.

package BenchText;

use strict;
use warnings;
use File::Basename qw(basename);

sub number {
	my ($n, $format) = @_;
	return defined $n ? sprintf($format // '%d', $n) : '-';
}

sub table {
	my ($name, $about, $rows) = @_;
	my $text = "\n$name: $about\n";
	my $format = "%-36s %8s %8s %5s %7s %7s %5s %5s %s\n";
	my ($differs, @refused);
	$text .= sprintf $format, '', 'ours', 'stock', 'ratio', 'ours +', 'stock +',
		'ratio', 'goal', '';
	for my $r (@$rows) {
		my $label = $r->{name} . ($r->{differs} ? ' *' : '');
		$differs = 1 if $r->{differs};
		push @refused, "$r->{name}: ours refuses it with error $r->{refused}\n"
			if defined $r->{refused};
		$text .= sprintf $format, $label, number($r->{ours}), number($r->{stock}),
			number($r->{ratio}, '%.2f'), number($r->{ours_added}),
			number($r->{stock_added}), number($r->{added_ratio}, '%.2f'),
			$r->{target} // '', $r->{verdict} // '';
	}
	$text =~ s/ +$//mg;
	$text .= "* the two give different answers\n" if $differs;
	return $text . join '', @refused;
}

sub targets {
	my ($name, $rows) = @_;
	my @verdicts = map { $_->{verdict} // () } @$rows;
	my $missed = grep { $_ eq 'MISSED' } @verdicts;
	return sprintf "%s: %d of %d targets missed\n", $name, $missed, scalar @verdicts;
}

# Bytes of code, of data and per hart, of both firmwares and widths.
sub sizes {
	my ($opt, $all) = @_;
	my %sizes;
	return \%sizes unless defined $opt->{ours} && defined $opt->{stock};
	for my $width ('', '-rv32') {
		my ($ours, $stock) = ("$opt->{ours}$width/lib/sbi", "$opt->{stock}$width/lib/sbi");
		next unless -d $ours && -d $stock;
		my @common = qw(sbi_pmu.o sbi_ecall_pmu.o);
		# Objects of older builds lie there as well, but not in the library
		my @own = map { basename($_) } glob "$ours/pmu/*.o";
		$sizes{ $width ? 'RV32' : 'RV64' } = {
			ours => { object_sizes($opt->{size}, "$opt->{ours}$width/lib/libsbi.a",
				@common, @own),
				hart => struct_size($opt->{readelf}, "$ours/pmu/domain.o", 'domain_pmu') },
			stock => { object_sizes($opt->{size}, "$opt->{stock}$width/lib/libsbi.a", @common),
				hart => struct_size($opt->{readelf}, "$stock/sbi_pmu.o",
					'sbi_pmu_hart_state') },
		};
		my $heap = $all->{ $width ? 'rv32' : 'rv64' };
		$sizes{ $width ? 'RV32' : 'RV64' }{$_}{heap} = $heap && $heap->{heap}{$_}
			for qw(ours stock);
	}
	return \%sizes;
}

sub object_sizes {
	my ($size, $library, @objects) = @_;
	my %wanted = map { $_ => 1 } @objects;
	my ($code, $data) = (0, 0);
	open(my $in, '-|', $size, $library) or die "$size cannot be started: $!\n";
	while (my $line = <$in>) {
		my ($text, $set, $zero, $name) = $line
			=~ /^\s*(\d+)\s+(\d+)\s+(\d+)\s+\d+\s+\w+\s+(\S+)/ or next;
		next unless $wanted{$name};
		$code += $text;
		$data += $set + $zero;
	}
	close $in or die "$size fails on $library\n";
	$code or die "$library has no objects of the PMU: make fw stock builds it anew\n";
	return (code => $code, data => $data);
}

sub struct_size {
	my ($readelf, $object, $name) = @_;
	my ($found, $size);
	open(my $in, '-|', $readelf, '--debug-dump=info', $object)
		or die "$readelf cannot be started: $!\n";
	while (my $line = <$in>) {
		$found = 0 if $line =~ /Abbrev Number/;
		$found = 1 if $line =~ /DW_AT_name\s*:.*\b\Q$name\E$/;
		$size //= $1 if $found && $line =~ /DW_AT_byte_size\s*: (\d+)/;
	}
	close $in;
	defined $size or die "$object: its debug information has no struct $name\n";
	return $size;
}

sub sizes_table {
	my ($sizes) = @_;
	return '' unless %$sizes;
	my $text = "\nBytes of the objects of the PMU, and of each hart\n"
		. sprintf "%-36s %8s %8s %5s\n", '', 'ours', 'stock', 'ratio';
	my %what = (code => 'code and constants', data => 'data', hart => 'data of a hart',
		heap => 'heap in use, of all OpenSBI');
	for my $width (reverse sort keys %$sizes) {
		for my $kind (qw(code data hart heap)) {
			my ($o, $s) = map { $sizes->{$width}{$_}{$kind} } qw(ours stock);
			next unless defined $o && defined $s;
			$text .= sprintf "%-36s %8d %8d %s\n", "$width $what{$kind}", $o, $s,
				$s ? sprintf('%5.2f', $o / $s) : '    -';
		}
	}
	return $text;
}

# What one more of something adds: the difference of two rows, divided.
my @growth = (
	[ 'start+stop, a further hw counter to 16', 'rv64', 'start+stop 1 hw', 'rv64',
		'start+stop 16 hw', 15 ],
	[ 'start+stop, a further hw counter to 29', 'rv64-wide', 'start+stop 16 hw',
		'rv64-wide', 'start+stop 29 hw', 13 ],
	[ 'start+stop, a further fw counter', 'rv64', 'start+stop 1 fw', 'rv64',
		'start+stop 16 fw', 15 ],
	[ 'an event, a further fw counter', 'rv64', 'set_timer, 1 fw running', 'rv64',
		'set_timer, 16 fw running', 15 ],
	[ 'config raw, a further row of the map', 'rv64', 'config raw last row, first free',
		'rv64-map250', 'config raw last row, first free', 245 ],
	[ 'config, a further hw counter busy', 'rv64', 'config general, first free', 'rv64',
		'config general, last free', 15 ],
	[ 'config, a further fw counter busy', 'rv64', 'config firmware, first free', 'rv64',
		'config firmware, last free', 15 ],
	[ 'EVENT_GET_INFO, a further event', 'rv64', 'EVENT_GET_INFO of 52', 'rv64',
		'EVENT_GET_INFO of 256', 204 ],
	[ 'the same, a further row of the map', 'rv64', 'EVENT_GET_INFO of 52', 'rv64-map250',
		'EVENT_GET_INFO of 52', 245 ],
	[ 'context switch, a further event', 'rv64', 'linux: context switch, 1 event', 'rv64',
		'linux: context switch, 4 events', 3 ],
	[ 'start+stop 8 hw, a further hart', 'rv64', 'start+stop 8 hw', 'rv64-smp8',
		'start+stop 8 hw', 7 ],
	[ 'boot, a further hart', 'rv64', 'boot', 'rv64-smp8', 'boot', 7 ],
	[ 'boot, a further row of the map', 'rv64', 'boot', 'rv64-map250', 'boot', 245 ],
);

sub growth {
	my ($all) = @_;
	my %row;
	for my $machine (keys %$all) {
		$row{$machine}{ $_->{name} } = $_ for @{ $all->{$machine}{rows} };
	}
	my @lines;
	for (@growth) {
		my ($text, $m1, $r1, $m2, $r2, $n) = @$_;
		my ($few, $many) = ($row{$m1}{$r1}, $row{$m2}{$r2});
		next unless $few && $many;
		my %line = (name => $text);
		for my $who (qw(ours stock)) {
			$line{$who} = ($many->{$who} - $few->{$who}) / $n
				if defined $few->{$who} && defined $many->{$who};
		}
		push @lines, \%line;
	}
	return \@lines;
}

sub growth_table {
	my ($lines) = @_;
	return '' unless @$lines;
	return "\nInstructions that one more of something adds\n"
		. sprintf("%-44s %9s %9s\n", '', 'ours', 'stock')
		. join '', map { sprintf "%-44s %9s %9s\n", $_->{name},
			number($_->{ours}, '%.1f'), number($_->{stock}, '%.1f') } @$lines;
}

# The tables of docs/performance.md
sub page {
	my ($result) = @_;
	my @shown = grep { $result->{machines}{$_} } qw(rv64 rv64-snapshot);
	my $text = join '', "\n$result->{compiler}, OpenSBI $result->{opensbi}:\n",
		(map { table($_, @{ $result->{machines}{$_} }{qw(about rows)}) } @shown),
		sizes_table($result->{sizes}), growth_table($result->{growth}), "\n",
		map { targets($_, $result->{machines}{$_}{rows}) } sort keys %{ $result->{machines} };
	$text =~ s/^(?=.)/    /mg;
	return "$text\n";
}

1;
