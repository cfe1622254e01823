/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/check.h"

#include "base/text.h"

#include <string.h>

const struct check_kind check_kinds[] = {
	{"all", compile_all},
	{"any", compile_any},
	{"not", compile_not},
	{"at_least", compile_at_least},
	{"item", compile_item},
	{"present", compile_present},
	{"is", compile_is},
	{"one_of", compile_one_of},
	{"equals", compile_equals},
	{"count_at_least", compile_count_at_least},
	{"each_has", compile_each_has},
	{"document", compile_document},
	{"sections", compile_sections},
	{"section_is", compile_section_is},
	{"signed", compile_signed},
	{"took_part", compile_took_part},
	{"refers", compile_refers_to},
	{"age_below", compile_age_below},
	{"age_at_least", compile_age_at_least},
	{"aged_at", compile_aged_at},
	{"service_dates", compile_service_dates},
	{"days", compile_days},
	{"within", compile_within},
	{"not_after", compile_not_after},
	{"not_older", compile_not_older},
	{"received", compile_received},
	{"admitted", compile_admitted},
	{"discharged", compile_discharged},
	{"table", compile_table},
	{"event", compile_event},
	{"verified", compile_verified},
	{NULL, NULL},
};

enum { CHECK_KINDS = sizeof(check_kinds) / sizeof(check_kinds[0]) - 1 };

static void complain_unknown(struct compiler *compiler, const struct spot *spot, const char *name)
{
	const char *names[CHECK_KINDS];
	for (size_t i = 0; i < CHECK_KINDS; i++) {
		names[i] = check_kinds[i].name;
	}
	const char *near = text_nearest(name, names, CHECK_KINDS);
	spot_issue(compiler->issues, spot, "unknown_check",
		   near ? "there is no check \"%s\"; did you mean \"%s\"?" : "there is no check \"%s\"%s", name,
		   near ? near : "");
}

const struct check *check_compile(struct compiler *compiler, const struct json *node, const struct spot *spot)
{
	if (json_kind(node) != JSON_OBJECT || json_count(node) != 1) {
		spot_issue(compiler->issues, spot, "wrong_type", "a check is an object with exactly one member, its name");
		return NULL;
	}
	const struct json *arguments = json_first(node);
	const struct spot here = spot_member(spot, json_name(arguments));
	for (const struct check_kind *kind = check_kinds; kind->name; kind++) {
		if (strcmp(kind->name, json_name(arguments)) == 0) {
			/* cppcheck-suppress returnDanglingLifetime ; a compiled check keeps no spot */
			return kind->compile(compiler, arguments, &here);
		}
	}
	complain_unknown(compiler, &here, json_name(arguments));
	return NULL;
}

enum answer check_evaluate(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	return check ? check->evaluate(check, evaluator, trace) : ANSWER_MET;
}
