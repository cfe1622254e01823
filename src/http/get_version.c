/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/operation.h"

void get_version(struct exchange *exchange)
{
	struct outcome *outcome = endpoint_outcome(exchange);
	operation_version(exchange_service(exchange), exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
