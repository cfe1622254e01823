# SPDX-License-Identifier: Apache-2.0
"""What is stored before anything is measured: a stock of requests, each like one that the daemon stored itself."""
import datetime
import json
import re
import types

import rig as rigs
from rig import Failed, Rig, daemon

REVIEW_CASE = 'policies/trillium-isa/2019-03-06/cases/bases/pdts.json'
REVIEW_CASE_DAY = datetime.date(2026, 3, 2)
KINDS = 5  # one open request in so many is in review, the others wait for a certificate of need


def today():
    return datetime.datetime.now(datetime.timezone.utc).date()


def write_bodies(rig):
    """
    Two requests as a client sends them, with days counted from today so that they are the same cases on any day: one
    that waits for its certificate of need, and one that is complete and in review.
    """
    with open('tests/bench/request.json', encoding='utf-8') as file:
        text = json.dumps(json.load(file), separators=(',', ':'))
    submitted = re.sub(r'@([+-]\d+)', lambda day: (today() + datetime.timedelta(int(day.group(1)))).isoformat(), text)

    with open(REVIEW_CASE, encoding='utf-8') as file:
        case = json.load(file)
    case['submitter_reference'] = 'BENCH-##########'
    case['member']['id'] = 'OR??????????'
    moved = today() - REVIEW_CASE_DAY
    reviewed = re.sub(r'\d{4}-\d\d-\d\d', lambda day: (datetime.date.fromisoformat(day.group()) + moved).isoformat(),
                      json.dumps(case, separators=(',', ':')))
    return write(rig, 'body.json', submitted), write(rig, 'reviewed.json', reviewed)


def write(rig, name, text):
    with open(rig.place(name), 'w', encoding='utf-8') as file:
        file.write(text)
    return rig.place(name)


def create(build, work, count, opened):
    """COUNT requests, OPENED of them open: where they are, the tokens and the bodies that all loads use."""
    rig = Rig(build, work)
    stock = types.SimpleNamespace(rig=rig, count=count, opened=opened)
    stock.staff = rig.token('--role', 'reviewer', '--payer', 'trillium', '--credential', 'qmhp_bhcc')
    stock.provider = rig.token('--role', 'provider', '--organization', 'bench')
    stock.body, stock.reviewed_body = write_bodies(rig)
    with daemon(rig) as server:
        stock.submitted = store_one(stock, server, stock.body, 'pending_con')
        stock.reviewed = store_one(stock, server, stock.reviewed_body, 'in_review')
        closed = store_one(stock, server, stock.body, 'pending_con')
        reason = write(rig, 'withdrawal.json', '{"reason":"not_needed"}')
        rig.load(server.port, f'/v1/requests/{closed["id"]}/withdrawal', count=1, token=stock.provider, body=reason,
                 etag='"v1"', expect=200)
    likes = [stock.reviewed['id']] + [stock.submitted['id']] * (KINDS - 1)
    rig.writer('seed', count, opened, rig.place('ids'), closed['id'], *likes)
    return stock


def store_one(stock, server, body, status):
    answer = stock.rig.place('answer.json')
    stock.rig.load(server.port, '/v1/requests', count=1, token=stock.provider, body=body, answer=answer)
    with open(answer, encoding='utf-8') as file:
        stored = json.load(file)
    if stored['status'] != status:
        raise Failed(f'the request of {body} is {stored["status"]}, not {status}')
    return stored
