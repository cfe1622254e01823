/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/requirement.h"

#include "policy/requirement.h"
#include "wire/cite.h"

/* The groups of a checklist, in the order in which a person meets them. */
static const struct group {
	enum item_kind kind;
	const char *name;
	const char *title;
} groups[] = {
	{KIND_ELIGIBILITY, "eligibility", "Whether this can be asked here"},
	{KIND_COMPLETENESS, "completeness", "Needed to be complete: without these a request may be returned after outreach"},
	{KIND_INFORMATION, "information", "Clinical papers we ask for: never a reason to return"},
	{KIND_ON_REQUEST, "on_request", "May be asked for later"},
	{KIND_GATE, "gate", "Must happen before a determination"},
	{KIND_CRITERION, "criterion", "Criteria"},
	{KIND_JUDGMENT, "judgment", "Answered by a licensed reviewer"},
	{KIND_LIMIT, "limit", "Limits of one authorization"},
	{KIND_CLOCK, "clock", "By when we determine"},
	{KIND_OUTREACH, "outreach", "How often we ask before a return"},
	{KIND_DETERMINATION, "determination", "What a determination needs"},
	{KIND_NOTICE, "notice", "Who is told what"},
	{KIND_APPEAL, "appeal", "Who may appeal"},
	{KIND_OBLIGATION, "obligation", "Duties that follow"},
};

enum { GROUP_COUNT = sizeof(groups) / sizeof(groups[0]) };

_Static_assert((int)GROUP_COUNT == (int)KIND_COUNT, "every kind of item has its place in a checklist");

static void write_item(struct json_writer *writer, const struct requirement *requirement)
{
	const struct item *item = requirement->item;
	json_open_object(writer);
	json_member_text(writer, "item", item->id);
	json_member_text(writer, "text", requirement->text);
	json_member_text(writer, "ask", requirement->ask);
	json_member_text(writer, "earliest", requirement->earliest);
	json_member_text(writer, "owner", item->owner);
	json_member_text(writer, "basis", item->basis);
	json_member_text(writer, "note", item->note);
	json_member_tree(writer, "check", json_member(item->json, "check"));
	json_member_tree(writer, "when", json_member(item->json, "when"));
	cite_write(writer, item);
	json_close_object(writer);
}

/* The words that a request may use: what a portal needs to render a form and to fill its lists. */
static void write_vocabulary(struct json_writer *writer, const struct policy *policy)
{
	static const char *const members[] = {"documents", "sections", "facts", "lists", "words"};
	json_put_name(writer, "vocabulary");
	json_open_object(writer);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		json_put_name(writer, members[i]);
		json_put_tree(writer, json_member(policy->manifest, members[i]));
	}
	json_close_object(writer);
}

void requirements_write(struct json_writer *writer, const struct program *program, struct civil_date as_of)
{
	char day[CIVIL_TEXT_SIZE];
	size_t count;
	const struct requirement *requirements = requirements_of(program, as_of, writer->out->arena, &count);
	json_open_object(writer);
	json_member_text(writer, "payer", program->policy->payer);
	json_member_text(writer, "service", program->service);
	json_member_text(writer, "review", program->review);
	json_member_text(writer, "policy", program->policy->id);
	json_member_text(writer, "version", program->policy->version);
	json_member_text(writer, "title", program->policy->title);
	json_member_text(writer, "as_of", civil_format(as_of, day));
	json_member_text(writer, "manual_route", program->route);
	write_vocabulary(writer, program->policy);
	json_put_name(writer, "groups");
	json_open_array(writer);
	for (size_t g = 0; g < GROUP_COUNT; g++) {
		json_open_object(writer);
		json_member_text(writer, "kind", groups[g].name);
		json_member_text(writer, "title", groups[g].title);
		json_put_name(writer, "items");
		json_open_array(writer);
		for (size_t i = 0; i < count; i++) {
			if (requirements[i].item->kind == groups[g].kind) {
				write_item(writer, &requirements[i]);
			}
		}
		json_close_array(writer);
		json_close_object(writer);
	}
	json_close_array(writer);
	json_close_object(writer);
}

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

static void html_item(struct text *out, const struct requirement *requirement)
{
	const struct item *item = requirement->item;
	text_puts(out, "<li><span class=\"box\" aria-hidden=\"true\"></span> ");
	put_escaped(out, requirement->text);
	if (requirement->ask != NULL) {
		text_puts(out, "<br><small>");
		put_escaped(out, requirement->ask);
		text_puts(out, "</small>");
	}
	text_puts(out, " <cite>");
	for (size_t i = 0; i < item->cite_count; i++) {
		text_puts(out, i > 0 ? ", " : "");
		put_escaped(out, item->cite[i]);
	}
	text_puts(out, "</cite></li>\n");
}

static size_t group_size(const struct program *program, enum item_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < program->item_count; i++) {
		count += program->items[i]->kind == kind;
	}
	return count;
}

static void html_head(struct text *out, const struct program *program)
{
	text_puts(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
	put_escaped(out, program->service);
	text_puts(out, " checklist</title><style>body{font:12pt/1.45 serif;max-width:46em;margin:2em auto;padding:0 1em}"
		       "li{list-style:none;margin:.5em 0}.box{display:inline-block;width:.8em;height:.8em;"
		       "border:1px solid}cite{color:#4a4a68;font-size:.85em}</style></head><body>\n<h1>");
	put_escaped(out, program->service);
	text_puts(out, ", ");
	put_escaped(out, program->review);
	text_puts(out, " review</h1>\n<p>");
	put_escaped(out, program->policy->title);
	text_puts(out, ", version ");
	put_escaped(out, program->policy->version);
	text_puts(out, ". ");
}

void requirements_write_html(struct text *out, const struct program *program, struct civil_date as_of)
{
	char day[CIVIL_TEXT_SIZE];
	size_t count;
	const struct requirement *requirements = requirements_of(program, as_of, out->arena, &count);
	html_head(out, program);
	text_printf(out, "Dates count back from a request received on %s.</p>\n", civil_format(as_of, day));
	for (size_t g = 0; g < GROUP_COUNT; g++) {
		if (group_size(program, groups[g].kind) == 0) {
			continue;
		}
		text_printf(out, "<h2>%s</h2>\n<ul>\n", groups[g].title);
		for (size_t i = 0; i < count; i++) {
			if (requirements[i].item->kind == groups[g].kind) {
				html_item(out, &requirements[i]);
			}
		}
		text_puts(out, "</ul>\n");
	}
	text_puts(out, "</body></html>\n");
}
