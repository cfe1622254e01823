/* SPDX-License-Identifier: Apache-2.0 */
#include "review/read.h"

#include "base/json_write.h"
#include "base/text.h"
#include "review/filter.h"
#include "review/papers.h"
#include "wire/event_json.h"
#include "wire/sensitivity.h"

#include <inttypes.h>
#include <string.h>

enum { PAGE_DEFAULT = 50, PAGE_MAX = 200, ID_MAX = 40 };

/* REVIEW: "care" of a service record, NULL of a request. One is never found as the other. */
static const struct request_view *find_owned(struct store_reader *reader, const struct principal *principal, const char *id,
					     const char *review, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	const struct request_view *view = NULL;
	if (strlen(id) <= ID_MAX && !request_read(reader, id, arena, &view, &err)) {
		(void)outcome_fail(outcome, &err);
		return NULL;
	}
	const bool meant =
		view != NULL && (review != NULL ? strcmp(view->row.review, review) == 0 : !review_of_record(view->row.review));
	if (meant) {
		const struct ownership owner = {view->row.organization, view->row.payer, view->row.sensitivity};
		if (access_owns(principal, &owner)) {
			return view;
		}
	}
	(void)outcome_refuse(outcome, ERR_NOT_FOUND, review != NULL ? "no such service record" : "no such request");
	return NULL;
}

const struct request_view *read_owned(struct store_reader *reader, const struct principal *principal, const char *id,
				      struct arena *arena, struct outcome *outcome)
{
	return find_owned(reader, principal, id, NULL, arena, outcome);
}

const struct request_view *read_owned_record(struct store_reader *reader, const struct principal *principal, const char *id,
					     struct arena *arena, struct outcome *outcome)
{
	return find_owned(reader, principal, id, "care", arena, outcome);
}

/* What was known then; its ETag is of that version, so that nothing can be changed by it that was changed since. */
static void read_as_of(struct store_reader *reader, const char *id, const char *as_of, struct arena *arena,
		       struct outcome *outcome)
{
	struct err err = {0};
	struct instant at = {0};
	filter_instant("/as_of", as_of, &at, outcome);
	if (issues_any(&outcome->issues)) {
		(void)outcome_unusable(outcome);
	} else if (!request_as_of(reader, id, at, arena, &outcome->body, &outcome->length, &outcome->version, &err)) {
		(void)outcome_fail(outcome, &err);
	} else if (outcome->body == NULL) {
		(void)outcome_refuse(outcome, ERR_NOT_FOUND,
				     outcome->version > 0 ? "what was said of it then has been purged"
							  : "it was not there yet at that instant");
	}
}

static void answer_view(struct store_reader *reader, const struct request_view *view, const char *as_of, struct arena *arena,
			struct outcome *outcome)
{
	if (view == NULL) {
		return;
	}
	if (as_of != NULL) {
		read_as_of(reader, view->row.id, as_of, arena, outcome);
		return;
	}
	outcome->body = view->snapshot;
	outcome->length = view->snapshot_length;
	outcome->version = view->row.version;
}

void read_request(struct store_reader *reader, const struct principal *principal, const char *id, const char *as_of,
		  struct arena *arena, struct outcome *outcome)
{
	answer_view(reader, read_owned(reader, principal, id, arena, outcome), as_of, arena, outcome);
}

void read_record(struct store_reader *reader, const struct principal *principal, const char *id, const char *as_of,
		 struct arena *arena, struct outcome *outcome)
{
	answer_view(reader, read_owned_record(reader, principal, id, arena, outcome), as_of, arena, outcome);
}

/* As it was sent; of a labelled request with its labels, whoever set them. */
static const struct json *labelled(const struct json *body, unsigned labels, struct arena *arena)
{
	struct err err = {0};
	struct text out;
	struct json_writer writer;
	if (labels == 0) {
		return body;
	}
	text_init(&out, arena, 128);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	sensitivity_write(&writer, labels);
	json_close_object(&writer);
	return json_merge(arena, body, json_parse(arena, out.data, out.length, &json_limits_file, &err));
}

void read_submission(struct store_reader *reader, const struct principal *principal, const char *id, struct arena *arena,
		     struct outcome *outcome)
{
	struct papers papers;
	struct text out;
	struct json_writer writer;
	const struct request_view *view = read_owned(reader, principal, id, arena, outcome);
	if (view == NULL || !papers_read(reader, id, arena, &papers, outcome)) {
		return;
	}
	text_init(&out, arena, 8192);
	json_writer_init(&writer, &out);
	json_put_tree(&writer, labelled(papers.body, view->row.sensitivity, arena));
	outcome_answer(outcome, &out);
	outcome->version = view->row.version;
	outcome->notice = sensitivity_notice(view->row.sensitivity); /* the body can be sent again as it is */
}

void read_scope(const struct principal *principal, struct worklist_query *query)
{
	query->hidden = access_hidden(principal);
	if (principal->role == ROLE_PROVIDER) {
		query->organization = principal->organization;
	} else {
		query->payers = principal->payers;
		query->payer_count = principal->payer_count;
	}
}

bool read_limit(const char *text, size_t *ret_limit, struct outcome *outcome)
{
	size_t value = 0;
	*ret_limit = PAGE_DEFAULT;
	if (text == NULL) {
		return true;
	}
	size_t digits = strspn(text, "0123456789");
	for (size_t i = 0; i < digits && i < 4; i++) {
		value = value * 10 + (size_t)(text[i] - '0');
	}
	if (digits == 0 || digits > 3 || text[digits] != '\0' || value < 1 || value > PAGE_MAX) {
		issues_add(&outcome->issues, "/limit", "out_of_range", "Send a number from 1 to 200.",
			   "limit is not a usable number");
		return false;
	}
	*ret_limit = value;
	return true;
}

static bool read_after(const char *text, int64_t *ret_after, struct outcome *outcome)
{
	*ret_after = 0;
	if (text == NULL || event_id_read(text, ret_after)) {
		return true;
	}
	issues_add(&outcome->issues, "/after", "not_an_event", "Send the id of an event, as in \"evt_000000000042\".",
		   "after is not an event id");
	return false;
}

const struct zone *read_zone(const struct policy_set *set, const char *payer)
{
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		if (payer != NULL && !policy->draft && strcmp(policy->payer, payer) == 0) {
			return policy->zone;
		}
	}
	return NULL;
}

static void write_events(const struct policy_set *set, const struct event_page *page, const char *path, size_t limit,
			 struct arena *arena, struct outcome *outcome)
{
	struct text out;
	struct json_writer writer;
	struct err err = {0};
	text_init(&out, arena, 4096);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_put_name(&writer, "events");
	json_open_array(&writer);
	unsigned labels = 0;
	for (size_t i = 0; i < page->count; i++) {
		const struct event_view *event = &page->events[i];
		labels |= event->sensitivity;
		const struct json *snapshot = NULL;
		if (event->snapshot != NULL) {
			snapshot = json_parse(arena, event->snapshot, event->snapshot_length, &json_limits_file, &err);
		}
		const struct event_line line = {
			.sequence = event->sequence,
			.at = event->at,
			.zone = read_zone(set, event->payer),
			.action = event->action,
			.actor = event->actor,
			.actor_role = event->actor_role,
			.request_id = event->request_id,
			.payer = event->payer,
			.service = event->service,
			.provider_npi = event->provider_npi,
			.policy_id = event->policy_id,
			.policy_version = event->policy_version,
			.policy_digest = event->policy_digest,
			.sensitivity = event->sensitivity,
			.snapshot = snapshot,
		};
		event_line_write(&writer, &line);
	}
	json_close_array(&writer);
	const char *last = page->count > 0 ? event_id_write(arena, page->events[page->count - 1].sequence) : NULL;
	outcome->next = page->more ? arena_printf(arena, "%s?after=%s&limit=%zu", path, last, limit) : NULL;
	sensitivity_put_notice(&writer, labels);
	json_member_text(&writer, "next", outcome->next);
	json_member_text(&writer, "last", last);
	json_close_object(&writer);
	outcome_answer(outcome, &out);
}

static bool read_query(const struct event_query *query, int64_t *ret_after, size_t *ret_limit, struct outcome *outcome)
{
	bool good = read_after(query->after, ret_after, outcome);
	good = read_limit(query->limit, ret_limit, outcome) && good;
	return good || outcome_unusable(outcome);
}

static void answer_timeline(struct service *service, struct store_reader *reader, const struct request_view *view,
			    const char *collection, const struct event_query *query, struct arena *arena,
			    struct outcome *outcome)
{
	struct err err = {0};
	struct event_page page;
	int64_t after = 0;
	size_t limit = 0;
	if (view == NULL || !read_query(query, &after, &limit, outcome)) {
		return;
	}
	if (!timeline_read(reader, view->row.id, after, limit, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	write_events(service_policies(service), &page, arena_printf(arena, "/v1/%s/%s/timeline", collection, view->row.id),
		     limit, arena, outcome);
}

void read_timeline(struct service *service, struct store_reader *reader, const struct principal *principal, const char *id,
		   const struct event_query *query, struct arena *arena, struct outcome *outcome)
{
	const struct request_view *view = read_owned(reader, principal, id, arena, outcome);
	answer_timeline(service, reader, view, "requests", query, arena, outcome);
}

void read_record_timeline(struct service *service, struct store_reader *reader, const struct principal *principal,
			  const char *id, const struct event_query *query, struct arena *arena, struct outcome *outcome)
{
	const struct request_view *view = read_owned_record(reader, principal, id, arena, outcome);
	answer_timeline(service, reader, view, "service-records", query, arena, outcome);
}

void read_feed(struct service *service, struct store_reader *reader, const struct principal *principal,
	       const struct event_query *query, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	struct event_page page;
	struct worklist_query scope = {0};
	int64_t after = 0;
	size_t limit = 0;
	if (!read_query(query, &after, &limit, outcome)) {
		return;
	}
	read_scope(principal, &scope);
	if (!feed_read(reader, &scope, after, limit, arena, &page, &err)) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	write_events(service_policies(service), &page, "/v1/events", limit, arena, outcome);
}
