#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The include table (tests/layers.txt) against the code: which room includes what, and who may use which library.
# Arguments: the source root. Prints every violation; exit 1 when there is one.
set -eu
root=$1
table=$root/tests/layers.txt
bad=0

allowed() { # room other
	[ "$1" = "$2" ] && return 0
	sed -n "s/^$1://p" "$table" | tr ' ' '\n' | grep -qx "$2"
}

# An include in another form would pass by unseen.
if grep -nE '^[[:space:]]*#[[:space:]]*include' "$root"/src/*/*.[ch] |
	grep -vE '#include (<[A-Za-z0-9_/.-]+>|"[a-z]+/[a-z0-9_]+\.h")$'; then
	echo 'write #include <name> or #include "room/name.h"'
	bad=1
fi

for file in "$root"/src/*/*.[ch]; do
	room=$(basename "$(dirname "$file")")
	if ! grep -q "^$room:" "$table"; then
		echo "$file: the room $room is not in the include table"
		bad=1
		continue
	fi
	# shellcheck disable=SC2013 # names of rooms hold no spaces
	for other in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u); do
		if ! allowed "$room" "$other"; then
			echo "${file#"$root"/}: $room may not include $other"
			bad=1
		fi
	done
	for pair in 'cjson/cJSON.h cjson' 'cJSON.h cjson' 'gnutls/[a-z]*.h gnutls' 'sqlite3.h sqlite3' 'microhttpd.h microhttpd'; do
		header=${pair% *}
		library=${pair#* }
		place=$(sed -n "s/^only $library: //p" "$table")
		if grep -q "^#include <$header>" "$file"; then
			case "${file#"$root"/src/}" in
			"$place" | "$place"/*) ;;
			*)
				echo "${file#"$root"/}: only $place may use $library"
				bad=1
				;;
			esac
		fi
	done
done
exit "$bad"
