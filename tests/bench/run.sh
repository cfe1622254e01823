#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What ./dev bench runs: run.sh BUILD_DIR [--requests N] [--seconds N], after a release build of BUILD_DIR.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 -B tests/bench/bench.py "$@"
