/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/appeal_view.h"

void get_appeal(struct exchange *exchange)
{
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	appeal_show(exchange_service(exchange), exchange_reader(exchange), exchange_principal(exchange),
		    exchange_param(exchange, "id"), exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
