/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/worklist.h"

void post_requests_search(struct exchange *exchange)
{
	struct outcome *outcome = endpoint_outcome(exchange);
	size_t length = 0;
	const char *body = exchange_body(exchange, &length);
	worklist_search(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange), body, length,
			exchange_now(exchange), exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
