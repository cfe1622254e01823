/* SPDX-License-Identifier: Apache-2.0 */
#include "http/endpoint.h"
#include "http/routes.h"
#include "review/catalog.h"

void get_requirements(struct exchange *exchange)
{
	static const char *const names[] = {"payer", "service", "review", "as_of"};
	struct outcome *outcome = endpoint_outcome(exchange);
	if (!exchange_query_allow(exchange, names, 4)) {
		return;
	}
	const struct requirement_query query = {exchange_query(exchange, "payer"), exchange_query(exchange, "service"),
						exchange_query(exchange, "review"), exchange_query(exchange, "as_of")};
	bool html = exchange_prefers(exchange, "text/html");
	catalog_requirements(exchange_service(exchange), &query, html, exchange_now(exchange), exchange_arena(exchange),
			     outcome);
	exchange_set_header(exchange, "Vary", "Accept");
	if (html && !outcome->failed) {
		exchange_reply(exchange, 200, "text/html; charset=utf-8", outcome->body, outcome->length);
	} else {
		exchange_outcome(exchange, outcome);
	}
}
