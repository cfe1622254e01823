/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/vocabulary.h"

#include "policy/occurrence.h"

#include <ctype.h>
#include <string.h>

const char *vocabulary_phrase(struct arena *arena, const char *title)
{
	char *phrase = arena_copy(arena, title);
	const unsigned char *bytes = (const unsigned char *)title;
	/* an abbreviation keeps its capitals */
	if (bytes[0] != '\0' && isupper(bytes[0]) && !isupper(bytes[1]) && !isdigit(bytes[1])) {
		phrase[0] = (char)tolower(bytes[0]);
	}
	return phrase;
}

static const char *with_article(struct arena *arena, const char *phrase)
{
	const bool vowel = phrase[0] != '\0' && strchr("aeioAEIO", phrase[0]) != NULL;
	return arena_printf(arena, "%s %s", vowel ? "an" : "a", phrase);
}

static struct term make_term(struct arena *arena, const char *name, const char *title, const struct json *sections)
{
	const char *phrase = vocabulary_phrase(arena, title);
	return (struct term){name, title, phrase, with_article(arena, phrase), sections};
}

static void load_sections(struct arena *arena, const struct json *manifest, struct vocabulary *vocabulary)
{
	const struct json *sections = json_member(manifest, "sections");
	struct term *terms = arena_array(arena, json_count(sections) + 1, sizeof(*terms));
	for (const struct json *one = json_first(sections); one; one = json_next(one)) {
		terms[vocabulary->section_count++] = make_term(arena, json_name(one), json_text(one), NULL);
	}
	vocabulary->sections = terms;
}

static void load_types(struct arena *arena, const struct json *manifest, const struct spot *spot, struct vocabulary *vocabulary,
		       struct issues *issues)
{
	const struct json *documents = json_member(manifest, "documents");
	const struct spot at_documents = spot_member(spot, "documents");
	struct term *terms = arena_array(arena, json_count(documents) + 1, sizeof(*terms));
	for (const struct json *one = json_first(documents); one; one = json_next(one)) {
		const struct json *sections = json_member(one, "sections");
		const struct spot at_type = spot_member(&at_documents, json_name(one));
		const struct spot at_list = spot_member(&at_type, "sections");
		size_t index = 0;
		for (const struct json *name = json_first(sections); name; name = json_next(name), index++) {
			size_t ignored;
			if (!vocabulary_section(vocabulary, json_text(name), &ignored)) {
				const struct spot here = spot_element(&at_list, index);
				spot_issue(issues, &here, "unknown_section", "section \"%s\" is not declared in sections",
					   json_text(name));
			}
		}
		terms[vocabulary->type_count++] =
			make_term(arena, json_name(one), json_text(json_member(one, "title")), sections);
	}
	vocabulary->types = terms;
}

static void load_lists(struct arena *arena, const struct json *manifest, struct vocabulary *vocabulary)
{
	const struct json *lists = json_member(manifest, "lists");
	struct word_list *all = arena_array(arena, json_count(lists) + 1, sizeof(*all));
	for (const struct json *one = json_first(lists); one; one = json_next(one)) {
		all[vocabulary->list_count++] = (struct word_list){json_name(one), one};
	}
	vocabulary->lists = all;
	vocabulary->lists_used = arena_array(arena, vocabulary->list_count + 1, sizeof(bool));
}

static const char *const *term_names(struct arena *arena, const struct term *terms, size_t count)
{
	const char **names = arena_array(arena, count + 1, sizeof(*names));
	for (size_t i = 0; i < count; i++) {
		names[i] = terms[i].name;
	}
	return names;
}

/* A service may have several rows: its name counts once. */
static void add_name(const char **names, size_t *count, const char *name)
{
	for (size_t i = 0; i < *count; i++) {
		if (strcmp(names[i], name) == 0) {
			return;
		}
	}
	names[(*count)++] = name;
}

static const char *const *service_names(struct arena *arena, const struct json *manifest, size_t *ret_count)
{
	const struct json *answers = json_member(manifest, "answers");
	const struct json *manual = json_member(manifest, "manual");
	size_t most = json_count(manual);
	for (const struct json *one = json_first(answers); one; one = json_next(one)) {
		most += 1 + json_count(json_member(one, "aliases"));
	}
	const char **names = arena_array(arena, most + 1, sizeof(*names));
	size_t count = 0;
	for (const struct json *one = json_first(answers); one; one = json_next(one)) {
		add_name(names, &count, json_text(json_member(one, "service")));
		const struct json *aliases = json_member(one, "aliases");
		for (const struct json *alias = json_first(aliases); alias; alias = json_next(alias)) {
			add_name(names, &count, json_text(alias));
		}
	}
	for (const struct json *one = json_first(manual); one; one = json_next(one)) {
		add_name(names, &count, json_text(json_member(one, "service")));
	}
	*ret_count = count;
	return names;
}

/* The facts as bodies and papers are held against them: the list of occurrences has spare places. */
static const struct json *facts_with_spare(struct arena *arena, const struct json *facts)
{
	static const char most[] = "/occurrences/maxItems";
	struct err err = {0};
	int64_t declared = 0;
	if (!json_integer(json_at(facts, most), &declared)) {
		return facts;
	}
	const char *text = arena_printf(arena, "%lld", (long long)declared + OCCURRENCES_SPARE);
	const struct json *more = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	const struct json *edited = more ? json_edit(arena, facts, most, more, &err) : NULL;
	return edited ? edited : facts;
}

static bool compile_shapes(struct arena *arena, const struct json *manifest, const struct spot *spot,
			   const struct vocabulary_context *context, struct vocabulary *vocabulary, struct issues *issues)
{
	struct shape_words *words = arena_array(arena, 4, sizeof(*words));
	size_t services;
	const char *const *names = service_names(arena, manifest, &services);
	words[0] = (struct shape_words){"document_types", term_names(arena, vocabulary->types, vocabulary->type_count),
					vocabulary->type_count};
	words[1] = (struct shape_words){"section_names", term_names(arena, vocabulary->sections, vocabulary->section_count),
					vocabulary->section_count};
	words[2] = (struct shape_words){"services", names, services};
	words[3] = (struct shape_words){"payers", context->payers, context->payer_count};
	struct shape_members *members = arena_alloc(arena, sizeof(*members));
	*members = (struct shape_members){"facts", facts_with_spare(arena, vocabulary->facts)};
	struct shape_declarations *declarations = arena_alloc(arena, sizeof(*declarations));
	*declarations = (struct shape_declarations){words, 4, members, vocabulary->facts ? 1 : 0};
	struct err err = {0};
	vocabulary->request =
		shape_compile(arena, context->request_schema, declarations, context->file, context->file_context, &err);
	if (vocabulary->request) {
		vocabulary->information = shape_compile(arena, context->information_schema, declarations, context->file,
							context->file_context, &err);
	}
	if (!vocabulary->request || !vocabulary->information) {
		const struct spot here = spot_member(spot, "facts");
		spot_issue(issues, &here, "bad_declaration", "%s", err.detail);
		return false;
	}
	return places_resolve(vocabulary->request, spot, issues, &vocabulary->places);
}

const struct vocabulary *vocabulary_load(struct arena *arena, const struct json *manifest, const struct spot *spot,
					 const struct vocabulary_context *context, struct issues *issues)
{
	struct vocabulary *vocabulary = arena_alloc(arena, sizeof(*vocabulary));
	load_sections(arena, manifest, vocabulary);
	load_types(arena, manifest, spot, vocabulary, issues);
	load_lists(arena, manifest, vocabulary);
	vocabulary->facts = json_member(manifest, "facts");
	vocabulary->payers = context->payers;
	vocabulary->payer_count = context->payer_count;
	vocabulary->request_schema = context->request_schema;
	vocabulary->words = json_member(manifest, "words");
	const bool good = compile_shapes(arena, manifest, spot, context, vocabulary, issues) &&
			  occurrences_load(arena, manifest, spot, issues, vocabulary);
	return good ? vocabulary : NULL;
}

static bool find_term(const struct term *terms, size_t count, const char *name, size_t *ret_place)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(terms[i].name, name) == 0) {
			*ret_place = i;
			return true;
		}
	}
	return false;
}

bool vocabulary_type(const struct vocabulary *vocabulary, const char *name, size_t *ret_place)
{
	return find_term(vocabulary->types, vocabulary->type_count, name, ret_place);
}

bool vocabulary_section(const struct vocabulary *vocabulary, const char *name, size_t *ret_place)
{
	return find_term(vocabulary->sections, vocabulary->section_count, name, ret_place);
}
