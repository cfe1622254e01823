/* SPDX-License-Identifier: Apache-2.0 */
#include "review/determination_parts.h"

#include "domain/need.h"

#include "base/json_write.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static const char *quoted(struct arena *arena, const char *text)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 64);
	json_writer_init(&writer, &out);
	json_put_text(&writer, text);
	return out.data;
}

static const char *tree(struct arena *arena, const struct json *node)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 256);
	json_writer_init(&writer, &out);
	json_put_tree(&writer, node);
	return out.data;
}

/* Each gives JSON text, or NULL while it is not there. */

static const char *text_of(const struct determination *determination, const char *name)
{
	const char *text = determination_text(determination, name);
	return text != NULL ? quoted(determination->facts->arena, text) : NULL;
}

static const char *rationale(const struct determination *determination)
{
	return text_of(determination, "rationale");
}

static const char *alternative(const struct determination *determination)
{
	return text_of(determination, "alternative");
}

/* Of a request that holds no document the submission itself was reviewed. */
static const char *documents_reviewed(const struct determination *determination)
{
	const struct json *list = json_member(determination->input, "documents_reviewed");
	if (json_count(list) > 0) {
		return tree(determination->facts->arena, list);
	}
	return json_count(determination->facts->documents) == 0 ? "[\"submission\"]" : NULL;
}

const struct item_words *facts_referrals(const struct determination_facts *facts)
{
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		if (item->kind == KIND_DETERMINATION && item->words.count > 0 && item_words_have(&item->needs, "referral")) {
			return &item->words;
		}
	}
	return NULL;
}

const char *determination_referral(const struct determination *determination)
{
	const struct item_words *words = facts_referrals(determination->facts);
	const char *given = determination_text(determination, "referral");
	for (size_t i = 0; given != NULL && words != NULL && i < words->count; i++) {
		if (strcasecmp(words->list[i], given) == 0) {
			return words->list[i];
		}
	}
	return given;
}

static const char *referral(const struct determination *determination)
{
	const struct item_words *words = facts_referrals(determination->facts);
	const char *word = determination_referral(determination);
	return word != NULL && (words == NULL || item_words_have(words, word)) ? quoted(determination->facts->arena, word)
									       : NULL;
}

static const char *interqual_review(const struct determination *determination)
{
	const struct json *review = json_member(determination->input, "interqual");
	bool given = !text_blank(json_text(json_member(review, "review_id")));
	return given ? tree(determination->facts->arena, review) : NULL;
}

static const char *con_certified(const struct determination *determination)
{
	const char *outcome = facts_certificate(determination->facts);
	return outcome != NULL && strcmp(outcome, "certified") == 0 ? quoted(determination->facts->arena, outcome) : NULL;
}

bool facts_uncertified(const struct determination_facts *facts)
{
	const char *outcome = facts_certificate(facts);
	if (outcome == NULL || strcmp(outcome, "certified") == 0) {
		return false;
	}
	for (size_t i = 0; i < facts->evaluation->rule_count; i++) {
		const struct item *item = facts->evaluation->rules[i];
		if (item->kind == KIND_DETERMINATION && (item->of & RULING_APPROVED) != 0 &&
		    item_words_have(&item->needs, "con_certified")) {
			return true;
		}
	}
	return false;
}

/* Whoever overturns on appeal answers for every judgment by the reasons that are given. */
static const char *judgments_answered(const struct determination *determination)
{
	const struct determination_facts *facts = determination->facts;
	size_t answered = 0;
	for (size_t i = 0; i < facts->found_count; i++) {
		const struct found *found = &facts->found[i];
		if (found->item->kind == KIND_JUDGMENT && found_open(found) && determination->appeal == NULL) {
			return NULL;
		}
		answered += found->item->kind == KIND_JUDGMENT;
	}
	return arena_printf(facts->arena, "%zu", answered);
}

/* An authorization that was issued for a placement stands through a correction. */
static const char *placement(const struct determination *determination)
{
	bool issued = json_text(json_at(determination->facts->plan, "/authorization/number")) != NULL;
	if (determination_awaits_placement(determination)) {
		return issued ? "\"known\"" : "\"awaited\"";
	}
	return determination->grants.count > 0 ? "\"known\"" : NULL;
}

/* Whoever decides says that they had no part in what is decided; who submitted the program knows itself, and of appeals it sees to more. */
static const char *uninvolved(const struct determination *determination)
{
	const struct json *said = json_member(determination->input, "uninvolved");
	bool yes = said != NULL && json_kind(said) == JSON_BOOLEAN && json_boolean(said);
	return yes || determination->appeal != NULL ? "true" : NULL;
}

/* The type, the frequency and the duration of the service are what is granted. */

static const char *granted_type(const struct determination *determination)
{
	return determination->grants.count > 0 ? quoted(determination->facts->arena, determination->facts->program->service)
					       : NULL;
}

static const char *granted_frequency(const struct determination *determination)
{
	struct text out;
	text_init(&out, determination->facts->arena, 64);
	for (size_t i = 0; i < determination->grants.count; i++) {
		text_printf(&out, "%s%.15g", i > 0 ? "," : "[", determination->grants.list[i].units);
	}
	text_puts(&out, "]");
	return determination->grants.count > 0 ? out.data : NULL;
}

static const char *granted_duration(const struct determination *determination)
{
	struct arena *arena = determination->facts->arena;
	struct day_set days = grants_days(arena, &determination->grants);
	return days_empty(days) ? NULL : quoted(arena, days_text(arena, days));
}

/* Where no authorization is required there is nothing to decide. */
static const char *authorization_required(const struct determination *determination)
{
	(void)determination;
	return NULL;
}

static const struct part parts[NEED_COUNT] = {
	[NEED_RATIONALE] = {"/rationale", rationale, false},
	[NEED_DOCUMENTS_REVIEWED] = {"/documents_reviewed", documents_reviewed, false},
	[NEED_ALTERNATIVE] = {"/alternative", alternative, false},
	[NEED_REFERRAL] = {"/referral", referral, false},
	[NEED_INTERQUAL_REVIEW] = {"/interqual", interqual_review, false},
	[NEED_CON_CERTIFIED] = {"/outcome", con_certified, true},
	[NEED_JUDGMENTS_ANSWERED] = {"/outcome", judgments_answered, true},
	[NEED_UNINVOLVED] = {"/uninvolved", uninvolved, false},
	[NEED_PLACEMENT] = {"/grants", placement, false},
	[NEED_TYPE] = {"/grants", granted_type, false},
	[NEED_FREQUENCY] = {"/grants", granted_frequency, false},
	[NEED_DURATION] = {"/grants", granted_duration, false},
	[NEED_AUTHORIZATION_REQUIRED] = {"/outcome", authorization_required, true},
};

const struct part *part_find(const char *word)
{
	return &parts[need_find(word)];
}
