/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/catalog.h"

void get_policy_version(struct exchange *exchange)
{
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	catalog_policy_version(exchange_service(exchange), exchange_param(exchange, "id"), exchange_param(exchange, "version"),
			       exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
