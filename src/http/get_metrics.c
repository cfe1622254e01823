/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "http/exchange.h"
#include "http/metrics.h"
#include "http/routes.h"
#include "review/operation.h"

void get_metrics(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	struct text out;
	text_init(&out, exchange_arena(exchange), 16384);
	http_metrics_write(exchange, &out);
	operation_metrics(exchange_service(exchange), &out);
	exchange_reply(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", out.data, out.length);
}
