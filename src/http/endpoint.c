/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"

struct call endpoint_call(struct exchange *exchange)
{
	struct call call = {
		.service = exchange_service(exchange),
		.policies = service_policies(exchange_service(exchange)),
		.reader = exchange_reader(exchange),
		.principal = exchange_principal(exchange),
		.now = exchange_now(exchange),
		.idempotency_key = exchange_header(exchange, "Idempotency-Key"),
		.if_match = exchange_header(exchange, "If-Match"),
		.arena = exchange_arena(exchange),
	};
	call.bytes = exchange_body(exchange, &call.length);
	return call;
}

struct outcome *endpoint_outcome(struct exchange *exchange)
{
	struct outcome *outcome = arena_alloc(exchange_arena(exchange), sizeof(*outcome));
	outcome_init(outcome, exchange_arena(exchange));
	return outcome;
}

static void settled(struct exchange *exchange)
{
	struct record_change *record = (struct record_change *)exchange_change(exchange);
	struct call call = endpoint_call(exchange);
	record_settle(record, &call, record->location_base);
	exchange_outcome(exchange, &record->change.outcome);
}

void endpoint_commit(struct exchange *exchange, struct record_change *record, const struct outcome *outcome)
{
	if (record == NULL) {
		exchange_outcome(exchange, outcome);
	} else {
		exchange_commit(exchange, &record->change, settled);
	}
}
