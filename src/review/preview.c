/* SPDX-License-Identifier: Apache-2.0 */
#include "review/preview.h"

#include "base/text.h"
#include "review/determination.h"
#include "review/determine.h"
#include "review/preview_parts.h"
#include "review/read.h"
#include "wire/sensitivity.h"

/* What a preview is about. */
struct preview {
	const struct call *call;
	const struct determination_facts *facts;
	const struct json *nothing; /* an empty body */
	const struct json *before; /* the decision that would be corrected, or NULL */
	const char *refusal; /* why nothing can be decided at all now, or NULL */
};

static struct determination proposal(const struct preview *preview, enum verdict verdict, const char *basis)
{
	struct determination determination = {
		.facts = preview->facts,
		.verdict = verdict,
		.basis = basis,
		.input = preview->nothing,
		.before = preview->before,
		.caps = caps_of(preview->facts, INTERQUAL_UNKNOWN),
	};
	if (determination_awaits_placement(&determination)) {
		determination.grants = (struct grants){NULL, 0, true};
	} else if (verdict == VERDICT_APPROVED) {
		determination.grants = grants_read(preview->facts, NULL, NULL);
	} else if (verdict == VERDICT_IN_PART) {
		determination.grants = grants_possible(preview->facts, &determination.caps);
	}
	determination_choose_criteria(&determination);
	return determination;
}

/* What stands against an outcome whatever its basis. */
static void check_outcome(const struct preview *preview, enum verdict verdict, struct issues *standing)
{
	struct issues body;
	struct determination determination = proposal(preview, verdict, NULL);
	issues_init(&body, preview->facts->arena);
	if (preview->refusal != NULL) {
		issues_add(standing, "/outcome", "not_now", NULL, "%s", preview->refusal);
		return;
	}
	if (verdict == VERDICT_APPROVED) {
		determination_check(&determination, standing, &body);
		return;
	}
	determination_check_needs(&determination, standing, &body);
	if (verdict == VERDICT_IN_PART && determination.grants.count == 0) {
		issues_add(standing, "/grants", "nothing_granted", NULL,
			   determination_awaits_placement(&determination)
				   ? "what waits for its placement has no days yet of which a part could be refused"
				   : "as it stands no requested day can be approved");
	}
}

static void check_basis(const struct preview *preview, enum verdict verdict, const char *basis, struct issues *standing)
{
	struct issues body;
	struct determination determination = proposal(preview, verdict, basis);
	issues_init(&body, preview->facts->arena);
	determination_check_basis(&determination, standing, &body);
	determination_check_found(&determination, standing);
	determination_check_needs(&determination, standing, &body);
}

/* True when one of them holds. */
static bool write_bases(struct json_writer *writer, const struct preview *preview, enum verdict verdict)
{
	bool any = verdict == VERDICT_APPROVED;
	json_put_name(writer, "bases");
	json_open_array(writer);
	for (size_t i = 0; verdict != VERDICT_APPROVED && preview->refusal == NULL && i < BASIS_COUNT; i++) {
		struct issues standing;
		issues_init(&standing, preview->facts->arena);
		check_basis(preview, verdict, basis_name(i), &standing);
		any = any || !issues_any(&standing);
		json_open_object(writer);
		json_member_text(writer, "basis", basis_name(i));
		json_member_boolean(writer, "possible", !issues_any(&standing));
		preview_write_guards(writer, &standing);
		json_close_object(writer);
	}
	json_close_array(writer);
	return any;
}

static void write_outcome(struct json_writer *writer, const struct preview *preview, enum verdict verdict)
{
	struct issues standing;
	const struct determination determination = proposal(preview, verdict, NULL);
	issues_init(&standing, preview->facts->arena);
	check_outcome(preview, verdict, &standing);
	json_open_object(writer);
	json_member_text(writer, "outcome", verdict_name(verdict));
	preview_write_guards(writer, &standing);
	bool any = write_bases(writer, preview, verdict);
	json_member_boolean(writer, "possible", any && !issues_any(&standing));
	preview_write_needs(writer, preview->facts, verdict);
	preview_write_credentials(writer, preview->facts, verdict);
	json_member_boolean(writer, "your_credential",
			    preview->call->principal->credential != NULL &&
				    determination_not_for(&determination, preview->call->principal->credential) == NULL);
	json_close_object(writer);
}

static void write_all(struct json_writer *writer, const struct amendment *amendment, const struct preview *preview)
{
	const struct determination_facts *facts = preview->facts;
	json_open_object(writer);
	json_member_text(writer, "id", amendment->view->row.id);
	json_member_text(writer, "status", amendment->view->row.status);
	sensitivity_write_notice(writer, amendment->view->row.sensitivity);
	json_put_name(writer, "outcomes");
	json_open_array(writer);
	for (int i = 0; i < VERDICT_COUNT; i++) {
		write_outcome(writer, preview, (enum verdict)i);
	}
	json_close_array(writer);
	preview_write_lines(writer, facts);
	preview_write_limits(writer, facts);
	preview_write_barred(writer, facts);
	preview_write_grants(writer, facts);
	preview_write_open(writer, facts);
	preview_write_clocks(writer, facts);
	json_member_tree(writer, "decision", json_member(amendment->papers.plan, "decision"));
	json_member_tree(writer, "authorization", json_member(amendment->papers.plan, "authorization"));
	json_member_tree(writer, "placement", json_member(amendment->papers.plan, "placement"));
	json_close_object(writer);
}

void preview_determination(const struct call *call, const char *id, struct outcome *outcome)
{
	struct err err = {0};
	struct amendment amendment;
	struct determination_facts facts;
	struct text out;
	struct json_writer writer;
	const struct request_view *view = read_owned(call->reader, call->principal, id, call->arena, outcome);
	if (view == NULL || !amend_open(&amendment, call, view, outcome) || !amend_judge(&amendment, outcome)) {
		return;
	}
	determination_facts(&amendment, &facts);
	enum step step = lifecycle_allows(amendment.draft.evaluation.status, STEP_CORRECT) ? STEP_CORRECT : STEP_DETERMINE;
	const struct preview preview = {
		.call = call,
		.facts = &facts,
		.nothing = json_parse(call->arena, "{}", 2, &json_limits_body, &err),
		.before = step == STEP_CORRECT ? json_member(amendment.papers.plan, "decision") : NULL,
		.refusal = determine_refusal(&amendment, amendment.draft.evaluation.status, step),
	};
	text_init(&out, call->arena, 16384);
	json_writer_init(&writer, &out);
	write_all(&writer, &amendment, &preview);
	outcome_answer(outcome, &out);
	outcome->version = view->row.version;
}
