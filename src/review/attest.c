/* SPDX-License-Identifier: Apache-2.0 */
#include "review/attest.h"

#include "base/ident.h"
#include "base/json_write.h"
#include "base/text.h"
#include "policy/duty.h"
#include "policy/occurrence.h"
#include "review/attestations.h"
#include "review/attested.h"
#include "review/papers.h"
#include "review/read.h"

#include <inttypes.h>
#include <string.h>

/* Of as many who attest at the same moment one is always first, so that the last of them is tried that often. */
enum { SNAPSHOT_START = 8192, TRIES_MAX = 64 };

struct attest_change {
	struct record_change record; /* first */
	unsigned tries; /* how often it was prepared before */
};

/* One PUT: what it says, and the record that it goes into. */
struct putting {
	const struct call *call;
	const char *npi;
	const char *item;
	struct attested attested;
	const struct request_view *view; /* NULL: the record is made */
	struct papers papers;
	struct draft draft;
	struct idempotency_row key;
};

/* ---- what is sent ---- */

static const char *said(const struct json *input, const char *name)
{
	const char *text = json_text(json_member(input, name));
	return text_blank(text) ? NULL : text;
}

static void check_days(const struct putting *putting, struct issues *issues)
{
	struct civil_date on;
	struct civil_date until;
	const struct zone *zone = putting->draft.program->policy->zone;
	if (!civil_parse(putting->attested.on, &on)) {
		return;
	}
	if (civil_compare(on, zone_date(zone, putting->call->now)) > 0) {
		issues_add(issues, "/on", "in_the_future", "Attest it when it is so.", "this day has not come yet");
	}
	if (putting->attested.expires_on != NULL && civil_parse(putting->attested.expires_on, &until) &&
	    civil_compare(until, on) < 0) {
		issues_add(issues, "/expires_on", "out_of_order", "Say the last day on which it holds.",
			   "it expires before the day on which it was attested");
	}
}

static const struct attestation *find_attestation(const struct evaluation *evaluation, const char *item)
{
	for (size_t i = 0; i < evaluation->attestation_count; i++) {
		if (strcmp(evaluation->attestations[i].item->id, item) == 0) {
			return &evaluation->attestations[i];
		}
	}
	return NULL;
}

/* Reads the body and finds the program; what is wrong with either is told at once. */
static bool take_input(struct putting *putting, struct outcome *outcome)
{
	const struct call *call = putting->call;
	struct draft input = {0};
	const char *route = arena_printf(call->arena, "PUT /v1/providers/%s/attestations/%s", putting->npi, putting->item);
	if (!draft_parse(&input, call->bytes, call->length, call->arena, outcome) ||
	    !call_is_new(call, route, input.body, input.body_length, NULL, &putting->key, outcome)) {
		return false;
	}
	const struct shape *shape = call->service->shapes[SHAPE_ATTESTATION];
	if (shape_decode(shape, input.root, call->arena, &outcome->issues) == NULL) {
		return outcome_invalid(outcome);
	}
	putting->attested = (struct attested){
		.item = putting->item,
		.on = said(input.root, "on"),
		.expires_on = said(input.root, "expires_on"),
		.by = said(input.root, "attested_by"),
		.note = said(input.root, "note"),
	};
	if (putting->attested.by == NULL) {
		issues_add(&outcome->issues, "/attested_by", "empty", "Say who attests it.", "somebody attests it");
	}
	struct draft *draft = &putting->draft;
	draft->root = attestations_body(call->arena, json_text(json_member(input.root, "payer")),
					json_text(json_member(input.root, "service")), putting->npi);
	draft_match(draft, call->policies, call->principal, call->now, outcome);
	for (size_t i = 0; i < outcome->issues.count; i++) {
		struct issue *issue = &outcome->issues.items[i];
		issue->pointer = strcmp(issue->pointer, "/review") == 0 ? "/service" : issue->pointer;
	}
	if (draft->found == POLICY_NONE_IN_FORCE) {
		issues_add(&outcome->issues, "/service", "not_in_force", "See /v1/policies for what is in force.",
			   "no version of the policy is in force");
	}
	if (draft->program != NULL) {
		check_days(putting, &outcome->issues);
	}
	if (issues_any(&outcome->issues) || draft->program == NULL) {
		return outcome_invalid(outcome);
	}
	return attestations_payer(call->principal, draft->program->policy->payer) ||
	       outcome_refuse(outcome, ERR_FORBIDDEN, "this token does not work for the payer");
}

/* ---- the record ---- */

/* Reads the caller's own record about the provider, if there is one. */
static bool open_record(struct putting *putting, struct outcome *outcome)
{
	struct err err = {0};
	const struct call *call = putting->call;
	const struct program *program = putting->draft.program;
	const char *owner = call->principal->organization != NULL ? call->principal->organization : "";
	const char *const *ids = NULL;
	size_t count = 0;
	if (!standing_records_read(call->reader, program->policy->payer, program->service, putting->npi, owner, 1, call->arena,
				   &ids, &count, &err) ||
	    (count > 0 && !request_read(call->reader, ids[0], call->arena, &putting->view, &err))) {
		return outcome_fail(outcome, &err);
	}
	if (putting->view == NULL) {
		return true;
	}
	if (!papers_read(call->reader, putting->view->row.id, call->arena, &putting->papers, outcome)) {
		return false;
	}
	putting->draft.root = putting->papers.body;
	return true;
}

static bool judge(struct putting *putting, struct standing_answer *answer, struct outcome *outcome)
{
	struct draft *draft = &putting->draft;
	const struct call *call = putting->call;
	draft->record = shape_decode(draft->program->policy->request, draft->root, call->arena, &outcome->issues);
	if (draft->record == NULL) {
		return outcome_invalid(outcome);
	}
	draft->received_at = putting->view != NULL ? putting->view->row.received_at : call->now;
	attestations_judge(call, draft, answer);
	return true;
}

/* What is put last is what stands, whatever its day: a wrong day must not outlive its correction. */
static bool replace(struct putting *putting, struct standing_answer *answer, struct outcome *outcome)
{
	struct draft *draft = &putting->draft;
	draft->root = attested_put(putting->call, draft->program->policy->zone, draft->root, &putting->attested);
	return judge(putting, answer, outcome);
}

/* ---- recording ---- */

static void fill_row(struct request_row *row, const struct putting *putting)
{
	char id[IDENT_ID_SIZE];
	char tracking[IDENT_TRACKING_SIZE];
	const struct call *call = putting->call;
	struct request_answer answer = draft_answer(&putting->draft, call->now);
	answer.clocks.count = 0;
	if (putting->view != NULL) {
		answer.id = putting->view->row.id;
		answer.tracking_number = putting->view->row.tracking_number;
		answer.version = putting->view->row.version + 1;
	} else {
		answer.id = arena_copy(call->arena, ident_id(call->service->ident, "prv_", call->now, id));
		answer.tracking_number = arena_copy(call->arena, ident_tracking(call->service->ident, tracking));
	}
	record_row(row, call, &putting->draft, &answer);
	row->waiting_on = waiting_on_name(WAITING_NOBODY);
	row->provider_npi = putting->npi;
}

static struct text render(const struct putting *putting, struct standing_answer *answer, const struct request_row *row,
			  struct instant updated_at)
{
	struct text out;
	struct json_writer writer;
	answer->id = row->id;
	answer->version = row->version;
	answer->received_at = putting->draft.received_at;
	answer->updated_at = updated_at;
	text_init(&out, putting->call->arena, SNAPSHOT_START);
	json_writer_init(&writer, &out);
	standing_answer_write(&writer, answer);
	return out;
}

/* As it stands now, which the newest event need not have known: time has passed. */
static void answer_again(const struct putting *putting, struct standing_answer *answer, struct outcome *outcome)
{
	struct err err = {0};
	const struct request_view *view = putting->view;
	struct instant updated_at = view->row.received_at;
	const struct json *before = view->snapshot != NULL ? json_parse(putting->call->arena, view->snapshot,
									view->snapshot_length, &json_limits_file, &err)
							   : NULL;
	const char *text = json_text(json_member(before, "updated_at"));
	if (text != NULL) {
		(void)instant_parse(text, &updated_at);
	}
	const struct text out = render(putting, answer, &view->row, updated_at);
	outcome_answer(outcome, &out);
	outcome->version = view->row.version;
}

static struct record_change *seal(struct putting *putting, struct standing_answer *answer, unsigned tries)
{
	const struct call *call = putting->call;
	struct attest_change *change = arena_alloc(call->arena, sizeof(*change));
	struct record_change *record = &change->record;
	change->tries = tries;
	outcome_init(&record->change.outcome, call->arena);
	fill_row(&record->row, putting);
	const struct text snapshot = render(putting, answer, &record->row, call->now);
	record_seal(record, call, &snapshot, answer->version, "attested");
	if (putting->view == NULL) {
		putting->papers.plan = papers_plan(call->arena, call->now, NULL);
	}
	putting->papers.body = putting->draft.root;
	putting->papers.version = answer->version;
	record->body = papers_write(&putting->papers, call->arena, &record->body_length);
	record->key = putting->key;
	record->insert = putting->view == NULL;
	record->retriable = true;
	return record;
}

static bool precondition(const struct putting *putting, struct outcome *outcome)
{
	const char *wanted = putting->call->if_match;
	const int64_t version = putting->view != NULL ? putting->view->row.version : 0;
	return wanted == NULL || strcmp(wanted, arena_printf(putting->call->arena, "\"v%" PRId64 "\"", version)) == 0 ||
	       outcome_refuse(outcome, ERR_STALE, "it was attested anew meanwhile; read it again");
}

bool attest_lost(const struct record_change *record)
{
	const struct outcome *outcome = &record->change.outcome;
	return outcome->failed && outcome->err.code == ERR_BUSY && ((const struct attest_change *)record)->tries < TRIES_MAX;
}

struct record_change *attest_prepare(const struct call *asked, const char *npi, const char *item,
				     const struct record_change *lost, struct outcome *outcome)
{
	struct call now = *asked;
	now.now = lost != NULL ? service_now(asked->service) : asked->now; /* what was first is not later */
	const struct call *call = &now;
	const unsigned tries = lost != NULL ? ((const struct attest_change *)lost)->tries + 1 : 0;
	struct putting putting = {.call = call, .npi = npi, .item = item};
	struct standing_answer answer = {0};
	if (!attestations_npi(call, npi, outcome) || !take_input(&putting, outcome) || !open_record(&putting, outcome) ||
	    !judge(&putting, &answer, outcome)) {
		return NULL;
	}
	const struct occurrence_kind *kind =
		occurrence_kind_find(policy_occurrences(putting.draft.program->policy), occurrence_attestation);
	const struct attestation *standing = find_attestation(&putting.draft.evaluation, item);
	if (kind == NULL || standing == NULL) {
		const struct item *known = program_item_find(putting.draft.program, item);
		const bool care = known != NULL && known->kind == KIND_OBLIGATION;
		(void)outcome_refuse(outcome, ERR_NOT_FOUND,
				     care ? "this obligation is not attested" : "the policy knows no such attestation");
		return NULL;
	}
	if (!occurrence_kind_by(kind, role_name(call->principal->role))) {
		(void)outcome_refuse(outcome, ERR_FORBIDDEN, "your role does not record what providers attest");
		return NULL;
	}
	if (!precondition(&putting, outcome)) {
		return NULL;
	}
	/* what stood before and was replaced does not matter */
	if (attested_before(answer.said[standing - answer.attestations], &putting.attested)) {
		answer_again(&putting, &answer, outcome);
		return NULL;
	}
	return replace(&putting, &answer, outcome) ? seal(&putting, &answer, tries) : NULL;
}
