/* SPDX-License-Identifier: Apache-2.0 */
/* What endpoints may ask of an exchange. */
#include "http/exchange.h"

#include "http/state.h"

#include <string.h>

struct arena *exchange_arena(struct exchange *exchange)
{
	return exchange->arena;
}

struct service *exchange_service(struct exchange *exchange)
{
	return exchange->server->service;
}

struct store_reader *exchange_reader(struct exchange *exchange)
{
	struct err err;
	return worker_reader(exchange->worker, exchange->server, &err);
}

const struct principal *exchange_principal(struct exchange *exchange)
{
	return exchange->principal;
}

struct instant exchange_now(struct exchange *exchange)
{
	return exchange->now;
}

const char *exchange_param(struct exchange *exchange, const char *name)
{
	const struct route_match *match = &exchange->match;
	const size_t length = strlen(name);
	for (size_t i = 0; i < match->param_count; i++) {
		if (strncmp(match->params[i].name, name, length) == 0 && match->params[i].name[length] == '}') {
			return match->params[i].value;
		}
	}
	return NULL;
}

const char *exchange_header(struct exchange *exchange, const char *name)
{
	return head_field(&exchange->head, name);
}

const char *exchange_body(struct exchange *exchange, size_t *ret_length)
{
	*ret_length = exchange->body_length;
	return exchange->body != NULL ? exchange->body : "";
}

void exchange_refuse(struct exchange *exchange, const struct err *err)
{
	if (!exchange->refused) {
		exchange->refused = true;
		exchange->refusal = *err;
	}
}
