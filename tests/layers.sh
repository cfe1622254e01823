#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The include table (tests/layers.txt) against the code: which room includes what, and who may use which library.
# Arguments: the source root. Prints every violation; exit 1 when there is one.
set -eu
cd "$1"

# One line an include: FILE:#include ...
grep -HE '^[[:space:]]*#[[:space:]]*include' src/*/*.[ch] | awk -v table=tests/layers.txt '
function bad(what) {
	print what
	failed = 1
}
BEGIN {
	while ((getline line < table) > 0) {
		split(line, part, ": *")
		if (line ~ /^only /) {
			place[substr(part[1], 6)] = part[2]
		} else if (line ~ /^[a-z]+:/) {
			rooms[part[1]] = 1
			count = split(part[2], others, " ")
			for (i = 1; i <= count; i++) {
				allowed[part[1], others[i]] = 1
			}
		}
	}
	library["cjson/cJSON.h"] = library["cJSON.h"] = "cjson"
	library["sqlite3.h"] = "sqlite3"
	library["microhttpd.h"] = "microhttpd"
}
{
	file = substr($0, 1, index($0, ":") - 1)
	include = substr($0, length(file) + 2)
	split(file, path, "/")
	room = path[2]
	if (!(room in rooms)) {
		bad(file ": the room " room " is not in the include table")
	}
	# An include in another form would pass by unseen.
	if (include !~ /^#include (<[A-Za-z0-9_\/.-]+>|"[a-z]+\/[a-z0-9_]+\.h")$/) {
		bad(file ": " include ": write #include <name> or #include \"room/name.h\"")
		next
	}
	name = substr(include, 11, length(include) - 11)
	if (include ~ /"/) {
		other = substr(name, 1, index(name, "/") - 1)
		if (other != room && !((room, other) in allowed)) {
			bad(file ": " room " may not include " other)
		}
		next
	}
	used = name ~ /^gnutls\// ? "gnutls" : (name in library) ? library[name] : ""
	if (used != "" && index(file "/", "src/" place[used] "/") != 1) {
		bad(file ": only " place[used] " may use " used)
	}
}
END { exit failed }'
