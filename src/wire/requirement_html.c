/* SPDX-License-Identifier: Apache-2.0 */
/* The checklist as one page to print. */
#include "policy/requirement.h"
#include "wire/requirement.h"
#include "wire/requirement_group.h"

#include <string.h>

static void put_escaped(struct text *out, const char *string)
{
	for (const char *at = string; *at != '\0'; at++) {
		switch (*at) {
		case '&': text_puts(out, "&amp;"); break;
		case '<': text_puts(out, "&lt;"); break;
		case '>': text_puts(out, "&gt;"); break;
		case '"': text_puts(out, "&quot;"); break;
		default: text_add(out, at, 1);
		}
	}
}

static void html_small(struct text *out, const char *before, const char *said)
{
	if (said != NULL) {
		text_printf(out, "<br><small>%s", before);
		put_escaped(out, said);
		text_puts(out, "</small>");
	}
}

/* What follows is said where it differs from item to item; else the title of the group says it. */
static const char *follows_of(const struct requirement *requirement, const struct program *program)
{
	enum item_kind kind = requirement->item->kind;
	bool differs = (kind == KIND_ELIGIBILITY && !program->recorded) || kind == KIND_JUDGMENT || kind == KIND_NOTICE ||
		       kind == KIND_APPEAL;
	return differs ? requirement->follows : NULL;
}

/* The owner as people say it: the policy's own word, else without its underscores. */
static const char *owner_words(const struct requirement *requirement, const struct policy *policy, struct arena *arena)
{
	const char *owner = requirement->item->owner;
	const char *said = json_text(json_member(json_member(policy->manifest, "words"), owner));
	char *plain = arena_copy(arena, said != NULL ? said : owner);
	for (char *at = plain; *at != '\0'; at++) {
		*at = *at == '_' ? ' ' : *at;
	}
	return plain;
}

static void html_cites(struct text *out, const struct item *item)
{
	text_puts(out, " <cite>");
	for (size_t i = 0; i < item->cite_count; i++) {
		text_puts(out, i > 0 ? ", " : "");
		put_escaped(out, item->cite[i]);
	}
	text_puts(out, "</cite>");
}

/* What does not stand in the source says so. */
static const char *basis_words(const char *basis)
{
	if (strcmp(basis, "default") == 0) {
		return "A default: the source does not say it.";
	}
	return strcmp(basis, "overlay") == 0 ? "The law, on top of the policy." : NULL;
}

/* What every item of a group says alike is said once, below its title. */
struct shared {
	const char *follows;
	const char *clock;
	const char *owner; /* of duties */
};

static const char *owed_by(const struct requirement *requirement, const struct program *program, struct arena *arena)
{
	return requirement->item->kind == KIND_OBLIGATION ? owner_words(requirement, program->policy, arena) : NULL;
}

static const char *alike(const char *shared, const char *said, bool first)
{
	return said != NULL && (first || (shared != NULL && strcmp(shared, said) == 0)) ? said : NULL;
}

static void html_item(struct text *out, const struct requirement *requirement, const struct program *program,
		      const struct shared *shared)
{
	bool condition = requirement->item->kind == KIND_ELIGIBILITY;
	text_puts(out, "<li><span class=\"box\" aria-hidden=\"true\"></span> ");
	put_escaped(out, requirement->text);
	html_cites(out, requirement->item);
	if (shared->follows == NULL && condition) {
		html_small(out, "If not: ", follows_of(requirement, program));
	}
	if (requirement->item->kind == KIND_CLOCK) {
		html_small(out, "Where ", requirement->applies);
	}
	html_small(out, "", requirement->ask);
	if (shared->clock == NULL) {
		html_small(out, "", requirement->clock);
	}
	if (shared->owner == NULL) {
		html_small(out, "Owed by: ", owed_by(requirement, program, out->arena));
	}
	if (shared->follows == NULL && !condition) {
		html_small(out, "", follows_of(requirement, program));
	}
	html_small(out, "", basis_words(requirement->item->basis));
	html_small(out, "Read so: ", requirement->item->note);
	text_puts(out, "</li>\n");
}

static void html_shared(struct text *out, const char *before, const char *said)
{
	if (said != NULL) {
		text_printf(out, "<p>%s", before);
		put_escaped(out, said);
		text_puts(out, "</p>\n");
	}
}

static void html_group(struct text *out, const struct program *program, const struct requirement_group *group,
		       const struct requirement *requirements, size_t count)
{
	struct shared shared = {NULL, NULL, NULL};
	bool first = true;
	for (size_t i = 0; i < count; i++) {
		if (requirements[i].item->kind == group->kind) {
			shared.follows = alike(shared.follows, follows_of(&requirements[i], program), first);
			shared.clock = alike(shared.clock, requirements[i].clock, first);
			shared.owner = alike(shared.owner, owed_by(&requirements[i], program, out->arena), first);
			first = false;
		}
	}
	if (first) {
		return;
	}
	text_printf(out, "<h2>%s</h2>\n", group->title);
	html_shared(out, group->kind == KIND_ELIGIBILITY ? "If not: " : "", shared.follows);
	html_shared(out, "", shared.clock);
	html_shared(out, "Owed by: ", shared.owner);
	text_puts(out, "<ul>\n");
	for (size_t i = 0; i < count; i++) {
		if (requirements[i].item->kind == group->kind) {
			html_item(out, &requirements[i], program, &shared);
		}
	}
	text_puts(out, "</ul>\n");
}

/* What a review is called on paper. */
static const char *review_words(const char *review)
{
	static const struct {
		const char *review;
		const char *words;
	} rows[] = {
		{"initial", "first request (initial review)"}, {"concurrent", "more of the same care (concurrent review)"},
		{"continued_stay", "continued stay"},          {"discharge", "discharge"},
		{"care", "running care (service record)"},     {"standing", "what a provider attests"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].review, review) == 0) {
			return rows[i].words;
		}
	}
	return review;
}

static void html_head(struct text *out, const struct program *program)
{
	const char *title = requirement_service(program);
	text_puts(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
	put_escaped(out, program->service);
	text_puts(out,
		  " checklist</title><style>body{font:12pt/1.45 serif;max-width:46em;margin:2em auto;padding:0 1em}"
		  "li{list-style:none;margin:.5em 0}.box{display:inline-block;width:.8em;height:.8em;"
		  "border:1px solid}.first{font-weight:bold}cite{color:#4a4a68;font-size:.85em}</style></head><body>\n<h1>");
	if (title != NULL) {
		put_escaped(out, title);
		text_puts(out, " (");
	}
	put_escaped(out, program->service);
	text_puts(out, title != NULL ? "): " : ": ");
	put_escaped(out, review_words(program->review));
	text_puts(out, "</h1>\n<p>");
	put_escaped(out, program->policy->title);
	text_puts(out, ", version ");
	put_escaped(out, program->policy->version);
	text_puts(out, ". ");
}

static void html_first(struct text *out, const struct program *program)
{
	size_t count;
	const char *const *first = requirement_first(program, out->arena, &count);
	for (size_t i = 0; i < count; i++) {
		text_puts(out, "<p class=\"first\">");
		put_escaped(out, first[i]);
		text_puts(out, "</p>\n");
	}
}

static void html_words(struct text *out, const struct item_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		text_printf(out, "%s%s", i > 0 ? ", " : "", words->list[i]);
	}
}

static void html_kinds(struct text *out, const struct program *program)
{
	size_t count;
	const struct occurrence_kind *const *kinds = requirement_kinds(program, out->arena, &count);
	text_puts(out, count > 0 ? "<h2>What is recorded as it happens, each with its day</h2>\n<ul>\n" : "");
	for (size_t i = 0; i < count; i++) {
		text_puts(out, "<li>");
		put_escaped(out, kinds[i]->title);
		text_printf(out, " (%s)%s<br><small>Recorded by: ", kinds[i]->name, kinds[i]->timed ? ", with its time" : "");
		text_puts(out, program->needs_approval && kinds[i]->needs_approval ? "Not before the approval. " : "");
		html_words(out, &kinds[i]->by);
		text_puts(out, kinds[i]->needs.count > 0 ? "<br>Always with: " : "");
		html_words(out, &kinds[i]->needs);
		text_puts(out, "</small></li>\n");
	}
	text_puts(out, count > 0 ? "</ul>\n" : "");
}

static bool has_window(const struct requirement *requirements, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (requirements[i].earliest != NULL) {
			return true;
		}
	}
	return false;
}

void requirements_write_html(struct text *out, const struct program *program, struct civil_date as_of)
{
	char day[CIVIL_TEXT_SIZE];
	size_t count;
	const struct requirement *requirements = requirements_of(program, as_of, out->arena, &count);
	html_head(out, program);
	text_printf(out,
		    has_window(requirements, count) ? "Dates count back from a request received on %s.</p>\n"
						    : "As it stands on %s.</p>\n",
		    civil_format(as_of, day));
	html_first(out, program);
	for (size_t g = 0; g < KIND_COUNT; g++) {
		const struct requirement_group group = requirement_group(program, g);
		html_group(out, program, &group, requirements, count);
	}
	html_kinds(out, program);
	text_puts(out, "</body></html>\n");
}
