#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that can be said about the code without running it. Argument: a build directory with compile_commands.json.
# shellcheck disable=SC2317 # the functions are reached by their names, through step
set -uo pipefail
cd "$(dirname "$0")/.." || exit
build=$1
bad=0

step() { # name command...
	local name=$1 status=0
	shift
	"$@" >"$build/lint.log" 2>&1 || status=$?
	if [ "$status" -eq 0 ]; then
		echo "ok      $name"
	else
		echo "NOT OK  $name (exit $status)"
		head -60 "$build/lint.log"
		bad=1
	fi
}

# What git keeps or would keep; a file that is gone but not yet committed is left out.
files() {
	local file
	git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
		[ -e "$file" ] && echo "$file"
	done
	return 0
}

# An empty list would make every step pass.
[ "$(files 'src/*.c' | wc -l)" -gt 0 ] || {
	echo "no sources: this is not a git checkout, or git does not trust it" >&2
	exit 1
}
mapfile -t sources < <(files 'src/*.c')
mapfile -t headers < <(files 'src/*.h')
mapfile -t shells < <(files '*.sh' dev .ci/run)

# Prints what matches; true when nothing does. grep's own errors are failures.
absent() { # grep arguments...
	local status=0
	grep "$@" || status=$?
	[ "$status" -eq 1 ]
}

spdx() {
	local file status=0
	while read -r file; do
		head -2 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || { echo "$file: no SPDX line" && status=1; }
	done < <(files '*.c' '*.h' '*.sh' '*.py' '*.mjs' '*.sql' '*meson.build' dev .ci/run)
	return "$status"
}

banned() {
	absent -nE '\b(strcpy|strcat|v?sprintf|strtok|ato[ifl]|gets|system|popen)\(|cJSON_GetObjectItem\(|cJSON_Parse\(' \
		"${sources[@]}" "${headers[@]}"
}

# No statement is put together by printf, in one line or over several.
sql_literals() {
	absent -nPzo 'printf\([^;]*"[^"]*\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA) [^;]*;' "${sources[@]}"
}

unfinished() {
	local list
	mapfile -t list < <(files src policies schema deploy openapi.yaml dev tests ':!tests/lint.sh' ':!tests/fuzz/corpus')
	absent -nIwE 'TODO|FIXME|XXX|HACK' "${list[@]}"
}

# Of the code; a table of a test may be longer.
short_files() {
	wc -l "${sources[@]}" "${headers[@]}" |
		awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines, more than 500"; long = 1 } END { exit long }'
}

spelling() {
	codespell -q 3 -L 'ist,te,fo,nd,nam,ans,inout,wan,crate' src docs policies openapi.yaml ./*.md
}

tidy() {
	# One file a run: with several, the analyzer takes every va_list after the first file for uninitialised.
	printf '%s\n' "${sources[@]}" | xargs -P 2 -n 1 clang-tidy -p "$build" --quiet --warnings-as-errors='*'
}

check_with_cppcheck() { # options...
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --suppress=missingIncludeSystem \
		-D_GNU_SOURCE -DAR_VERSION='"x"' -DAR_POLICY_DIR='"x"' -Isrc "$@" src
}

step 'include table' tests/layers.sh .
step 'SPDX lines' spdx
step 'functions that style rules out' banned
step 'SQL is literal' sql_literals
step 'nothing unfinished' unfinished
step 'files of at most 500 lines' short_files
step 'headers compile alone' python3 tests/headers.py "$build" "${headers[@]}"
step 'shellcheck' shellcheck "${shells[@]}"
step 'codespell' spelling
step 'clang-format' clang-format --dry-run --Werror "${sources[@]}" "${headers[@]}"
step 'cppcheck' check_with_cppcheck --enable=warning,performance,portability -j 2
# Tests are no use: what only they call has no place in src.
step 'functions that nothing calls' check_with_cppcheck --enable=unusedFunction
step 'clang-tidy' tidy
exit "$bad"
