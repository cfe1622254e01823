/* SPDX-License-Identifier: Apache-2.0 */
/* What policy.json declares and no item speaks of. Lists are refused when they are loaded. */
#include "policy/lint.h"

#include <string.h>

/* Sentences and names, which use nothing. */
static bool prose(const char *member)
{
	static const char *const names[] = {"id",   "cite", "text",   "ask",  "unmet", "note",
					    "kind", "for",  "reason", "flag", "title"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], member) == 0) {
			return true;
		}
	}
	return false;
}

/* A word, or a path that begins with it. */
static bool speaks_of(const char *text, const char *name)
{
	const size_t length = strlen(name);
	return strncmp(text, name, length) == 0 && (text[length] == '\0' || (name[0] == '/' && text[length] == '/'));
}

static bool used_in(const struct json *node, const char *name, bool item)
{
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const char *member = json_name(one);
		if (item && member && prose(member)) {
			continue;
		}
		if (json_text(one) ? speaks_of(json_text(one), name) : used_in(one, name, false)) {
			return true;
		}
	}
	return false;
}

static bool used(const struct lint *lint, const char *name)
{
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		if (used_in(lint->policy->items[i]->json, name, true)) {
			return true;
		}
	}
	return used_in(json_member(lint->policy->manifest, "lists"), name, false) ||
	       used_in(json_member(lint->policy->manifest, "sensitivity"), name, false) ||
	       used_in(json_member(lint->policy->manifest, "verified_by_table"), name, false);
}

/* Does a judgment look there? */
static bool weighed(const struct lint *lint, const char *section)
{
	for (size_t i = 0; i < lint->policy->item_count; i++) {
		const struct json *evidence = json_member(lint->policy->items[i]->json, "evidence");
		if (evidence && used_in(evidence, section, false)) {
			return true;
		}
	}
	return false;
}

/* Nothing may ask for a paper, and licensed staff still look into it for a judgment. */
static bool read_by_people(const struct lint *lint, const struct json *document)
{
	for (const struct json *one = json_first(json_member(document, "sections")); one; one = json_next(one)) {
		if (json_text(one) && weighed(lint, json_text(one))) {
			return true;
		}
	}
	return false;
}

/* The list of what happened is the engine's own; "other" is for papers that nothing asks for, and a note says why else one is declared. */
static bool exempt(const char *member, const struct json *declared)
{
	const char *name = json_name(declared);
	return (strcmp(member, "documents") == 0 && (strcmp(name, "other") == 0 || json_member(declared, "note"))) ||
	       (strcmp(member, "facts") == 0 && strcmp(name, "occurrences") == 0) ||
	       (strcmp(member, "occurrences") == 0 && strcmp(name, "attestation") == 0);
}

void lint_unused(const struct lint *lint)
{
	static const struct {
		const char *member;
		const char *code;
		const char *path; /* before the name, as items write it */
	} parts[] = {
		{"documents", "unused_document", ""},
		{"sections", "unused_section", ""},
		{"facts", "unused_fact", "/facts/"},
		{"occurrences", "unused_occurrence", ""},
	};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const struct json *declared = json_member(lint->policy->manifest, parts[i].member);
		for (const struct json *one = json_first(declared); one; one = json_next(one)) {
			const char *name = json_name(one);
			if (!exempt(parts[i].member, one) && !read_by_people(lint, one) &&
			    !used(lint, arena_printf(lint->arena, "%s%s", parts[i].path, name))) {
				lint_file(lint, lint->warnings, "policy.json",
					  arena_printf(lint->arena, "/%s/%s", parts[i].member, name), parts[i].code,
					  "no item speaks of it");
			}
		}
	}
}
