/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static const struct span fortnight = {INT64_C(14) * 86400 * 1000000};

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);
	if (memory == NULL) {
		abort();
	}
	return memory;
}

struct row_command *row_create(struct rows *owner, size_t room)
{
	struct row_command *row = allocate(sizeof(*row));
	row->body = allocate(room);
	for (size_t i = 0; i < PATTERN_EVENTS_MAX; i++) {
		row->events[i].snapshot = allocate(room);
	}
	row->owner = owner;
	row->command.apply = row_apply;
	return row;
}

void row_destroy(struct row_command *row)
{
	for (size_t i = 0; i < PATTERN_EVENTS_MAX; i++) {
		free(row->events[i].snapshot);
	}
	free(row->body);
	free(row);
}

/*
 * "req_" and a ULID: 48 bits of milliseconds and 80 that are never the same; NUMBER keeps those of one
 * millisecond in order.
 */
static void write_id(char id[40], struct instant at, uint64_t number)
{
	uint64_t time = (uint64_t)at.us / 1000;
	uint64_t rest = bench_mix(number);
	memcpy(id, "req_", 4);
	for (int i = 9; i >= 0; i--) {
		id[4 + i] = crockford[time & 31];
		time >>= 5;
	}
	for (int i = 15; i >= 8; i--) {
		id[4 + 10 + i] = crockford[rest & 31];
		rest >>= 5;
	}
	for (int i = 7; i >= 0; i--) {
		id[4 + 10 + i] = crockford[number & 31];
		number >>= 5;
	}
	id[30] = '\0';
}

/*
 * Random as real ones are; the check character is one that the service never gives, so that none can be
 * taken already.
 */
static void write_tracking(char tracking[16], uint64_t number)
{
	uint64_t mixed = number * UINT64_C(0x9e3779b97f4a7c15) & UINT64_C(0xffffffffff); /* odd: a bijection of 40 bits */
	mixed ^= mixed >> 20;
	mixed = mixed * UINT64_C(0xd1342543de82ef95) & UINT64_C(0xffffffffff);
	memcpy(tracking, "AR-xxxx-xxxx-#", 15);
	for (int i = 0; i < 8; i++) {
		tracking[i < 4 ? 3 + i : 4 + i] = crockford[mixed & 31];
		mixed >>= 5;
	}
}

static void replace(char *text, size_t length, const char *old, const char *new)
{
	const size_t size = old != NULL ? strlen(old) : 0;
	char *place = text;
	while (size > 0 && (place = memmem(place, length - (size_t)(place - text), old, size)) != NULL) {
		memcpy(place, new, size);
		place += size;
	}
}

/* As clients make them: a random UUID. */
static void write_key(char key[40], uint64_t number)
{
	const uint64_t random = bench_mix(number + UINT64_C(0x300000000));
	(void)snprintf(key, 40, "%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-a%03" PRIx64 "-%012" PRIx64, random >> 32,
		       random >> 16 & 0xffff, random & 0xfff, number & 0xfff, bench_mix(~number) & UINT64_C(0xffffffffffff));
}

static void write_names(struct row_command *row, uint64_t number, struct instant at)
{
	const uint64_t random = bench_mix(number + UINT64_C(0x100000000));
	write_id(row->id, at, number);
	(void)snprintf(row->decision_id, sizeof(row->decision_id), "dec_%s", row->id + 4);
	write_tracking(row->tracking, number);
	(void)snprintf(row->reference, sizeof(row->reference), "BENCH-%010" PRIu64, number % UINT64_C(10000000000));
	(void)snprintf(row->member, sizeof(row->member), "OR%010" PRIu64, random % UINT64_C(10000000000));
}

static void write_row(struct row_command *row, const struct pattern *pattern, struct instant at)
{
	const struct request_row *like = &pattern->view->row;
	row->row = *like;
	row->row.id = row->id;
	row->row.tracking_number = row->tracking;
	row->row.submitter_reference = row->reference;
	row->row.member_id = row->member;
	row->row.received_at = at;
	row->row.organization = "bench";
	memcpy(row->body, pattern->body, pattern->body_length);
	replace(row->body, pattern->body_length, like->submitter_reference, row->reference);
	replace(row->body, pattern->body_length, like->member_id, row->member);
	row->body_length = pattern->body_length;
}

static void write_decision(struct row_command *row, const struct pattern *pattern, struct instant at)
{
	row->decided = pattern->decision != NULL;
	if (row->decided) {
		row->decision = *pattern->decision;
		row->decision.id = row->decision_id;
		row->decision.request_id = row->id;
		row->decision.decided_at = at;
	}
}

/*
 * Each text of the pattern by one of its own of the same length: what is stored is as large as what the
 * service stores.
 */
static void write_snapshot(struct row_command *row, const struct pattern *pattern, const struct event_view *like,
			   char *snapshot)
{
	const struct request_row *old = &pattern->view->row;
	const size_t length = like->snapshot_length;
	memcpy(snapshot, like->snapshot, length + 1);
	replace(snapshot, length, old->id, row->id);
	replace(snapshot, length, old->tracking_number, row->tracking);
	replace(snapshot, length, old->submitter_reference, row->reference);
	replace(snapshot, length, row->decided ? pattern->decision->id : NULL, row->decision_id);
}

static void write_event(struct row_command *row, const struct pattern *pattern, size_t place, uint64_t number)
{
	const struct event_view *like = &pattern->events[place];
	struct row_event *event = &row->events[place];
	const uint64_t serial = number * PATTERN_EVENTS_MAX + place;
	const uint64_t salt[2] = {bench_mix(~serial), bench_mix(serial + UINT64_C(0x500000000))};
	write_snapshot(row, pattern, like, event->snapshot);
	write_key(event->key_text, serial);
	event->event = (struct event_row){
		.at = instant_add(row->row.received_at, instant_since(like->at, pattern->view->row.received_at)),
		.actor = like->actor,
		.actor_role = like->actor_role,
		.action = like->action,
		.request_id = row->id,
		.snapshot = event->snapshot,
		.snapshot_length = like->snapshot_length,
		.decision = row->decided && place + 1 == row->event_count ? &row->decision : NULL,
	};
	memcpy(event->event.salt, salt, sizeof(salt));
	event->event.detail_digest = event_detail_digest(event->event.salt, event->snapshot, like->snapshot_length);
	event->key = (struct idempotency_row){
		.principal = like->actor,
		.key = event->key_text,
		.body = event->event.detail_digest,
		.at = event->event.at,
	};
}

void row_fill(struct row_command *row, const struct pattern *pattern, uint64_t number, struct instant at)
{
	write_names(row, number, at);
	write_row(row, pattern, at);
	write_decision(row, pattern, at);
	row->event_count = pattern->event_count;
	for (size_t i = 0; i < row->event_count; i++) {
		write_event(row, pattern, i, number);
	}
}

void row_spread(struct row_command *row, struct instant first, uint64_t choice)
{
	const uint64_t owner = bench_mix(choice) % ROW_ORGANIZATIONS;
	if (owner != 0) {
		(void)snprintf(row->organization, sizeof(row->organization), "clinic-%02" PRIu64, owner);
		row->row.organization = row->organization;
	}
	if (row->row.act_by.us != 0) {
		row->row.act_by.us = first.us + (int64_t)(bench_mix(choice + UINT64_C(0x400000000)) % (uint64_t)fortnight.us);
	}
}

/* Before its last event a request was open, or that event could not have changed it. */
static struct request_row row_at(const struct row_command *row, size_t place)
{
	struct request_row at = row->row;
	at.version = (int64_t)place + 1;
	if (place + 1 < row->event_count) {
		at.status = "in_review";
		at.open = true;
	}
	return at;
}

static bool apply_event(struct row_command *row, size_t place, struct store_txn *txn, struct err *err)
{
	const struct row_event *event = &row->events[place];
	const struct request_row at = row_at(row, place);
	enum idempotency_found found = IDEMPOTENCY_NEW;
	int64_t sequence = 0;
	char request[40];
	if (!idempotency_find(txn, &event->key, &found, &sequence, request, err)) {
		return false;
	}
	if (found != IDEMPOTENCY_NEW) {
		return err_set(err, ERR_INTERNAL, "a key is not new");
	}
	return (place == 0 ? request_insert(txn, &at, row->body, row->body_length, &event->event, &sequence, err)
			   : request_update(txn, &at, NULL, 0, &event->event, &sequence, err)) &&
	       (!row->decided || place + 1 < row->event_count || decision_insert(txn, &row->decision, sequence, err)) &&
	       idempotency_insert(txn, &event->key, sequence, err);
}

bool row_apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	struct row_command *row = (struct row_command *)command;
	bool good = true;
	for (size_t i = 0; i < row->event_count && good; i++) {
		good = apply_event(row, i, txn, err);
	}
	return good;
}
