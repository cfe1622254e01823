/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/plan_facts.h"

void post_plan_facts(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	endpoint_commit(exchange, plan_facts_prepare(&call, exchange_param(exchange, "id"), outcome), outcome);
}
