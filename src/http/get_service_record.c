/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/read.h"

void get_service_record(struct exchange *exchange)
{
	static const char *const names[] = {"as_of"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, 1)) {
		return;
	}
	read_record(exchange_reader(exchange), exchange_principal(exchange), exchange_param(exchange, "id"),
		    exchange_query(exchange, "as_of"), exchange_arena(exchange), outcome);
	exchange_outcome(exchange, outcome);
}
