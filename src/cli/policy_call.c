/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/policy_call.h"

#include "cli/command.h"

#include <stdarg.h>
#include <stdio.h>

enum { ANSWER_FIRST = 1024 };

static void write_issues(struct json_writer *writer, const struct issues *issues)
{
	json_open_array(writer);
	for (size_t i = 0; i < issues->count; i++) {
		const struct issue *issue = &issues->items[i];
		json_open_object(writer);
		json_member_text(writer, "place", issue->pointer);
		json_member_text(writer, "code", issue->code);
		json_member_text(writer, "detail", issue->detail);
		json_member_text(writer, "fix", issue->fix);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void policy_call_issues(struct policy_call *call, const char *member, const struct issues *issues)
{
	if (call->json) {
		json_put_name(&call->writer, member);
		write_issues(&call->writer, issues);
		return;
	}
	for (size_t i = 0; i < issues->count; i++) {
		(void)printf("%s: %s\n", issues->items[i].pointer, issues->items[i].detail);
		if (issues->items[i].fix != NULL) {
			(void)printf("    %s\n", issues->items[i].fix);
		}
	}
	if (issues->omitted > 0) {
		(void)printf("and %zu more\n", issues->omitted);
	}
}

void policy_call_identity(struct policy_call *call, const struct policy *policy)
{
	json_member_text(&call->writer, "policy", policy->id);
	json_member_text(&call->writer, "version", policy->version);
	json_member_boolean(&call->writer, "draft", policy->draft);
}

void policy_call_print(struct policy_call *call)
{
	(void)puts(call->out.data);
}

int policy_call_refuse(struct policy_call *call, const struct issues *issues, const char *detail)
{
	if (call->json) {
		/* whatever the answer began with is none */
		text_init(&call->out, call->arena, ANSWER_FIRST);
		json_writer_init(&call->writer, &call->out);
		json_open_object(&call->writer);
		json_member_boolean(&call->writer, "good", false);
		json_member_text(&call->writer, "error", detail);
		policy_call_issues(call, "problems", issues);
		json_close_object(&call->writer);
		policy_call_print(call);
		return EXIT_FAILED;
	}
	policy_call_issues(call, "problems", issues);
	(void)fprintf(stderr, "authreviewd: %s\n", detail);
	return EXIT_FAILED;
}

int policy_call_fail(struct policy_call *call, const char *format, ...)
{
	struct issues none;
	issues_init(&none, call->arena);
	va_list arguments;
	va_start(arguments, format);
	const char *detail = arena_vprintf(call->arena, format, arguments);
	va_end(arguments);
	return policy_call_refuse(call, &none, detail);
}

struct policy_set *policy_call_load(struct policy_call *call, const char *directory)
{
	struct issues issues;
	issues_init(&issues, call->arena);
	struct policy_set *set = policy_set_load(directory, NULL, embedded_json, call->schemas, &issues);
	if (set != NULL && policy_set_count(set) > 0) {
		return set;
	}
	const char *why = set == NULL ? "the policies cannot be used" : "there is no policy";
	(void)policy_call_refuse(call, &issues, arena_printf(call->arena, "%s: %s", directory, why));
	policy_set_destroy(set);
	return NULL;
}
