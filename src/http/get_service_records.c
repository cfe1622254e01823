/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/service_records.h"

void get_service_records(struct exchange *exchange)
{
	static const char *const names[] = {"payer", "service", "provider_npi", "state", "limit", "cursor"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, sizeof(names) / sizeof(names[0]))) {
		return;
	}
	const struct service_record_filters filters = {
		.payer = exchange_query(exchange, "payer"),
		.service = exchange_query(exchange, "service"),
		.provider_npi = exchange_query(exchange, "provider_npi"),
		.state = exchange_query(exchange, "state"),
		.limit = exchange_query(exchange, "limit"),
		.cursor = exchange_query(exchange, "cursor"),
	};
	service_records_list(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange), &filters,
			     exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
