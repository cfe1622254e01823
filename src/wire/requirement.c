/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/requirement.h"

#include "policy/phrase.h"
#include "policy/requirement.h"
#include "wire/cite.h"
#include "wire/requirement_group.h"

#include <string.h>

/* The groups of a checklist: first what to send, then what is made of it; where nothing is decided some are called otherwise. */
static const struct {
	enum item_kind kind;
	bool flags;
	const char *name;
	const char *title;
	const char *of_record; /* NULL: as of what is decided */
} groups[] = {
	{KIND_INFORMATION, false, "information", "Papers and facts we ask for: never a reason to return",
	 "What the record should say"},
	{KIND_COMPLETENESS, false, "completeness",
	 "Needed to be complete: without these a request may be returned after outreach", NULL},
	{KIND_ELIGIBILITY, false, "eligibility", "Whether this can be asked here",
	 "What is watched: whatever is not so is told"},
	{KIND_CRITERION, false, "criterion", "Criteria", "Criteria: what is not so is seen by a licensed reviewer"},
	{KIND_JUDGMENT, false, "judgment", "Answered by a licensed reviewer", NULL},
	{KIND_ELIGIBILITY, true, "flag", "What a reviewer is told of", NULL},
	{KIND_ON_REQUEST, false, "on_request", "May be asked for later", NULL},
	{KIND_LIMIT, false, "limit", "Limits of one authorization", NULL},
	{KIND_GATE, false, "gate", "Must happen before a determination", NULL},
	{KIND_CLOCK, false, "clock", "By when we determine", NULL},
	{KIND_OUTREACH, false, "outreach", "How often we ask before a return", NULL},
	{KIND_DETERMINATION, false, "determination", "What a determination needs", NULL},
	{KIND_NOTICE, false, "notice", "Who is told what", NULL},
	{KIND_APPEAL, false, "appeal", "Who may appeal", NULL},
	{KIND_OBLIGATION, false, "obligation", "Duties that follow", "Duties, each with its own clock"},
};

_Static_assert(sizeof(groups) / sizeof(groups[0]) == REQUIREMENT_GROUPS, "every kind of item has its place in a checklist");

/* Whether something that is missing may send a request back. */
static bool returns(const struct program *program)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_COMPLETENESS && program->items[i]->then == THEN_RETURN) {
			return true;
		}
	}
	return false;
}

struct requirement_group requirement_group(const struct program *program, size_t index)
{
	const char *title = program->recorded ? groups[index].of_record : NULL;
	if (groups[index].kind == KIND_OBLIGATION && strcmp(program->review, "standing") == 0) {
		title = "What a provider attests";
	}
	if (groups[index].kind == KIND_COMPLETENESS && !returns(program)) {
		title = "Needed to be complete: a request waits for these";
	}
	return (struct requirement_group){groups[index].kind, groups[index].flags, groups[index].name,
					  title ? title : groups[index].title};
}

bool requirement_group_holds(const struct requirement_group *group, const struct program *program, const struct item *item)
{
	const bool flag = item->kind == KIND_ELIGIBILITY && item->then == THEN_FLAG && !program->recorded;
	return item->kind == group->kind && flag == group->flags;
}

/* What has to be met before the item is listed. */
static void write_after(struct json_writer *writer, const struct item *after)
{
	json_put_name(writer, "after");
	if (after == NULL) {
		json_put_null(writer);
		return;
	}
	json_open_object(writer);
	json_member_text(writer, "item", after->id);
	json_member_text(writer, "text", phrase_earliest(writer->out->arena, after->text, NULL));
	json_close_object(writer);
}

static void write_item(struct json_writer *writer, const struct requirement *requirement)
{
	const struct item *item = requirement->item;
	json_open_object(writer);
	json_member_text(writer, "item", item->id);
	json_member_text(writer, "text", requirement->text);
	json_member_text(writer, "ask", requirement->ask);
	json_member_text(writer, "earliest", requirement->earliest);
	json_member_text(writer, "applies", requirement->applies);
	write_after(writer, item->after);
	json_member_text(writer, "follows", requirement->follows);
	json_member_text(writer, "clock", requirement->clock);
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
		const struct json *said = json_member(policy->manifest, members[i]);
		json_put_name(writer, members[i]);
		if (said != NULL) {
			json_put_tree(writer, said);
		} else {
			json_open_object(writer);
			json_close_object(writer);
		}
	}
	json_close_object(writer);
}

static void write_first(struct json_writer *writer, const struct program *program)
{
	size_t count;
	const char *const *first = requirement_first(program, writer->out->arena, &count);
	json_put_name(writer, "first");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_put_text(writer, first[i]);
	}
	json_close_array(writer);
}

static void write_words(struct json_writer *writer, const char *name, const struct item_words *words)
{
	json_put_name(writer, name);
	json_open_array(writer);
	for (size_t i = 0; i < words->count; i++) {
		json_put_text(writer, words->list[i]);
	}
	json_close_array(writer);
}

/* What may be recorded as it happens, with what, and by whom. */
static void write_kinds(struct json_writer *writer, const struct program *program)
{
	size_t count;
	const struct occurrence_kind *const *kinds = requirement_kinds(program, writer->out->arena, &count);
	json_put_name(writer, "occurrences");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_open_object(writer);
		json_member_text(writer, "kind", kinds[i]->name);
		json_member_text(writer, "title", kinds[i]->title);
		json_member_boolean(writer, "timed", kinds[i]->timed);
		json_member_boolean(writer, "needs_approval", program->needs_approval && kinds[i]->needs_approval);
		write_words(writer, "needs", &kinds[i]->needs);
		write_words(writer, "by", &kinds[i]->by);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_group(struct json_writer *writer, const struct program *program, const struct requirement_group *group,
			const struct requirement *requirements, size_t count)
{
	json_open_object(writer);
	json_member_text(writer, "kind", group->name);
	json_member_text(writer, "title", group->title);
	json_put_name(writer, "items");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		if (requirement_group_holds(group, program, requirements[i].item)) {
			write_item(writer, &requirements[i]);
		}
	}
	json_close_array(writer);
	json_close_object(writer);
}

static void write_head(struct json_writer *writer, const struct program *program, struct civil_date as_of)
{
	char day[CIVIL_TEXT_SIZE];
	json_member_text(writer, "payer", program->policy->payer);
	json_member_text(writer, "service", program->service);
	json_member_text(writer, "service_title", requirement_service(program));
	json_member_text(writer, "review", program->review);
	json_member_text(writer, "policy", program->policy->id);
	json_member_text(writer, "version", program->policy->version);
	json_member_text(writer, "title", program->policy->title);
	json_member_text(writer, "as_of", civil_format(as_of, day));
	json_member_boolean(writer, "recorded", program->recorded);
	json_member_text(writer, "manual_route", program->route);
}

void requirements_write(struct json_writer *writer, const struct program *program, struct civil_date as_of)
{
	size_t count;
	const struct requirement *requirements = requirements_of(program, as_of, writer->out->arena, &count);
	json_open_object(writer);
	write_head(writer, program, as_of);
	write_first(writer, program);
	write_vocabulary(writer, program->policy);
	write_kinds(writer, program);
	json_put_name(writer, "groups");
	json_open_array(writer);
	for (size_t g = 0; g < REQUIREMENT_GROUPS; g++) {
		const struct requirement_group group = requirement_group(program, g);
		write_group(writer, program, &group, requirements, count);
	}
	json_close_array(writer);
	json_close_object(writer);
}
