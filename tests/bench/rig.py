# SPDX-License-Identifier: Apache-2.0
"""What the bench starts and stops: the daemon, the bare server, the load generator, the bare writer."""
import json
import os
import re
import signal
import subprocess

# Everybody comes from one address and stays: the two limits against that are off, everything else is as shipped.
SETTINGS = {'log_level': 'warning', 'limits': {'connections_per_address': 0, 'keepalive_requests': 1000000}}
SLOW_SYNC_US = 1000


class Failed(Exception):
    """A measurement that must not be counted."""


class Rig:
    """A build and one database in a directory of its own."""

    def __init__(self, build, work):
        self.build = build
        self.work = work
        self.daemon_program = os.path.join(build, 'src/cli/authreviewd')
        self.database = os.path.join(work, 'bench.db')
        self.acknowledged = 0  # events the service or the store has said are stored
        os.makedirs(work, mode=0o700, exist_ok=True)

    def program(self, name):
        return os.path.join(self.build, 'tests/bench', name)

    def place(self, name):
        return os.path.join(self.work, name)

    def run(self, *command):
        return Run(command).output()

    def load(self, port, path, connections=1, **options):
        return self.loads(port, [(path, connections, options)])[0]

    def loads(self, port, loads):
        """Several loads at once: (path, connections, options of the load generator); their results."""
        runs = [Run([self.program('load'), '--port', str(port), '--connections', str(connections),
                     *load_options(**options), path]) for path, connections, options in loads]
        results = [json.loads(output) for output in outputs(runs)]
        for (path, _, options), result in zip(loads, results):
            if result['answers'] == 0:
                raise Failed(f'{path}: not one answer')
            self.acknowledged += result['total'] if 'body' in options else 0
        return results

    def writer(self, *arguments):
        mode, *rest = arguments
        result = json.loads(self.run(self.program('writer'), mode, self.database, *map(str, rest)))
        self.acknowledged += result['total']
        return result

    def token(self, *arguments):
        return self.run(self.daemon_program, 'token', 'create', '--db', self.database, *arguments).split()[1]

    def verify(self):
        """How many events the chain holds."""
        return int(self.run(self.daemon_program, 'audit', 'verify', '--db', self.database).split()[0])


class Run:
    """A command under way."""

    def __init__(self, command):
        self.command = command
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def output(self):
        said, complained = self.process.communicate()
        if self.process.returncode != 0:
            raise Failed(f"{' '.join(self.command[:3])}: {complained.strip() or said.strip()}")
        return said


def outputs(runs):
    """Of all; none is left running when one fails."""
    try:
        return [run.output() for run in runs]
    finally:
        for run in runs:
            if run.process.poll() is None:
                run.process.kill()
                run.process.wait()


def load_options(once=False, **options):
    """--name value for each; a load with a body expects 201 unless it says otherwise."""
    if 'body' in options:
        options.setdefault('expect', 201)
    given = [text for name, value in options.items() for text in (f'--{name}', str(value))]
    return given + (['--once'] if once else [])


class Server:
    """A process that says its port on its first line."""

    def __init__(self, command, environment=None, log=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                                        env={**os.environ, **(environment or {})})
        line = self.process.stdout.readline()
        found = re.search(r'(\d+)\s*$', line)
        if not found:
            self.process.kill()
            self.process.wait()
            raise Failed(f'{command[0]} did not start')
        self.port = int(found.group(1))

    def memory(self):
        """Resident, in MB."""
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as status:
            return int(re.search(r'VmRSS:\s+(\d+)', status.read()).group(1)) / 1024

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.process.stdin.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        if kind is None and self.process.returncode not in (0, -signal.SIGTERM):
            raise Failed(f'{self.process.args[0]} ended with {self.process.returncode}')


def daemon(rig, *, batch=None, slow=False):
    settings = {**SETTINGS, **({'batch': batch} if batch else {})}
    name = rig.place(f'settings-{batch}.json')
    with open(name, 'w', encoding='ascii') as file:
        json.dump(settings, file)
    os.chmod(name, 0o600)
    environment = {}
    if slow:
        preload = os.path.abspath(rig.program('slow_sync.so'))
        environment = {'LD_PRELOAD': preload, 'BENCH_SYNC_DELAY_US': str(SLOW_SYNC_US)}
    with open(rig.place('daemon.log'), 'a', encoding='utf-8') as log:
        return Server([rig.daemon_program, 'serve', '--listen', '127.0.0.1:0', '--db', rig.database,
                       '--policies', 'policies', '--config', name], environment, log)


def hello(rig, size):
    return Server([rig.program('hello'), str(size)])
