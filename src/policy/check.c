/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/check.h"

#include "base/text.h"

#include <string.h>

const struct check_kind check_kinds[] = {
	{"all", VOICE_PARTS, compile_all},
	{"any", VOICE_PARTS, compile_any},
	{"not", VOICE_NONE, compile_not},
	{"at_least", VOICE_PARTS, compile_at_least},
	{"item", VOICE_PARTS, compile_item},
	{"applies", VOICE_NONE, compile_applies},
	{"present", VOICE_OWN, compile_present},
	{"stated", VOICE_OWN, compile_stated},
	{"is", VOICE_OWN, compile_is},
	{"one_of", VOICE_OWN, compile_one_of},
	{"equals", VOICE_OWN, compile_equals},
	{"count_at_least", VOICE_OWN, compile_count_at_least},
	{"each_has", VOICE_OWN, compile_each_has},
	{"occurrences", VOICE_OWN, compile_occurrences},
	{"followed", VOICE_OWN, compile_followed},
	{"most", VOICE_OWN, compile_most},
	{"document", VOICE_OWN, compile_document},
	{"sections", VOICE_OWN, compile_sections},
	{"section_is", VOICE_OWN, compile_section_is},
	{"signed", VOICE_OWN, compile_signed},
	{"took_part", VOICE_OWN, compile_took_part},
	{"refers", VOICE_OWN, compile_refers_to},
	{"age_below", VOICE_OWN, compile_age_below},
	{"age_at_least", VOICE_OWN, compile_age_at_least},
	{"aged_at", VOICE_OWN, compile_aged_at},
	{"service_dates", VOICE_OWN, compile_service_dates},
	{"days", VOICE_DAYS, compile_days},
	{"whole", VOICE_OWN, compile_whole},
	{"hours_cover_units", VOICE_OWN, compile_hours_cover_units},
	{"within", VOICE_OWN, compile_within},
	{"not_after", VOICE_OWN, compile_not_after},
	{"not_older", VOICE_OWN, compile_not_older},
	{"in_order", VOICE_OWN, compile_in_order},
	{"received", VOICE_OWN, compile_received},
	{"day_between", VOICE_OWN, compile_day_between},
	{"admitted", VOICE_OWN, compile_admitted},
	{"discharged", VOICE_OWN, compile_discharged},
	{"table", VOICE_OWN, compile_table},
	{"event", VOICE_OWN, compile_event},
	{"verified", VOICE_OWN, compile_verified},
	{"contradicted", VOICE_OWN, compile_contradicted},
	{NULL, VOICE_OWN, NULL},
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

enum check_voice check_voice(const struct json *node)
{
	for (const struct check_kind *kind = check_kinds; kind->name; kind++) {
		if (strcmp(kind->name, json_name(json_first(node))) == 0) {
			return kind->voice;
		}
	}
	return VOICE_OWN;
}

const char *check_pointer(const struct check *check, struct arena *arena)
{
	const char *asterisk = strstr(check->subject, "/*");
	return asterisk ? arena_text(arena, check->subject, (size_t)(asterisk - check->subject)) : check->subject;
}

enum answer check_evaluate(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	return check ? check->evaluate(check, evaluator, trace) : ANSWER_MET;
}
