/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/case_judge.h"

#include "policy/case_care.h"
#include "policy/clocks.h"
#include "policy/table.h"

#include <stdarg.h>
#include <string.h>

enum { WORDS_MAX = 64, DIFFERENCES_FIRST = 16 };

void differences_init(struct differences *differences, struct arena *arena)
{
	*differences = (struct differences){.arena = arena};
}

void difference(struct differences *differences, const char *format, ...)
{
	if (differences->count == differences->capacity) {
		const size_t capacity = differences->capacity ? differences->capacity * 2 : DIFFERENCES_FIRST;
		const char **lines = arena_array(differences->arena, capacity, sizeof(*lines));
		if (differences->count > 0) {
			memcpy(lines, differences->lines, differences->count * sizeof(*lines));
		}
		differences->lines = lines;
		differences->capacity = capacity;
	}
	va_list arguments;
	va_start(arguments, format);
	differences->lines[differences->count++] = arena_vprintf(differences->arena, format, arguments);
	va_end(arguments);
}

/* What a step tells besides the body; a step that says nothing keeps what stood. */
struct told {
	unsigned verified;
	struct recorded_event events[WORDS_MAX];
	size_t event_count;
	const char *asked[WORDS_MAX];
	size_t asked_count;
};

static unsigned read_facts(const struct json *list)
{
	static const char *const names[] = {"eligibility", "participation", "other_insurance", "line_of_business"};
	unsigned facts = 0;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			facts |= strcmp(names[i], json_text(one)) == 0 ? 1U << i : 0;
		}
	}
	return facts;
}

static size_t read_words(const struct json *list, const char *words[WORDS_MAX])
{
	size_t count = 0;
	for (const struct json *one = json_first(list); one && count < WORDS_MAX; one = json_next(one)) {
		words[count++] = json_text(one);
	}
	return count;
}

/* Names of what was recorded NOW, or {"name": "instant"} of what was recorded then. */
static size_t read_events(const struct json *list, struct instant now, struct recorded_event events[WORDS_MAX],
			  const char *name, struct differences *differences)
{
	size_t count = 0;
	for (const struct json *one = json_first(list); one && count < WORDS_MAX; one = json_next(one)) {
		const bool dated = json_kind(list) == JSON_OBJECT;
		struct recorded_event *event = &events[count++];
		*event = (struct recorded_event){dated ? json_name(one) : json_text(one), now};
		if (dated && !instant_parse(json_text(one), &event->at)) {
			difference(differences, "%sevents: %s is at no instant", name, event->name);
		}
	}
	return count;
}

static void read_told(const struct json *step, struct instant now, const char *name, struct told *told,
		      struct differences *differences)
{
	const struct json *verified = json_member(step, "verified");
	const struct json *events = json_member(step, "events");
	const struct json *asked = json_member(step, "asked");
	told->verified = verified ? read_facts(verified) : told->verified;
	told->event_count = events ? read_events(events, now, told->events, name, differences) : told->event_count;
	told->asked_count = asked ? read_words(asked, told->asked) : told->asked_count;
}

/* The set's tables, with the rows that the case brings. */
static const struct policy_tables *read_tables(const struct case_input *input, struct differences *differences)
{
	const struct json *given = json_member(input->test, "tables");
	const struct policy_tables *own = policy_set_tables(input->set);
	struct arena *arena = differences->arena;
	if (!given) {
		return own;
	}
	struct table *tables = arena_array(arena, own->count + 1, sizeof(*tables));
	if (own->count > 0) {
		memcpy(tables, own->tables, own->count * sizeof(*tables));
	}
	const struct table_list list = {tables, own->count};
	struct issues issues;
	issues_init(&issues, arena);
	for (const struct json *one = json_first(given); one; one = json_next(one)) {
		const struct spot spot = spot_file("tables");
		const struct spot here = spot_member(&spot, json_name(one));
		const int place = table_find(&list, json_name(one));
		if (place < 0) {
			difference(differences, "tables: there is no table %s", json_name(one));
		} else if (!table_rows(arena, &tables[place], one, &here, &issues, &tables[place])) {
			difference(differences, "tables: %s: %s", issues.items[0].pointer, issues.items[0].detail);
		}
	}
	struct policy_tables *all = arena_alloc(arena, sizeof(*all));
	*all = (struct policy_tables){tables, own->count};
	return all;
}

static const char *body_text(const struct json *body, const char *pointer)
{
	const char *text = json_text(json_at(body, pointer));
	return text ? text : "";
}

/*
 * A case is judged by the version beside which it lies: also where that is a draft, which nothing else would choose, and on a day on which
 * another version of the policy decides. Where none decides it is as ever.
 */
static enum policy_match match_case(const struct case_input *input, struct instant received_at,
				    const struct program **ret_program)
{
	const char *service = body_text(input->body, "/service");
	const char *review = body_text(input->body, "/review");
	const struct program *found = NULL;
	const struct program *own = NULL;
	const enum policy_match match =
		policy_set_match(input->set, body_text(input->body, "/payer"), service, review, received_at, &found);
	const bool decides = match == POLICY_ANSWERS || match == POLICY_MANUAL;
	const bool sibling = decides && strcmp(found->policy->id, input->policy->id) == 0;
	*ret_program = found;
	if (!input->policy->draft && !sibling) {
		return match;
	}
	const enum policy_match mine = policy_match_own(input->policy, service, review, received_at, &own);
	*ret_program = own;
	return mine == POLICY_NONE_IN_FORCE && decides ? POLICY_ANSWERS : mine;
}

/* The program for the body, with a route when nothing answers; false after a difference. */
static bool find_program(const struct case_input *input, struct instant received_at, struct program *ret_program,
			 struct differences *differences)
{
	const struct program *program = NULL;
	switch (match_case(input, received_at, &program)) {
	case POLICY_ANSWERS:
	case POLICY_MANUAL: *ret_program = *program; break;
	case POLICY_NONE_IN_FORCE:
		*ret_program = *program;
		ret_program->item_count = 0;
		ret_program->route = "no version was in force";
		break;
	case POLICY_UNKNOWN_PAYER:
	case POLICY_UNKNOWN_SERVICE:
	case POLICY_UNKNOWN_REVIEW:
		difference(differences, "no policy answers payer, service and review of the body");
		return false;
	}
	if (program->policy != input->policy) {
		difference(differences, "policy %s %s answers this body", program->policy->id, program->policy->version);
		return false;
	}
	return true;
}

static const struct record *decode(const struct policy *policy, const struct json *body, const char *step,
				   struct differences *differences)
{
	struct issues issues;
	issues_init(&issues, differences->arena);
	const struct record *record = shape_decode(policy->request, body, differences->arena, &issues);
	for (size_t i = 0; i < issues.count; i++) {
		difference(differences, "%sthe body is not readable: %s %s", step, issues.items[i].pointer,
			   issues.items[i].code);
	}
	return record;
}

struct stage {
	const struct case_input *input;
	struct differences *differences;
	struct program program;
	struct submission submission;
	struct told told;
	struct case_waivers waivers;
	const struct evaluation *before; /* of the step before, or NULL */
	struct clock *clocks;
	size_t clock_count;
};

static void judge_step(struct stage *stage, const struct json *body, const struct json *step, const char *name, bool first)
{
	struct submission *submission = &stage->submission;
	struct arena *arena = stage->differences->arena;
	const char *now = json_text(json_member(step, "now"));
	struct instant instant = submission->received_at;
	if (now && !instant_parse(now, &instant)) {
		difference(stage->differences, "%snow is no instant", name);
		return;
	}
	read_told(step, instant, name, &stage->told, stage->differences);
	case_waivers(step, name, stage->before, &stage->waivers, stage->differences);
	submission->now = instant;
	submission->waivers = stage->waivers.list;
	submission->waiver_count = stage->waivers.count;
	submission->arrived_at = instant;
	submission->today = zone_date(stage->input->policy->zone, instant);
	submission->verified = stage->told.verified;
	submission->events = stage->told.events;
	submission->event_count = stage->told.event_count;
	submission->asked = stage->told.asked;
	submission->asked_count = stage->told.asked_count;
	submission->body = decode(stage->input->policy, body, name, stage->differences);
	if (!submission->body) {
		return;
	}
	struct evaluation *evaluation = arena_alloc(arena, sizeof(*evaluation));
	evaluate(submission, arena, evaluation);
	if (!first) {
		evaluation->clocks = clocks_keep(stage->clocks, stage->clock_count, evaluation->clocks, evaluation->clock_count,
						 arena, &evaluation->clock_count);
	}
	stage->before = evaluation;
	stage->clocks = evaluation->clocks;
	stage->clock_count = evaluation->clock_count;
	const struct expectation_input expectation = {json_member(step, "expect"), stage->input->unless_said,
						      stage->input->policy, name};
	case_compare(&expectation, evaluation, stage->differences);
	const struct case_report *report = stage->input->report;
	if (report && report->submitted) {
		report->submitted(report->context, stage->input->file, stage->input->name, submission, body);
	}
	if (report && report->judged) {
		report->judged(report->context, stage->input->file, stage->input->name, evaluation);
	}
}

/* What the member is authorized for elsewhere, by the word of the case. */
static const struct held_days *read_held(const struct json *list, struct arena *arena, size_t *ret_count)
{
	struct held_days *held = arena_array(arena, json_count(list) + 1, sizeof(*held));
	*ret_count = 0;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		struct day_span span;
		if (civil_parse(json_text(json_member(one, "from")), &span.from) &&
		    civil_parse(json_text(json_member(one, "to")), &span.to)) {
			held[(*ret_count)++] =
				(struct held_days){json_text(json_member(one, "service")), days_of(arena, &span, 1)};
		}
	}
	return held;
}

static bool find_receipt(const struct case_input *input, struct instant *ret_instant)
{
	const char *intake = json_text(json_at(input->body, "/intake/received_at"));
	const char *now = json_text(json_member(input->test, "now"));
	return (intake && instant_parse(intake, ret_instant)) || (!intake && now && instant_parse(now, ret_instant));
}

void case_judge(const struct case_input *input, struct differences *differences)
{
	struct stage stage = {.input = input, .differences = differences};
	struct instant received_at;
	if (!find_receipt(input, &received_at)) {
		difference(differences, "neither now nor intake.received_at is an instant");
		return;
	}
	if (!find_program(input, received_at, &stage.program, differences)) {
		return;
	}
	stage.submission = (struct submission){.set = input->set,
					       .tables = read_tables(input, differences),
					       .program = &stage.program,
					       .received_at = received_at,
					       .received_on = zone_date(input->policy->zone, received_at)};
	struct arena *arena = differences->arena;
	const struct json *authorized = json_member(input->test, "authorized");
	stage.submission.held = read_held(authorized, arena, &stage.submission.held_count);
	const struct json *body = case_occurrences(arena, input->body, input->test, differences);
	judge_step(&stage, body, input->test, "", true);
	size_t number = 1;
	for (const struct json *step = json_first(json_member(input->test, "then")); step; step = json_next(step), number++) {
		const struct json *information = json_member(step, "information");
		body = information ? json_merge(arena, body, information) : body;
		body = case_occurrences(arena, body, step, differences);
		judge_step(&stage, body, step, arena_printf(arena, "then %zu: ", number), false);
	}
}
