/* SPDX-License-Identifier: Apache-2.0 */
#include "review/worklist.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "domain/lifecycle.h"
#include "review/filter.h"
#include "review/page.h"
#include "review/read.h"
#include "store/records.h"
#include "wire/worklist.h"

#include <string.h>

/*
 * Deadlines are shown on the clocks of the policy that set them; when its version is not loaded, of another version of it, or else of
 * the payer.
 */
static const struct zone *zone_of(const struct policy_set *set, const struct request_row *row)
{
	const struct policy *policy = policy_set_find(set, row->policy_id, row->policy_version);
	for (size_t i = 0; policy == NULL && i < policy_set_count(set); i++) {
		const struct policy *other = policy_set_at(set, i);
		if (row->policy_id != NULL && strcmp(other->id, row->policy_id) == 0) {
			policy = other;
		}
	}
	return policy != NULL ? policy->zone : read_zone(set, row->payer);
}

static void write_row(struct json_writer *writer, const struct policy_set *set, const struct request_row *row,
		      struct instant now)
{
	const struct worklist_line line = {
		.id = row->id,
		.tracking_number = row->tracking_number,
		.payer = row->payer,
		.service = row->service,
		.review = row->review,
		.urgency = row->urgency,
		.status = row->status,
		.waiting_on = row->waiting_on,
		.submitter_reference = row->submitter_reference,
		.act_by_rule = row->act_by_rule,
		.received_at = row->received_at,
		.due_at = row->due_at,
		.act_by = row->act_by,
		.missing_count = row->missing_count,
		.requested_count = row->requested_count,
		.version = row->version,
		.tasks = row->tasks,
		.sensitivity = row->sensitivity,
		.open = row->open,
		.zone = zone_of(set, row),
	};
	worklist_line_write(writer, &line, now);
}

/* PATH: where the next page is found, or NULL when the same body with the new cursor finds it (search terms stay out of addresses). */
static void write_page(const struct policy_set *set, const struct worklist_page *page, const char *scope, const char *path,
		       struct instant now, struct arena *arena, struct outcome *outcome)
{
	const char *next = NULL;
	struct page body;
	page_open(&body, "requests", 512 + page->count * 640, arena);
	for (size_t i = 0; i < page->count; i++) {
		write_row(&body.writer, set, &page->rows[i], now);
		body.labels |= page->rows[i].sensitivity;
	}
	if (page->more) {
		const struct request_row *last = &page->rows[page->count - 1];
		const struct worklist_cursor cursor = {last->act_by, last->id};
		next = page_next(&cursor, path, scope, arena, outcome);
	}
	page_close(&body, next, outcome);
}

static void take_status(const char *text, struct worklist_query *query, struct outcome *outcome)
{
	static const char *const words[] = {"open",     "any",        "manual_route", "not_required",
					    "returned", "incomplete", "pending_con",  "in_review",
					    "decided",  "withdrawn",  "recorded"};
	if (text == NULL || strcmp(text, "open") == 0) {
		query->open_only = true;
	} else if (strcmp(text, "any") != 0) {
		query->status = text;
		(void)filter_word("/status", text, words, sizeof(words) / sizeof(words[0]), outcome);
	}
}

static void take_waiting(const char *text, struct worklist_query *query, struct outcome *outcome)
{
	static const char *const words[] = {"provider", "plan", "con_reviewer", "nobody"};
	query->waiting_on = text;
	(void)filter_word("/waiting_on", text, words, sizeof(words) / sizeof(words[0]), outcome);
}

static void take_task(const char *text, struct worklist_query *query, struct outcome *outcome)
{
	const char *words[TASK_COUNT];
	enum task task;
	for (unsigned place = 0; place < TASK_COUNT; place++) {
		words[place] = task_name(place);
	}
	if (filter_word("/task", text, words, TASK_COUNT, outcome) && text != NULL && task_from_name(text, &task)) {
		query->tasks = (unsigned)task;
	}
}

static const char *scope_text(const struct worklist_filters *filters, struct arena *arena)
{
	const struct filter_part parts[] = {
		{"status", filters->status},
		{"service", filters->service},
		{"payer", filters->payer},
		{"review", filters->review},
		{"waiting_on", filters->waiting_on},
		{"task", filters->task},
		{"due_before", filters->due_before},
		{"limit", filters->limit},
		{"submitter_reference", filters->submitter_reference},
	};
	return filter_scope(parts, sizeof(parts) / sizeof(parts[0]), arena);
}

static void run(const struct policy_set *set, struct store_reader *reader, const struct worklist_query *query,
		const char *scope, const char *path, struct instant now, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	struct worklist_page page;
	if (issues_any(&outcome->issues)) {
		(void)outcome_unusable(outcome);
	} else if (!worklist_read(reader, query, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
	} else {
		write_page(set, &page, scope, path, now, arena, outcome);
	}
}

void worklist_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		   const struct worklist_filters *filters, struct instant now, struct arena *arena, struct outcome *outcome)
{
	struct worklist_query query = {
		.service = filters->service,
		.payer = filters->payer,
		.review = filters->review,
		.tracking_number = filter_number("/tracking_number", filters->tracking_number, ident_tracking_valid, outcome),
		.submitter_reference = filters->submitter_reference,
	};
	const struct policy_set *set = service_policies(service);
	const char *scope = scope_text(filters, arena);
	read_scope(principal, &query);
	filter_subject(set, filters->payer, filters->service, outcome);
	(void)filter_review(filters->review, outcome);
	filter_text("/submitter_reference", filters->submitter_reference, outcome);
	take_status(filters->status, &query, outcome);
	take_waiting(filters->waiting_on, &query, outcome);
	take_task(filters->task, &query, outcome);
	filter_instant("/due_before", filters->due_before, &query.due_before, outcome);
	(void)read_limit(filters->limit, &query.limit, outcome);
	filter_cursor(filters->cursor, scope, &query.after_act_by, &query.after_id, outcome);
	if (filters->tracking_number != NULL || filters->submitter_reference != NULL) {
		query.open_only =
			filters->status != NULL && query.open_only; /* who looks one up by number wants it closed or open */
	}
	run(set, reader, &query, scope, "/v1/requests", now, arena, outcome);
}

static const char *member_text(const struct json *root, const char *pointer)
{
	return json_text(json_at(root, pointer));
}

void worklist_search(struct service *service, struct store_reader *reader, const struct principal *principal, const char *bytes,
		     size_t length, struct instant now, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	const struct json *root = json_parse(arena, bytes, length, &json_limits_body, &err);
	if (root == NULL) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	if (shape_decode(service->shapes[SHAPE_SEARCH], root, arena, &outcome->issues) == NULL) {
		(void)outcome_invalid(outcome);
		return;
	}
	struct worklist_query query = {
		.member_id = member_text(root, "/member/id"),
		.member_birth_date = member_text(root, "/member/birth_date"),
		.provider_npi = member_text(root, "/servicing_provider_npi"),
		.submitter_reference = member_text(root, "/submitter_reference"),
		.tracking_number =
			filter_number("/tracking_number", member_text(root, "/tracking_number"), ident_tracking_valid, outcome),
		.authorization_number = filter_number("/authorization_number", member_text(root, "/authorization_number"),
						      ident_authorization_valid, outcome),
		.limit = 50,
	};
	if (query.member_id == NULL && query.provider_npi == NULL && query.submitter_reference == NULL &&
	    query.tracking_number == NULL && query.authorization_number == NULL) {
		issues_add(&outcome->issues, "", "nothing_to_search",
			   "Give a member id, a provider NPI, a reference, a tracking number or an authorization number.",
			   "the search names nothing to look for");
		(void)outcome_invalid(outcome);
		return;
	}
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return;
	}
	int64_t limit;
	if (json_integer(json_member(root, "limit"), &limit)) {
		query.limit = (size_t)limit;
	}
	read_scope(principal, &query);
	/* The cursor is bound to the terms by their digest; the terms themselves never stand in an address. */
	const char *scope = arena_printf(arena, "search:%s:%s:%s:%s:%s:%s", query.member_id != NULL ? query.member_id : "",
					 query.member_birth_date != NULL ? query.member_birth_date : "",
					 query.provider_npi != NULL ? query.provider_npi : "",
					 query.submitter_reference != NULL ? query.submitter_reference : "",
					 query.tracking_number != NULL ? query.tracking_number : "",
					 query.authorization_number != NULL ? query.authorization_number : "");
	filter_cursor(member_text(root, "/cursor"), scope, &query.after_act_by, &query.after_id, outcome);
	run(service_policies(service), reader, &query, scope, NULL, now, arena, outcome);
}
