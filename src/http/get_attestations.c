/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/attestations.h"

void get_attestations(struct exchange *exchange)
{
	static const char *const names[] = {"payer", "service"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, 2)) {
		return;
	}
	const struct call call = endpoint_call(exchange);
	attestations_read(&call, exchange_param(exchange, "npi"), exchange_query(exchange, "payer"),
			  exchange_query(exchange, "service"), outcome);
	exchange_outcome(exchange, outcome);
}
