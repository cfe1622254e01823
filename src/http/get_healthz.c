/* SPDX-License-Identifier: Apache-2.0 */
#include "http/exchange.h"
#include "http/routes.h"

/* The process answers: nothing more is claimed. */
void get_healthz(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	static const char body[] = "{\"status\":\"ok\"}";
	exchange_reply(exchange, 200, "application/json", body, sizeof(body) - 1);
}
