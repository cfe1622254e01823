/* SPDX-License-Identifier: Apache-2.0 */
#include "review/evidence.h"

#include "base/text.h"
#include "policy/vocabulary.h"

#include <string.h>

static const char *member(const struct json *node, const char *name)
{
	return json_text(json_member(node, name));
}

static bool has_document(const struct json *body, const char *id)
{
	for (const struct json *node = json_first(json_member(body, "documents")); node != NULL; node = json_next(node)) {
		const char *own = member(node, "id");
		if (own != NULL && strcmp(own, id) == 0) {
			return true;
		}
	}
	return false;
}

void evidence_check_document(const struct json *body, const char *id, const char *pointer, struct issues *issues)
{
	if (id != NULL && !has_document(body, id)) {
		issues_add(issues, pointer, "no_such_document", "Name a document by its `id`.",
			   "the request has no document of this id");
	}
}

static void check_section(const struct vocabulary *vocabulary, const char *name, const char *pointer, struct issues *issues)
{
	size_t place;
	if (name == NULL || vocabulary_section(vocabulary, name, &place)) {
		return;
	}
	const char **names = arena_array(issues->arena, vocabulary->section_count + 1, sizeof(*names));
	for (size_t i = 0; i < vocabulary->section_count; i++) {
		names[i] = vocabulary->sections[i].name;
	}
	const char *near = text_nearest(name, names, vocabulary->section_count);
	issues_add(issues, pointer, "unknown_word",
		   near != NULL ? arena_printf(issues->arena, "Did you mean \"%s\"?", near)
				: "The requirements list the sections that the policy declares.",
		   "the policy declares no such section");
}

static bool has_page(const struct json *node)
{
	int64_t page;
	const struct json *value = json_member(node, "page");
	return value != NULL && json_integer(value, &page);
}

/* A page is one of a document; what names neither place nor sight is no evidence. */
static void check_place(const struct amendment *amendment, const struct json *node, const char *pointer, struct issues *issues)
{
	struct arena *arena = issues->arena;
	const char *document = member(node, "document");
	const char *section = member(node, "section");
	evidence_check_document(amendment->papers.body, document, arena_printf(arena, "%s/document", pointer), issues);
	check_section(amendment->program->policy->vocabulary, section, arena_printf(arena, "%s/section", pointer), issues);
	if (has_page(node) && document == NULL) {
		issues_add(issues, arena_printf(arena, "%s/document", pointer), "missing_member", "Name the document.",
			   "a page is the page of a document");
	} else if (document == NULL && section == NULL && text_blank(member(node, "note"))) {
		issues_add(issues, pointer, "says_nothing", "Name a document or a section, or say what is seen.",
			   "this piece of evidence names nothing");
	}
}

bool evidence_check(const struct amendment *amendment, const struct json *list, const char *pointer, struct issues *issues)
{
	size_t index = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node), index++) {
		check_place(amendment, node, arena_printf(issues->arena, "%s/%zu", pointer, index), issues);
	}
	return index > 0;
}
