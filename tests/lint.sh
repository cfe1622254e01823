#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that can be said about the code without running it. Argument: a build directory with compile_commands.json.
set -uo pipefail
cd "$(dirname "$0")/.."
build=$1
bad=0

step() { # name command...
	local name=$1
	shift
	if "$@" >"$build/lint.log" 2>&1; then
		echo "ok      $name"
	else
		echo "NOT OK  $name"
		head -40 "$build/lint.log"
		bad=1
	fi
}

sources() { git ls-files 'src/*.c' 'src/*.h' 'src/**/*.c' 'src/**/*.h'; }

spdx() {
	local file status=0
	while read -r file; do
		head -3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || { echo "$file: no SPDX line" && status=1; }
	done < <(git ls-files '*.c' '*.h' '*.sh' '*.py' '*.mjs' 'meson.build' '**/meson.build' dev .ci/run)
	return "$status"
}

banned() {
	! git grep -nE '\b(strcpy|strcat|sprintf|strtok|atoi|gets|system|popen)\(|cJSON_GetObjectItem\(|cJSON_Parse\(' -- 'src/*.c' 'src/**/*.c'
}

sql_literals() {
	! git grep -nE 's?n?printf\([^;]*"(SELECT|INSERT|UPDATE|DELETE) ' -- 'src/*.c' 'src/**/*.c'
}

unfinished() {
	! git grep -nIE 'TODO|FIXME|XXX|HACK' -- src policies schema deploy openapi.yaml dev tests ':!tests/lint.sh'
}

tidy() {
	sources | grep '\.c$' | xargs -P 2 -n 8 clang-tidy -p "$build" --quiet --warnings-as-errors='*'
}

check_with_cppcheck() {
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 --inline-suppr -j 2 \
		--suppress=missingIncludeSystem -DAR_VERSION='"x"' -Isrc src
}

format() {
	sources | xargs clang-format --dry-run --Werror
}

step 'include table' tests/layers.sh .
step 'SPDX lines' spdx
step 'functions that style rules out' banned
step 'SQL is literal' sql_literals
step 'nothing unfinished' unfinished
step 'shellcheck' shellcheck dev .ci/run tests/*.sh
step 'codespell' codespell -q 3 -L 'ist,te,fo,nd,nam,ans,inout,wan,crate' src docs policies README.md ARCHITECTURE.md CONTRIBUTING.md SECURITY.md CHANGELOG.md
step 'clang-format' format
step 'cppcheck' check_with_cppcheck
step 'clang-tidy' tidy
exit "$bad"
