/* SPDX-License-Identifier: Apache-2.0 */
#include "http/exchange.h"
#include "http/routes.h"

#include "base/json_write.h"
#include "base/text.h"

#include <string.h>

/* Where a problem's `type` leads: what it means and what to do. */
void get_problem(struct exchange *exchange)
{
	if (!exchange_query_allow(exchange, NULL, 0)) {
		return;
	}
	const char *code = exchange_param(exchange, "code");
	for (int i = ERR_NONE + 1; i < ERR_CODE_COUNT; i++) {
		if (strcmp(err_type((enum err_code)i), code) != 0) {
			continue;
		}
		struct text out;
		struct json_writer writer;
		text_init(&out, exchange_arena(exchange), 512);
		json_writer_init(&writer, &out);
		json_open_object(&writer);
		json_member_text(&writer, "type", arena_printf(exchange_arena(exchange), "/problems/%s", code));
		json_member_integer(&writer, "status", err_http_status((enum err_code)i));
		json_member_text(&writer, "title", err_title((enum err_code)i));
		json_member_text(&writer, "help", err_help((enum err_code)i));
		json_close_object(&writer);
		exchange_reply(exchange, 200, "application/json", out.data, out.length);
		return;
	}
	struct err err = {0};
	(void)err_set(&err, ERR_NOT_FOUND, "no such problem");
	exchange_problem(exchange, &err, NULL);
}
