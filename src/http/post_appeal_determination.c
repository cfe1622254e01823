/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/appeal_decide.h"
#include "review/appeal_view.h"

static void answer(struct exchange *exchange, struct outcome *outcome)
{
	appeal_answer(service_policies(exchange_service(exchange)), exchange_param(exchange, "id"), exchange_arena(exchange),
		      outcome);
	exchange_outcome(exchange, outcome);
}

static void settled(struct exchange *exchange)
{
	struct record_change *record = (struct record_change *)exchange_change(exchange);
	struct call call = endpoint_call(exchange);
	record_settle(record, &call, NULL);
	answer(exchange, &record->change.outcome);
}

void post_appeal_determination(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	struct record_change *record = appeal_decide_prepare(&call, exchange_param(exchange, "id"), outcome);
	if (record == NULL) {
		answer(exchange, outcome);
	} else {
		exchange_commit(exchange, &record->change, settled);
	}
}
