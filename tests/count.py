#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up what meson's test log says: count.py TESTLOG prints "passed failed skipped"; count.py --total FILE sums such lines."""
import json
import sys

GOOD = ('OK', 'EXPECTEDFAIL')


def of_log(path):
    passed = failed = skipped = 0
    with open(path, encoding='utf-8') as log:
        for line in log:
            result = json.loads(line)['result']
            passed += result in GOOD
            skipped += result == 'SKIP'
            failed += result not in GOOD and result != 'SKIP'
    return passed, failed, skipped


def main():
    if sys.argv[1] == '--total':
        with open(sys.argv[2], encoding='utf-8') as counts:
            rows = [tuple(map(int, line.split())) for line in counts]
        passed, failed, skipped = (sum(column) for column in zip(*rows)) if rows else (0, 1, 0)
        print(f'{passed} passed, {failed} failed, {skipped} skipped')
        sys.exit(1 if failed or not passed else 0)
    print(*of_log(sys.argv[1]))


main()
