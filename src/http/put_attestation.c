/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/attest.h"

void put_attestation(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	const char *npi = exchange_param(exchange, "npi");
	endpoint_commit(exchange, attest_prepare(&call, npi, exchange_param(exchange, "id"), outcome), outcome);
}
