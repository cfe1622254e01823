/* SPDX-License-Identifier: Apache-2.0 */
#include "review/placement.h"

#include "base/text.h"
#include "review/determination_json.h"
#include "review/own_json.h"
#include "review/placement_bounds.h"
#include "review/placement_line.h"
#include "review/plan.h"

#include <string.h>

const struct json *placement_await(struct arena *arena, const struct json *plan)
{
	return papers_set(arena, plan, "placement",
			  "{\"state\":\"awaited\",\"provider\":null,\"from\":null,\"to\":null,\"note\":null,\"decision\":null,"
			  "\"recorded_at\":null,\"by\":null}");
}

const struct json *placement_forget(struct arena *arena, const struct json *plan)
{
	return json_member(plan, "placement") != NULL ? papers_set(arena, plan, "placement", "null") : plan;
}

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

static bool may_place(const struct amendment *amendment, struct outcome *outcome)
{
	const struct json *plan = amendment->papers.plan;
	if (plan_placement_awaited(plan)) {
		return true;
	}
	bool recorded = json_text(json_at(plan, "/placement/state")) != NULL;
	return outcome_refuse(outcome, ERR_TRANSITION,
			      recorded ? "the placement is recorded already; the authorization stands"
				       : "what was decided does not wait for a placement");
}

/* A number that cannot be right would stand on the authorization. */
static void check_provider(const struct amendment *amendment, struct issues *issues)
{
	struct slot slot;
	const struct shape *shape = amendment->call->service->shapes[SHAPE_PLACEMENT];
	const struct record *record = shape_decode(shape, amendment->input, amendment->call->arena, issues);
	if (text_blank(json_text(json_at(amendment->input, "/provider/name")))) {
		issues_add(issues, "/provider/name", "missing_member", "Say who gives the care.", "the provider has no name");
	}
	if (record != NULL && shape_find(shape, "/provider/npi", &slot) && record->values[slot.index].senseless) {
		issues_add(issues, "/provider/npi", "not_an_npi", "Check the number.", "its check digit does not fit");
	}
}

/* The checks of grants speak of a determination's body; here the days stand beside it. */
static void take_issues(const struct issues *found, struct issues *issues)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct issue *one = &found->items[i];
		bool elsewhere = strcmp(one->pointer, "/grants") == 0 || one->pointer[0] == '\0';
		issues_add(issues, elsewhere ? "/to" : one->pointer, one->code, one->fix, "%s", one->detail);
	}
}

/* FACTS speak of the placement from here on. False with issues. */
static bool read_placement(const struct amendment *amendment, struct determination_facts *facts,
			   struct determination *determination, struct issues *issues)
{
	struct issues found;
	struct asked_line *line = arena_alloc(facts->arena, sizeof(*line));
	struct grant *grant = arena_alloc(facts->arena, sizeof(*grant));
	issues_init(&found, facts->arena);
	check_provider(amendment, issues);
	if (!placement_line(amendment, facts, issues, line)) {
		return false;
	}
	placement_bounds(amendment, facts, line, issues);
	facts->lines = line;
	facts->line_count = 1;
	facts->asked = line->days;
	facts->barred_count = 0; /* days that were asked for; those of the placement are judged above */
	facts->closed = (struct day_set){NULL, 0};
	*grant = (struct grant){.days = line->days.spans[0], .units = line->units, .pointer = "", .said = true};
	*determination = (struct determination){
		.facts = facts,
		.verdict = VERDICT_APPROVED,
		.input = amendment->input,
		.before = json_member(amendment->papers.plan, "decision"),
		.grants = {grant, 1, false},
		.caps = caps_of(facts, INTERQUAL_UNKNOWN),
	};
	grants_check(facts, &determination->grants, &determination->caps, &found);
	take_issues(&found, issues);
	return !issues_any(issues);
}

static const char *written(struct arena *arena, const struct json *node)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 512);
	json_writer_init(&writer, &out);
	json_put_tree(&writer, node);
	return out.data;
}

/* The parts of the approval that waited, which this program wrote; the placement is there now. */
static const char *parts_recorded(struct arena *arena, const char *parts)
{
	return written(arena, papers_set(arena, own_json(arena, parts), "placement", "\"recorded\""));
}

static const char *quoted(struct arena *arena, const char *name)
{
	return arena_printf(arena, "\"%s\"", name); /* ids need no escapes */
}

static const char *placement_json(const struct amendment *amendment, const struct ruled *ruled)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	text_init(&out, call->arena, 512);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "state", "recorded");
	json_member_tree(&writer, "provider", json_member(amendment->input, "provider"));
	json_member_text(&writer, "from", input_text(amendment, "from"));
	json_member_text(&writer, "to", input_text(amendment, "to"));
	json_member_text(&writer, "note", input_text(amendment, "note"));
	json_member_text(&writer, "decision", ruled->id);
	json_member_text(&writer, "recorded_at", zone_format(amendment->program->policy->zone, call->now, at));
	json_member_text(&writer, "by", call->principal->id);
	json_close_object(&writer);
	return out.data;
}

/* The approval as it was made, now with what it authorizes. */
static const struct decision_row *authorized_row(const struct amendment *amendment, const struct ruled *ruled,
						 const struct decision_row *waiting)
{
	struct arena *arena = amendment->call->arena;
	struct decision_row *row = arena_alloc(arena, sizeof(*row));
	*row = *waiting;
	row->id = ruled->id;
	row->supersedes = waiting->id;
	row->parts = parts_recorded(arena, waiting->parts);
	row->authorization_number = ruled->number;
	row->covered_from = input_text(amendment, "from");
	row->covered_to = input_text(amendment, "to");
	return row;
}

static void record(struct amendment *amendment, const struct determination *determination, const struct decision_row *waiting)
{
	char id[IDENT_ID_SIZE];
	char number[IDENT_TRACKING_SIZE];
	const struct call *call = amendment->call;
	struct arena *arena = call->arena;
	const struct json *before = determination->before;
	const struct ruled ruled = {
		.determination = determination,
		.principal = call->principal,
		.id = arena_copy(arena, ident_id(call->service->ident, "dec_", call->now, id)),
		.number = arena_copy(arena, ident_authorization(call->service->ident, number)),
	};
	const struct json *decision = papers_set(arena, before, "id", quoted(arena, ruled.id));
	decision = papers_set(arena, decision, "supersedes", quoted(arena, waiting->id));
	const struct json *plan = papers_append(arena, amendment->papers.plan, "superseded", written(arena, before));
	plan = papers_set(arena, plan, "decision", written(arena, decision));
	plan = papers_set(arena, plan, "authorization", ruled_authorization(&ruled));
	amendment->papers.plan = papers_set(arena, plan, "placement", placement_json(amendment, &ruled));
	amendment->decision = authorized_row(amendment, &ruled, waiting);
}

struct record_change *placement_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_PLACE, .resource = "placement", .shape = call->service->shapes[SHAPE_PLACEMENT]};
	struct amendment amendment;
	struct determination_facts facts;
	struct determination determination;
	struct err err = {0};
	const struct decision_view *waiting = NULL;
	if (!amend_begin(&amendment, call, id, &rule, outcome) || !may_place(&amendment, outcome) ||
	    !amend_judge(&amendment, outcome)) {
		return NULL;
	}
	determination_facts(&amendment, &facts);
	if (!read_placement(&amendment, &facts, &determination, &outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	if (!decision_read(call->reader, json_text(json_member(determination.before, "id")), call->arena, &waiting, &err)) {
		(void)outcome_fail(outcome, &err);
		return NULL;
	}
	if (waiting == NULL) {
		(void)outcome_refuse(outcome, ERR_STORE, "the decision that waits for the placement is not there");
		return NULL;
	}
	record(&amendment, &determination, &waiting->row);
	return amend_keep(&amendment, "placement_recorded", outcome);
}
