# SPDX-License-Identifier: BSD-2-Clause
#
# Shell functions to use apt with source lists, package lists and a cache of
# our own, so that what a step downloads leaves the machine's set-up as it was.
# To be sourced; the caller sets apt_dir to an empty temporary directory.

# Print the archive addresses this machine's own configuration uses for Debian,
# best guess first.
apt_mirrors()
{
	_found=$(apt-get indextargets --format \
			'$(ORIGIN)|$(LABEL)|$(REPO_URI)' \
			'Created-By: Packages' 2>/dev/null |
		 sed -n 's/^Debian|Debian|//p' | awk '!seen[$0]++')

	# Before the first "apt-get update" apt knows no origins; then every
	# address of the running release is tried, and the keyring decides.
	[ -n "$_found" ] || _found=$(apt-get update --print-uris 2>/dev/null |
		sed -n "s|^'\(.*/\)dists/$(debian_codename)/InRelease'.*|\1|p" |
		awk '!seen[$0]++')
	echo "$_found"
}

debian_codename()
{
	sed -n 's/^VERSION_CODENAME="*\([a-z]*\)"*$/\1/p' /etc/os-release
}

debian_keyring()
{
	for _key in /usr/share/keyrings/debian-archive-keyring.gpg \
		    /usr/share/keyrings/debian-archive-keyring.pgp; do
		[ ! -r "$_key" ] || { echo "$_key"; return; }
	done
}

# apt_line deb|deb-src MIRROR SUITE
apt_line()
{
	_key=$(debian_keyring)
	echo "$1 ${_key:+[signed-by=$_key] }$2 $3 main"
}

apt_isolate()
{
	mkdir -p "$apt_dir/lists/partial" "$apt_dir/parts" \
		"$apt_dir/cache/archives/partial" "$apt_dir/state"
	chmod -R go+rX "$apt_dir"
}

# apt_get_isolated SOURCELIST SOURCEPARTS ARGS...
apt_get_isolated()
{
	_list=$1 _parts=$2
	shift 2
	apt-get -q -o Dir::Etc::sourcelist="$_list" \
		-o Dir::Etc::sourceparts="$_parts" \
		-o Dir::State::lists="$apt_dir/lists" \
		-o Dir::Cache="$apt_dir/cache" \
		-o Dir::Cache::archives="$apt_dir/cache/archives" \
		-o Acquire::Languages=none -o Acquire::Retries=2 \
		-o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
		-o DPkg::Lock::Timeout=300 "$@" </dev/null
}
