/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/lint.h"

#include <stdarg.h>
#include <string.h>

bool lint_asks(const struct program *program, const struct item *item)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i] == item) {
			return true;
		}
	}
	return false;
}

bool lint_meet(const struct policy *policy, const struct item *a, const struct item *b)
{
	for (size_t i = 0; i < policy->program_count; i++) {
		if (lint_asks(&policy->programs[i], a) && lint_asks(&policy->programs[i], b)) {
			return true;
		}
	}
	return false;
}

static void add(struct issues *issues, const char *place, const char *code, const char *format, va_list arguments)
{
	issues_add(issues, place, code, NULL, "%s", arena_vprintf(issues->arena, format, arguments));
}

void lint_item(const struct lint *lint, struct issues *issues, const struct item *item, const char *member, const char *code,
	       const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	add(issues, arena_printf(lint->arena, "%s%s", lint->places[item->index], member), code, format, arguments);
	va_end(arguments);
}

void lint_file(const struct lint *lint, struct issues *issues, const char *file, const char *member, const char *code,
	       const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	add(issues, arena_printf(lint->arena, "%s/%s/%s#%s", lint->policy->id, lint->policy->version, file, member), code,
	    format, arguments);
	va_end(arguments);
}

/* The items of the files come first, in their order; those of overlays have no file of the version. */
static const char *const *find_places(const struct policy *policy, struct arena *arena)
{
	const char **places = arena_array(arena, policy->item_count + 1, sizeof(*places));
	struct err err = {0};
	const struct json *files = json_parse(arena, policy->text, policy->text_length, &json_limits_file, &err);
	size_t next = 0;
	for (const struct json *name = json_first(json_member(policy->manifest, "items")); name; name = json_next(name)) {
		const struct json *items = json_member(json_member(files, json_text(name)), "items");
		size_t index = 0;
		for (const struct json *one = json_first(items); one && next < policy->item_count; one = json_next(one)) {
			places[next++] = arena_printf(arena, "%s/%s/%s#/items/%zu", policy->id, policy->version,
						      json_text(name), index++);
		}
	}
	for (; next < policy->item_count; next++) {
		const struct item *item = policy->items[next];
		places[next] = arena_printf(arena, "overlays/%s.json#%s", item->document, item->id);
	}
	return places;
}

void policy_lint(const struct policy *policy, struct arena *arena, struct issues *errors, struct issues *warnings)
{
	const struct lint lint = {policy, arena, errors, warnings, find_places(policy, arena)};
	lint_reach(&lint);
	lint_shadow(&lint);
	lint_unused(&lint);
	lint_numbers(&lint);
	lint_clocks(&lint);
	lint_words(&lint);
}
