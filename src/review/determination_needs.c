/* SPDX-License-Identifier: Apache-2.0 */
/* What the policy needs of a determination, in its own words, and who may make one. */
#include "base/text.h"
#include "review/determination_parts.h"

#include <string.h>

bool determination_governed(const struct determination *determination, const struct item *item)
{
	bool grants = determination->verdict != VERDICT_DENIED && (item->of & RULING_APPROVED) != 0;
	bool refuses = determination->verdict != VERDICT_APPROVED && (item->of & RULING_DENIED) != 0;
	bool fits = item->grounds.count == 0 ||
		    (determination->basis != NULL && item_words_have(&item->grounds, determination->basis));
	return item->kind == KIND_DETERMINATION && (grants || (refuses && fits));
}

const struct item *determination_not_for(const struct determination *determination, const char *credential)
{
	const struct evaluation *evaluation = determination->facts->evaluation;
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		if (determination_governed(determination, item) && item->by.count > 0 &&
		    (credential == NULL || !item_words_have(&item->by, credential))) {
			return item;
		}
	}
	return NULL;
}

/* "PDTS, SUBACUTE": what may be answered; NULL when anything may. */
static const char *one_of(struct arena *arena, const struct item_words *words)
{
	struct text out;
	text_init(&out, arena, 64);
	for (size_t i = 0; i < words->count; i++) {
		text_printf(&out, "%s%s", i > 0 ? ", " : "One of ", words->list[i]);
	}
	return words->count > 0 ? arena_printf(arena, "%s.", out.data) : NULL;
}

static void check_need(const struct determination *determination, const struct item *item, const char *word,
		       struct issues *standing, struct issues *body)
{
	const struct part *part = part_find(word);
	if (part->value(determination) == NULL && strcmp(word, "rationale") != 0) {
		issues_add(part->standing ? standing : body, part->pointer, "missing_part",
			   one_of(determination->facts->arena, &item->words), "%s needs %s: %s", item->id, word, item->text);
	}
}

/* Whether the text of NODE stands before it in its list. */
static bool listed_before(const struct json *list, const struct json *node)
{
	const struct json *one = json_first(list);
	while (one != node && strcmp(json_text(one), json_text(node)) != 0) {
		one = json_next(one);
	}
	return one != node;
}

/* What is reviewed are documents of the request, each named once. */
static void check_documents(const struct determination *determination, struct issues *body)
{
	size_t place = 0;
	const struct json *list = json_member(determination->input, "documents_reviewed");
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node), place++) {
		bool known = false;
		for (const struct json *one = json_first(determination->facts->documents); one != NULL; one = json_next(one)) {
			const char *id = json_text(json_member(one, "id"));
			known = known || (id != NULL && strcmp(id, json_text(node)) == 0);
		}
		if (!known) {
			issues_add(body, arena_printf(determination->facts->arena, "/documents_reviewed/%zu", place),
				   "no_such_document", "Name the ids of documents of the request.",
				   "the request has no document of this id");
		} else if (listed_before(list, node)) {
			issues_add(body, arena_printf(determination->facts->arena, "/documents_reviewed/%zu", place),
				   "duplicate_id", "Name each document once.", "this document is named already");
		}
	}
}

bool determination_needs(const struct determination *determination, const char *word)
{
	const struct evaluation *evaluation = determination->facts->evaluation;
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		if (determination_governed(determination, item) && item_words_have(&item->needs, word)) {
			return true;
		}
	}
	return false;
}

bool determination_awaits_placement(const struct determination *determination)
{
	const struct determination_facts *facts = determination->facts;
	return determination->verdict != VERDICT_DENIED && determination_needs(determination, "placement") &&
	       (!facts->provider_named || days_empty(facts->asked));
}

/* Whether a rule of the service asks for an InterQual review, or a limit hangs on one. */
static bool interqual_used(const struct evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		bool limit = item->kind == KIND_LIMIT && item->limit_days == 0 && item->limit_source != NULL;
		bool need = item->kind == KIND_DETERMINATION && item_words_have(&item->needs, "interqual_review");
		if (limit || need) {
			return true;
		}
	}
	return false;
}

static void check_interqual(const struct determination *determination, struct issues *body)
{
	struct instant at;
	const struct json *review = json_member(determination->input, "interqual");
	const char *completed = json_text(json_member(review, "completed_at"));
	if (review == NULL || json_kind(review) != JSON_OBJECT) {
		return;
	}
	if (!interqual_used(determination->facts->evaluation)) {
		issues_add(body, "/interqual", "not_needed", "Leave it out.",
			   "it has no place here: nothing in the policy of this service hangs on an InterQual review");
	} else if (completed != NULL && instant_parse(completed, &at) && instant_compare(at, determination->facts->now) > 0) {
		issues_add(body, "/interqual/completed_at", "in_the_future", "Record it when it is complete.",
			   "it cannot have been completed later than now");
	}
}

/* A referral is a word of the rule that asks for one; what is needed and wrong is said with the need. */
static void check_referral(const struct determination *determination, struct issues *body)
{
	const struct determination_facts *facts = determination->facts;
	const struct item_words *words = facts_referrals(facts);
	const char *given = determination_referral(determination);
	if (given == NULL) {
		return;
	}
	if (words == NULL) {
		issues_add(body, "/referral", "not_needed", "Leave it out, or say it in `alternative`.",
			   "it has no place here: the policy of this service refers nowhere");
	} else if (!item_words_have(words, given) && !determination_needs(determination, "referral")) {
		issues_add(body, "/referral", "unknown_word", one_of(facts->arena, words),
			   "the policy refers to no such place");
	}
}

void determination_check_needs(const struct determination *determination, struct issues *standing, struct issues *body)
{
	const struct evaluation *evaluation = determination->facts->evaluation;
	check_documents(determination, body);
	check_interqual(determination, body);
	check_referral(determination, body);
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		for (size_t k = 0; determination_governed(determination, item) && k < item->needs.count; k++) {
			check_need(determination, item, item->needs.list[k], standing, body);
		}
	}
	bool waits = determination->verdict != VERDICT_DENIED && caps_wait(determination->facts, &determination->caps);
	if (waits && !determination_needs(determination, "interqual_review")) {
		issues_add(body, "/interqual", "missing_part", "Give the review and its days.",
			   "what may be approved hangs on the days of an InterQual review");
	}
}

/* Whether WORD is needed by a rule before rule RULE, or earlier by that one. */
static bool needed_before(const struct determination *determination, size_t rule, size_t need)
{
	const struct evaluation *evaluation = determination->facts->evaluation;
	const char *word = evaluation->rules[rule]->needs.list[need];
	for (size_t i = 0; i <= rule; i++) {
		const struct item *item = evaluation->rules[i];
		size_t count = i == rule ? need : item->needs.count;
		for (size_t k = 0; determination_governed(determination, item) && k < count; k++) {
			if (strcmp(item->needs.list[k], word) == 0) {
				return true;
			}
		}
	}
	return false;
}

/* One member or element for each word that is needed; the words are the program's own and need no escapes. */
static const char *write_needs(const struct determination *determination, bool values)
{
	struct text out;
	const struct evaluation *evaluation = determination->facts->evaluation;
	text_init(&out, determination->facts->arena, 1024);
	text_puts(&out, values ? "{" : "[");
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		const struct item *item = evaluation->rules[i];
		for (size_t k = 0; determination_governed(determination, item) && k < item->needs.count; k++) {
			const char *word = item->needs.list[k];
			const struct part *part = part_find(word);
			if (!needed_before(determination, i, k)) {
				text_printf(&out, "%s\"%s\"", out.length > 1 ? "," : "", word);
				text_puts(&out, values ? ":" : "");
				text_puts(&out, values ? part->value(determination) : "");
			}
		}
	}
	text_puts(&out, values ? "}" : "]");
	return out.data;
}

const char *determination_required(const struct determination *determination)
{
	return write_needs(determination, false);
}

const char *determination_parts(const struct determination *determination)
{
	return write_needs(determination, true);
}
