/* SPDX-License-Identifier: Apache-2.0 */
#include "http/exchange.h"
#include "http/routes.h"

void get_openapi(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	const struct embedded_file *file = embedded_find(exchange_service(exchange)->contract, "openapi.yaml");
	exchange_reply(exchange, 200, "application/yaml", file->bytes, file->length);
}
