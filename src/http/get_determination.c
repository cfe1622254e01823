/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/preview.h"

void get_determination(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	preview_determination(&call, exchange_param(exchange, "id"), outcome);
	exchange_outcome(exchange, outcome);
}
