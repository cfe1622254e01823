/* SPDX-License-Identifier: Apache-2.0 */
#include "review/determination_facts.h"

#include "base/text.h"
#include "review/plan.h"
#include "wire/judgment_words.h"

#include <ctype.h>
#include <string.h>

enum { BRIEF_SPANS = 8, BRIEF_SAY = 1000 };

static bool day_member(const struct json *node, const char *name, struct civil_date *ret_day)
{
	const char *text = json_text(json_member(node, name));
	return text != NULL && civil_parse(text, ret_day);
}

/* A line without dates of its own has those of the period. */
static struct day_set line_days(struct arena *arena, const struct json *line, const struct json *period)
{
	struct day_span span;
	bool start = day_member(line, "start", &span.from) || day_member(period, "start", &span.from);
	bool end = day_member(line, "end", &span.to) || day_member(period, "end", &span.to);
	return start && end ? days_of(arena, &span, 1) : (struct day_set){NULL, 0};
}

static void read_lines(const struct json *body, struct determination_facts *facts)
{
	const struct json *lines = json_member(body, "lines");
	const struct json *period = json_member(body, "service_period");
	facts->lines = arena_array(facts->arena, json_count(lines) + 1, sizeof(*facts->lines));
	for (const struct json *node = json_first(lines); node != NULL; node = json_next(node)) {
		const struct json *units = json_member(node, "units");
		struct asked_line *line = &facts->lines[facts->line_count];
		*line = (struct asked_line){
			.line = facts->line_count++,
			.code = json_text(json_member(node, "code")),
			.key = facts_code_key(facts->arena, json_text(json_member(node, "code"))),
			.unit = json_text(json_member(node, "unit")),
			.units = units != NULL && json_kind(units) == JSON_NUMBER ? json_number(units) : -1,
			.days = line_days(facts->arena, node, period),
		};
		line->daily = line->unit != NULL && strcmp(line->unit, "day") == 0;
		facts->asked = days_union(facts->arena, facts->asked, line->days);
	}
}

/* What stops a return does not stop an approval: staff have looked. */
static bool set_aside(const struct json *plan, const struct item *item)
{
	for (const struct json *node = json_first(json_member(plan, "set_aside")); item->reason != NULL && node != NULL;
	     node = json_next(node)) {
		const char *reason = json_text(json_member(node, "reason"));
		if (reason != NULL && strcmp(reason, item->reason) == 0) {
			return true;
		}
	}
	return false;
}

/* The licensed answer as the plan's part has it, which a correction changes beside the answer that stood; else as that has it. */
static const char *licensed_answer(const struct json *plan, const struct item *item, const struct json *finding)
{
	for (const struct json *node = json_first(json_member(plan, "answers")); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "criterion")), item->id) == 0) {
			return json_text(json_member(node, "answer"));
		}
	}
	return json_text(json_at(finding, "/licensed/answer"));
}

static void read_found(const struct json *before, struct determination_facts *facts)
{
	const struct json *findings = json_member(before, "findings");
	facts->found = arena_array(facts->arena, json_count(findings) + 1, sizeof(*facts->found));
	for (const struct json *node = json_first(findings); node != NULL; node = json_next(node)) {
		const struct item *item = program_item_find(facts->program, json_text(json_member(node, "item")));
		if (item == NULL || item->kind == KIND_GATE) {
			continue; /* the status and the certificate say what a gate means */
		}
		const char *licensed = licensed_answer(facts->plan, item, node);
		facts->found[facts->found_count++] = (struct found){
			.item = item,
			.answer = licensed != NULL ? licensed : json_text(json_member(node, "answer")),
			.say = judgment_say_again(facts->arena, json_text(json_member(node, "say")), licensed),
			.licensed = licensed != NULL,
			.settled = licensed == NULL && set_aside(facts->plan, item),
		};
	}
}

static struct day_set read_days(struct arena *arena, const struct json *list)
{
	struct day_span *spans = arena_array(arena, json_count(list) + 1, sizeof(*spans));
	size_t count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		if (day_member(node, "from", &spans[count].from) && day_member(node, "to", &spans[count].to)) {
			count++;
		}
	}
	return days_of(arena, spans, count);
}

static void read_barred(const struct json *before, struct determination_facts *facts)
{
	const struct json *flags = json_member(before, "flags");
	facts->barred = arena_array(facts->arena, json_count(flags) + 1, sizeof(*facts->barred));
	for (const struct json *node = json_first(flags); node != NULL; node = json_next(node)) {
		const struct item *item = program_item_find(facts->program, json_text(json_member(node, "item")));
		struct day_set days = days_both(facts->arena, read_days(facts->arena, json_member(node, "days")), facts->asked);
		if (item == NULL || item->unapprovable == NULL || days_empty(days)) {
			continue;
		}
		facts->barred[facts->barred_count++] = (struct barred){item, json_text(json_member(node, "say")), days};
		facts->closed = days_union(facts->arena, facts->closed, days);
	}
}

void determination_facts(const struct amendment *amendment, struct determination_facts *ret_facts)
{
	*ret_facts = (struct determination_facts){
		.arena = amendment->call->arena,
		.program = amendment->program,
		.evaluation = &amendment->draft.evaluation,
		.plan = amendment->papers.plan,
		.documents = json_member(amendment->papers.body, "documents"),
		.now = amendment->call->now,
		.clocks = clock_list_read(amendment->call->arena, json_member(amendment->before, "clock"),
					  amendment->program->policy),
	};
	const struct json *body = amendment->draft.root;
	ret_facts->provider_named = !text_blank(json_text(json_at(body, "/servicing_provider/npi"))) ||
				    !text_blank(json_text(json_at(body, "/servicing_provider/name")));
	read_lines(body, ret_facts);
	read_found(amendment->before, ret_facts);
	read_barred(amendment->before, ret_facts);
}

const char *facts_code_key(struct arena *arena, const char *code)
{
	if (text_blank(code)) {
		return NULL;
	}
	code += strspn(code, " \t\r\n");
	char *key = arena_copy(arena, code);
	size_t length = strlen(key);
	while (isspace((unsigned char)key[length - 1]) != 0) {
		key[--length] = '\0';
	}
	for (size_t i = 0; i < length; i++) {
		key[i] = (char)toupper((unsigned char)key[i]);
	}
	return key;
}

bool facts_same_code(const struct asked_line *a, const struct asked_line *b)
{
	return a == b || (a->key != NULL && b->key != NULL && strcmp(a->key, b->key) == 0);
}

const struct found *facts_found(const struct determination_facts *facts, const char *id)
{
	for (size_t i = 0; i < facts->found_count; i++) {
		if (strcmp(facts->found[i].item->id, id) == 0) {
			return &facts->found[i];
		}
	}
	return NULL;
}

bool found_open(const struct found *found)
{
	return strcmp(found->answer, "met") != 0 && strcmp(found->answer, "not_met") != 0;
}

bool found_refused(const struct found *found)
{
	return found->licensed && strcmp(found->answer, "not_met") == 0;
}

const char *facts_certificate(const struct determination_facts *facts)
{
	return json_text(json_at(facts->plan, "/con/outcome"));
}

const char *days_brief(struct arena *arena, struct day_set days)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	if (days.count <= BRIEF_SPANS) {
		return days_text(arena, days);
	}
	return arena_printf(arena, "%lld days from %s to %s", (long long)days_count(days), civil_format(days_first(days), from),
			    civil_format(days_last(days), to));
}

const char *say_brief(const char *say, const struct item *item)
{
	return say != NULL && strlen(say) <= BRIEF_SAY ? say : item->text;
}

struct civil_date facts_day(const struct determination_facts *facts, struct instant at)
{
	return zone_date(facts->program->policy->zone, at);
}
