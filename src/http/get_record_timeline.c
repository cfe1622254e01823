/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/read.h"

void get_record_timeline(struct exchange *exchange)
{
	static const char *const names[] = {"after", "limit"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, 2)) {
		return;
	}
	const struct event_query query = {exchange_query(exchange, "after"), exchange_query(exchange, "limit")};
	read_record_timeline(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange),
			     exchange_param(exchange, "id"), &query, exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
