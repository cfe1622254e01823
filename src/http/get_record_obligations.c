/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/obligations.h"

void get_record_obligations(struct exchange *exchange)
{
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	obligations_of(exchange_reader(exchange), exchange_principal(exchange), exchange_param(exchange, "id"),
		       exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
