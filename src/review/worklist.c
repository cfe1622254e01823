/* SPDX-License-Identifier: Apache-2.0 */
#include "review/worklist.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "domain/lifecycle.h"
#include "review/read.h"
#include "store/records.h"
#include "wire/worklist.h"

#include <string.h>

/* Deadlines are shown on the clocks of the policy that set them. */
static const struct zone *zone_of(const struct service *service, const struct request_row *row)
{
	const struct policy *policy = policy_set_find(service->policies, row->policy_id, row->policy_version);
	return policy != NULL ? policy->zone : policy_set_at(service->policies, 0)->zone;
}

static void write_row(struct json_writer *writer, const struct service *service, const struct request_row *row,
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
		.open = row->open,
		.zone = zone_of(service, row),
	};
	worklist_line_write(writer, &line, now);
}

/* ADDRESS: where the next page is found, or NULL when the same body with the new cursor finds it (search terms stay out of addresses). */
static void write_page(const struct service *service, const struct worklist_page *page, const char *scope, const char *address,
		       struct instant now, struct arena *arena, struct outcome *outcome)
{
	const char *next = NULL;
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 512 + page->count * 640);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_put_name(&writer, "requests");
	json_open_array(&writer);
	for (size_t i = 0; i < page->count; i++) {
		write_row(&writer, service, &page->rows[i], now);
	}
	json_close_array(&writer);
	if (page->more) {
		const struct request_row *last = &page->rows[page->count - 1];
		const struct worklist_cursor cursor = {last->act_by, last->id};
		next = worklist_cursor_write(arena, &cursor, scope);
		outcome->next = address != NULL ? arena_printf(arena, "%s%scursor=%s", address, scope, next) : NULL;
	}
	json_member_text(&writer, "next", outcome->next);
	json_member_text(&writer, "cursor", next);
	json_close_object(&writer);
	outcome->body = out.data;
	outcome->length = out.length;
}

static bool among(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], text) == 0) {
			return true;
		}
	}
	return false;
}

static void bad_word(struct outcome *outcome, const char *pointer, const char *const *words, size_t count)
{
	struct text known;
	text_init(&known, outcome->issues.arena, 128);
	for (size_t i = 0; i < count; i++) {
		text_printf(&known, "%s%s", i > 0 ? ", " : "Use one of: ", words[i]);
	}
	issues_add(&outcome->issues, pointer, "unknown_word", known.data, "this filter does not know that word");
}

static void take_status(const char *text, struct worklist_query *query, struct outcome *outcome)
{
	static const char *const words[] = {"open",     "any",        "manual_route", "not_required",
					    "returned", "incomplete", "pending_con",  "in_review",
					    "decided",  "withdrawn",  "recorded"};
	enum status status;
	if (text == NULL || strcmp(text, "open") == 0) {
		query->open_only = true;
	} else if (strcmp(text, "any") != 0) {
		query->status = text;
		if (!status_from_name(text, &status)) {
			bad_word(outcome, "/status", words, sizeof(words) / sizeof(words[0]));
		}
	}
}

static void take_waiting(const char *text, struct worklist_query *query, struct outcome *outcome)
{
	static const char *const words[] = {"provider", "plan", "con_reviewer", "nobody"};
	enum waiting_on waiting;
	query->waiting_on = text;
	if (text != NULL && !waiting_on_from_name(text, &waiting)) {
		bad_word(outcome, "/waiting_on", words, sizeof(words) / sizeof(words[0]));
	}
}

/* Unknown payers and services are refused: a typo must not look like an empty list. */
static void take_subject(const struct service *service, const struct worklist_filters *filters, struct outcome *outcome)
{
	size_t count = 0;
	const char *const *payers = policy_set_payers(service->policies, &count);
	bool known = filters->service == NULL;
	if (filters->payer != NULL && !among(filters->payer, payers, count)) {
		bad_word(outcome, "/payer", payers, count);
	}
	for (size_t i = 0; i < count && !known; i++) {
		size_t services;
		const char *const *names = policy_set_services(service->policies, payers[i], &services);
		known = among(filters->service, names, services);
	}
	if (!known) {
		issues_add(&outcome->issues, "/service", "unknown_word", "See /v1/policies for the services.",
			   "this filter does not know that word");
	}
}

/* As it is printed, or as people type it: in small letters. */
static const char *take_tracking(const char *text, struct outcome *outcome)
{
	if (text == NULL) {
		return NULL;
	}
	char *upper = arena_copy(outcome->issues.arena, text);
	for (char *at = upper; *at != '\0'; at++) {
		*at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
	}
	if (!ident_tracking_valid(upper)) {
		issues_add(&outcome->issues, "/tracking_number", "not_a_tracking_number",
			   "Send it as it was given out, as in AR-7QK4-M2XC-5.", "this is no tracking number of ours");
	}
	return upper;
}

static void take_due(const char *text, struct worklist_query *query, struct outcome *outcome)
{
	if (text != NULL && !instant_parse(text, &query->due_before)) {
		issues_add(&outcome->issues, "/due_before", "not_an_instant",
			   "Send an instant with its offset, as in 2026-11-27T17:00:00-08:00 (in a URL, + is written %%2B).",
			   "due_before is not an instant");
	}
}

static void take_cursor(const char *text, const char *scope, struct worklist_query *query, struct outcome *outcome)
{
	struct worklist_cursor cursor;
	if (text == NULL) {
		return;
	}
	if (!worklist_cursor_read(outcome->issues.arena, text, scope, &cursor)) {
		issues_add(&outcome->issues, "/cursor", "not_a_cursor", "Follow `next` of the page before, unchanged.",
			   "the cursor does not belong to this list");
		return;
	}
	query->after_act_by = cursor.act_by;
	query->after_id = cursor.id;
}

/* The filters as they stand in the address of the next page, which also binds the cursor to them. */
static const char *scope_text(const struct worklist_filters *filters, struct arena *arena)
{
	const struct {
		const char *name;
		const char *value;
	} parts[] = {
		{"status", filters->status},         {"service", filters->service},
		{"payer", filters->payer},           {"review", filters->review},
		{"waiting_on", filters->waiting_on}, {"due_before", filters->due_before},
		{"limit", filters->limit},           {"submitter_reference", filters->submitter_reference},
	};
	struct text scope;
	text_init(&scope, arena, 128);
	text_puts(&scope, "");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].value == NULL) {
			continue;
		}
		text_printf(&scope, "%s=", parts[i].name);
		for (const char *at = parts[i].value; *at != '\0'; at++) {
			bool plain = (*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z') || *at == '-' ||
				     *at == '_' || *at == '.' || *at == ':';
			text_printf(&scope, plain ? "%c" : "%%%02X", (unsigned char)*at);
		}
		text_puts(&scope, "&");
	}
	return scope.data;
}

static void run(struct service *service, struct store_reader *reader, const struct worklist_query *query, const char *scope,
		const char *address, struct instant now, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	struct worklist_page page;
	if (issues_any(&outcome->issues)) {
		(void)outcome_refuse(outcome, ERR_BAD_PARAMETER, "a query parameter cannot be used");
	} else if (!worklist_read(reader, query, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
	} else {
		write_page(service, &page, scope, address, now, arena, outcome);
	}
}

void worklist_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		   const struct worklist_filters *filters, struct instant now, struct arena *arena, struct outcome *outcome)
{
	struct worklist_query query = {
		.service = filters->service,
		.payer = filters->payer,
		.review = filters->review,
		.tracking_number = take_tracking(filters->tracking_number, outcome),
		.submitter_reference = filters->submitter_reference,
	};
	const char *scope = scope_text(filters, arena);
	read_scope(principal, &query);
	take_subject(service, filters, outcome);
	take_status(filters->status, &query, outcome);
	take_waiting(filters->waiting_on, &query, outcome);
	take_due(filters->due_before, &query, outcome);
	(void)read_limit(filters->limit, &query.limit, outcome);
	take_cursor(filters->cursor, scope, &query, outcome);
	if (filters->tracking_number != NULL || filters->submitter_reference != NULL) {
		query.open_only =
			filters->status != NULL && query.open_only; /* who looks one up by number wants it closed or open */
	}
	run(service, reader, &query, scope, "/v1/requests?", now, arena, outcome);
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
		.tracking_number = member_text(root, "/tracking_number"),
		.limit = 50,
	};
	if (query.member_id == NULL && query.provider_npi == NULL && query.submitter_reference == NULL &&
	    query.tracking_number == NULL) {
		issues_add(&outcome->issues, "", "nothing_to_search",
			   "Give a member id, a provider NPI, a reference or a tracking number.",
			   "the search names nothing to look for");
		(void)outcome_invalid(outcome);
		return;
	}
	int64_t limit;
	if (json_integer(json_member(root, "limit"), &limit)) {
		query.limit = (size_t)limit;
	}
	read_scope(principal, &query);
	/* The cursor is bound to the terms by their digest; the terms themselves never stand in an address. */
	const char *scope = arena_printf(arena, "search:%s:%s:%s:%s:%s", query.member_id != NULL ? query.member_id : "",
					 query.member_birth_date != NULL ? query.member_birth_date : "",
					 query.provider_npi != NULL ? query.provider_npi : "",
					 query.submitter_reference != NULL ? query.submitter_reference : "",
					 query.tracking_number != NULL ? query.tracking_number : "");
	take_cursor(member_text(root, "/cursor"), scope, &query, outcome);
	run(service, reader, &query, scope, NULL, now, arena, outcome);
}
