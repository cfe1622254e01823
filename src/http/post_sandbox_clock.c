/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/sandbox.h"

void post_sandbox_clock(struct exchange *exchange)
{
	struct outcome *outcome = endpoint_outcome(exchange);
	size_t length = 0;
	const char *body = exchange_body(exchange, &length);
	sandbox_move_clock(exchange_service(exchange), body, length, exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
