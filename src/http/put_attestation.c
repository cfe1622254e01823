/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/attest.h"

static void settled(struct exchange *exchange);

static void put(struct exchange *exchange, const struct record_change *lost)
{
	const struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	struct record_change *record =
		attest_prepare(&call, exchange_param(exchange, "npi"), exchange_param(exchange, "id"), lost, outcome);
	if (record == NULL) {
		exchange_outcome(exchange, outcome);
	} else {
		exchange_commit(exchange, &record->change, settled);
	}
}

static void settled(struct exchange *exchange)
{
	struct record_change *record = (struct record_change *)exchange_change(exchange);
	const struct call call = endpoint_call(exchange);
	if (attest_lost(record)) {
		put(exchange, record);
		return;
	}
	record_settle(record, &call, NULL);
	exchange_outcome(exchange, &record->change.outcome);
}

void put_attestation(struct exchange *exchange)
{
	put(exchange, NULL);
}
