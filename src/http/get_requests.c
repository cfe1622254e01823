/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/worklist.h"

void get_requests(struct exchange *exchange)
{
	static const char *const names[] = {"status",     "service",    "payer",           "review",
					    "waiting_on", "due_before", "tracking_number", "submitter_reference",
					    "task",       "limit",      "cursor"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, sizeof(names) / sizeof(names[0]))) {
		return;
	}
	const struct worklist_filters filters = {
		.status = exchange_query(exchange, "status"),
		.service = exchange_query(exchange, "service"),
		.payer = exchange_query(exchange, "payer"),
		.review = exchange_query(exchange, "review"),
		.waiting_on = exchange_query(exchange, "waiting_on"),
		.task = exchange_query(exchange, "task"),
		.due_before = exchange_query(exchange, "due_before"),
		.tracking_number = exchange_query(exchange, "tracking_number"),
		.submitter_reference = exchange_query(exchange, "submitter_reference"),
		.limit = exchange_query(exchange, "limit"),
		.cursor = exchange_query(exchange, "cursor"),
	};
	worklist_list(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange), &filters,
		      exchange_now(exchange), exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
