# SPDX-License-Identifier: Apache-2.0
"""What the bench starts and stops: the daemon, the bare server, the load generator, the bare writer."""
import datetime
import json
import os
import re
import signal
import subprocess
import time

# Everybody comes from one address and stays: the two limits against that are off, everything else is as shipped.
SETTINGS = {'log_level': 'warning', 'limits': {'connections_per_address': 0, 'keepalive_requests': 1000000}}
SLOW_SYNC_US = 1000


class Failed(Exception):
    """A measurement that must not be counted."""


class Rig:
    def __init__(self, build, work):
        self.build = build
        self.work = work
        self.daemon_program = os.path.join(build, 'src/cli/authreviewd')
        self.database = os.path.join(work, 'bench.db')
        self.acknowledged = 0  # requests the service or the store has said are stored

    def program(self, name):
        return os.path.join(self.build, 'tests/bench', name)

    def place(self, name):
        return os.path.join(self.work, name)

    def run(self, *command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"{' '.join(command[:3])}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def load(self, port, path, connections=1, *, seconds=None, count=None, token=None, body=None, answer=None):
        command = [self.program('load'), '--port', str(port), '--connections', str(connections)]
        command += ['--seconds', str(seconds)] if seconds else ['--count', str(count)]
        command += ['--token', token] if token else []
        command += ['--body', body, '--expect', '201'] if body else []
        command += ['--answer', answer] if answer else []
        result = json.loads(self.run(*command, path))
        if result['total'] == 0:
            raise Failed(f'{path}: not one answer')
        self.acknowledged += result['total'] if body else 0
        return result

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


def write_body(rig):
    """The request as a client sends it, with days counted from today so that it is the same case on any day."""
    today = datetime.date.today()

    def day(match):
        return (today + datetime.timedelta(days=int(match.group(1)))).isoformat()

    with open('tests/bench/request.json', encoding='utf-8') as file:
        body = json.dumps(json.load(file), separators=(',', ':'))
    name = rig.place('body.json')
    with open(name, 'w', encoding='utf-8') as file:
        file.write(re.sub(r'@([+-]\d+)', day, body))
    return name


def seconds_of(rig, *command, times=15):
    """Median time of a command."""
    took = []
    for _ in range(times):
        start = time.monotonic()
        rig.run(*command)
        took.append(time.monotonic() - start)
    return sorted(took)[times // 2]
