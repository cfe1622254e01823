/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/operation.h"

void get_version(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	struct outcome *outcome = endpoint_outcome(exchange);
	operation_version(exchange_service(exchange), exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
