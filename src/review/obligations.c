/* SPDX-License-Identifier: Apache-2.0 */
#include "review/obligations.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/duty.h"
#include "review/filter.h"
#include "review/page.h"
#include "review/read.h"
#include "store/records.h"
#include "wire/sensitivity.h"
#include "wire/time_json.h"
#include "wire/worklist.h"

#include <string.h>

/* ---- lines ---- */

/* What the version that the record was made under says; NULL where it is not loaded. */
static const struct item *item_of(const struct policy_set *set, const struct obligation_view *view)
{
	const struct policy *policy = policy_set_find(set, view->policy_id, view->policy_version);
	return policy != NULL ? policy_item_find(policy, view->row.item) : NULL;
}

static void put_due(struct json_writer *writer, const struct zone *zone, struct instant due_at)
{
	const bool due = due_at.us != 0;
	json_member_instant_if(writer, "due_at", due, due_at, zone);
	json_member_day_if(writer, "due_on", due, zone_date(zone, due_at));
}

static void write_row(struct json_writer *writer, const struct policy_set *set, const struct obligation_view *view)
{
	const struct obligation_row *row = &view->row;
	const struct item *item = item_of(set, view);
	json_open_object(writer);
	json_member_text(writer, "obligation", row->item);
	json_member_integer(writer, "number", row->number);
	json_member_text(writer, "key", row->key);
	json_member_text(writer, "state", row->state);
	put_due(writer, read_zone(set, view->payer), row->due_at);
	json_member_text(writer, "service_record", view->record);
	json_member_text(writer, "href", arena_printf(writer->out->arena, "/v1/service-records/%s", view->record));
	json_member_text(writer, "payer", view->payer);
	json_member_text(writer, "service", view->service);
	json_member_text(writer, "provider_npi", view->provider_npi);
	sensitivity_write(writer, view->sensitivity);
	json_member_text(writer, "text", item != NULL ? item->text : NULL);
	json_member_text(writer, "owner", item != NULL ? item->owner : NULL);
	json_close_object(writer);
}

/* ---- the cursor: the place's instant, and its names ---- */

static const char *place_write(struct arena *arena, const struct obligation_view *view)
{
	return arena_printf(arena, "%s:%s:%s", view->record, view->row.key, view->row.item);
}

/* None of the names holds a colon. */
static bool place_read(struct arena *arena, const char *text, struct obligations_query *query)
{
	const char *key = strchr(text, ':');
	const char *item = key != NULL ? strchr(key + 1, ':') : NULL;
	if (item == NULL) {
		return false;
	}
	query->after_record = arena_text(arena, text, (size_t)(key - text));
	query->after_key = arena_text(arena, key + 1, (size_t)(item - key - 1));
	query->after_item = arena_copy(arena, item + 1);
	return true;
}

static void take_cursor(const char *text, const char *scope, struct arena *arena, struct obligations_query *query,
			struct outcome *outcome)
{
	const char *place = NULL;
	filter_cursor(text, scope, &query->after_due_at, &place, outcome);
	if (place != NULL && !place_read(arena, place, query)) {
		filter_not_a_cursor(outcome);
	}
}

/* ---- the list ---- */

static const char *scope_text(const struct obligation_filters *filters, struct arena *arena)
{
	const struct filter_part parts[] = {
		{"due_before", filters->due_before},     {"payer", filters->payer},
		{"service", filters->service},           {"state", filters->state},
		{"provider_npi", filters->provider_npi}, {"limit", filters->limit},
	};
	return filter_scope(parts, sizeof(parts) / sizeof(parts[0]), arena);
}

static void take_state(const char *text, struct obligations_query *query, struct outcome *outcome)
{
	const char *words[DUTY_STATE_COUNT];
	for (int state = 0; state < DUTY_STATE_COUNT; state++) {
		words[state] = duty_state_name((enum duty_state)state);
	}
	query->state = text;
	(void)filter_word("/state", text, words, DUTY_STATE_COUNT, outcome);
}

static void write_page(const struct policy_set *set, const struct obligation_page *page, const char *scope, struct arena *arena,
		       struct outcome *outcome)
{
	const char *next = NULL;
	struct page body;
	page_open(&body, "obligations", 256 + page->count * 512, arena);
	for (size_t i = 0; i < page->count; i++) {
		write_row(&body.writer, set, &page->rows[i]);
		body.labels |= page->rows[i].sensitivity;
	}
	if (page->more) {
		const struct obligation_view *last = &page->rows[page->count - 1];
		const struct worklist_cursor cursor = {last->row.due_at, place_write(arena, last)};
		next = page_next(&cursor, "/v1/obligations", scope, arena, outcome);
	}
	page_close(&body, next, outcome);
}

void obligations_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		      const struct obligation_filters *filters, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	struct obligation_page page;
	struct worklist_query owner = {0};
	const struct policy_set *set = service_policies(service);
	const char *scope = scope_text(filters, arena);
	read_scope(principal, &owner);
	struct obligations_query query = {
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
	filter_instant("/due_before", filters->due_before, &query.due_before, outcome);
	(void)read_limit(filters->limit, &query.limit, outcome);
	take_cursor(filters->cursor, scope, arena, &query, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_unusable(outcome);
	} else if (!obligations_read(reader, &query, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
	} else {
		write_page(set, &page, scope, arena, outcome);
	}
}

void obligations_of(struct store_reader *reader, const struct principal *principal, const char *id, struct arena *arena,
		    struct outcome *outcome)
{
	struct err err = {0};
	struct text out;
	struct json_writer writer;
	read_record(reader, principal, id, NULL, arena, outcome);
	if (outcome->failed) {
		return;
	}
	const struct json *answer = json_parse(arena, outcome->body, outcome->length, &json_limits_file, &err);
	if (answer == NULL) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	text_init(&out, arena, outcome->length);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_tree(&writer, "service_record", json_member(answer, "id"));
	json_member_tree(&writer, "state", json_member(answer, "state"));
	json_member_list(&writer, "sensitivity", json_member(answer, "sensitivity"));
	json_member_tree(&writer, "sensitivity_notice", json_member(answer, "sensitivity_notice"));
	json_member_tree(&writer, "next_due", json_member(answer, "next_due"));
	json_member_tree(&writer, "obligations", json_member(answer, "obligations"));
	if (json_member(answer, "obligations_omitted") != NULL) {
		json_member_tree(&writer, "obligations_omitted", json_member(answer, "obligations_omitted"));
	}
	json_close_object(&writer);
	outcome_answer(outcome, &out);
}
