/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/care_start.h"

void post_service_records(struct exchange *exchange)
{
	struct call call = endpoint_call(exchange);
	struct outcome *outcome = endpoint_outcome(exchange);
	endpoint_commit(exchange, care_prepare(&call, outcome), outcome);
}
