/* SPDX-License-Identifier: Apache-2.0 */
#include "review/service_records.h"

#include "base/json_write.h"
#include "review/filter.h"
#include "review/page.h"
#include "review/read.h"
#include "store/records.h"
#include "wire/sensitivity.h"
#include "wire/time_json.h"
#include "wire/worklist.h"

#include <string.h>

/* By the places of these words. */
static const char *const state_words[] = {"done", "open", "overdue"};
static const unsigned state_bits[] = {RECORD_DONE, RECORD_OPEN, RECORD_OVERDUE};
enum { STATES = 3 };

static const char *state_of(const struct request_row *row)
{
	size_t place = 0;
	for (size_t i = 0; i < STATES; i++) {
		place = row->tasks == state_bits[i] ? i : place;
	}
	return state_words[place];
}

static void write_row(struct json_writer *writer, const struct policy_set *set, const struct request_row *row)
{
	const struct zone *zone = read_zone(set, row->payer);
	json_open_object(writer);
	json_member_text(writer, "id", row->id);
	json_member_text(writer, "state", state_of(row));
	json_member_instant_if(writer, "next_due_at", row->act_by.us != 0, row->act_by, zone);
	json_member_text(writer, "next_due", row->act_by_rule);
	json_member_text(writer, "payer", row->payer);
	json_member_text(writer, "service", row->service);
	json_member_text(writer, "provider_npi", row->provider_npi);
	json_member_instant(writer, "received_at", row->received_at, zone);
	json_member_text(writer, "submitter_reference", row->submitter_reference);
	sensitivity_write(writer, row->sensitivity);
	json_member_integer(writer, "requested", row->requested_count);
	json_member_integer(writer, "version", row->version);
	json_close_object(writer);
}

static void write_page(const struct policy_set *set, const struct worklist_page *page, const char *scope, struct arena *arena,
		       struct outcome *outcome)
{
	const char *next = NULL;
	struct page body;
	page_open(&body, "service_records", 256 + page->count * 400, arena);
	for (size_t i = 0; i < page->count; i++) {
		write_row(&body.writer, set, &page->rows[i]);
		body.labels |= page->rows[i].sensitivity;
	}
	if (page->more) {
		const struct request_row *last = &page->rows[page->count - 1];
		const struct worklist_cursor cursor = {last->act_by, last->id};
		next = page_next(&cursor, "/v1/service-records", scope, arena, outcome);
	}
	page_close(&body, next, outcome);
}

static const char *scope_text(const struct service_record_filters *filters, struct arena *arena)
{
	const struct filter_part parts[] = {
		{"payer", filters->payer}, {"service", filters->service}, {"provider_npi", filters->provider_npi},
		{"state", filters->state}, {"limit", filters->limit},
	};
	return filter_scope(parts, sizeof(parts) / sizeof(parts[0]), arena);
}

static void take_state(const char *text, struct service_records_query *query, struct outcome *outcome)
{
	query->state = -1;
	if (!filter_word("/state", text, state_words, STATES, outcome) || text == NULL) {
		return;
	}
	for (size_t i = 0; i < STATES; i++) {
		query->state = strcmp(state_words[i], text) == 0 ? (int)state_bits[i] : query->state;
	}
}

void service_records_list(struct service *service, struct store_reader *reader, const struct principal *principal,
			  const struct service_record_filters *filters, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	struct worklist_page page;
	struct worklist_query owner = {0};
	const struct policy_set *set = service_policies(service);
	const char *scope = scope_text(filters, arena);
	read_scope(principal, &owner);
	struct service_records_query query = {
		.organization = owner.organization,
		.payers = owner.payers,
		.payer_count = owner.payer_count,
		.hidden = owner.hidden,
		.payer = filters->payer,
		.service = filters->service,
		.provider_npi = filters->provider_npi,
	};
	filter_subject(set, filters->payer, filters->service, outcome);
	filter_text("/provider_npi", filters->provider_npi, outcome);
	take_state(filters->state, &query, outcome);
	(void)read_limit(filters->limit, &query.limit, outcome);
	filter_cursor(filters->cursor, scope, &query.after_act_by, &query.after_id, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_unusable(outcome);
	} else if (!service_records_read(reader, &query, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
	} else {
		write_page(set, &page, scope, arena, outcome);
	}
}
