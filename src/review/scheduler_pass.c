/* SPDX-License-Identifier: Apache-2.0 */
#include "review/scheduler_pass.h"

#include "base/json_write.h"
#include "base/log.h"
#include "base/text.h"
#include "review/amend.h"
#include "review/care_time.h"
#include "review/review_due.h"
#include "review/timers.h"

#include <assert.h>
#include <semaphore.h>

/* Few enough that a client's change waits for one small transaction; log lines about requests that were skipped. */
enum { ROUND_MAX = 32, TOLD_MAX = 20 };

static const struct instant never = {INT64_MAX};

/* Who raises: the machine itself, which decides nothing. */
static const struct principal machine = {.id = "system"};

struct round {
	struct pass *pass;
	struct instant now;
	struct instant
		horizon; /* when the first of what follows from this round is due: it stands among its like by id, and nothing later comes before it */
	struct record_change *changes[ROUND_MAX];
	size_t count;
	sem_t settled;
};

/* What became of one request in a round. */
enum look { LOOK_TAKEN, LOOK_PASSED_OVER, LOOK_TOO_LATE };

bool pass_init(struct pass *pass, struct service *service, struct err *err)
{
	*pass = (struct pass){.service = service, .reader = store_reader_open(service->store, err)};
	if (pass->reader == NULL) {
		return false;
	}
	pass->arena = arena_create();
	return true;
}

void pass_finish(struct pass *pass)
{
	store_reader_close(pass->reader);
	arena_destroy(pass->arena);
	skip_list_finish(&pass->skipped);
}

void pass_retry(struct pass *pass)
{
	skip_list_clear(&pass->skipped);
	pass->told = 0;
}

static void skip(struct pass *pass, const char *id, const struct err *err)
{
	skip_list_add(&pass->skipped, id, never);
	if (pass->told++ < TOLD_MAX) {
		LOG(LOG_WARNING, "timer_skipped", LOG_TEXT("request", id), LOG_TEXT("detail", err->detail));
	}
}

static bool skip_for(struct pass *pass, const char *id, const char *why)
{
	struct err err = {0};
	(void)err_set(&err, ERR_INTERNAL, "%s", why);
	skip(pass, id, &err);
	return false;
}

/* The next timer of a request as it stands. */
static bool next_timer(const struct amendment *amendment, struct timer *ret_timer)
{
	const struct request_view *view = amendment->view;
	const struct policy *policy = amendment->program->policy;
	struct arena *arena = amendment->call->arena;
	struct evaluation evaluation = {.status = STATUS_COUNT};
	if (!status_from_name(view->row.status, &evaluation.status)) {
		return false;
	}
	const struct request_answer answer = {
		.received_at = view->row.received_at,
		.program = amendment->program,
		.evaluation = &evaluation,
		.clocks = clock_list_read(arena, json_member(amendment->before, "clock"), policy),
		.tasks = view->row.tasks,
		.stood = amendment->before,
		.plan = amendment->papers.plan,
	};
	return timers_next(&answer, arena, ret_timer);
}

static const char *raised_json(const struct amendment *amendment, const struct timer *timer)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, amendment->call->arena, 256);
	json_writer_init(&writer, &out);
	timer_write(&writer, timer, amendment->program->policy->zone, amendment->call->now);
	return out.data;
}

/* The same of a service record: what is owed in it is judged anew. */
static struct record_change *prepare_care(struct round *round, struct amendment *amendment, struct outcome *outcome)
{
	struct pass *pass = round->pass;
	const char *id = amendment->view->row.id;
	struct instant later = never;
	struct record_change *record = care_raise(amendment, &later, outcome);
	if (record != NULL) {
		return record;
	}
	if (outcome->failed) {
		skip(pass, id, &outcome->err);
	} else if (later.us == never.us) {
		(void)skip_for(pass, id, "nothing is due of it");
	} else {
		skip_list_add(&pass->skipped, id, later);
	}
	return NULL;
}

/* The change that raises the request's next timer; NULL when it has none that is due. */
static struct record_change *prepare(struct round *round, const struct request_view *view)
{
	struct pass *pass = round->pass;
	struct amendment amendment;
	struct outcome outcome;
	struct timer timer;
	struct call *call = arena_alloc(pass->arena, sizeof(*call));
	*call = (struct call){
		.service = pass->service,
		.policies = pass->policies,
		.reader = pass->reader,
		.principal = &machine,
		.now = service_now(pass->service),
		.system = true,
		.arena = pass->arena,
	};
	outcome_init(&outcome, pass->arena);
	if (!amend_open(&amendment, call, view, &outcome)) {
		skip(pass, view->row.id, &outcome.err);
		return NULL;
	}
	if (review_of_record(view->row.review)) {
		return prepare_care(round, &amendment, &outcome);
	}
	if (!next_timer(&amendment, &timer)) {
		(void)skip_for(pass, view->row.id, "nothing is due of it");
		return NULL;
	}
	if (instant_compare(timer.at, round->now) > 0) {
		skip_list_add(&pass->skipped, view->row.id, timer.at);
		return NULL;
	}
	const char *entry = raised_json(&amendment, &timer);
	amendment.papers.plan = papers_append(pass->arena, amendment.papers.plan, "raised", entry);
	struct record_change *record = amend_keep(&amendment, timer.what, &outcome);
	if (record == NULL) {
		skip(pass, view->row.id, &outcome.err);
	}
	return record;
}

static enum look take(struct round *round, const char *id)
{
	struct err err = {0};
	struct pass *pass = round->pass;
	const struct request_view *view = NULL;
	if (!request_read(pass->reader, id, pass->arena, &view, &err) || view == NULL) {
		(void)skip_for(pass, id, view == NULL && err.code != ERR_NONE ? err.detail : "it cannot be read");
		return LOOK_PASSED_OVER;
	}
	if (instant_compare(view->row.wake_at, round->horizon) >= 0) {
		return LOOK_TOO_LATE;
	}
	struct record_change *record = prepare(round, view);
	if (record == NULL) {
		return LOOK_PASSED_OVER;
	}
	if (record->row.wake_at.us != 0 && instant_compare(record->row.wake_at, round->horizon) < 0) {
		round->horizon = record->row.wake_at;
	}
	round->changes[round->count++] = record;
	return LOOK_TAKEN;
}

/* Runs in the writer. */
static void settled(void *context)
{
	(void)sem_post(context);
}

/* How many of the round's changes the store took. */
static size_t submit(struct round *round)
{
	struct err err = {0};
	size_t sent = 0;
	while (sent < round->count &&
	       change_commit(round->pass->service, &round->changes[sent]->change, settled, &round->settled, &err)) {
		sent++;
	}
	for (size_t i = 0; i < sent; i++) {
		while (sem_wait(&round->settled) != 0) {
		}
	}
	return sent;
}

/* Nothing is wrong with the change: the store takes no other either. */
static bool held(enum err_code code)
{
	return code == ERR_BUSY || code == ERR_STORE || code == ERR_STORAGE_FULL || code == ERR_OUTCOME_UNKNOWN;
}

/* What the end of one change means for the pass. */
static enum pass_end judge(struct pass *pass, const struct record_change *record)
{
	const struct outcome *outcome = &record->change.outcome;
	if (!outcome->failed) {
		pass->raised++;
	} else if (held(outcome->err.code)) {
		return PASS_HELD;
	} else if (outcome->err.code != ERR_STALE) { /* stale: somebody was first; what is due now is seen at the next look */
		skip(pass, record->row.id, &outcome->err);
	}
	return PASS_MORE;
}

static enum pass_end commit(struct round *round)
{
	size_t sent = submit(round);
	enum pass_end end = sent < round->count ? PASS_HELD : PASS_MORE;
	for (size_t i = 0; i < sent; i++) {
		if (judge(round->pass, round->changes[i]) == PASS_HELD) {
			end = PASS_HELD;
		}
	}
	return end;
}

/* Takes what is due, the earliest first, until the round is full. False when the store cannot be read. */
static bool gather(struct round *round, bool *ret_more)
{
	struct err err = {0};
	struct pass *pass = round->pass;
	const char *const *ids = NULL;
	size_t count = 0;
	size_t limit = ROUND_MAX + pass->skipped.count;
	if (!requests_due(pass->reader, round->now, limit, pass->arena, &ids, &count, &err)) {
		LOG(LOG_ERROR, "timers_unread", LOG_TEXT("detail", err.detail));
		return false;
	}
	enum look look = LOOK_TAKEN;
	for (size_t i = 0; i < count && round->count < ROUND_MAX && look != LOOK_TOO_LATE; i++) {
		if (!skip_list_has(&pass->skipped, ids[i], round->now)) {
			look = take(round, ids[i]);
		}
	}
	*ret_more = count == limit || look == LOOK_TOO_LATE;
	return true;
}

enum pass_end scheduler_pass(struct pass *pass, struct instant now)
{
	struct round round = {.pass = pass, .now = now, .horizon = never};
	bool more = false;
	arena_reset(pass->arena);
	const struct policy_set *policies = service_policies(pass->service);
	if (pass->policies != policies) {
		pass->policies = policies;
		pass->reviews_told = (struct instant){0};
		pass_retry(pass);
	}
	review_tell(policies, now, &pass->reviews_told);
	if (!gather(&round, &more)) {
		return PASS_HELD;
	}
	if (round.count == 0) {
		return more ? PASS_MORE : PASS_DONE;
	}
	(void)sem_init(&round.settled, 0, 0);
	enum pass_end end = commit(&round);
	(void)sem_destroy(&round.settled);
	return end;
}
