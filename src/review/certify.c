/* SPDX-License-Identifier: Apache-2.0 */
#include "review/certify.h"

#include "base/civil.h"
#include "base/text.h"
#include "review/criterion.h"
#include "review/evidence.h"
#include "review/say.h"

#include <string.h>

/* What each end must show (rules C.8, D CON, X03), or say. */
static const struct ending {
	const char *outcome;
	bool needs; /* what the gate needs, however it ended */
	bool certifies; /* what certifies the need */
	bool note;
} endings[] = {
	{"certified", true, true, false},
	{"not_certified", true, false, false},
	{"closed_without_certification", false, false, true},
};

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

static const struct ending *ending_of(const struct amendment *amendment)
{
	const char *outcome = input_text(amendment, "outcome");
	size_t i = 0;
	while (i + 1 < sizeof(endings) / sizeof(endings[0]) && strcmp(endings[i].outcome, outcome) != 0) {
		i++;
	}
	return &endings[i];
}

static const struct item *gate_of(const struct amendment *amendment)
{
	const struct program *program = amendment->program;
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_GATE && criterion_applies(amendment, program->items[i])) {
			return program->items[i];
		}
	}
	return NULL;
}

static bool may_certify(const struct amendment *amendment, const struct item *gate, struct outcome *outcome)
{
	if (gate == NULL) {
		return outcome_refuse(outcome, ERR_TRANSITION, "nothing waits for a certificate of need of this request");
	}
	if (json_member(amendment->papers.plan, "con") != NULL) {
		return outcome_refuse(outcome, ERR_TRANSITION,
				      "how the certificate of need ended is recorded already, and it is recorded once");
	}
	return true;
}

static bool shown(const struct json *shows, const char *word)
{
	for (const struct json *node = json_first(shows); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(node), word) == 0) {
			return true;
		}
	}
	return false;
}

/* Every word that is not shown: the statement certifies all of it or does not certify. */
static void check_shown(const struct amendment *amendment, const struct item_words *words, const char *fix,
			struct issues *issues)
{
	const struct json *shows = json_member(amendment->input, "shows");
	for (size_t i = 0; i < words->count; i++) {
		if (!shown(shows, words->list[i])) {
			issues_add(issues, "/shows", "not_shown", fix, "found: nothing that shows it; needed: \"%s\", %s",
				   words->list[i], say_word(amendment->program->policy, words->list[i]));
		}
	}
}

/* Words that the gate does not know are slips, which must not pass for what is missing. */
static void check_words(const struct amendment *amendment, const struct item *gate, struct issues *issues)
{
	struct arena *arena = issues->arena;
	size_t count = gate->needs.count + gate->certifies.count;
	const char **known = arena_array(arena, count + 1, sizeof(*known));
	for (size_t i = 0; i < count; i++) {
		known[i] = i < gate->needs.count ? gate->needs.list[i] : gate->certifies.list[i - gate->needs.count];
	}
	const struct item_words words = {known, count};
	const struct json *shows = json_member(amendment->input, "shows");
	const struct json *node = json_first(shows);
	for (size_t index = 0; node != NULL; node = json_next(node), index++) {
		if (item_words_have(&words, json_text(node))) {
			continue;
		}
		const char *near = text_nearest(json_text(node), known, count);
		const char *fix = near != NULL ? arena_printf(arena, "Did you mean \"%s\"?", near)
					       : "Use the words of the gate in the requirements.";
		issues_add(issues, arena_printf(arena, "/shows/%zu", index), "unknown_word", fix,
			   "the policy knows nothing of this name that a certificate shows");
	}
}

static void check_certificate(const struct amendment *amendment, const struct item *gate, struct issues *issues)
{
	const struct ending *ending = ending_of(amendment);
	check_words(amendment, gate, issues);
	if (ending->needs) {
		check_shown(amendment, &gate->needs,
			    "Record it when it shows this too; until then the process is not complete.", issues);
	}
	if (ending->certifies) {
		check_shown(amendment, &gate->certifies, "A certificate without this does not certify the need.", issues);
	}
	if (ending->note && text_blank(input_text(amendment, "note"))) {
		issues_add(issues, "/note", "missing_member", "Say why it was closed.",
			   "a process that was closed without certification needs a note");
	}
	evidence_check_document(amendment->papers.body, input_text(amendment, "document"), "/document", issues);
}

/* Perhaps long before the request: a certificate of an earlier referral counts from its day. Not before the member, not later than now. */
static struct instant completed_at(const struct amendment *amendment, struct issues *issues)
{
	struct instant at = {0};
	struct civil_date born;
	struct civil_date signed_on;
	const struct zone *zone = amendment->program->policy->zone;
	const char *birth = json_text(json_at(amendment->papers.body, "/member/birth_date"));
	const char *signature = input_text(amendment, "signed_on");
	(void)instant_parse(input_text(amendment, "completed_at"), &at);
	const struct civil_date day = zone_date(zone, at);
	if (instant_compare(at, amendment->call->now) > 0) {
		issues_add(issues, "/completed_at", "in_the_future", "Record it when it is complete.",
			   "it cannot have been completed later than now");
	} else if (at.us < 0 || (birth != NULL && civil_parse(birth, &born) && civil_compare(day, born) < 0)) {
		issues_add(issues, "/completed_at", "too_long_ago", "Give the instant at which it was complete.",
			   "it cannot have been completed before the member was born, nor before 1970");
	} else if (signature != NULL && civil_parse(signature, &signed_on) && civil_compare(day, signed_on) < 0) {
		issues_add(issues, "/signed_on", "out_of_time",
			   "Give the day of the signature, and the instant that completed it.",
			   "a statement that was signed later was not complete before");
	}
	return at;
}

static const char *certificate_json(const struct amendment *amendment, struct instant completed)
{
	char text[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	const struct call *call = amendment->call;
	const struct zone *zone = amendment->program->policy->zone;
	text_init(&out, call->arena, 1024);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "outcome", input_text(amendment, "outcome"));
	json_member_text(&writer, "completed_at", zone_format(zone, completed, text));
	json_member_list(&writer, "shows", json_member(amendment->input, "shows"));
	json_member_text(&writer, "reviewer", input_text(amendment, "reviewer"));
	json_member_list(&writer, "team", json_member(amendment->input, "team"));
	json_member_text(&writer, "signed_on", input_text(amendment, "signed_on"));
	json_member_text(&writer, "document", input_text(amendment, "document"));
	json_member_text(&writer, "note", input_text(amendment, "note"));
	json_member_text(&writer, "at", zone_format(zone, call->now, text));
	json_member_text(&writer, "by", call->principal->id);
	json_close_object(&writer);
	return out.data;
}

/* The event that the gate waits for: it is judged by when the process was complete, not by when that was recorded. */
static const char *event_json(const struct amendment *amendment, const struct item *gate, struct instant completed)
{
	char at[INSTANT_TEXT_SIZE];
	struct text out;
	struct json_writer writer;
	text_init(&out, amendment->call->arena, 128);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "name", gate->event);
	json_member_text(&writer, "at", zone_format(amendment->program->policy->zone, completed, at));
	json_close_object(&writer);
	return out.data;
}

struct record_change *certify_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_CERTIFY, .resource = "certificate-of-need", .shape = call->service->shapes[SHAPE_CON]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	const struct item *gate = gate_of(&amendment);
	if (!may_certify(&amendment, gate, outcome)) {
		return NULL;
	}
	check_certificate(&amendment, gate, &outcome->issues);
	const struct instant completed = completed_at(&amendment, &outcome->issues);
	if (issues_any(&outcome->issues)) {
		(void)outcome_invalid(outcome);
		return NULL;
	}
	struct papers *papers = &amendment.papers;
	papers->plan = papers_set(call->arena, papers->plan, "con", certificate_json(&amendment, completed));
	papers->plan = papers_append(call->arena, papers->plan, "events", event_json(&amendment, gate, completed));
	return amend_end(&amendment, "certificate_of_need_recorded", outcome);
}
