/* SPDX-License-Identifier: Apache-2.0 */
#include "http/exchange.h"
#include "http/routes.h"

void get_schema(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	const struct embedded_file *file = embedded_find(exchange_service(exchange)->schemas, exchange_param(exchange, "file"));
	if (file == NULL) {
		struct err err = {0};
		(void)err_set(&err, ERR_NOT_FOUND, "no such schema");
		exchange_problem(exchange, &err, NULL);
		return;
	}
	exchange_reply(exchange, 200, "application/schema+json", file->bytes, file->length);
}
