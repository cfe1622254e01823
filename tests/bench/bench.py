#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One honest run that ends in a table of ratios: bench.py BUILD_DIR [--requests N] [--seconds N] [--large].

The load generator shares the machine with what it measures, and machines differ and wander. So each figure
stands beside a bare one of the same run, what is compared takes turns, and of the rounds the median counts.
Absolute figures promise nothing. Targets are printed with what was reached and assert nothing; only a measurement
that fails makes the run fail.
"""
import argparse
import json
import os
import shutil
import statistics
import sys
import time

import mixed
import pages
import rig as rigs
import stock as stocks
from rig import Failed, daemon, hello

ROUNDS = 3
CONNECTIONS = (1, 16, 64, 240)
SLOW_CONNECTIONS = (1, 64, 240)
READERS = 64
GROUP = 128
OPEN = 5000
# Memory without load: with one policy, and what each further one may add.
IDLE_MB = 10
FURTHER_MB = 2
SMALL, LARGE = 10000, 1000000
SPACE_EACH = 40000  # bytes that a stored request needs, generously


class Series:
    """Results of all rounds by name."""

    def __init__(self):
        self.results = {}

    def add(self, name, result):
        self.results.setdefault(name, []).append(result)

    def median(self, name, field='rate'):
        return statistics.median(result[field] for result in self.results[name])

    def spread(self, name):
        rates = [result['rate'] for result in self.results[name]]
        return (max(rates) - min(rates)) / statistics.median(rates)

    def figures(self, name):
        """Rate, p50, p99 and spread, as columns of a table."""
        return (f'{self.median(name):8.0f}{ms(self.median(name, "p50_us")):>9}{ms(self.median(name, "p99_us")):>9}'
                f'{self.spread(name):8.0%}')


def ms(microseconds):
    return f'{microseconds / 1000:.2f}'


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure_reads(stock, series, seconds):
    """By id and first worklist pages, in turns with a bare server's answers of the same size; idle memory too."""
    rig = stock.rig
    reads = {
        'by id': ('@' + rig.place('ids'), stock.staff),
        'worklist, staff': ('/v1/requests?limit=50', stock.staff),
        'worklist, provider': ('/v1/requests?limit=50', stock.provider),
    }
    with daemon(rig) as server:
        time.sleep(1)
        idle = server.memory()
        sizes = {name: rig.load(server.port, path, count=1, token=token)['bytes']
                 for name, (path, token) in reads.items()}
        for _ in range(ROUNDS):
            for name, (path, token) in reads.items():
                series.add(name, rig.load(server.port, path, READERS, seconds=seconds, token=token))
                with hello(rig, sizes[name]) as bare:
                    series.add(name + ', bare', rig.load(bare.port, '/', READERS, seconds=seconds))
    return idle, sizes


def measure_daemon(rig, series, name, connections, load, **options):
    with daemon(rig, **options) as server:
        for count in connections:
            series.add((name, count), rig.load(server.port, '/v1/requests', count, **load))
        return server.memory()


def measure_writes(stock, series, seconds):
    """Grouped, one by one and bare, as is and on a slower disk, every other round in reverse; loaded memory too."""
    loaded = []
    rig = stock.rig
    load = {'seconds': seconds, 'token': stock.provider, 'body': stock.body}

    def grouped():
        loaded.append(measure_daemon(rig, series, 'grouped', CONNECTIONS, load))

    steps = [
        grouped,
        lambda: series.add('bare writer', rig.writer('floor', GROUP, seconds, stock.submitted['id'])),
        lambda: measure_daemon(rig, series, 'one by one', CONNECTIONS, load, batch=1),
        lambda: measure_daemon(rig, series, 'grouped, slow', SLOW_CONNECTIONS, load, slow=True),
        lambda: measure_daemon(rig, series, 'one by one, slow', SLOW_CONNECTIONS, load, batch=1, slow=True),
    ]
    for number in range(ROUNDS):
        say(f'  submissions, round {number + 1} of {ROUNDS}')
        for step in steps if number % 2 == 0 else reversed(steps):
            step()
    return max(loaded)


def print_submissions(series):
    bare = series.median('bare writer')
    rows = [('durable submissions', CONNECTIONS, 'grouped', 'one by one'),
            (f'the same, +{rigs.SLOW_SYNC_US / 1000:g} ms per fsync', SLOW_CONNECTIONS,
             'grouped, slow', 'one by one, slow')]
    print(f'Bare writer, groups of {GROUP}: {bare:.0f}/s (spread {series.spread("bare writer"):.0%})\n')
    print(f'{"":28}{"conn":>5}{"per s":>8}{"p50 ms":>9}{"p99 ms":>9}{"spread":>8}{"of bare":>9}'
          f'{"| 1 by 1":>10}{"p50 ms":>9}{"p99 ms":>9}{"spread":>8}{"gain":>7}')
    for title, connections, ours, theirs in rows:
        for count in connections:
            a, b = (ours, count), (theirs, count)
            share = f'{series.median(a) / bare:.0%}' if ours == 'grouped' else ''
            gain = series.median(a) / series.median(b)
            print(f'{title:28}{count:5}{series.figures(a)}{share:>9}  {series.figures(b)}{gain:6.1f}x')
            title = ''
    print()


def print_reads(series, sizes):
    title = f'reads, {READERS} connections'
    print(f'{title:26}{"bytes":>7}{"per s":>8}{"p50 ms":>9}{"p99 ms":>9}{"spread":>8}'
          f'{"bare/s":>9}{"spread":>8}{"of bare":>9}')
    for name, size in sizes.items():
        bare = name + ', bare'
        share = series.median(name) / series.median(bare)
        print(f'{name:26}{size:7}{series.figures(name)}'
              f'{series.median(bare):9.0f}{series.spread(bare):8.0%}{share:9.0%}')
    print()


def print_policies(policies):
    title = 'largest program of each policy'
    print(f'{title:34}{"":20}{"items":>7}{"bytes":>7}{"us":>7}')
    for one in policies['programs']:
        print(f'{one["policy"]:34}{one["program"]:20}{one["items"]:7}{one["bytes"]:7}{one["evaluate"]:7.1f}')
    print()


def print_targets(series, idle, policies, flat):
    def share(name):
        return series.median(name) / series.median(name + ', bare')

    submit = series.median(('grouped', 64)) / series.median('bare writer')
    slow = series.median(('grouped, slow', 64)) / series.median(('one by one, slow', 64))
    worklist = min(share('worklist, staff'), share('worklist, provider'))
    evaluation = max(one['evaluate'] for one in policies['programs'] if not one['record'])
    roomy = IDLE_MB + FURTHER_MB * (len({one['policy'] for one in policies['programs']}) - 1)
    targets = [
        ('64 connections: at least 60 % of the bare writer', f'{submit:.0%}', submit >= 0.6),
        ('64 connections, slow fsync: at least 5 times one by one', f'{slow:.1f}x', slow >= 5),
        ('by id: at least 40 % of the bare server', f'{share("by id"):.0%}', share('by id') >= 0.4),
        ('first worklist page: at least 25 % of the bare server', f'{worklist:.0%}', worklist >= 0.25),
        ('first worklist page: no dearer by a fifth however many are stored', f'{flat:.2f}', flat <= pages.FLAT),
        (f'idle: at most {IDLE_MB} MB, and {FURTHER_MB} MB for each policy after the first', f'{idle:.1f} MB', idle <= roomy),
        ('evaluation of a request, any policy, 4 KB, not rendered: under 10 us', f'{evaluation:.1f} us', evaluation < 10),
        ('loading all policies: under 50 ms', f'{policies["load_ms"]:.1f} ms', policies['load_ms'] < 50),
    ]
    print('Targets of this run. They are measured, not asserted: a NO does not make the bench fail.')
    for title, value, reached in targets:
        print(f'{"yes" if reached else "NO":5}{title:70}{value}')


def store(arguments, work):
    """The stocks, the smallest first, and the one that everything else is measured on."""
    small = min(SMALL, arguments.requests)
    stored = []
    for count in sorted({small, arguments.requests} | ({LARGE} if arguments.large else set())):
        say(f'storing {count} requests')
        stored.append(stocks.create(arguments.build, os.path.join(work, str(count)), count, min(OPEN, small // 2)))
    return stored, next(stock for stock in stored if stock.count == arguments.requests)


def measure_pages(stored, series, main):
    say('first pages of worklists')
    pages.measure(stored, series)
    for stock in stored:
        if stock is not main:
            shutil.rmtree(stock.rig.work)


def verify(rig):
    events = rig.verify()
    if events != rig.acknowledged:
        raise Failed(f'{rig.acknowledged} events were acknowledged and {events} are stored')
    return events


def measure(arguments, work):
    series = Series()
    seconds = arguments.seconds
    stored, main = store(arguments, work)
    rig = main.rig
    probe = json.loads(rig.run(rig.program('sync_probe'), rig.place('probe')))
    per_request = os.path.getsize(rig.database) / main.count
    measure_pages(stored, series, main)
    say('evaluation and policies')
    times = json.loads(rig.run(rig.program('evaluate'), 'policies', 'schema', main.body))
    policies = json.loads(rig.run(rig.program('policies'), 'policies', 'schema'))
    say('reads')
    idle, sizes = measure_reads(main, series, seconds)
    for number in range(ROUNDS):
        say(f'  all at once, round {number + 1} of {ROUNDS}')
        mixed.measure_round(main, series, seconds)
    loaded = measure_writes(main, series, seconds)
    say('verifying the chain of events')
    events = verify(rig)

    print(f'\n{os.cpu_count()} cores shared with the load; fsync of 4 KB p50 {probe["append_us"]} us (append), '
          f'{probe["overwrite_us"]} us (overwrite); {ROUNDS} rounds of {seconds:g} s, medians')
    print(f'Request {os.path.getsize(main.body)} bytes, answer {os.path.getsize(rig.place("answer.json"))} bytes; '
          f'{main.count} requests stored at first, {events} events in the end: each one acknowledged, chain intact\n')
    print_submissions(series)
    print_reads(series, sizes)
    mixed.show(series)
    pages.show(stored, series)
    print(f'Memory: {idle:.1f} MB idle, {loaded:.1f} MB after {CONNECTIONS[-1]} connections. '
          f'Database: {per_request:.0f} bytes per request.')
    parts = ', '.join(f'{name} {value:.1f}' for name, value in times.items())
    print(f'Per request, in microseconds: {parts}.\n')
    print_policies(policies)
    print_targets(series, idle, policies, max(pages.ratios(stored, series).values()))


def main():
    parser = argparse.ArgumentParser(prog='./dev bench',
                                     description='Measures a release build and prints ratios of one run.')
    parser.add_argument('build', help=argparse.SUPPRESS)
    parser.add_argument('--requests', type=int, default=100000, help='requests stored before anything is measured')
    parser.add_argument('--seconds', type=float, default=1.5, help='length of each measurement')
    parser.add_argument('--large', action='store_true', help=f'worklists over {LARGE} stored requests too')
    arguments = parser.parse_args()
    work = os.path.join(arguments.build, 'bench-data')
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work, mode=0o700)
    stored = arguments.requests + SMALL + (LARGE if arguments.large else 0)
    if shutil.disk_usage(work).free < stored * SPACE_EACH + arguments.seconds * 4e9:
        sys.exit('bench: there is not enough space on this disk for the databases of the bench')
    try:
        measure(arguments, work)
    except (Failed, OSError) as failure:
        sys.exit(f'bench: the measurement failed: {failure}')
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
