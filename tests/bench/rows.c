/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool pattern_read(struct store_reader *reader, struct arena *arena, struct pattern *ret_pattern, struct err *err)
{
	const struct worklist_query query = {.organization = "bench", .open_only = true, .limit = 1};
	struct worklist_page page = {0};
	if (!worklist_read(reader, &query, arena, &page, err)) {
		return false;
	}
	if (page.count == 0) {
		return err_set(err, ERR_NOT_FOUND, "no open request of the organization bench to make others like");
	}
	return request_read(reader, page.rows[0].id, arena, &ret_pattern->view, err) &&
	       request_body_read(reader, page.rows[0].id, arena, &ret_pattern->body, &ret_pattern->body_length, err);
}

struct row_command *row_create(struct rows *owner, const struct pattern *pattern)
{
	struct row_command *row = calloc(1, sizeof(*row));
	if (row == NULL || (row->snapshot = malloc(pattern->view->snapshot_length + 1)) == NULL ||
	    (row->body = malloc(pattern->body_length + 1)) == NULL) {
		abort();
	}
	row->owner = owner;
	row->command.apply = row_apply;
	return row;
}

void row_destroy(struct row_command *row)
{
	free(row->snapshot);
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

static void write_names(struct row_command *row, uint64_t number, struct instant at)
{
	const uint64_t random = bench_mix(number + UINT64_C(0x100000000));
	write_id(row->id, at, number);
	write_tracking(row->tracking, number);
	(void)snprintf(row->reference, sizeof(row->reference), "BENCH-%010" PRIu64, number % UINT64_C(10000000000));
	(void)snprintf(row->member, sizeof(row->member), "OR%010" PRIu64, random % UINT64_C(10000000000));
	(void)snprintf(row->key_text, sizeof(row->key_text),
		       "%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-a%03" PRIx64 "-%012" PRIx64, random >> 32,
		       random >> 16 & 0xffff, random & 0xfff, number & 0xfff, bench_mix(~number) & UINT64_C(0xffffffffffff));
}

/*
 * Each text of the pattern by one of its own of the same length: what is stored is as large as what the
 * service stores.
 */
static void write_texts(struct row_command *row, const struct pattern *pattern)
{
	const struct request_row *like = &pattern->view->row;
	const size_t length = pattern->view->snapshot_length;
	memcpy(row->snapshot, pattern->view->snapshot, length + 1);
	memcpy(row->body, pattern->body, pattern->body_length);
	replace(row->snapshot, length, like->id, row->id);
	replace(row->snapshot, length, like->tracking_number, row->tracking);
	replace(row->snapshot, length, like->submitter_reference, row->reference);
	replace(row->body, pattern->body_length, like->submitter_reference, row->reference);
	replace(row->body, pattern->body_length, like->member_id, row->member);
	row->body_length = pattern->body_length;
}

static void write_row(struct row_command *row, const struct pattern *pattern, uint64_t number, struct instant at, bool spread)
{
	const struct request_row *like = &pattern->view->row;
	const struct span moved = instant_since(at, like->received_at);
	const uint64_t owner = bench_mix(number) % ROW_ORGANIZATIONS;
	row->row = *like;
	row->row.version = 1;
	row->row.id = row->id;
	row->row.tracking_number = row->tracking;
	row->row.submitter_reference = row->reference;
	row->row.member_id = row->member;
	row->row.received_at = at;
	row->row.due_at = like->due_at.us != 0 ? instant_add(like->due_at, moved) : like->due_at;
	row->row.act_by = like->act_by.us != 0 ? instant_add(like->act_by, moved) : like->act_by;
	row->row.organization = "bench";
	if (spread && owner != 0) {
		(void)snprintf(row->organization, sizeof(row->organization), "clinic-%02" PRIu64, owner);
		row->row.organization = row->organization;
	}
	if (spread && bench_mix(number + UINT64_C(0x200000000)) % 100 >= ROW_OPEN_PERCENT) {
		row->row.open = false;
		row->row.status = "decided";
		row->row.waiting_on = "nobody";
	}
}

void row_fill(struct row_command *row, const struct pattern *pattern, uint64_t number, struct instant at, bool spread)
{
	const uint64_t salt[2] = {bench_mix(number + 1), bench_mix(number + 2)};
	write_names(row, number, at);
	write_texts(row, pattern);
	write_row(row, pattern, number, at, spread);
	row->event = (struct event_row){
		.at = at,
		.actor = "prn_01KAMG0000000000000BENCH00",
		.actor_role = "provider",
		.action = "received",
		.request_id = row->id,
		.snapshot = row->snapshot,
		.snapshot_length = pattern->view->snapshot_length,
	};
	memcpy(row->event.salt, salt, sizeof(row->event.salt));
	row->event.detail_digest = event_detail_digest(row->event.salt, row->snapshot, pattern->view->snapshot_length);
	row->key = (struct idempotency_row){
		.principal = row->event.actor,
		.key = row->key_text,
		.body = row->event.detail_digest,
		.at = at,
	};
}

bool row_apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	struct row_command *row = (struct row_command *)command;
	enum idempotency_found found = IDEMPOTENCY_NEW;
	int64_t event = 0;
	char request[40];
	return idempotency_find(txn, &row->key, &found, &event, request, err) &&
	       (found == IDEMPOTENCY_NEW || err_set(err, ERR_INTERNAL, "a key is not new")) &&
	       request_insert(txn, &row->row, row->body, row->body_length, &row->event, &event, err) &&
	       idempotency_insert(txn, &row->key, event, err);
}
