/* SPDX-License-Identifier: Apache-2.0 */
#include "review/attestations.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/duty.h"
#include "policy/occurrence.h"
#include "review/own_json.h"
#include "review/papers.h"

#include <assert.h>
#include <string.h>

enum { RECORDS_MAX = 200, NPI_DIGITS = 10 };

const struct json *attestations_body(struct arena *arena, const char *payer, const char *service, const char *npi)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 256);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "payer", payer);
	json_member_text(&writer, "service", service);
	json_member_text(&writer, "review", "standing");
	json_put_name(&writer, "servicing_provider");
	json_open_object(&writer);
	json_member_text(&writer, "npi", npi);
	json_close_object(&writer);
	json_close_object(&writer);
	return own_json(arena, out.data);
}

bool attestations_npi(const struct call *call, const char *npi, struct outcome *outcome)
{
	struct slot slot;
	struct issues ignored;
	const struct shape *shape = policy_set_request_shape(call->policies);
	issues_init(&ignored, call->arena);
	const struct json *body = attestations_body(call->arena, "any", "any", npi);
	const struct record *record = strlen(npi) == NPI_DIGITS ? shape_decode(shape, body, call->arena, &ignored) : NULL;
	const bool found = shape_find(shape, "/servicing_provider/npi", &slot);
	assert(found);
	return (record != NULL && !record->values[slot.index].senseless) ||
	       outcome_refuse(outcome, ERR_NOT_FOUND, "this is not the NPI of a provider");
}

static const struct json *occurrence_named(const struct json *root, const char *id)
{
	for (const struct json *node = json_first(json_at(root, occurrence_list)); node != NULL; node = json_next(node)) {
		const char *own = json_text(json_member(node, "id"));
		if (own != NULL && strcmp(own, id) == 0) {
			return node;
		}
	}
	return NULL;
}

void attestations_judge(const struct call *call, struct draft *draft, struct standing_answer *answer)
{
	const struct zone *zone = draft->program->policy->zone;
	const struct submission submission = {
		.set = call->policies,
		.program = draft->program,
		.body = draft->record,
		.received_at = draft->received_at,
		.received_on = zone_date(zone, draft->received_at),
		.arrived_at = call->now,
		.today = zone_date(zone, call->now),
		.now = call->now,
	};
	evaluate(&submission, call->arena, &draft->evaluation);
	const struct evaluation *evaluation = &draft->evaluation;
	const struct json **said = arena_array(call->arena, evaluation->attestation_count + 1, sizeof(const struct json *));
	for (size_t i = 0; i < evaluation->attestation_count; i++) {
		const char *id = evaluation->attestations[i].occurrence;
		said[i] = id != NULL ? occurrence_named(draft->root, id) : NULL;
	}
	answer->program = draft->program;
	answer->attestations = evaluation->attestations;
	answer->said = said;
	answer->count = evaluation->attestation_count;
	answer->provider_npi = draft_text(draft, "/servicing_provider/npi");
}

/* ---- reading ---- */

bool attestations_payer(const struct principal *principal, const char *payer)
{
	const struct ownership owner = {.organization = principal->organization, .payer = payer};
	return access_owns(principal, &owner);
}

/* The program of today, with a record in which nothing is attested. */
static bool open_blank(const struct call *call, const char *npi, const char *payer, const char *service, struct draft *draft,
		       struct outcome *outcome)
{
	const enum policy_match found =
		policy_set_match(call->policies, payer, service, "standing", call->now, &draft->program);
	if (found != POLICY_ANSWERS || !attestations_payer(call->principal, payer)) {
		return outcome_refuse(outcome, ERR_NOT_FOUND,
				      "no policy in force knows attestations for this payer and service");
	}
	draft->root = attestations_body(call->arena, payer, draft->program->service, npi);
	draft->received_at = call->now;
	draft->record = shape_decode(draft->program->policy->request, draft->root, call->arena, &outcome->issues);
	return draft->record != NULL || outcome_invalid(outcome);
}

/* One organization's record, held against the version of today. */
static bool read_part(const struct call *call, const char *id, const struct draft *blank, struct standing_answer *part,
		      struct outcome *outcome)
{
	struct err err = {0};
	struct papers papers;
	const struct request_view *view = NULL;
	if (!request_read(call->reader, id, call->arena, &view, &err)) {
		return outcome_fail(outcome, &err);
	}
	if (!papers_read(call->reader, id, call->arena, &papers, outcome)) {
		return false;
	}
	struct draft draft = {.program = blank->program, .received_at = call->now, .root = papers.body};
	draft.record = shape_decode(blank->program->policy->request, papers.body, call->arena, &outcome->issues);
	if (draft.record == NULL) {
		return outcome_refuse(outcome, ERR_STORE, "what was attested does not fit the policy in force");
	}
	attestations_judge(call, &draft, part);
	part->organization = text_blank(view->row.organization) ? NULL : view->row.organization;
	return true;
}

/* Staff see what each organization has said, one beside the other; an organization its own. */
static bool read_parts(const struct call *call, const char *npi, const struct draft *blank, struct standing_answer *answer,
		       struct outcome *outcome)
{
	struct err err = {0};
	const char *const *ids = NULL;
	const struct program *program = blank->program;
	const char *organization = call->principal->organization;
	size_t count = 0;
	if (!standing_records_read(call->reader, program->policy->payer, program->service, npi, organization, RECORDS_MAX,
				   call->arena, &ids, &count, &err)) {
		return outcome_fail(outcome, &err);
	}
	struct standing_answer *parts = arena_array(call->arena, count + 1, sizeof(*parts));
	for (size_t i = 0; i < count; i++) {
		parts[i] = (struct standing_answer){0};
		if (!read_part(call, ids[i], blank, &parts[i], outcome)) {
			return false;
		}
	}
	if (organization == NULL) {
		answer->parts = parts;
		answer->part_count = count;
	} else if (count > 0) {
		*answer = parts[0];
	}
	return true;
}

static bool check_parameter(const char *value, const char *pointer, const char *fix, struct outcome *outcome)
{
	if (value == NULL) {
		issues_add(&outcome->issues, pointer, "missing_parameter", fix, "a query parameter is missing");
	}
	return value != NULL;
}

void attestations_read(const struct call *call, const char *npi, const char *payer, const char *service,
		       struct outcome *outcome)
{
	struct draft blank = {0};
	struct standing_answer answer = {0};
	if (!attestations_npi(call, npi, outcome)) {
		return;
	}
	bool asked = check_parameter(payer, "/payer", "Add payer=..., see /v1/policies.", outcome);
	asked = check_parameter(service, "/service", "Add service=..., see /v1/policies.", outcome) && asked;
	if (!asked) {
		(void)outcome_unusable(outcome);
		return;
	}
	if (!open_blank(call, npi, payer, service, &blank, outcome)) {
		return;
	}
	attestations_judge(call, &blank, &answer);
	if (!read_parts(call, npi, &blank, &answer, outcome)) {
		return;
	}
	struct text out;
	struct json_writer writer;
	text_init(&out, call->arena, 4096);
	json_writer_init(&writer, &out);
	standing_answer_write(&writer, &answer);
	outcome_answer(outcome, &out);
}
