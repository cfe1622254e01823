/* SPDX-License-Identifier: Apache-2.0 */
#include "http/problem.h"

#include "base/json_write.h"
#include "http/state.h"

static void write_issues(struct json_writer *writer, const struct issues *issues)
{
	json_put_name(writer, "errors");
	json_open_array(writer);
	for (size_t i = 0; i < issues->count; i++) {
		const struct issue *issue = &issues->items[i];
		json_open_object(writer);
		json_member_text(writer, "pointer", issue->pointer);
		json_member_text(writer, "code", issue->code);
		json_member_text(writer, "detail", issue->detail);
		if (issue->fix != NULL) {
			json_member_text(writer, "fix", issue->fix);
		}
		json_close_object(writer);
	}
	json_close_array(writer);
	if (issues->omitted > 0) {
		json_member_integer(writer, "errors_omitted", (int64_t)issues->omitted);
	}
}

void problem_write(struct text *out, const struct err *err, const struct issues *issues, const char *request_id)
{
	struct json_writer writer;
	json_writer_init(&writer, out);
	json_open_object(&writer);
	/* A reference relative to this server, where GET /problems/{code} explains it. */
	json_member_text(&writer, "type", arena_printf(out->arena, "/problems/%s", err_type(err->code)));
	json_member_text(&writer, "title", err_title(err->code));
	json_member_integer(&writer, "status", err_http_status(err->code));
	json_member_text(&writer, "detail", err->detail);
	if (issues != NULL && issues_any(issues)) {
		write_issues(&writer, issues);
	}
	json_member_text(&writer, "request_id", request_id);
	json_close_object(&writer);
}

void exchange_problem(struct exchange *exchange, const struct err *err, const struct issues *issues)
{
	struct text body;
	text_init(&body, exchange->arena, 384);
	problem_write(&body, err, issues, exchange->request_id);
	const int status = err_http_status(err->code);
	if (status == 405 && exchange->match.allow != NULL) {
		exchange_set_header(exchange, "Allow", exchange->match.allow);
	}
	if (status == 503 || status == 429) {
		const unsigned after = exchange->retry_after > 0 ? exchange->retry_after : 1;
		exchange_set_header(exchange, "Retry-After", arena_printf(exchange->arena, "%u", after));
	}
	exchange_reply(exchange, status, "application/problem+json", body.data, body.length);
}
