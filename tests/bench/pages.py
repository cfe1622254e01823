# SPDX-License-Identifier: Apache-2.0
"""What the first page of a worklist costs when the same few are open and ever more are stored."""
import contextlib

from rig import daemon

ROUNDS = 5
PAGES = 500  # read in each round, one after another
LISTS = {
    'staff': ('/v1/requests?limit=50', 'staff'),
    'staff, one task': ('/v1/requests?limit=50&task=review', 'staff'),
    'provider': ('/v1/requests?limit=50', 'provider'),
    'provider, one task': ('/v1/requests?limit=50&task=review', 'provider'),
}
FLAT = 1.2


def measure(stocks, series):
    """In turns, so that all have the same weather."""
    with contextlib.ExitStack() as stack:
        servers = [(stock, stack.enter_context(daemon(stock.rig))) for stock in stocks]
        for _ in range(ROUNDS):
            for name, (path, who) in LISTS.items():
                for stock, server in servers:
                    token = getattr(stock, who)
                    series.add(('page', name, stock.count), stock.rig.load(server.port, path, count=PAGES, token=token))


def ratios(stocks, series):
    """Of each list, the dearest stock to the smallest."""
    costs = {name: [series.median(('page', name, stock.count), 'p50_us') for stock in stocks] for name in LISTS}
    return {name: max(cost) / cost[0] for name, cost in costs.items()}


def show(stocks, series):
    title = f'first page, {stocks[0].opened} open of'
    print(f'{title:28}' + ''.join(f'{stock.count:>13}' for stock in stocks) + f'{"ratio":>8}')
    for name, ratio in ratios(stocks, series).items():
        costs = [series.median(('page', name, stock.count), 'p50_us') for stock in stocks]
        print(f'{name:28}' + ''.join(f'{cost / 1000:10.3f} ms' for cost in costs) + f'{ratio:8.2f}')
    print()
