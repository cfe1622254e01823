# SPDX-License-Identifier: Apache-2.0
"""Everything at once: providers submit, staff read worklists and requests, reviewers determine."""
import json

from rig import daemon
from stock import write

SUBMITTING, LISTING, READING, DETERMINING = 64, 16, 16, 4
PREPARED_PER_SECOND = 800  # determinations; if there are too few, their rate is that of the time until none was left
LISTS = ('/v1/requests?limit=50', '/v1/requests?limit=50&task=certify', '/v1/requests?limit=50&service=PDTS')
DETERMINATION = {'outcome': 'approved', 'rationale': 'As the findings show.', 'documents_reviewed': ['d1']}


def measure_round(stock, series, seconds):
    """One daemon: requests are brought to where only the determination is missing; then all kinds at once."""
    rig, staff = stock.rig, stock.staff
    lists = write(rig, 'lists', '\n'.join(LISTS))
    with daemon(rig) as server:
        determinations = prepare(stock, server, int((seconds + 0.5) * PREPARED_PER_SECOND))
        body = write(rig, 'determination.json', json.dumps(DETERMINATION))
        kinds = {
            'submit': ('/v1/requests', SUBMITTING, {'token': stock.provider, 'body': stock.body}),
            'worklist': ('@' + lists, LISTING, {'token': staff}),
            'by id': ('@' + rig.place('ids'), READING, {'token': staff}),
            'determine': ('@' + determinations, DETERMINING,
                          {'token': staff, 'body': body, 'etag': '"v2"', 'expect': 200, 'once': True}),
        }
        loads = [(path, connections, {**options, 'seconds': seconds}) for path, connections, options in kinds.values()]
        for (name, (_, connections, _)), result in zip(kinds.items(), rig.loads(server.port, loads)):
            series.add(('mixed', name, connections), result)


def prepare(stock, server, count):
    """COUNT requests in review of which every open criterion is answered; the paths of their determinations."""
    rig = stock.rig
    submitted = rig.place('submitted')
    rig.load(server.port, '/v1/requests', 64, count=count, token=stock.provider, body=stock.reviewed_body,
             places=submitted)
    findings = [{'criterion': finding['item'], 'answer': 'met', 'note': 'Seen in the papers.'}
                for finding in stock.reviewed['findings'] if finding['kind'] != 'gate' and finding['answer'] != 'met']
    body = write(rig, 'answers.json', json.dumps({'findings': findings}))
    rig.load(server.port, '@' + steps(rig, submitted, 'findings'), 64, count=10 * count, token=stock.staff, body=body,
             method='PUT', etag='"v1"', expect=200, once=True)
    return steps(rig, submitted, 'determination')


def steps(rig, places, resource):
    """A file of the paths of a resource of each request."""
    with open(places, encoding='ascii') as file:
        return write(rig, resource, ''.join(f'{line.strip()}/{resource}\n' for line in file))


def show(series):
    print(f'{"all at once, one daemon":28}{"conn":>5}{"per s":>8}{"p50 ms":>9}{"p99 ms":>9}{"spread":>8}')
    for key in series.results:
        if key[0] == 'mixed':
            print(f'{key[1]:28}{key[2]:5}{series.figures(key)}')
    print()
