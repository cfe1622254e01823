/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/occur.h"

void post_occurrences(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	endpoint_commit(exchange, occur_prepare(&call, exchange_param(exchange, "id"), outcome), outcome);
}
