/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/find.h"

void put_finding(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	const char *id = exchange_param(exchange, "id");
	endpoint_commit(exchange, find_prepare(&call, id, exchange_param(exchange, "criterion"), outcome), outcome);
}
