/* SPDX-License-Identifier: Apache-2.0 */
/* The checklist as one page to print. */
#include "wire/requirement.h"

#include "policy/requirement.h"
#include "policy/say.h"
#include "policy/vocabulary.h"
#include "wire/requirement_group.h"

#include <string.h>

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
	html_escaped(out, program->service);
	text_puts(out,
		  " checklist</title><style>body{font:12pt/1.45 serif;max-width:46em;margin:2em auto;padding:0 1em}"
		  "li{list-style:none;margin:.5em 0}.box{display:inline-block;width:.8em;height:.8em;"
		  "border:1px solid}.first{font-weight:bold}cite{color:#4a4a68;font-size:.85em}</style></head><body>\n<h1>");
	if (title != NULL) {
		html_escaped(out, title);
		text_puts(out, " (");
	}
	html_escaped(out, program->service);
	text_puts(out, title != NULL ? "): " : ": ");
	html_escaped(out, review_words(program->review));
	text_puts(out, "</h1>\n<p>");
	html_escaped(out, program->policy->title);
	text_puts(out, ", version ");
	html_escaped(out, program->policy->version);
	text_puts(out, ". ");
}

static void html_first(struct text *out, const struct program *program)
{
	size_t count;
	const char *const *first = requirement_first(program, out->arena, &count);
	for (size_t i = 0; i < count; i++) {
		text_puts(out, "<p class=\"first\">");
		html_escaped(out, first[i]);
		text_puts(out, "</p>\n");
	}
}

/* Words of the machine as people say them: the members of an occurrence by their titles, roles without underscores. */
static const char *words_of(const struct sayer *sayer, const struct item_words *words, bool members)
{
	struct say_list said = say_list(sayer->arena, words->count, members ? "and" : "or");
	for (size_t i = 0; i < words->count; i++) {
		say_add(&said,
			members ? say_member(sayer, occurrence_list, words->list[i]) : say_plain(sayer->arena, words->list[i]));
	}
	return say_end(&said);
}

static void html_kind(struct text *out, const struct program *program, const struct occurrence_kind *kind)
{
	const struct sayer sayer = {.arena = out->arena, .policy = program->policy, .plain = true};
	text_puts(out, "<li>");
	html_escaped(out, kind->title);
	text_puts(out, kind->timed ? ", with its time" : "");
	text_puts(out, program->needs_approval && kind->needs_approval ? "<br><small>Not before the approval.</small>" : "");
	text_puts(out, "<br><small>Recorded by: ");
	html_escaped(out, words_of(&sayer, &kind->by, false));
	if (kind->needs.count > 0) {
		text_puts(out, "<br>Always with: ");
		html_escaped(out, words_of(&sayer, &kind->needs, true));
	}
	text_puts(out, "</small></li>\n");
}

static void html_kinds(struct text *out, const struct program *program)
{
	size_t count;
	const struct occurrence_kind *const *kinds = requirement_kinds(program, out->arena, &count);
	text_puts(out, count > 0 ? "<h2>What is recorded as it happens, each with its day</h2>\n<ul>\n" : "");
	for (size_t i = 0; i < count; i++) {
		html_kind(out, program, kinds[i]);
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
	for (size_t g = 0; g < REQUIREMENT_GROUPS; g++) {
		const struct requirement_group group = requirement_group(program, g);
		html_group(out, program, &group, requirements, count);
	}
	html_kinds(out, program);
	text_puts(out, "</body></html>\n");
}
