/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/operation.h"

void get_readyz(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	struct outcome *outcome = endpoint_outcome(exchange);
	bool ready = operation_ready(exchange_service(exchange), exchange_now(exchange), exchange_arena(exchange), outcome);
	exchange_reply(exchange, ready ? 200 : 503, "application/json", outcome->body, outcome->length);
}
