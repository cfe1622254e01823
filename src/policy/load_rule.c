/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of items that are not checks: durations, attempts, limits, and what determinations, notices and appeals need. */
#include "domain/need.h"
#include "policy/limit_until.h"
#include "policy/loader.h"
#include "policy/phrase.h"
#include "policy/words.h"

#include <string.h>

/* Reads {"business_days": 7}, which the sentences of the item call {amount}. */
static bool load_duration(struct compiler *compiler, const struct json *node, const struct spot *spot,
			  struct clock_rule *ret_rule)
{
	static const char *const many[] = {"hours", "calendar days", "business days"};
	static const char *const single[] = {"hour", "calendar day", "business day"};
	const struct json *amount = json_first(node);
	int64_t value = 0;
	if (json_text(node)) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be a duration such as {\"business_days\": 7}");
		return false;
	}
	if (!amount || !clock_unit_from_name(json_name(amount), &ret_rule->unit) || !json_integer(amount, &value)) {
		spot_issue(compiler->issues, spot, "no_unit", "must be a duration such as {\"business_days\": 7}");
		return false;
	}
	ret_rule->amount = (int)value;
	const char *const *words = value == 1 ? single : many;
	phrase_text(&compiler->phrases.amount, arena_printf(compiler->arena, "%d %s", ret_rule->amount, words[ret_rule->unit]));
	return true;
}

static bool load_durations(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct {
		const char *member;
		struct clock_rule *rule;
	} durations[] = {{"within", &item->clock}, {"ask_again", &item->ask_again}, {"each_within", &item->each_within}};
	bool good = true;
	for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++) {
		const struct json *node = json_member(json, durations[i].member);
		const struct spot here = spot_member(spot, durations[i].member);
		const char *text = json_text(node);
		if (item->kind == KIND_NOTICE && text && strcmp(text, "due_at") == 0) {
			item->within_due = true;
		} else if (node) {
			good = load_duration(compiler, node, &here, durations[i].rule) && good;
		}
	}
	return good;
}

static const char *attempts_text(struct arena *arena, const struct item *item)
{
	const char *text = arena_printf(arena, "%d", item->attempts[0].count);
	for (size_t i = 1; i < item->attempt_count; i++) {
		text = arena_printf(arena, "%s or %d", text, item->attempts[i].count);
	}
	return text;
}

static bool load_attempts(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct json *attempts = json_member(json, "attempts");
	const struct spot at_list = spot_member(spot, "attempts");
	if (!attempts) {
		return true;
	}
	struct outreach_step *steps = arena_array(compiler->arena, json_count(attempts), sizeof(*steps));
	bool good = true;
	for (const struct json *one = json_first(attempts); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_list, item->attempt_count);
		const struct spot at_when = spot_member(&here, "when");
		const struct json *when = json_member(one, "when");
		struct outreach_step *step = &steps[item->attempt_count++];
		int64_t count = 0;
		if (json_integer(json_member(one, "count"), &count)) {
			step->count = (int)count;
		}
		if ((when != NULL) != (json_next(one) != NULL)) {
			spot_issue(compiler->issues, &here, "wrong_order", "every step but the last has a when");
			good = false;
		}
		good = (!when || (step->when = check_compile(compiler, when, &at_when))) && good;
	}
	item->attempts = steps;
	phrase_text(&compiler->phrases.attempts, attempts_text(compiler->arena, item));
	return good;
}

static bool load_lists(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct {
		const char *member;
		struct item_words *words;
	} lists[] = {{"grounds", &item->grounds}, {"needs", &item->needs}, {"certifies", &item->certifies},
		     {"words", &item->words},     {"by", &item->by},       {"to", &item->to},
		     {"from", &item->from}};
	bool good = true;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct json *list = json_member(json, lists[i].member);
		const struct spot here = spot_member(spot, lists[i].member);
		good = (!list || words_list(compiler, list, &here, lists[i].words)) && good;
	}
	return good;
}

/* A word that nothing here knows could never be had. */
static bool check_needs(struct compiler *compiler, const struct item *item, const struct spot *spot)
{
	const struct spot at_needs = spot_member(spot, "needs");
	bool good = true;
	for (size_t i = 0; item->kind == KIND_DETERMINATION && i < item->needs.count; i++) {
		const char *word = item->needs.list[i];
		if (need_find(word) == NEED_COUNT) {
			spot_issue(compiler->issues, &at_needs, "unknown_word", "a determination cannot have \"%s\"%s", word,
				   spot_near(compiler->arena, word, need_names, NEED_COUNT));
			good = false;
		}
	}
	return good;
}

static bool load_evidence(struct compiler *compiler, const struct json *json, const struct spot *spot)
{
	const struct json *evidence = json_member(json, "evidence");
	const struct spot at_evidence = spot_member(spot, "evidence");
	size_t index = 0;
	bool good = true;
	for (const struct json *one = json_first(evidence); one; one = json_next(one), index++) {
		const struct spot here = spot_element(&at_evidence, index);
		size_t ignored;
		if (!vocabulary_section(compiler->vocabulary, json_text(one), &ignored)) {
			spot_issue(compiler->issues, &here, "unknown_section", "section \"%s\" is not declared",
				   json_text(one));
			good = false;
		}
	}
	return good;
}

/* Whether a check speaks of days anywhere: only such a one says which. */
static bool speaks_of_days(const struct json *check)
{
	for (const struct json *one = json_first(check); one; one = json_next(one)) {
		const bool days = json_name(one) && strcmp(json_name(one), "days") == 0 && json_kind(one) == JSON_OBJECT;
		if (days || speaks_of_days(one)) {
			return true;
		}
	}
	return false;
}

static bool load_ruling(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct spot at_unapprovable = spot_member(spot, "unapprovable");
	const struct spot at_grounds = spot_member(spot, "grounds");
	const struct spot at_flag = spot_member(spot, "flag");
	item->of = item->kind == KIND_NOTICE && !json_member(json, "of") ? RULING_APPROVED | RULING_DENIED : 0;
	for (const struct json *one = json_first(json_member(json, "of")); one; one = json_next(one)) {
		item->of |= strcmp(json_text(one), "denied") == 0 ? RULING_DENIED : RULING_APPROVED;
	}
	item->appeal = json_text(json_member(json, "appeal"));
	item->unapprovable = json_text(json_member(json, "unapprovable"));
	if (item->grounds.count > 0 && item->of != RULING_DENIED) {
		spot_issue(compiler->issues, &at_grounds, "wrong_kind", "only denials have grounds");
		return false;
	}
	if (item->flag && !json_member(json, "check") && item->kind != KIND_OBLIGATION) {
		spot_issue(compiler->issues, &at_flag, "wrong_kind", "nothing raises the flag of an item of kind %s",
			   item_kind_name(item->kind));
		return false;
	}
	if (item->unapprovable && (!item->flag || !speaks_of_days(json_member(json, "check")))) {
		spot_issue(compiler->issues, &at_unapprovable, "wrong_kind",
			   "only a flag whose check speaks of days can bar them");
		return false;
	}
	return true;
}

/* The next request would be asked for before what it goes on from has begun. */
static bool check_ask_again(struct compiler *compiler, const struct spot *spot, const struct item *item)
{
	enum { DAY_HOURS = 24 };
	const int ahead = item->ask_again.unit == CLOCK_HOURS ? item->ask_again.amount / DAY_HOURS : item->ask_again.amount;
	const struct spot here = spot_member(spot, "ask_again");
	if (item->limit_days == 0 || item->ask_again.amount == 0 || ahead < item->limit_days) {
		return true;
	}
	spot_issue(compiler->issues, &here, "out_of_range", "an authorization of %d days is over in less time than that",
		   item->limit_days);
	return false;
}

static bool load_limit(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct json *until = item->kind == KIND_LIMIT ? json_member(json, "until") : NULL;
	const struct spot at_until = spot_member(spot, "until");
	int64_t days = 0;
	if (json_integer(json_member(json, "days"), &days)) {
		item->limit_days = (int)days;
		phrase_number(compiler, &compiler->phrases.days, item->limit_days);
	}
	item->limit_source = json_text(json_member(json, "source"));
	item->until = until ? limit_until_compile(compiler, until, &at_until) : NULL;
	return (!until || item->until) && check_ask_again(compiler, spot, item);
}

/* The events that a check asks about, as far as they have one name: several names are no name. */
static void find_event(const struct json *check, const char **name, bool *several)
{
	for (const struct json *one = json_first(check); one; one = json_next(one)) {
		const bool event = json_name(one) && strcmp(json_name(one), "event") == 0;
		const char *found = event ? json_text(json_member(one, "name")) : NULL;
		*several = *several || (found && *name && strcmp(found, *name) != 0);
		*name = found ? found : *name;
		find_event(one, name, several);
	}
}

/* What is recorded when a gate opens is the event that its check asks about. */
static bool load_gate(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct spot here = spot_member(spot, "check");
	bool several = false;
	if (item->kind != KIND_GATE) {
		return true;
	}
	find_event(json_member(json, "check"), &item->event, &several);
	if (!item->event || several) {
		spot_issue(compiler->issues, &here, "wrong_kind", "a gate waits for one event, which its check asks about");
		return false;
	}
	item->certified_as = json_text(json_member(json, "certified_as"));
	if (item->certified_as && strcmp(item->certified_as, item->event) == 0) {
		const struct spot at = spot_member(spot, "certified_as");
		spot_issue(compiler->issues, &at, "wrong_kind",
			   "certified needs a name of its own; the gate opens however it ended");
		return false;
	}
	return true;
}

bool load_rule(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	bool good = load_durations(compiler, json, spot, item);
	good = load_attempts(compiler, json, spot, item) && good;
	good = load_limit(compiler, json, spot, item) && good;
	good = load_lists(compiler, json, spot, item) && good;
	good = check_needs(compiler, item, spot) && good;
	good = load_evidence(compiler, json, spot) && good;
	good = load_gate(compiler, json, spot, item) && good;
	good = load_duty(compiler, json, spot, item) && good;
	return load_ruling(compiler, json, spot, item) && good;
}
