/* SPDX-License-Identifier: Apache-2.0 */
#include "review/episode.h"

#include "base/text.h"
#include "review/plan.h"
#include "review/read.h"
#include "wire/episode.h"

#include <string.h>

/* The requests of an episode on their way into an answer. */
struct gathering {
	struct arena *arena;
	struct episode_request *requests;
	const char **ask_again_by; /* parallel: of the authorization, or NULL */
	size_t count;
};

/* ---- days ---- */

static bool read_day(const struct json *node, const char *name, struct civil_date *ret_day)
{
	const char *text = json_text(json_member(node, name));
	return text != NULL && civil_parse(text, ret_day);
}

struct day_set authorization_days(struct arena *arena, const struct json *authorization)
{
	const struct json *lines = json_member(authorization, "lines");
	struct day_span *spans = arena_array(arena, json_count(lines) + 1, sizeof(*spans));
	size_t count = 0;
	for (const struct json *line = json_first(lines); line != NULL; line = json_next(line)) {
		if (read_day(line, "from", &spans[count].from) && read_day(line, "to", &spans[count].to)) {
			count++;
		}
	}
	return days_of(arena, spans, count);
}

/* A line without dates of its own has those of the period; without lines the period stands for itself. */
static struct day_set asked_days(struct arena *arena, const struct json *period, const struct json *lines)
{
	struct day_span *spans = arena_array(arena, json_count(lines) + 1, sizeof(*spans));
	struct day_span whole = {{0}, {0}};
	size_t count = 0;
	const bool from = read_day(period, "start", &whole.from);
	const bool to = read_day(period, "end", &whole.to);
	for (const struct json *line = json_first(lines); line != NULL; line = json_next(line)) {
		struct day_span *span = &spans[count];
		*span = whole;
		count += (read_day(line, "start", &span->from) || from) && (read_day(line, "end", &span->to) || to) ? 1 : 0;
	}
	if (json_first(lines) == NULL && from && to) {
		spans[count++] = whole;
	}
	return days_of(arena, spans, count);
}

/* ---- the requests ---- */

/* REQUEST without what it holds; its authorization as it is in effect, or NULL. */
static void add(struct gathering *gathering, const struct episode_request *request, const struct json *authorization,
		struct day_set asked)
{
	enum status status;
	struct episode_request *added = &gathering->requests[gathering->count];
	const bool undecided = status_from_name(request->status, &status) && status_open(status);
	*added = *request;
	added->authorization = json_text(json_member(authorization, "number"));
	added->holds.authorized = authorization_days(gathering->arena, authorization);
	added->holds.asked = undecided ? asked : (struct day_set){NULL, 0};
	gathering->ask_again_by[gathering->count++] = json_text(json_member(authorization, "ask_again_by"));
}

/* Text that the store wrote out of what we wrote. */
static const struct json *stored_json(struct arena *arena, const char *text)
{
	struct err err = {0};
	return text != NULL ? json_parse(arena, text, strlen(text), &json_limits_file, &err) : NULL;
}

static void add_row(struct gathering *gathering, const struct episode_row *row)
{
	struct arena *arena = gathering->arena;
	const struct episode_request request = {
		.id = row->id,
		.tracking_number = row->tracking_number,
		.review = row->review,
		.status = row->status,
		.outcome = row->outcome,
		.continues = row->continues,
		.sensitivity = row->sensitivity,
	};
	add(gathering, &request, stored_json(arena, row->authorization),
	    asked_days(arena, stored_json(arena, row->period), stored_json(arena, row->lines)));
}

static void add_answer(struct gathering *gathering, const struct episode_place *place, const struct request_answer *answer)
{
	const struct json *authorization = json_member(answer->plan, "authorization");
	const struct episode_request request = {
		.id = answer->id,
		.tracking_number = answer->tracking_number,
		.review = answer->program->review,
		.status = status_name(answer->evaluation->status),
		.outcome = json_text(json_at(answer->plan, "/decision/outcome")),
		.continues = place->continues,
		.sensitivity = answer->sensitivity,
	};
	add(gathering, &request, authorization,
	    asked_days(gathering->arena, json_member(place->body, "service_period"), json_member(place->body, "lines")));
}

static struct gathering gather(struct arena *arena, size_t most)
{
	return (struct gathering){
		.arena = arena,
		.requests = arena_array(arena, most, sizeof(struct episode_request)),
		.ask_again_by = arena_array(arena, most, sizeof(const char *)),
	};
}

/* ---- together ---- */

/* By when to ask for more: what the authorization says that holds the last covered day. */
static const char *next_request_by(const struct gathering *gathering, struct day_set authorized)
{
	const char *by = NULL;
	for (size_t i = 0; i < gathering->count; i++) {
		const struct day_set own = gathering->requests[i].holds.authorized;
		if (!days_empty(own) && civil_compare(days_last(own), days_last(authorized)) == 0) {
			by = gathering->ask_again_by[i];
		}
	}
	return by;
}

static struct episode sum_up(const struct gathering *gathering, const char *initial)
{
	struct episode_holding *holdings = arena_array(gathering->arena, gathering->count + 1, sizeof(*holdings));
	for (size_t i = 0; i < gathering->count; i++) {
		holdings[i] = gathering->requests[i].holds;
	}
	struct episode episode = {
		.initial = initial,
		.requests = gathering->requests,
		.request_count = gathering->count,
		.days = episode_days(gathering->arena, holdings, gathering->count),
	};
	episode.next_request_by = next_request_by(gathering, episode.days.authorized);
	return episode;
}

/* What the review asks for besides the components of every request. */
static const char *const *asked_only(const struct program *program, struct arena *arena, size_t *ret_count)
{
	const char **ids = arena_array(arena, program->item_count + 1, sizeof(*ids));
	*ret_count = 0;
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_INFORMATION) {
			ids[(*ret_count)++] = program->items[i]->id;
		}
	}
	return ids;
}

bool episode_answer(const struct call *call, const struct episode_place *place, struct request_answer *answer,
		    struct outcome *outcome)
{
	struct err err = {0};
	const struct episode_row *rows = NULL;
	size_t count = 0;
	if (place->initial == NULL) {
		return true;
	}
	if (!episode_read(call->reader, place->initial, call->arena, &rows, &count, &err)) {
		return outcome_fail(outcome, &err);
	}
	struct gathering gathering = gather(call->arena, count + 1);
	bool stands = false;
	for (size_t i = 0; i < count; i++) {
		const bool own = answer->id != NULL && strcmp(rows[i].id, answer->id) == 0;
		if (own) {
			add_answer(&gathering, place, answer);
		} else if ((rows[i].sensitivity & ~answer->sensitivity) == 0) { /* its readers may read of it */
			add_row(&gathering, &rows[i]);
		}
		stands = stands || own;
	}
	if (!stands) {
		add_answer(&gathering, place, answer);
	}
	struct episode *episode = arena_alloc(call->arena, sizeof(*episode));
	*episode = sum_up(&gathering, place->initial);
	episode->continues = place->continues;
	episode->carried_over =
		plan_texts(call->arena, json_member(answer->plan, "continues"), "carried_over", &episode->carried_count);
	episode->asked_only = asked_only(answer->program, call->arena, &episode->asked_count);
	answer->episode = episode;
	return gathering.count <= EPISODE_MAX ||
	       outcome_refuse(outcome, ERR_TRANSITION, "the episode holds as many requests as it can; begin another");
}

/* ---- GET …/episode ---- */

static void write(const struct episode *episode, struct arena *arena, struct outcome *outcome)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 2048);
	json_writer_init(&writer, &out);
	episode_write(&writer, episode);
	outcome_answer(outcome, &out);
}

void episode_of_request(struct store_reader *reader, const struct principal *principal, const char *id, struct arena *arena,
			struct outcome *outcome)
{
	struct err err = {0};
	const struct episode_row *rows = NULL;
	size_t count = 0;
	const struct request_view *view = read_owned(reader, principal, id, arena, outcome);
	if (view == NULL) {
		return;
	}
	const char *initial = view->row.episode != NULL ? view->row.episode : view->row.id;
	if (!episode_read(reader, initial, arena, &rows, &count, &err)) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	struct gathering gathering = gather(arena, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct ownership owner = {rows[i].organization, rows[i].payer, rows[i].sensitivity};
		if (access_owns(principal, &owner)) {
			add_row(&gathering, &rows[i]);
		}
	}
	const struct json *told = json_member(stored_json(arena, view->snapshot), "episode");
	struct episode episode = sum_up(&gathering, initial);
	episode.alone = true;
	episode.continues = view->row.continues;
	episode.carried_over = plan_texts(arena, told, "carried_over", &episode.carried_count);
	episode.asked_only = plan_texts(arena, told, "asked_only", &episode.asked_count);
	write(&episode, arena, outcome);
}
