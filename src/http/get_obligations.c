/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/obligations.h"

void get_obligations(struct exchange *exchange)
{
	static const char *const names[] = {"due_before", "payer", "service", "state", "provider_npi", "limit", "cursor"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, sizeof(names) / sizeof(names[0]))) {
		return;
	}
	const struct obligation_filters filters = {
		.due_before = exchange_query(exchange, "due_before"),
		.payer = exchange_query(exchange, "payer"),
		.service = exchange_query(exchange, "service"),
		.state = exchange_query(exchange, "state"),
		.provider_npi = exchange_query(exchange, "provider_npi"),
		.limit = exchange_query(exchange, "limit"),
		.cursor = exchange_query(exchange, "cursor"),
	};
	obligations_list(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange), &filters,
			 exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
