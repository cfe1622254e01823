/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/loader.h"
#include "policy/phrase.h"

#include <string.h>

static const char *const kind_names[] = {
	[KIND_ELIGIBILITY] = "eligibility",
	[KIND_COMPLETENESS] = "completeness",
	[KIND_INFORMATION] = "information",
	[KIND_ON_REQUEST] = "on_request",
	[KIND_GATE] = "gate",
	[KIND_CRITERION] = "criterion",
	[KIND_JUDGMENT] = "judgment",
	[KIND_LIMIT] = "limit",
	[KIND_CLOCK] = "clock",
	[KIND_OUTREACH] = "outreach",
	[KIND_OBLIGATION] = "obligation",
	[KIND_DETERMINATION] = "determination",
	[KIND_NOTICE] = "notice",
	[KIND_APPEAL] = "appeal",
};
_Static_assert(sizeof(kind_names) / sizeof(kind_names[0]) == KIND_COUNT, "every kind has a name");

const char *item_kind_name(enum item_kind kind)
{
	return kind_names[kind];
}

/* Members that only some kinds know; one that a kind needs is asked for. */
struct member_rule {
	const char *member;
	unsigned kinds; /* may have it, 1 << kind */
	unsigned needed; /* must have it */
};

#define K(kind) (1U << KIND_##kind)

static const struct member_rule member_rules[] = {
	{"check", K(ELIGIBILITY) | K(COMPLETENESS) | K(INFORMATION) | K(ON_REQUEST) | K(GATE) | K(CRITERION),
	 K(ELIGIBILITY) | K(COMPLETENESS) | K(INFORMATION) | K(ON_REQUEST) | K(GATE) | K(CRITERION)},
	{"unmet", K(ELIGIBILITY) | K(COMPLETENESS) | K(INFORMATION) | K(ON_REQUEST) | K(GATE) | K(CRITERION), 0},
	{"then", K(ELIGIBILITY) | K(COMPLETENESS), 0},
	{"verified_by", K(ELIGIBILITY), 0},
	{"criterion", K(CRITERION), K(CRITERION)},
	{"days", K(LIMIT), 0},
	{"source", K(LIMIT), 0},
	{"ask_again", K(LIMIT), 0},
	{"within", K(CLOCK) | K(OBLIGATION) | K(NOTICE) | K(APPEAL), K(CLOCK) | K(APPEAL)},
	{"counted_from", K(CLOCK), 0},
	{"unknown", K(CLOCK) | K(OBLIGATION), 0},
	{"attempts", K(OUTREACH), K(OUTREACH)},
	{"each_within", K(OUTREACH), 0},
	{"of", K(DETERMINATION) | K(NOTICE) | K(APPEAL), K(DETERMINATION) | K(APPEAL)},
	{"needs", K(DETERMINATION) | K(GATE), 0},
	{"certifies", K(GATE), 0},
	{"certified_as", K(GATE), 0},
	{"grounds", K(DETERMINATION), 0},
	{"words", K(DETERMINATION), 0},
	{"evidence", K(JUDGMENT), 0},
	{"by", K(JUDGMENT) | K(DETERMINATION) | K(APPEAL), K(APPEAL)},
	{"to", K(NOTICE), K(NOTICE)},
	{"from", K(APPEAL), K(APPEAL)},
	{"appeal", K(APPEAL), K(APPEAL)},
	{"unapprovable", K(ELIGIBILITY), 0},
	{"starts", K(OBLIGATION), 0},
	{"fulfilled_by", K(OBLIGATION), 0},
	{"ahead", K(OBLIGATION), 0},
	{"each", K(OBLIGATION), 0},
	{"same_day", K(OBLIGATION), 0},
	{"anew", K(OBLIGATION), 0},
	{"paused", K(OBLIGATION), 0},
	{"every", K(OBLIGATION), 0},
	{"periods", K(OBLIGATION), 0},
	{"attest", K(OBLIGATION), 0},
	{"until", K(OBLIGATION) | K(LIMIT), 0},
};

static bool check_members(struct compiler *compiler, const struct json *json, const struct spot *spot, enum item_kind kind)
{
	bool good = true;
	for (size_t i = 0; i < sizeof(member_rules) / sizeof(member_rules[0]); i++) {
		const struct member_rule *rule = &member_rules[i];
		const bool there = json_member(json, rule->member) != NULL;
		const struct spot here = spot_member(spot, rule->member);
		if (there && (rule->kinds & (1U << kind)) == 0) {
			spot_issue(compiler->issues, &here, "wrong_kind", "an item of kind %s has no %s", kind_names[kind],
				   rule->member);
			good = false;
		}
		if (!there && (rule->needed & (1U << kind)) != 0) {
			spot_issue(compiler->issues, &here, "missing_member", "an item of kind %s needs it", kind_names[kind]);
			good = false;
		}
	}
	const int lengths = (json_member(json, "days") != NULL) + (json_member(json, "source") != NULL) +
			    (json_member(json, "until") != NULL);
	if (kind == KIND_LIMIT && lengths != 1) {
		spot_issue(compiler->issues, spot, "missing_member",
			   "a limit has either days, or a last day (until), or a source");
		good = false;
	}
	return good;
}

static const char *text_of(const struct json *json, const char *member)
{
	return json_text(json_member(json, member));
}

static bool load_then(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	static const char *const names[] = {[THEN_REVIEW] = "review",
					    [THEN_FLAG] = "flag",
					    [THEN_RETURN] = "return",
					    [THEN_ROUTE] = "route",
					    [THEN_NOT_REQUIRED] = "not_required",
					    [THEN_WAIT] = "wait",
					    NULL};
	const struct json *node = json_member(json, "then");
	const struct spot here = spot_member(spot, "then");
	unsigned place = item->kind == KIND_COMPLETENESS ? THEN_RETURN : THEN_REVIEW;
	if (node && !word_choice(compiler, node, &here, names, &place)) {
		return false;
	}
	item->then = (enum item_then)place;
	if (item->kind == KIND_COMPLETENESS) {
		if (item->then != THEN_RETURN && item->then != THEN_WAIT) {
			spot_issue(compiler->issues, &here, "wrong_kind", "completeness is followed by return or wait");
			return false;
		}
		return true;
	}
	const bool disposes = item->then == THEN_RETURN || item->then == THEN_ROUTE || item->then == THEN_NOT_REQUIRED;
	if (disposes && !item->reason) {
		const struct spot at_reason = spot_member(spot, "reason");
		spot_issue(compiler->issues, &at_reason, "missing_member", "what closes or routes a request needs a reason");
		return false;
	}
	if (item->then == THEN_FLAG && !item->flag) {
		const struct spot at_flag = spot_member(spot, "flag");
		spot_issue(compiler->issues, &at_flag, "missing_member", "a flag needs its code");
		return false;
	}
	return true;
}

static void load_facts(const struct json *json, struct item *item)
{
	static const char *const names[] = {"eligibility", "participation", "other_insurance", "line_of_business"};
	const struct json *facts = json_member(json, "verified_by");
	item->at_once = facts != NULL;
	for (const struct json *one = json_first(facts); one; one = json_next(one)) {
		for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			item->verified_by |= strcmp(names[i], json_text(one)) == 0 ? 1U << i : 0;
		}
	}
}

static bool load_cites(struct compiler *compiler, const struct json *json, struct item *item)
{
	const struct json *cites = json_member(json, "cite");
	const char **names = arena_array(compiler->arena, json_count(cites) + 1, sizeof(*names));
	for (const struct json *one = json_first(cites); one; one = json_next(one)) {
		names[item->cite_count++] = json_text(one);
	}
	item->cite = names;
	return true;
}

/* Numbers of the item's own check come before those of its `when`. */
static void prefer(struct phrases *phrases, const struct phrases *own)
{
	phrases->window = own->window ? own->window : phrases->window;
	phrases->years = own->years.text ? own->years : phrases->years;
	phrases->days = own->days.text ? own->days : phrases->days;
	phrases->count = own->count.text ? own->count : phrases->count;
}

static bool load_checks(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct json *check = json_member(json, "check");
	const struct json *when = json_member(json, "when");
	const struct spot at_check = spot_member(spot, "check");
	const struct spot at_when = spot_member(spot, "when");
	bool good = true;
	if (check) {
		item->check = check_compile(compiler, check, &at_check);
		good = item->check != NULL;
	}
	const struct phrases own = compiler->phrases;
	const struct window *window = compiler->window;
	memset(&compiler->phrases, 0, sizeof(compiler->phrases));
	if (when) {
		item->when = check_compile(compiler, when, &at_when);
		good = item->when && good;
	}
	prefer(&compiler->phrases, &own);
	compiler->window = window;
	item->window = window;
	item->looks_elsewhere = compiler->looks_elsewhere;
	return good;
}

/* When somebody else cures it; its numbers are no numbers of the item. */
static bool load_passing(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct json *passes = json_member(json, "passes_to");
	const struct phrases own = compiler->phrases;
	const struct window *window = compiler->window;
	const struct spot here = spot_member(spot, "passes_to");
	const struct spot at_when = spot_member(&here, "when");
	if (!passes) {
		return true;
	}
	item->passes_to = text_of(passes, "owner");
	item->passes_when = check_compile(compiler, json_member(passes, "when"), &at_when);
	compiler->phrases = own;
	compiler->window = window;
	return item->passes_when != NULL;
}

static bool load_sentences(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct spot at_text = spot_member(spot, "text");
	const struct spot at_ask = spot_member(spot, "ask");
	const char *ask = text_of(json, "ask");
	item->text = phrase_fill(compiler, text_of(json, "text"), &at_text);
	item->ask = ask ? phrase_fill(compiler, ask, &at_ask) : NULL;
	return item->text && (!ask || item->ask);
}

/* What shows when an item is not met is one sentence; other items list every entry with its own. */
static bool shows_when_not_met(const struct item *item)
{
	return item->kind == KIND_ELIGIBILITY || item->kind == KIND_CRITERION || item->kind == KIND_GATE || item->flag;
}

static bool load_unmet(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	const struct json *check = json_member(json, "check");
	const struct spot here = spot_member(spot, "unmet");
	const char *unmet = text_of(json, "unmet");
	const enum check_voice voice = check ? check_voice(check) : VOICE_OWN;
	if (!unmet) {
		const bool needed = voice != VOICE_OWN && shows_when_not_met(item);
		if (needed) {
			spot_issue(compiler->issues, &here, "missing_member",
				   "the check cannot say by itself what is so when it is not met");
		}
		return !needed;
	}
	compiler->dates = voice == VOICE_DAYS;
	item->unmet = phrase_fill(compiler, unmet, &here);
	compiler->dates = false;
	item->unmet_adds = voice == VOICE_PARTS;
	return item->unmet != NULL;
}

static enum item_kind kind_of(const char *name)
{
	unsigned kind = 0;
	while (kind + 1 < KIND_COUNT && strcmp(kind_names[kind], name) != 0) {
		kind++;
	}
	return (enum item_kind)kind;
}

bool load_item(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	memset(&compiler->phrases, 0, sizeof(compiler->phrases));
	compiler->window = NULL;
	compiler->looks_elsewhere = false;
	item->id = text_of(json, "id");
	item->kind = kind_of(text_of(json, "kind"));
	item->flag = text_of(json, "flag");
	item->reason = text_of(json, "reason");
	item->owner = text_of(json, "owner") ? text_of(json, "owner") : "requesting_provider";
	item->basis = text_of(json, "basis") ? text_of(json, "basis") : "policy";
	item->note = text_of(json, "note");
	item->criterion = text_of(json, "criterion");
	item->unknown_met = text_of(json, "unknown") && strcmp(text_of(json, "unknown"), "met") == 0;
	item->from_arrival = text_of(json, "counted_from") && strcmp(text_of(json, "counted_from"), "arrival") == 0;
	item->json = json;
	load_facts(json, item);
	bool good = check_members(compiler, json, spot, item->kind);
	good = load_cites(compiler, json, item) && good;
	good = load_then(compiler, json, spot, item) && good;
	good = load_checks(compiler, json, spot, item) && good;
	good = load_passing(compiler, json, spot, item) && good;
	good = load_rule(compiler, json, spot, item) && good;
	return good && load_sentences(compiler, json, spot, item) && load_unmet(compiler, json, spot, item);
}
