/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/inform.h"

void post_information(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	endpoint_commit(exchange, inform_prepare(&call, exchange_param(exchange, "id"), outcome), outcome);
}
