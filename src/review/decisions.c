/* SPDX-License-Identifier: Apache-2.0 */
#include "review/decisions.h"

#include "base/json_write.h"
#include "base/text.h"
#include "review/filter.h"
#include "review/page.h"
#include "review/read.h"
#include "store/records.h"
#include "wire/decision.h"
#include "wire/sensitivity.h"
#include "wire/worklist.h"

#include <string.h>

enum { ID_MAX = 40 };

static struct decision_line line_of(const struct policy_set *set, const struct decision_view *view)
{
	const struct decision_row *row = &view->row;
	return (struct decision_line){
		.id = row->id,
		.request_id = row->request_id,
		.tracking_number = view->tracking_number,
		.disposition = row->disposition,
		.outcome = row->outcome,
		.basis = row->basis,
		.reason = row->reason,
		.payer = view->payer,
		.service = view->service,
		.review = view->review,
		.by = row->decider,
		.role = row->decider_role,
		.credential = row->credential,
		.decided_at = row->decided_at,
		.late = row->late,
		.authorization_number = row->authorization_number,
		.covered_from = row->covered_from,
		.covered_to = row->covered_to,
		.supersedes = row->supersedes,
		.superseded_by = view->superseded_by,
		.appeal = row->appeal,
		.sensitivity = view->sensitivity,
		.zone = read_zone(set, view->payer),
	};
}

static void write_json(const struct policy_set *set, const struct decision_page *page, const char *next, struct arena *arena,
		       struct outcome *outcome)
{
	struct page body;
	page_open(&body, "decisions", 512 + page->count * 640, arena);
	for (size_t i = 0; i < page->count; i++) {
		struct decision_line line = line_of(set, &page->rows[i]);
		json_open_object(&body.writer);
		decision_members_write(&body.writer, &line);
		json_close_object(&body.writer);
		body.labels |= page->rows[i].sensitivity;
	}
	page_close(&body, next, outcome);
}

static void write_csv(const struct policy_set *set, const struct decision_page *page, struct arena *arena,
		      struct outcome *outcome)
{
	struct text out;
	unsigned labels = 0;
	text_init(&out, arena, 512 + page->count * 512);
	decision_csv_header(&out);
	for (size_t i = 0; i < page->count; i++) {
		struct decision_line line = line_of(set, &page->rows[i]);
		decision_csv_row(&out, &line);
		labels |= page->rows[i].sensitivity;
	}
	outcome_answer(outcome, &out);
	outcome->notice = sensitivity_notice(labels);
}

/* The words of the closed lists; late and superseded are words too, so that a typo is told. */
static void take_words(const struct decision_filters *filters, struct decisions_query *query, struct outcome *outcome)
{
	static const char *const outcomes[] = {"approved", "approved_in_part", "denied"};
	static const char *const dispositions[] = {"determined", "returned", "not_required", "withdrawn", "closed_elsewhere"};
	static const char *const truths[] = {"false", "true"};
	static const char *const superseded[] = {"include", "exclude"};
	(void)filter_word("/outcome", filters->outcome, outcomes, 3, outcome);
	(void)filter_word("/disposition", filters->disposition, dispositions, 5, outcome);
	(void)filter_review(filters->review, outcome);
	filter_text("/reviewer", filters->reviewer, outcome);
	(void)filter_word("/superseded", filters->superseded, superseded, 2, outcome);
	query->late = -1;
	if (filter_word("/late", filters->late, truths, 2, outcome) && filters->late != NULL) {
		query->late = strcmp(filters->late, "true") == 0;
	}
	query->effective_only = filters->superseded == NULL || strcmp(filters->superseded, "include") != 0;
}

static const char *scope_text(const struct decision_filters *filters, struct arena *arena)
{
	const struct filter_part parts[] = {
		{"outcome", filters->outcome},
		{"disposition", filters->disposition},
		{"payer", filters->payer},
		{"service", filters->service},
		{"review", filters->review},
		{"reviewer", filters->reviewer},
		{"decided_from", filters->decided_from},
		{"decided_to", filters->decided_to},
		{"late", filters->late},
		{"superseded", filters->superseded},
		{"limit", filters->limit},
	};
	return filter_scope(parts, sizeof(parts) / sizeof(parts[0]), arena);
}

static bool take_filters(const struct policy_set *set, const struct principal *principal,
			 const struct decision_filters *filters, const char *scope, struct decisions_query *query,
			 struct outcome *outcome)
{
	struct worklist_query owner = {0};
	read_scope(principal, &owner);
	*query = (struct decisions_query){
		.organization = owner.organization,
		.payers = owner.payers,
		.payer_count = owner.payer_count,
		.hidden = owner.hidden,
		.outcome = filters->outcome,
		.disposition = filters->disposition,
		.payer = filters->payer,
		.service = filters->service,
		.review = filters->review,
		.decider = filters->reviewer,
	};
	take_words(filters, query, outcome);
	filter_subject(set, filters->payer, filters->service, outcome);
	filter_instant("/decided_from", filters->decided_from, &query->decided_from, outcome);
	filter_instant("/decided_to", filters->decided_to, &query->decided_to, outcome);
	(void)read_limit(filters->limit, &query->limit, outcome);
	filter_cursor(filters->cursor, scope, &query->after_decided_at, &query->after_id, outcome);
	return !issues_any(&outcome->issues) || outcome_unusable(outcome);
}

void decisions_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		    const struct decision_filters *filters, bool csv, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	struct decisions_query query;
	struct decision_page page;
	const char *next = NULL;
	const char *scope = scope_text(filters, arena);
	const struct policy_set *set = service_policies(service);
	if (!take_filters(set, principal, filters, scope, &query, outcome)) {
		return;
	}
	if (!decisions_read(reader, &query, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	if (page.more) {
		const struct decision_row *last = &page.rows[page.count - 1].row;
		const struct worklist_cursor cursor = {last->decided_at, last->id};
		next = page_next(&cursor, "/v1/decisions", scope, arena, outcome);
	}
	if (csv) {
		write_csv(set, &page, arena, outcome);
	} else {
		write_json(set, &page, next, arena, outcome);
	}
}

static void write_one(const struct policy_set *set, const struct decision_view *view, struct arena *arena,
		      struct outcome *outcome)
{
	struct err err = {0};
	struct text out;
	struct json_writer writer;
	struct decision_line line = line_of(set, view);
	if (view->snapshot == NULL) {
		(void)outcome_refuse(outcome, ERR_NOT_FOUND, "what was found then has been purged");
		return;
	}
	const struct json *answer = json_parse(arena, view->snapshot, view->snapshot_length, &json_limits_file, &err);
	if (answer == NULL) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	text_init(&out, arena, 2048 + view->snapshot_length);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	decision_members_write(&writer, &line);
	sensitivity_put_notice(&writer, view->sensitivity);
	json_member_tree(&writer, "answer", answer);
	json_close_object(&writer);
	outcome_answer(outcome, &out);
}

void decisions_one(struct service *service, struct store_reader *reader, const struct principal *principal, const char *id,
		   struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	const struct decision_view *view = NULL;
	if (strlen(id) <= ID_MAX && !decision_read(reader, id, arena, &view, &err)) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	if (view != NULL) {
		const struct ownership owner = {view->organization, view->payer, view->sensitivity};
		if (access_owns(principal, &owner)) {
			write_one(service_policies(service), view, arena, outcome);
			return;
		}
	}
	(void)outcome_refuse(outcome, ERR_NOT_FOUND, "no such decision");
}
