#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One honest run that ends in a table of ratios: bench.py BUILD_DIR [--requests N] [--seconds N].

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

import rig as rigs
from rig import Failed, Rig, daemon, hello

ROUNDS = 3
CONNECTIONS = (1, 16, 64, 240)
SLOW_CONNECTIONS = (1, 64, 240)
READERS = 64
GROUP = 128


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


def say(text):
    print(text, file=sys.stderr, flush=True)


def seed(rig, requests):
    """A stock of requests like one that the daemon stored; the tokens and the body that all loads use."""
    staff = rig.token('--role', 'reviewer', '--payer', 'trillium', '--credential', 'lcsw')
    provider = rig.token('--role', 'provider', '--organization', 'bench')
    body = rigs.write_body(rig)
    with daemon(rig) as server:
        rig.load(server.port, '/v1/requests', count=1, token=provider, body=body, answer=rig.place('answer.json'))
    rig.writer('seed', requests - 1, rig.place('ids'))
    return staff, provider, body


def measure_reads(rig, series, staff, provider, seconds):
    """By id and first worklist pages, in turns with a bare server's answers of the same size; idle memory too."""
    reads = {
        'by id': ('@' + rig.place('ids'), staff),
        'worklist, staff': ('/v1/requests?limit=50', staff),
        'worklist, provider': ('/v1/requests?limit=50', provider),
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


def measure_writes(rig, series, load):
    """Grouped, one by one and bare, as is and on a slower disk, every other round in reverse; loaded memory too."""
    loaded = []

    def grouped():
        loaded.append(measure_daemon(rig, series, 'grouped', CONNECTIONS, load))

    steps = [
        grouped,
        lambda: series.add('bare writer', rig.writer('floor', GROUP, load['seconds'])),
        lambda: measure_daemon(rig, series, 'one by one', CONNECTIONS, load, batch=1),
        lambda: measure_daemon(rig, series, 'grouped, slow', SLOW_CONNECTIONS, load, slow=True),
        lambda: measure_daemon(rig, series, 'one by one, slow', SLOW_CONNECTIONS, load, batch=1, slow=True),
    ]
    for number in range(ROUNDS):
        say(f'  submissions, round {number + 1} of {ROUNDS}')
        for step in steps if number % 2 == 0 else reversed(steps):
            step()
    return max(loaded)


def ms(microseconds):
    return f'{microseconds / 1000:.2f}'


def figures(series, name):
    return (f'{series.median(name):8.0f}{ms(series.median(name, "p50_us")):>9}{ms(series.median(name, "p99_us")):>9}'
            f'{series.spread(name):8.0%}')


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
            print(f'{title:28}{count:5}{figures(series, a)}{share:>9}  {figures(series, b)}{gain:6.1f}x')
            title = ''
    print()


def print_reads(series, sizes):
    title = f'reads, {READERS} connections'
    print(f'{title:26}{"bytes":>7}{"per s":>8}{"p50 ms":>9}{"p99 ms":>9}{"spread":>8}'
          f'{"bare/s":>9}{"spread":>8}{"of bare":>9}')
    for name, size in sizes.items():
        bare = name + ', bare'
        share = series.median(name) / series.median(bare)
        print(f'{name:26}{size:7}{figures(series, name)}'
              f'{series.median(bare):9.0f}{series.spread(bare):8.0%}{share:9.0%}')
    print()


def print_targets(series, idle, evaluation):
    def share(name):
        return series.median(name) / series.median(name + ', bare')

    submit = series.median(('grouped', 64)) / series.median('bare writer')
    slow = series.median(('grouped, slow', 64)) / series.median(('one by one, slow', 64))
    worklist = min(share('worklist, staff'), share('worklist, provider'))
    targets = [
        ('64 connections: at least 60 % of the bare writer', f'{submit:.0%}', submit >= 0.6),
        ('64 connections, slow fsync: at least 5 times one by one', f'{slow:.1f}x', slow >= 5),
        ('by id: at least 40 % of the bare server', f'{share("by id"):.0%}', share('by id') >= 0.4),
        ('first worklist page: at least 25 % of the bare server', f'{worklist:.0%}', worklist >= 0.25),
        ('idle: at most 10 MB', f'{idle:.1f} MB', idle <= 10),
        ('evaluation: under 20 microseconds', f'{evaluation:.1f} us', evaluation < 20),
    ]
    print('Targets of this run. They are measured, not asserted: a NO does not make the bench fail.')
    for title, value, reached in targets:
        print(f'{"yes" if reached else "NO":5}{title:60}{value}')


def measure(rig, requests, seconds):
    series = Series()
    probe = json.loads(rig.run(rig.program('sync_probe'), rig.place('probe')))
    say(f'storing {requests} requests')
    staff, provider, body = seed(rig, requests)
    per_request = os.path.getsize(rig.database) / requests
    say('evaluation and policies')
    times = json.loads(rig.run(rig.program('evaluate'), 'policies', 'schema', body))
    loading = (rigs.seconds_of(rig, rig.daemon_program, 'policy', 'check', 'policies') -
               rigs.seconds_of(rig, rig.daemon_program, 'version'))
    say('reads')
    idle, sizes = measure_reads(rig, series, staff, provider, seconds)
    loaded = measure_writes(rig, series, {'seconds': seconds, 'token': provider, 'body': body})
    say('verifying the chain of events')
    stored = rig.verify()
    if stored != rig.acknowledged:
        raise Failed(f'{rig.acknowledged} requests were acknowledged and {stored} are stored')

    answer = os.path.getsize(rig.place('answer.json'))
    print(f'\n{os.cpu_count()} cores shared with the load; fsync of 4 KB p50 {probe["append_us"]} us (append), '
          f'{probe["overwrite_us"]} us (overwrite); {ROUNDS} rounds of {seconds:g} s, medians')
    print(f'Request {os.path.getsize(body)} bytes, answer {answer} bytes; {requests} stored at first, '
          f'{stored} in the end: each one acknowledged, chain intact\n')
    print_submissions(series)
    print_reads(series, sizes)
    print(f'Memory: {idle:.1f} MB idle, {loaded:.1f} MB after {CONNECTIONS[-1]} connections. '
          f'Database: {per_request:.0f} bytes per request. Policies: loaded in {loading * 1000:.1f} ms.')
    parts = ', '.join(f'{name} {value:.1f}' for name, value in times.items())
    print(f'Per request, in microseconds: {parts}.\n')
    print_targets(series, idle, times['evaluate'])


def main():
    parser = argparse.ArgumentParser(prog='./dev bench', description='Measures a release build and prints ratios of one run.')
    parser.add_argument('build', help=argparse.SUPPRESS)
    parser.add_argument('--requests', type=int, default=100000, help='requests stored before anything is measured')
    parser.add_argument('--seconds', type=float, default=3, help='length of each measurement')
    arguments = parser.parse_args()
    work = os.path.join(arguments.build, 'bench-data')
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work, mode=0o700)
    if shutil.disk_usage(work).free < arguments.requests * 20000 + arguments.seconds * 4e9:
        sys.exit('bench: there is not enough space on this disk for the databases of the bench')
    try:
        measure(Rig(arguments.build, work), arguments.requests, arguments.seconds)
    except (Failed, OSError) as failure:
        sys.exit(f'bench: the measurement failed: {failure}')
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
