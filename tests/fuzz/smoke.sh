#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every fuzz target for a while: smoke.sh DIRECTORY [SECONDS]. DIRECTORY holds the built targets. Fails when a target finds
# something, or reaches so little code that it cannot have been instrumented.
set -u
if [ $# -lt 1 ]; then
	echo "usage: $0 DIRECTORY [SECONDS]" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
built=$1
seconds=${2:-10}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
while read -r name floor; do
	case $name in '' | '#'*) continue ;; esac
	mkdir -p "$work/$name"
	seeds=$here/corpus/$name
	[ -d "$seeds" ] || seeds=
	if ! "$built/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 \
		-artifact_prefix="$built/$name-" "$work/$name" ${seeds:+"$seeds"} >"$work/$name.log" 2>&1; then
		tail -n 40 "$work/$name.log"
		echo "$name: failed; the input is kept beside the target as $name-*"
		failed=1
		continue
	fi
	coverage=$(sed -n 's/.*cov: \([0-9]*\).*/\1/p' "$work/$name.log" | sort -n | tail -n 1)
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log")
	echo "$name: ${runs:-0} runs, cov ${coverage:-0} (at least $floor)"
	if [ "${coverage:-0}" -lt "$floor" ]; then
		echo "$name: hardly any code was reached; is it instrumented?"
		failed=1
	fi
done <"$here/targets.txt"
exit $failed
