/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/decisions.h"

void get_decisions(struct exchange *exchange)
{
	static const char *const names[] = {"outcome",      "disposition", "payer", "service",    "review", "reviewer",
					    "decided_from", "decided_to",  "late",  "superseded", "limit",  "cursor"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, sizeof(names) / sizeof(names[0]))) {
		return;
	}
	const struct decision_filters filters = {
		.outcome = exchange_query(exchange, "outcome"),
		.disposition = exchange_query(exchange, "disposition"),
		.payer = exchange_query(exchange, "payer"),
		.service = exchange_query(exchange, "service"),
		.review = exchange_query(exchange, "review"),
		.reviewer = exchange_query(exchange, "reviewer"),
		.decided_from = exchange_query(exchange, "decided_from"),
		.decided_to = exchange_query(exchange, "decided_to"),
		.late = exchange_query(exchange, "late"),
		.superseded = exchange_query(exchange, "superseded"),
		.limit = exchange_query(exchange, "limit"),
		.cursor = exchange_query(exchange, "cursor"),
	};
	bool csv = exchange_prefers(exchange, "text/csv");
	decisions_list(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange), &filters, csv,
		       exchange_arena(exchange), outcome);
	exchange_set_header(exchange, "Vary", "Accept");
	if (!csv || outcome->failed) {
		exchange_outcome(exchange, outcome);
		return;
	}
	if (outcome->notice != NULL) {
		exchange_set_header(exchange, "X-Sensitivity-Notice", outcome->notice);
	}
	if (outcome->next != NULL) {
		exchange_set_header(exchange, "Link",
				    arena_printf(exchange_arena(exchange), "<%s>; rel=\"next\"", outcome->next));
	}
	exchange_reply(exchange, 200, "text/csv; charset=utf-8", outcome->body, outcome->length);
}
